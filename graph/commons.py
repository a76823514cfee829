"""What several articles speak of, judged on all that is said of it.

The polities, viewpoints, wars and works of many articles have one name each, and what one
article leaves out another may say. So what a check finds about such a thing in an article
is only a suspicion, and is looked into here, over what all articles say of that thing.
A finding that no article shows, alone with the shared things, there is none; but for what
compares things of several articles, and that is asked here in any case.

Each thing is judged by itself, because some checks go through every pair of the words that
a thing rests on, and a power may be spoken of in thousands of articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.checks import Check
from graph.in_use import SharedThings
from graph.namespaces import BGSH, CANONICAL_BASE, RDF
from graph.open_quads import about, is_evidence, named_in
from graph.piece import Piece
from graph.results import Result
from graph.spool import Spool
from graph.store import merged_store
from graph.things import is_anybodys

_COMPARING: Final = frozenset(f"{BGSH}check-{name}" for name in ("date-order", "duplicate-label"))
"""The checks that find something in what several articles say where none of them shows it."""
_NAMING: Final = f"{BGSH}check-duplicate-label"
"""Of these the one that is about things which may be one article's alone, too."""

_TYPE: Final = f"<{RDF}type>".encode()


class Commons:
    """What the articles say of things that are not theirs alone, gathered piece by piece."""

    def __init__(self, shared: SharedThings, terms: frozenset[ox.Quad], folder: Path | None = None) -> None:
        """Take what articles share and the terms; much is kept in a folder, by default that for temporary files."""
        self.shared, self._terms = shared, terms
        self._nobodys = {quad.subject.value for quad in terms if isinstance(quad.subject, ox.NamedNode)}
        self._nobodys.add(f"{CANONICAL_BASE}dataset")
        self._said = Spool(folder)
        self._speakers: Counter[str] = Counter()
        self._in_use = set(shared.always())
        self._suspicions: defaultdict[str, set[str]] = defaultdict(set)
        self.described: dict[str, str] = {}
        """The slug of an article that describes each thing, of those that may be anybody's."""

    def add(self, piece: Piece) -> None:
        """Take account of an article; raise `OSError` where the disk is full."""
        self._said.write([piece.open])
        self._speakers.update(filter(is_anybodys, piece.speaks_of))
        self._in_use |= self.shared.spoken_of(piece.speaks_of)
        self.described.update(dict.fromkeys(filter(is_anybodys, piece.describes), piece.slug))
        for result in piece.by_checks:
            if isinstance(result.focus, ox.NamedNode):
                self._suspicions[result.focus.value].add(result.shape)

    @property
    def in_use(self) -> frozenset[ox.Quad]:
        """What is said of the shared things that articles speak of."""
        return self.shared.quads_of(self._in_use)

    def is_judged_here(self, result: Result) -> bool:
        """Tell whether a check's result is about what is judged here, and not with its article."""
        if not isinstance(result.focus, ox.NamedNode):
            return False
        iri = result.focus.value
        if result.shape == _NAMING:
            return is_anybodys(iri)
        return self._speakers[iri] > 1 or iri in self._in_use or iri in self._nobodys

    def types(self) -> Iterator[ox.Quad]:
        """Yield of what classes the things are of which articles say something openly."""
        lines = (line for line in self._said.lines() if line.split(b" ", 2)[1] == _TYPE)
        return ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS)

    def results(self, checks: Iterable[Check]) -> Iterator[Result]:
        """Yield what the checks find about what is judged here."""
        checks = tuple(checks)
        of_nobody = self._results(checks, self._in_use, ())
        yield from (one for one in of_nobody if str(one.focus)[1:-1] in self._nobodys)
        comparing = (check for check in checks if check.iri in _COMPARING)
        plain = (line for line in self._said.lines() if not is_evidence(line))
        yield from filter(self.is_judged_here, self._results(comparing, self._in_use, plain))
        suspected = {iri for iri in self._suspicions if self._speakers[iri] > 1 or iri in self._in_use}
        for iri, lines in about(suspected, self._said):
            asked = (check for check in checks if check.iri in self._suspicions[iri] - _COMPARING)
            beside = self.shared.spoken_of(named_in(lines))
            focus = ox.NamedNode(iri)
            yield from (one for one in self._results(asked, beside, lines) if one.focus == focus)

    def _results(self, checks: Iterable[Check], shared: Iterable[str], lines: Iterable[bytes]) -> Iterator[Result]:
        """Yield what checks find in the terms, what is said of some shared things, and lines of N-Quads."""
        said = ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS)
        store = merged_store((*said, *self._terms, *self.shared.quads_of(shared)))
        for check in checks:
            yield from check.results(store)
