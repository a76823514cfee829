"""Reading the statements that two versions do not share as things that changed.

A thing that rests on the same words as before, only at another place of a new text, has
moved: nobody says anything else. A description whose numbers alone differ was counted
anew. Everything else that is in both versions and differs has changed. What a thing was
and what it is stand side by side as the two versions give them; which is right, or why
it changed, is not for this module to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from graph.namespaces import OA, VOID
from server.changes.facts import ANCHOR, BothFacts, Facts, Node
from server.changes.kinds import Kind, kind_of, thing_of, viewpoint_of
from server.changes.moved_anchors import join_moved
from server.changes.thing import Change, Property, Thing, Value
from server.terms.rows import natural_key

_COUNTS: Final = frozenset(
    VOID + name
    for name in ("triples", "entities", "classes", "properties", "distinctSubjects", "distinctObjects", "documents")
)
_OFFSETS: Final = frozenset(OA + name for name in ("start", "end", "prefix", "suffix"))


@dataclass(slots=True)
class _Statements:
    """What differs of one thing, in one kind of statement."""

    removed: list[ox.Quad] = field(default_factory=list)
    added: list[ox.Quad] = field(default_factory=list)


def read_things(removed: Iterable[ox.Quad], added: Iterable[ox.Quad], facts: BothFacts) -> list[Thing]:
    """Return the things of these statements, in the order of their kinds and by name.

    A thing with statements of several kinds, as a place with a new cross-link, is there once for each.
    """
    found: dict[tuple[Kind, str], _Statements] = {}
    for quad in removed:
        found.setdefault(_kind_and_thing(quad, facts), _Statements()).removed.append(quad)
    for quad in added:
        found.setdefault(_kind_and_thing(quad, facts), _Statements()).added.append(quad)
    things = [_read(iri, kind, statements, facts) for (kind, iri), statements in found.items()]
    order = {kind: place for place, kind in enumerate(Kind)}
    return sorted(join_moved(things, facts), key=lambda thing: (order[thing.kind], *_by_name(thing)))


def _kind_and_thing(quad: ox.Quad, facts: BothFacts) -> tuple[Kind, str]:
    return kind_of(quad, facts.base), thing_of(quad, facts.base)


def _by_name(thing: Thing) -> tuple[list[str | int], list[str | int], str]:
    who = thing.viewpoint.label if thing.viewpoint else ""
    return (natural_key(who), natural_key(thing.named.label), thing.named.iri)


def _read(iri: str, kind: Kind, statements: _Statements, facts: BothFacts) -> Thing:
    old, new, base = facts.old, facts.new, facts.base
    before = {place for quad in statements.removed if (place := viewpoint_of(quad, base))}
    after = {place for quad in statements.added if (place := viewpoint_of(quad, base))}
    is_lasting = old.has(iri) and new.has(iri)
    properties = tuple(_properties(statements, facts)) if is_lasting else ()
    was_called = old.label(iri) if is_lasting else None
    viewpoint = min(after or before, default=None)
    return Thing(
        named=facts.named(iri),
        kind=kind,
        change=_change(iri, statements, properties, facts),
        removed=len(statements.removed),
        added=len(statements.added),
        class_=facts.current(iri).class_of(iri),
        was_called=was_called if was_called != new.label(iri) else None,
        viewpoint=None if viewpoint is None else facts.named(viewpoint),
        old_words=old.words(iri),
        new_words=new.words(iri),
        properties=properties,
        old_viewpoints=frozenset(before),
        new_viewpoints=frozenset(after),
    )


def _change(iri: str, statements: _Statements, properties: Sequence[Property], facts: BothFacts) -> Change:
    if not facts.old.has(iri):
        return Change.ADDED
    if not facts.new.has(iri):
        return Change.REMOVED
    predicates = {quad.predicate.value for quad in (*statements.removed, *statements.added)}
    if predicates <= _COUNTS:
        return Change.RECOUNTED
    if predicates <= _OFFSETS:
        return Change.MOVED
    only_anchors = properties and all(one.named.iri == ANCHOR for one in properties)
    has_same_words = _quotes(statements.removed, facts.old) == _quotes(statements.added, facts.new)
    return Change.MOVED if only_anchors and has_same_words else Change.CHANGED


def _quotes(quads: Iterable[ox.Quad], facts: Facts) -> Counter[tuple[str, str] | None]:
    terms = (quad.object for quad in quads if quad.predicate.value == ANCHOR)
    return Counter(facts.quote(term.value) for term in terms if isinstance(term, Node))


def _properties(statements: _Statements, facts: BothFacts) -> Iterator[Property]:
    """Yield what differs by property; what only stands in another graph than before does not."""
    before, after = (
        {(quad.predicate.value, quad.object) for quad in quads} for quads in (statements.removed, statements.added)
    )
    named = [facts.named(iri) for iri in {iri for iri, _ in before ^ after}]
    for one in sorted(named, key=lambda one: (natural_key(one.label), one.iri)):
        old = (term for iri, term in before - after if iri == one.iri)
        new = (term for iri, term in after - before if iri == one.iri)
        yield Property(one, tuple(_values(old, facts.old)), tuple(_values(new, facts.new)))


def _values(terms: Iterable[object], facts: Facts) -> list[Value]:
    values = [_value(term, facts) for term in terms if isinstance(term, Node)]
    return sorted(values, key=lambda value: (value.lang or "", natural_key(value.text), value.iri or "", str(value)))


def _value(term: Node, facts: Facts) -> Value:
    if isinstance(term, ox.NamedNode):
        quote = facts.quote(term.value)
        return Value(quote[1] if quote else facts.label(term.value), iri=term.value)
    datatype = term.datatype.value.removeprefix("http://www.w3.org/2001/XMLSchema#")
    return Value(
        term.value, lang=term.language, datatype=None if term.language or datatype == "string" else term.datatype.value
    )
