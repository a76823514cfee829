"""Which statement of a draft is which of the curated ones, and where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.anchors import Span
from graph.drafting.comparison.statements import Statement


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements that are about the same words."""

    drafted: Statement
    curated: Statement

    @property
    def differences(self) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
        """The properties in which they differ, with the draft's values and the curated ones."""
        drafted, curated = self.drafted.values, self.curated.values
        names = sorted({*drafted, *curated})
        none = frozenset[str]()
        return tuple(
            (name, drafted.get(name, none), curated.get(name, none))
            for name in names
            if drafted.get(name, none) != curated.get(name, none)
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the statements of both; every one is in exactly one place."""

    same: tuple[Pair, ...]
    different: tuple[Pair, ...]
    missing: tuple[Statement, ...]
    """Curated, not drafted, though the draft read the words or nobody marked them as unread."""
    unread: tuple[Statement, ...]
    """Curated, and all its words are among those that the draft leaves for a person to read."""
    extra: tuple[Statement, ...]
    """Drafted, not curated."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The classes that occur, by name."""
        pairs = (pair.curated for pair in (*self.same, *self.different))
        return tuple(sorted({one.kind for one in (*pairs, *self.missing, *self.unread, *self.extra)}))


def compare(drafted: Sequence[Statement], curated: Sequence[Statement], unread: Iterable[Span]) -> Comparison:
    """Pair the statements of a draft with the curated ones of the same text, each once.

    Only statements of one class whose words overlap, or that have one IRI or one number, can be
    a pair; of several candidates those go together that share the most values, then the most words.
    """
    pairs = _pairs(drafted, curated)
    matched = {id(one) for pair in pairs for one in (pair.drafted, pair.curated)}
    left = [one for one in curated if id(one) not in matched]
    passed_over = tuple(unread)
    not_read = [one for one in left if all(_within(span, passed_over) for span in one.spans)]
    return Comparison(
        same=tuple(pair for pair in pairs if not pair.differences),
        different=tuple(pair for pair in pairs if pair.differences),
        missing=tuple(one for one in left if one not in not_read),
        unread=tuple(not_read),
        extra=tuple(one for one in drafted if id(one) not in matched),
    )


def _pairs(drafted: Sequence[Statement], curated: Sequence[Statement]) -> list[Pair]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(curated):
        by_kind[one.kind].append(place)
    candidates = []
    for mine, one in enumerate(drafted):
        for theirs in by_kind[one.kind]:
            other = curated[theirs]
            shared = one.overlap(other)
            if shared or one.iri == other.iri or (one.number and one.number == other.number):
                equal = sum(len(values & other.values.get(name, frozenset())) for name, values in one.values.items())
                candidates.append((-equal, -shared, mine, theirs))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, mine, theirs in sorted(candidates):
        if mine not in found and theirs not in taken:
            found[mine] = theirs
            taken.add(theirs)
    return [Pair(drafted[mine], curated[theirs]) for mine, theirs in sorted(found.items())]


def _within(span: Span, stretches: Sequence[Span]) -> bool:
    """Tell whether every code point of the span is in one of the stretches, which are in order."""
    at = span.start
    for stretch in stretches:
        if stretch.start <= at < stretch.end:
            at = stretch.end
    return at >= span.end
