"""Datasets of made-up articles, for measuring at sizes that no curator has written yet.

In the spirit of LUBM and BSBM: seeded, deterministic to the byte, of the shape of the real
data, and growing by articles, so that the dataset of n articles is a part of that of n + 1.
Each article goes the build's own way from text and Turtle to quads; one is in memory at a
time. The project's own article and what is known from outside have no place among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.article import SOURCE_FILE, TEXT_FILE, Article
from graph.assemble import assemble_article
from graph.canon import canonical_nquads, digest
from graph.generator_article import generate_article
from graph.ground import Ground
from graph.rules import derive
from graph.turtle import parse_turtle

SEED: Final = "battlegraph"

_TERMS: Final = ("ontology", "equipment")


def generated_quads(ground: Ground, number: int, seed: str = SEED) -> frozenset[ox.Quad]:
    """Return the quads of one article, counted from 0, in their named graphs, with what the rules derive.

    What it shares with others (powers, their viewpoints, wars) is described in each of them.
    """
    made_up = generate_article(seed, number)
    file = parse_turtle(Path(made_up.slug) / SOURCE_FILE, made_up.turtle)
    article = Article(made_up.slug, made_up.text, digest(made_up.text.encode()), (file,))
    quads = assemble_article(article, ground.vocabulary, ground.equipment).quads
    return quads | derive(quads, ground.rules)


def generated_nquads(ground: Ground, articles: int, seed: str = SEED) -> Iterator[bytes]:
    """Yield the dataset of so many articles as N-Quads: vocabulary and shapes, then an article at a time.

    No line comes twice.
    """
    terms = (part.quads for part in ground.parts if part.name in _TERMS)
    yield canonical_nquads(frozenset().union(*terms, ground.constraints.quads()))
    shared: set[bytes] = set()
    for number in range(articles):
        slug = generate_article(seed, number).slug.encode()
        lines = canonical_nquads(generated_quads(ground, number, seed)).splitlines(keepends=True)
        # Only what does not name its article can be said by another one, too.
        yield b"".join(line for line in lines if slug in line or line not in shared)
        shared.update(line for line in lines if slug not in line)


def write_generated(file: Path, ground: Ground, articles: int, seed: str = SEED) -> None:
    """Write the dataset of so many articles to a file, without holding it in memory."""
    with file.open("wb") as output:
        output.writelines(generated_nquads(ground, articles, seed))


def write_sources(folder: Path, articles: int, seed: str = SEED) -> None:
    """Write articles as people author them, each in a folder of its own, as `build --articles` reads them."""
    for number in range(articles):
        made_up = generate_article(seed, number)
        own = folder / made_up.slug
        own.mkdir(parents=True)
        (own / TEXT_FILE).write_bytes(made_up.text.encode())
        (own / SOURCE_FILE).write_text(made_up.turtle, "utf-8")
