"""What figures of losses and of strengths say alike: their counts, their limits, their certainty, their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from graph.anchors import Span
from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.kinds import Kinds
from graph.drafting.authoring.nodes import Iri, Says, Text, english, number, term, truth
from graph.drafting.authoring.scene import Scene
from graph.drafting.authoring.things import Things
from graph.drafting.authoring.voices import Voices, naming_words
from graph.drafting.document import Mark, Words
from graph.drafting.reading import Figure, Loss, Value

_VAGUE: Final = frozenset(
    (
        "~",
        "≈",
        "c.",
        "c",
        "ca.",
        "ca",
        "circa",
        "about",
        "approx.",
        "approximately",
        "around",
        "nearly",
        "almost",
        "roughly",
        "some",
        "est.",
        "estimated",
        "close to",
    )
)
"""Qualifiers that leave a figure vague, rather than bound it on one side."""
_TOTAL: Final = re.compile(r"\b(?:total|altogether|overall)\b", re.IGNORECASE)
_ONLY_TOTAL: Final = re.compile(
    r"(?:\W|\b(?:of|losses|casualties|number|strength|dead|killed|loss|about|over)\b){0,12}", re.IGNORECASE
)
_NEAR: Final = 3
"""Characters of space and punctuation between two stretches that are quoted as one."""
_IMPLIED: Final = "The words give no number; the singular implies one."
_IMPLIED_PLURAL: Final = "The words give no number; the plural implies two or more."


@dataclass(frozen=True, slots=True)
class Cast:
    """What the figures of one article speak of, gathered while their claims are written."""

    scene: Scene
    voices: Voices
    things: Things
    kinds: Kinds
    phases: Mapping[str, Iri]
    """By name, lower case."""

    def attributed(self, figure: Figure, until: int | None = None) -> Attributed:
        """Return a figure with its claimant and the phase of the battle that it is limited to."""
        voice = self.voices.of(figure.claimant, figure.heading, [figure.rule])
        phase = self.phases.get(single_spaced(figure.phase or figure.scope or "").casefold())
        return Attributed(figure, voice, self.voices.label(voice), phase, until)


@dataclass(frozen=True, slots=True)
class Attributed:
    """A figure with who says so, and what the voice is called; None for the article's own."""

    figure: Figure
    voice: Iri
    voice_label: str | None
    phase: Iri | None = None
    until: int | None = None
    """Where the next figure begins on its line."""


def counts(figure: Figure) -> Iterator[Says]:
    """Yield the bounds of a figure and whether the words give them; nothing where the value is not known."""
    if figure.value is not Value.KNOWN:
        return
    if figure.count.least is not None:
        yield "bg:minCount", number(figure.count.least)
    if figure.count.most is not None:
        yield "bg:maxCount", number(figure.count.most)
    yield "bg:countStated", truth(value=figure.count.stated)


def limits(one: Attributed) -> Iterator[Says]:
    """Yield the words that limit a figure, to a time, a phase or a part of the side."""
    figure = one.figure
    total = total_words(figure)
    limiting = (figure.scope, figure.phase, total.text if total else None)
    scopes = [single_spaced(words) for words in limiting if words]
    if scopes:
        yield "bg:scope", tuple(Text(words) for words in dict.fromkeys(scopes))
    if figure.force:
        yield "bg:ofForce", english(single_spaced(figure.force))
    if one.phase:
        yield "bg:phase", one.phase


def standing(one: Attributed, scene: Scene, above: Iterable[Mark] = (), *, is_listed: bool = False) -> Iterator[Says]:
    """Yield whether the value is there, what its source is, how certain it is put, and how it was read.

    How the side of a listed figure is known is said of its list; the marks `above` it, at the heading, are its too.
    """
    figure = one.figure
    yield "bg:valueStatus", term(f"bg:{figure.value.value}")
    yield from scene.of_sources((*figure.marks, *above))
    doubts = tuple(scene.doubts.behind(_core(figure), one.until))
    yield "bg:certainty", term("bg:Doubtful" if doubts else f"bg:{_certainty(one)}")
    yield from doubts
    if figure.value is Value.KNOWN and not figure.count.stated:
        yield "bg:readingNote", english(_IMPLIED if figure.count.most == 1 else _IMPLIED_PLURAL)
    if figure.side_basis and not is_listed:
        yield "bg:readingNote", english(figure.side_basis)
    yield "bg:readingRule", Text(figure.rule)


