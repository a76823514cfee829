"""Whether the files that a release says its dataset was built from state what the dataset holds.

An article's text is known by its digest. Of what was written about it, each statement and
each quote has to be found in the dataset; whether one was taken out, only a build would tell.
Of what articles share, the dataset holds what its own articles speak of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from graph.iris import rebase
from graph.namespaces import BG, OA
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.check.listing import Listing, Unopenable

FOLDER: Final = "sources/"
_RULES: Final = "sources/rules/"
_SHARED: Final = "sources/shared/"
_DIGEST: Final = BG + "textDigest"
_EXACT: Final = OA + "exact"
_QUOTES: Final = (BG + "quote", _EXACT)
_LARGEST: Final = 64 << 20
_WHAT: Final = "what this dataset was built from"


@dataclass(frozen=True, slots=True)
class _Held:
    """What the dataset holds that files can be compared with."""

    base: str
    digests: set[str]
    """SHA-256 of the articles' texts."""
    quotes: set[str]
    triples: set[ox.Triple]
    subjects: set[str]
    """The IRIs of what the dataset describes."""


def compare_sources(listing: Listing, quads: Iterable[ox.Quad], base: str, told: Collection[str]) -> Iterator[Finding]:
    """Yield which files state, quote or are what the dataset does not hold."""
    names = [name for name in source_files(listing) if name in listing.sound and name not in told]
    if not names:
        return
    held = _Held(base, set(), set(), set(), set())
    for quad in quads:
        held.triples.add(quad.triple)
        if isinstance(quad.subject, ox.NamedNode):
            held.subjects.add(quad.subject.value)
        if isinstance(quad.object, ox.Literal) and quad.predicate.value in (_DIGEST, _EXACT):
            (held.digests if quad.predicate.value == _DIGEST else held.quotes).add(quad.object.value)
    for name in names:
        try:
            yield from _compare(listing, name, held)
        except (Unopenable, SyntaxError) as error:
            yield Finding(name, f"cannot be read ({error})", _WHAT)


def source_files(listing: Listing) -> list[str]:
    """Return the names of the files that the dataset was built from, the vocabularies aside."""
    return sorted(name for name in listing.sums if name.startswith(FOLDER))


def unlike_dataset(listing: Listing) -> list[str]:
    """Return the names of those of which the dataset holds nothing, so that nothing tells whether they were altered."""
    return [name for name in source_files(listing) if name.startswith(_RULES)]


def _compare(listing: Listing, name: str, held: _Held) -> Iterator[Finding]:
    if name.startswith(_RULES):
        return
    if name.endswith((".txt", ".wiki")):
        seen = hashlib.sha256(listing.read(name, _LARGEST)).hexdigest()
        if seen not in held.digests:
            yield Finding(name, f"is a text of the SHA-256 {seen}", "one that the dataset names", NOT_OURS)
    elif name.endswith(".ttl"):
        stated: Iterable[ox.Quad] = ox.parse(listing.read(name, _LARGEST), format=ox.RdfFormat.TURTLE)
        if name.startswith(_SHARED):
            stated = (quad for quad in stated if _is_described(quad.subject, held))
        if extra := sorted(_not_held(stated, held)):
            seen = f"states {len(extra):,} triples that the dataset does not hold, as {extra[0]}"
            yield Finding(name, seen, _WHAT, NOT_OURS)
    else:
        yield Finding(name, "is there", "no files but articles, what is said of them, and rules", NOT_OURS)


def _is_described(subject: Any, held: _Held) -> bool:
    """Tell whether the dataset says anything of what a shared file is about; an anonymous node has to be found."""
    return not isinstance(subject, ox.NamedNode) or rebase(subject.value, held.base) in held.subjects


def _not_held(stated: Iterable[ox.Quad], held: _Held) -> Iterator[str]:
    for quad in stated:
        subject, value = (_rebased(term, held.base) for term in (quad.subject, quad.object))
        if quad.predicate.value in _QUOTES:
            is_held = isinstance(value, ox.Literal) and value.value in held.quotes
        else:
            # A quote with its context hangs from an anonymous node, which the dataset has as an anchor.
            is_anonymous = isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode)
            is_held = is_anonymous or ox.Triple(subject, quad.predicate, value) in held.triples
        if not is_held:
            yield str(quad.triple)


def _rebased(term: Any, base: str) -> Any:
    return ox.NamedNode(rebase(term.value, base)) if isinstance(term, ox.NamedNode) else term
