"""All nanopublications of a dataset as one TriG file, a claim at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.namespaces import BG
from graph.store import Store
from graph.workforce.force import Workforce
from graph.workforce.opening import Here
from graph.workforce.turns import in_turn
from server.http.formats import TRIG
from server.nanopublications.nanopublication import Unnamed, name_nanopublication, read_nanopublication
from server.nanopublications.writing import comment, write_nanopublication
from server.site import Site
from server.terms.anchors import things_in
from server.terms.claims import is_claim, is_lost
from server.terms.facts import instances
from server.terms.review import is_unreviewed

if TYPE_CHECKING:
    from server.nanopublications.keys import SigningKey

EXPORT_FILE: Final = "nanopubs.trig"
"""What the file is called, in a release too."""
_ALONE: Final = Here()
_ARTICLE: Final = ox.NamedNode(BG + "Article")


def nanopubs(site: Site, key: SigningKey | None = None, workforce: Workforce = _ALONE) -> Iterator[str]:
    """Yield the file: a head of comments, then the nanopublication of each claim, article by article, then how many.

    A claim that has none is named in its place. The workforce computes the hashes that name
    them. Equal datasets and keys give equal text.
    """
    publication, store = site.publication, site.dataset.store
    yield "# Nanopublications, one for each claim: what is said, who is said to assert it, and in which words.\n"
    yield "# A claim whose value is missing from the copy has none, for nobody is known to have said it.\n"
    yield "# A claim of an unreviewed draft has none, for nobody has compared it with the text.\n"
    yield "# Such claims are named in comments.\n"
    yield from comment(f"{publication.title or 'battlegraph'}, version {publication.version or 'unknown'}")
    yield from comment(f"Licence: {publication.license}" if publication.license else None)
    yield from comment(publication.rights)
    counts = {True: 0, False: 0}
    articles = ([_read(site, claim) for claim in claims] for claims in _by_article(store))
    for written in in_turn(workforce, _write, articles, key):
        yield written.text
        counts[True] += written.made
        counts[False] += written.left_out
    yield f"\n# {sum(counts.values())} claims: {counts[True]} nanopublications, {counts[False]} claims without one.\n"


@dataclass(frozen=True, slots=True)
class _Said:
    """What the nanopublication of a claim says, on its way to who names it: as N-Quads, which travel fast."""

    claim: str
    stem: str
    quads: bytes


@dataclass(frozen=True, slots=True)
class _Obstacle:
    """A claim that has no nanopublication."""

    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Written:
    """The nanopublications of an article."""

    text: str
    made: int
    left_out: int


def _read(site: Site, claim: str) -> _Said | _Obstacle:
    reason = why_none(site.dataset.store, claim)
    if reason is not None:
        return _Obstacle(claim, reason)
    read = read_nanopublication(site, claim)
    return _Said(claim, read.stem, ox.serialize(read.quads, format=ox.RdfFormat.N_QUADS) or b"")


def _write(key: SigningKey | None, claims: Sequence[_Said | _Obstacle]) -> _Written:
    text = [_named(one, key) if isinstance(one, _Said) else _left_out(one) for one in claims]
    left_out = sum(isinstance(one, _Obstacle) for one in claims)
    return _Written("".join(text), len(claims) - left_out, left_out)


def _named(said: _Said, key: SigningKey | None) -> str:
    unnamed = Unnamed(said.claim, said.stem, tuple(ox.parse(said.quads, format=ox.RdfFormat.N_QUADS)))
    return f"\n{write_nanopublication(name_nanopublication(unnamed, key), TRIG)}"


def _left_out(claim: _Obstacle) -> str:
    return f"\n# No nanopublication of <{claim.claim}>: {claim.reason}.\n"


def why_none(store: Store, claim: str) -> str | None:
    """Return why a claim has no nanopublication, as a clause; None where it has one."""
    if is_lost(store, claim):
        return "its value is missing from the copy"
    return "it is of an unreviewed draft" if is_unreviewed(store, claim) else None


def each_claim(store: Store) -> Iterator[str]:
    """Yield the IRIs of the claims, those of an article together, both in their order."""
    for claims in _by_article(store):
        yield from claims


def _by_article(store: Store) -> Iterator[list[str]]:
    for article in instances(store, _ARTICLE):
        found = (thing.value for thing in things_in(store, article) if is_claim(store, thing.value))
        yield sorted(found)
