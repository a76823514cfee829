"""A thing of which two versions say different things, with what was and what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from server.changes.facts import ACCORDING_TO, ANCHOR, LABELS, LEXICAL, Named
from server.changes.kinds import Kind

_TOLD: Final = frozenset((ACCORDING_TO, ANCHOR, LEXICAL, *LABELS))


class Change(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    """It rests on the same words at another place of the text, and nothing else of it differs."""
    RECOUNTED = "recounted"
    """Numbers that are counted over the dataset differ, and nothing else."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property, as one version gives it."""

    text: str
    """The literal's own text, or what the version calls the IRI; an anchor is called by its words."""
    iri: str | None = None
    """The IRI, where the value is one."""
    lang: str | None = None
    datatype: str | None = None
    """The literal's datatype, where it is neither a string nor words in a language."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property whose values differ: those that only the old and that only the new version has."""

    named: Named
    old: tuple[Value, ...]
    new: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of which the two versions say different things."""

    named: Named
    """Under its new name, or the old one where there is no new one."""
    kind: Kind
    change: Change
    removed: int
    """Statements that are no longer there."""
    added: int
    """Statements that are new."""
    class_: Named | None = None
    was_called: str | None = None
    """Its old name, where that differs."""
    viewpoint: Named | None = None
    """Who is said to assert it; a claim has one."""
    old_words: tuple[str, ...] = ()
    """The words of the article that it rested on, in the order of the text."""
    new_words: tuple[str, ...] = ()
    properties: tuple[Property, ...] = ()
    """What differs, by name; of things that are there in one version only, nothing is listed."""
    old_viewpoints: frozenset[str] = field(default=frozenset())
    """Viewpoints in whose graphs it lost statements."""
    new_viewpoints: frozenset[str] = field(default=frozenset())
    """Viewpoints in whose graphs it got statements."""

    @property
    def gone_words(self) -> tuple[str, ...]:
        """The words that it no longer rests on."""
        return _without(self.old_words, self.new_words)

    @property
    def come_words(self) -> tuple[str, ...]:
        """The words that it did not rest on before."""
        return _without(self.new_words, self.old_words)

    @property
    def attribution(self) -> Property | None:
        """Whom it was and is said to be asserted by, where that differs."""
        return next((one for one in self.properties if one.named.iri == ACCORDING_TO), None)

    @property
    def voices(self) -> frozenset[str]:
        """The IRIs of all viewpoints under which its change is told: of one handed over, the old one too."""
        now = {self.viewpoint.iri} if self.viewpoint else set()
        before = {value.iri for value in self.attribution.old if value.iri} if self.attribution else set()
        return frozenset(now | before)

    @property
    def other_properties(self) -> tuple[Property, ...]:
        """What differs besides its name, its words and whom it is attributed to."""
        return tuple(one for one in self.properties if one.named.iri not in _TOLD)


def _without(words: Sequence[str], others: Iterable[str]) -> tuple[str, ...]:
    left = Counter(others)
    kept = []
    for word in words:
        if left[word]:
            left[word] -= 1
        else:
            kept.append(word)
    return tuple(kept)
