"""What a dataset's description tells of the dataset, gathered while its quads pass by once, sorted.

The description counts itself, too, so what the dataset already says of itself is kept
apart from what is counted here: no other triple has the same subject.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from graph.canon import canonical_nquads
from graph.census import Block, Census, Tally, blocks
from graph.iris import SHAPES_IRI, canonical_iri
from graph.namespaces import BG, CANONICAL_BASE, DCTERMS, OWL, RDF, RDFS

_TYPE: Final = f"<{RDF}type>".encode()
_LABEL: Final = f"<{RDFS}label>".encode()
_VERSION_IRI: Final = f"<{OWL}versionIRI>".encode()
_SHAPES: Final = f"<{SHAPES_IRI}>".encode()
_BATTLE, _TEXT, _ARTICLE = (f"<{BG}{name}>".encode() for name in ("Battle", "ArticleText", "Article"))
_OF_TEXTS: Final = frozenset({f"<{BG}textDigest>".encode(), f"<{DCTERMS}isVersionOf>".encode()})
_OF_ARTICLES: Final = frozenset(f"<{DCTERMS}{name}>".encode() for name in ("title", "source", "provenance"))
_REPEATED: Final = _OF_TEXTS | _OF_ARTICLES


@dataclass(slots=True)
class Survey:
    """What there is to tell; IRIs and quads are on the canonical base."""

    census: Census
    """Of all but `about`."""
    about: tuple[ox.Quad, ...] = ()
    """What is said of the dataset and its graphs already."""
    battles: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    repeated: list[ox.Triple] = field(default_factory=list)
    """What of texts and articles the description is to say again."""
    labels: dict[str, str] = field(default_factory=dict)
    """What viewpoints are called in English."""
    versions_of_shapes: list[str] = field(default_factory=list)


class Surveyor:
    """Looks at each triple of a dataset once, in the order of canonical N-Quads."""

    def __init__(self, base: str) -> None:
        """Take the base that the data's IRIs have."""
        self._base = base
        self._tally = Tally(base)
        self._about: list[bytes] = []
        self._survey = Survey(self._tally.census())
        self._subject = b""
        self._classes: set[bytes] = set()
        self._candidates: list[Block] = []
        graphs = f"<{base}graph/"
        self._graphs, self._report = graphs.encode(), f"{graphs}report#".encode()
        self._dataset, self._own = f"<{base}dataset>".encode(), f"{graphs}dataset>".encode()
        self._viewpoints = f"<{base}id/viewpoint/".encode()

    def see(self, block: Block) -> None:
        """Take account of a triple."""
        subject = block.subject
        if subject != self._subject:
            self._take_leave()
            self._subject = subject
        if subject == self._dataset or (subject.startswith(self._graphs) and not subject.startswith(self._report)):
            self._about.extend(block.lines())
            return
        self._tally.add(block)
        if block.predicate == _TYPE:
            self._classes.add(block.object)
        elif block.predicate in _REPEATED and self._own not in block.graphs:
            self._candidates.append(block)
        elif block.predicate == _LABEL and subject.startswith(self._viewpoints) and block.object.endswith(b'"@en'):
            label = self._read(block).object
            self._survey.labels[self._iri(subject)] = label.value if isinstance(label, ox.Literal) else ""
        elif block.predicate == _VERSION_IRI and subject == _SHAPES and block.object.startswith(b"<"):
            self._survey.versions_of_shapes.append(self._iri(block.object))

    def survey(self) -> Survey:
        """Return what was seen, once all has been."""
        self._take_leave()
        self._survey.census = self._tally.census()
        self._survey.about = tuple(map(self._canonical, ox.parse(b"".join(self._about), format=ox.RdfFormat.N_QUADS)))
        return self._survey

    def _take_leave(self) -> None:
        """Judge the candidates of a subject whose classes are all known now."""
        telling: frozenset[bytes] = frozenset()
        for class_, found, predicates in (
            (_BATTLE, self._survey.battles, frozenset()),
            (_TEXT, self._survey.texts, _OF_TEXTS),
            (_ARTICLE, self._survey.articles, _OF_ARTICLES),
        ):
            if class_ in self._classes:
                found.append(self._iri(self._subject))
                telling |= predicates
        self._survey.repeated.extend(self._read(block) for block in self._candidates if block.predicate in telling)
        self._classes.clear()
        self._candidates.clear()

    def _read(self, block: Block) -> ox.Triple:
        (quad,) = ox.parse(b"".join(block.lines()).partition(b"\n")[0], format=ox.RdfFormat.N_QUADS)
        return self._canonical(quad).triple

    def _canonical(self, quad: ox.Quad) -> ox.Quad:
        if self._base == CANONICAL_BASE:
            return quad
        subject, predicate, object_, graph = (
            ox.NamedNode(canonical_iri(term.value, self._base)) if isinstance(term, ox.NamedNode) else term
            for term in quad
        )
        return ox.Quad(subject, predicate, object_, graph)

    def _iri(self, term: bytes) -> str:
        return canonical_iri(term[1:-1].decode(), self._base)


def survey_of(quads: Iterable[ox.Quad]) -> Survey:
    """Return what a dataset on the canonical base tells, each quad of it in a named graph."""
    surveyor = Surveyor(CANONICAL_BASE)
    for block in blocks(canonical_nquads(quads).splitlines(keepends=True)):
        surveyor.see(block)
    return surveyor.survey()
