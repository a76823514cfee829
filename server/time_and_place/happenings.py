"""Entries of a chronology that tell of one happening, joined so that it stands there once.

Pure. Every claim is kept, with its own words: a claim joins the event that the same
viewpoint dates alike in the same words, and the entries of a legend join under its heading.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from server.terms.anchors import Anchor
from server.terms.claims import Claim
from server.terms.labels import Shown
from server.time_and_place.entries import Entry


def join(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries, those of one happening as one, each in the place of the first of them."""
    joined: list[Entry] = []
    events: dict[Hashable, list[int]] = {}
    for entry in _join_legends(list(entries)):
        alike = events.setdefault((_days(entry), entry.viewpoint), [])
        event = next((place for place in alike if _tells_of(joined[place], entry)), None)
        if event is not None:
            joined[event] = _merge(joined[event], [joined[event], entry])
            continue
        if not entry.is_claim:
            alike.append(len(joined))
        joined.append(entry)
    return joined


def _join_legends(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries, claims that share a heading and have words of their own beside it as one."""
    members: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        if entry.is_claim and len(entry.claims[0].anchors) > 1:
            for anchor in entry.claims[0].anchors:
                members.setdefault((_days(entry), entry.kind, entry.viewpoint, anchor), []).append(entry)
    legends = {id(x): (key[-1], own) for key, own in members.items() if len(own) > 1 for x in own}  # type: ignore[index]
    for entry in entries:
        heading, own = legends.get(id(entry), (None, [entry]))
        if heading is None:
            yield entry
        elif own[0] is entry:
            yield _merge(_under_heading(entry, heading), [_without(x, heading) for x in own])


def _under_heading(entry: Entry, heading: Anchor) -> Entry:
    claim = entry.claims[0]
    quote = claim.quotes[claim.anchors.index(heading)]
    return replace(entry, shown=Shown(quote.text.rstrip(": \n"), href=quote.href))


def _without(entry: Entry, heading: Anchor) -> Entry:
    claim = entry.claims[0]
    kept = [(anchor, quote) for anchor, quote in zip(claim.anchors, claim.quotes, strict=True) if anchor != heading]
    own: Claim = replace(claim, anchors=tuple(x for x, _ in kept), quotes=tuple(x for _, x in kept))
    return replace(entry, claims=(own,))


def _merge(whole: Entry, parts: Sequence[Entry]) -> Entry:
    return replace(
        whole,
        claims=tuple(claim for part in parts for claim in part.claims),
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        start=min(part.start for part in parts),
    )


def _tells_of(event: Entry, entry: Entry) -> bool:
    """Tell whether a claim of the same days says in the same words what the date of an event says already."""
    if not entry.is_claim or entry.at is None:
        return False
    anchors = [anchor for claim in event.claims for anchor in claim.anchors]
    return any(_nest(one, other) for one in anchors for other in entry.claims[0].anchors)


def _nest(one: Anchor, other: Anchor) -> bool:
    inner, outer = sorted((one, other), key=lambda anchor: anchor.end - anchor.start)
    return outer.start <= inner.start and inner.end <= outer.end


def _days(entry: Entry) -> Hashable:
    return tuple((x.first, x.last, x.possible) if x else None for x in (entry.begin, entry.at, entry.end))
