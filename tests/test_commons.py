"""What several articles speak of: judged on all that is said of it, and compared with each other."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.build import build
from graph.namespaces import BGSH, CANONICAL_BASE
from graph.open_quads import is_evidence, named_in
from graph.sources import Sources
from graph.things import is_anybodys, is_thing, slug_of

SLUG = "skirmish"
ID = f"{CANONICAL_BASE}id/"
CHECK = """# Problem: A place has no second name.
# Why: It matters.
# Fix: Add one.
PREFIX bg: <https://w3id.org/battlegraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?focus WHERE {
  ?focus a bg:Place .
  FILTER NOT EXISTS { ?focus skos:altLabel ?name }
}
"""
DUPLICATES = """# Problem: Two battles have one label.
# Why: It matters.
# Fix: Tell them apart.
PREFIX bg: <https://w3id.org/battlegraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?focus WHERE {
  ?focus a bg:Battle ; rdfs:label ?label .
  ?other a bg:Battle ; rdfs:label ?label .
  FILTER (STR(?other) < STR(?focus))
}
"""


@pytest.fixture
def two(miniature: Sources, tmp_path: Path) -> Sources:
    """Return sources of two articles, alike but for their names, which speak of the same ford."""
    shutil.copytree(miniature.articles / SLUG, tmp_path / "more" / "ambush")
    for file in (tmp_path / "more" / "ambush").glob("*.ttl"):
        text = file.read_text("utf-8")
        file.write_text(text.replace(f"/{SLUG}", "/ambush").replace(f":{SLUG}", ":ambush"), "utf-8")
    return replace(miniature, more_articles=(tmp_path / "more",))


def found(sources: Sources, check: str) -> set[str]:
    """Return what a check is found to be about."""
    name = f"{BGSH}check-{check}"
    return {str(one.focus)[1:-1].removeprefix(ID) for one in build(sources).results if one.shape == name}


def say(sources: Sources, text: str, *, of: str) -> None:
    """Add to what an article says."""
    (folder,) = (folder for folder in sources.article_folders() if folder.name == of)
    prefixes = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    (folder / "more.ttl").write_text(prefixes + text, "utf-8")


def test_what_one_article_leaves_out_another_may_say(two: Sources) -> None:
    """Of a thing that both speak of; so it is found only where none of them says it."""
    (two.shapes / "checks" / "names.rq").write_text(CHECK)
    assert found(two, "names") == {"place/ford"}
    say(two, f"<{ID}place/ford> skos:altLabel 'Ford'@en .", of="ambush")
    assert found(two, "names") == set()


def test_things_of_different_articles_are_compared(two: Sources) -> None:
    """Although each is its article's alone."""
    (two.shapes / "checks" / "duplicate-label.rq").write_text(DUPLICATES)
    assert found(replace(two, more_articles=()), "duplicate-label") == set()
    assert found(two, "duplicate-label") == {f"event/{SLUG}"}


@pytest.mark.parametrize(
    ("iri", "thing", "anybodys"),
    [
        (f"{ID}polity/armenia", True, True),
        (f"{ID}event/battle-of-hadrut", True, True),
        (f"{ID}claim/battle-of-hadrut/result", True, False),
        (f"{ID}anchor/battle-of-hadrut/a6186f69/0-5", False, False),
        (f"{CANONICAL_BASE}dataset", False, False),
        ("https://example.org/id/polity/armenia", False, False),
    ],
)
def test_whose_a_thing_is_its_name_tells(iri: str, *, thing: bool, anybodys: bool) -> None:
    """By the article's slug after its kind."""
    assert is_thing(iri) is thing
    assert is_anybodys(iri) is anybodys


def test_a_name_leads_to_its_article() -> None:
    """The slug is the second part of the path."""
    assert slug_of(f"{ID}claim/battle-of-hadrut/result") == slug_of(f"{ID}event/battle-of-hadrut") == "battle-of-hadrut"


def test_lines_are_read_without_parsing_them() -> None:
    """There are millions of them."""
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("<b> <c>"), ox.NamedNode("urn:g"))
    link = ox.Quad(quad.subject, quad.predicate, ox.NamedNode("urn:b"), ox.NamedNode("urn:g"))
    lines = [f"{one} .\n".encode() for one in (quad, link)]
    assert list(named_in(lines)) == ["urn:a", "urn:a", "urn:b"]
    assert not any(map(is_evidence, lines))
