"""Anchors that moved: a new text has the same words at another place, under another name.

An anchor's IRI holds the text's digest and the offsets, so a new text has none of the
old anchors. Those of the same words in the same article are joined in the order of the
text; what has no partner is gone, or is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.namespaces import BG
from server.changes.facts import BothFacts, Named
from server.changes.kinds import Kind
from server.changes.thing import Change, Property, Thing, Value
from server.terms.rows import natural_key


def join_moved(things: Iterable[Thing], facts: BothFacts) -> Iterator[Thing]:
    """Yield the things with each anchor that is gone joined to a new one of the same words, which it moved to."""
    gone: dict[tuple[str, str] | None, list[Thing]] = {}
    come: dict[tuple[str, str] | None, list[Thing]] = {}
    for thing in things:
        if thing.kind is Kind.ANCHORS and thing.change is Change.REMOVED:
            gone.setdefault(facts.old.quote(thing.named.iri), []).append(thing)
        elif thing.kind is Kind.ANCHORS and thing.change is Change.ADDED:
            come.setdefault(facts.new.quote(thing.named.iri), []).append(thing)
        else:
            yield thing
    for quote in {**gone, **come}:
        before, after = (sorted(side.get(quote, ()), key=_place) for side in (gone, come))
        pairs = min(len(before), len(after)) if quote is not None else 0
        yield from map(_moved, before[:pairs], after[:pairs])
        yield from before[pairs:]
        yield from after[pairs:]


def _place(anchor: Thing) -> list[str | int]:
    """Return a sort key that puts anchors in the order of the text."""
    return natural_key(anchor.named.iri)


def _moved(gone: Thing, come: Thing) -> Thing:
    named = Named(BG + "anchor", "anchor")
    where = Property(named, (Value(gone.named.label, gone.named.iri),), (Value(come.named.label, come.named.iri),))
    return Thing(
        named=come.named,
        kind=Kind.ANCHORS,
        change=Change.MOVED,
        removed=gone.removed,
        added=come.added,
        class_=come.class_,
        old_words=gone.old_words,
        new_words=come.new_words,
        properties=(where,),
    )
