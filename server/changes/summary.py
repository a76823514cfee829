"""What changed in a few words: how many claims, whether a new text may be the cause, whether the verdict is another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.changes.comparison import Changes, OfKind
from server.changes.facts import CONFORMS
from server.changes.kinds import CONSEQUENT, Kind
from server.changes.thing import Change

_OTHER: Final = (Change.CHANGED, Change.ADDED, Change.REMOVED)
_READ: Final = frozenset(
    (
        Kind.CLAIMS,
        Kind.EVENTS,
        Kind.PLACES,
        Kind.ACTORS,
        Kind.VIEWPOINTS,
        Kind.ARTICLES,
        Kind.REFERENCES,
        Kind.GAPS,
        Kind.EQUIPMENT,
    )
)
"""What is read from the text of an article."""


class Source(StrEnum):
    """Where what changed may come from."""

    NEWER_TEXT = "newer-text"
    """At least one article has another text than before."""
    NEW_ARTICLE = "new-article"
    """The texts that were there are the same, and there are more."""
    SAME_TEXT = "same-text"


@dataclass(frozen=True, slots=True)
class Summary:
    """What changed, in short."""

    claims: Mapping[Change, int]
    """How many claims have each change: first what is recorded otherwise, then new, gone, moved."""
    others: tuple[OfKind, ...]
    """The other kinds that are written one by one and of which something is recorded otherwise, new or gone."""
    source: Source | None
    """None where nothing changed that is read from a text."""
    texts: int
    """How many texts are newer or new."""
    verdicts: tuple[bool, bool] | None
    """Whether the old and the new version conform to their shapes, where that differs."""


def summarise(changes: Changes) -> Summary:
    """Return the changes in short."""
    counts = {one.kind: one.things for one in changes.kinds}
    claims = counts.get(Kind.CLAIMS, {})
    texts = counts.get(Kind.TEXTS, {})
    gone, come = (texts.get(change, 0) for change in (Change.REMOVED, Change.ADDED))
    is_read = any(_is_told(one) for one in changes.kinds if one.kind in _READ)
    others = (one for one in changes.kinds if one.kind is not Kind.CLAIMS and one.kind not in CONSEQUENT)
    return Summary(
        claims={change: claims[change] for change in (*_OTHER, Change.MOVED, Change.RECOUNTED) if change in claims},
        others=tuple(one for one in others if _is_told(one)),
        source=_source(gone, come, is_read=is_read),
        texts=min(gone, come) or come,
        verdicts=_verdicts(changes),
    )


def _source(gone: int, come: int, *, is_read: bool) -> Source | None:
    if come:
        return Source.NEWER_TEXT if gone else Source.NEW_ARTICLE
    return Source.SAME_TEXT if is_read and not gone else None


def _is_told(one: OfKind) -> bool:
    return any(change in one.things for change in _OTHER)


def _verdicts(changes: Changes) -> tuple[bool, bool] | None:
    for one in changes.kinds:
        for thing in one.listed if one.kind is Kind.REPORT else ():
            for found in thing.properties:
                if found.named.iri == CONFORMS and found.old and found.new:
                    return (found.old[0].text == "true", found.new[0].text == "true")
    return None
