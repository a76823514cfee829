"""From sources to a valid dataset: the whole pipeline, a pure function of files.

Nothing is written before everything is valid; then `graph.releases` puts the new version
in the place of the old one. The same sources give the same bytes, in any folder and in
any process.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from graph import canon, paths
from graph.article import read_article
from graph.assemble import Part, assemble_article
from graph.description import DATASET_IRI, Build, describe
from graph.ground import SHARED_PARTS, Ground, lay_ground
from graph.in_use import in_use
from graph.issues import InvalidSources, Issue, Issues
from graph.namespaces import CANONICAL_BASE, DCAT, DCTERMS
from graph.partition import DATASET_FILE
from graph.releases import QUADS_FILE, Manifest, publish, software_version
from graph.report import report_quads
from graph.results import InvalidDataset, Result, violations
from graph.rules import derive
from graph.sources import Sources
from graph.turtle import TurtleFile, shown_iri
from graph.validation import validate


@dataclass(frozen=True, slots=True)
class Built:
    """A dataset, whether valid or not."""

    quads: bytes
    """Canonical N-Quads."""
    digest: str
    """Their SHA-256."""
    manifest: Manifest
    results: tuple[Result, ...]
    """What validation found; violations mean that it must not be published."""


def build(sources: Sources | None = None, base: str = CANONICAL_BASE) -> Built:
    """Return the dataset of these sources.

    Raises `InvalidSources` where a source cannot be read for what it says. Violations of
    shapes and checks do not raise: they are among the results.
    """
    sources = sources or Sources()
    digest = sources.digest(base)
    ground = lay_ground(sources)
    articles = assemble(sources, ground)
    version, modified = _release(ground)
    about = Build(base, software_version(), ground.rules)
    ground = replace(ground, parts=_spoken_of(ground, articles))
    stated = ground.quads.union(*(part.quads for part in articles))
    stated |= derive(stated, ground.rules)
    # Validation looks at the description too; the report changes nothing in it but numbers, and that the data conforms.
    results = validate((*ground.parts, *articles), stated | describe(stated, about), ground.constraints)
    stated |= frozenset(report_quads(results))
    about = replace(about, conforms=not results)
    nquads = canon.canonical_nquads(canon.rebased(stated | describe(stated, about), base))
    manifest = Manifest(
        software=software_version(),
        version=version,
        modified=modified,
        base=base,
        sources=digest,
        quads=canon.digest(nquads),
    )
    return Built(nquads, manifest.quads, manifest, results)


def write(built: Built, root: Path = paths.DATASET) -> Path:
    """Make a built dataset the current one under `root` and return its folder.

    Raises `InvalidDataset` where it has violations; what was current then stays.
    """
    found = violations(built.results)
    if found:
        raise InvalidDataset(found)
    return publish({QUADS_FILE: built.quads}, built.manifest, root)


def assemble(sources: Sources, ground: Ground) -> tuple[Part, ...]:
    """Return a part for each article; raise `InvalidSources` with the issues of all of them."""
    issues = Issues()
    parts: list[Part] = []
    for folder in sources.article_folders():
        with issues.gathering():
            parts.append(assemble_article(read_article(folder), ground.vocabulary, ground.equipment))
    issues.raise_any()
    return tuple(parts)


def _spoken_of(ground: Ground, articles: Iterable[Part]) -> tuple[Part, ...]:
    """Return the ground's parts, with only those shared things that the articles speak of."""
    shared = frozenset().union(*(part.quads for part in ground.parts if part.name in SHARED_PARTS))
    used = in_use(shared, (quad for part in articles for quad in part.quads))
    return tuple(replace(part, quads=part.quads & used) if part.name in SHARED_PARTS else part for part in ground.parts)


def _release(ground: Ground) -> tuple[str, str]:
    """Return the version and the date that dataset.ttl gives."""
    file = next((f for part in ground.parts for f in part.files if f.path.name == DATASET_FILE), None)
    if file is None:
        raise InvalidSources(
            [Issue(paths.SHARED / DATASET_FILE, None, "not there", f"Describe <{DATASET_IRI}> in it.")]
        )
    return _one_value(file, DCAT + "version"), _one_value(file, DCTERMS + "modified")


def _one_value(file: TurtleFile, property_: str) -> str:
    subject, predicate = ox.NamedNode(DATASET_IRI), ox.NamedNode(property_)
    values = [t.object for t in file.triples if t.subject == subject and t.predicate == predicate]
    if len(values) == 1 and isinstance(values[0], ox.Literal):
        return values[0].value
    seen = f"<{DATASET_IRI}> has {len(values)} values of {shown_iri(property_)}"
    raise InvalidSources([file.issue(seen, "Give it exactly one; the manifest needs it.", about=DATASET_IRI)])