def figure_words(figure: Figure) -> str:
    """Return the visible words of a figure, as labels repeat them."""
    return single_spaced(_core(figure).text)


def figure_quotes(figure: Figure, scene: Scene, over: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Return the stretches that a figure rests on: its own words and marks, and those that name claimant and limits.

    What stands in the words `over` its list is quoted there.
    """
    above = tuple(over)
    marks = [mark for mark in figure.marks if not any(one.start <= mark.span.start < one.end for one in above)]
    spans = list(scene.quoted(_core(figure), marks))
    spans += [words.span for words in _besides(figure) if words is not None]
    if figure.claimant and not above:
        spans.append(scene.linked(naming_words(figure.claimant, figure.heading)))
    for limit in (figure.scope, figure.force, figure.phase):
        if limit and (found := _stretch(limit, figure)) is not None:
            spans.append(found.span)
    if (total := total_words(figure)) is not None:
        spans.append(total.span)
    return tuple(_joined(spans, scene.document.source))


def total_words(figure: Figure) -> Words | None:
    """Return the word by which the text calls a figure a total: beside it, or in the heading of its list."""
    words, line = figure.words, figure.words.line
    for match in _TOTAL.finditer(line.text):
        start, end = match.span()
        inside = words.start <= start < words.end
        before = end <= words.start and _ONLY_TOTAL.fullmatch(line.text, end, words.start)
        after = words.end <= start and not any(map(str.isalnum, line.text[words.end : start]))
        if inside or before or after:
            return Words(line, start, end)
    head = figure.heading
    found = _TOTAL.search(head.line.text, head.start, head.end) if head is not None else None
    if head is not None and found is not None:
        return Words(head.line, *found.span())
    return None


def marks_at(words: Words) -> tuple[Mark, ...]:
    """Return the footnote marks in words and right after them: only a colon or the like stands between."""
    line = words.line
    return tuple(
        mark
        for mark in line.marks
        if words.start < mark.at and not any(map(str.isalnum, line.text[words.end : mark.at]))
    )


def _certainty(one: Attributed) -> str:
    count = one.figure.count
    if one.figure.value is Value.KNOWN and not count.stated:
        return "Implied"
    if count.qualifier and count.qualifier.casefold().strip() in _VAGUE:
        return "Approximate"
    return "Attributed" if one.voice_label else "Asserted"


def _besides(figure: Figure) -> tuple[Words | None, ...]:
    """Return the words that say what is counted and what became of it, wherever they stand."""
    return figure.object_words, figure.effect_words if isinstance(figure, Loss) else None


def _core(figure: Figure) -> Words:
    """Return the words of a figure with those for object and effect that they touch."""
    core = figure.words
    for words in _besides(figure):
        if words is None or words.line is not core.line:
            continue
        between = core.line.text[min(core.end, words.end) : max(core.start, words.start)]
        if len(between) <= _NEAR and not any(map(str.isalnum, between)):
            core = Words(core.line, min(core.start, words.start), max(core.end, words.end))
    return core


def _stretch(limit: str, figure: Figure) -> Words | None:
    """Return where the words that limit a figure stand: in its line, or in the heading above it."""
    for line in (figure.words.line, figure.heading.line if figure.heading else None):
        at = line.text.find(limit) if line else -1
        if line and at >= 0:
            return Words(line, at, at + len(limit))
    return None


def _joined(spans: Iterable[Span], source: str) -> Iterator[Span]:
    """Yield the spans in order; those that overlap, or that only a space or mark parts, as one."""
    in_order = sorted(set(spans))
    start, end = in_order[0].start, in_order[0].end
    for _, span in pairwise(in_order):
        between = source[end : span.start]
        if span.start <= end or (len(between) <= _NEAR and "\n" not in between and not any(map(str.isalnum, between))):
            end = max(end, span.end)
        else:
            yield Span(start, end)
            start, end = span.start, span.end
    yield Span(start, end)
