"""What no statement is drawn from: words left out for a reason, and words that nobody has read yet."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from graph.anchors import Span
from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.nodes import Node, Says, english
from graph.drafting.authoring.scene import Scene, capitalised
from graph.drafting.authoring.slugs import told_apart
from graph.drafting.document import Field, Line, Words
from graph.drafting.lists.lexicon import words_of
from graph.drafting.reading import Disposal, FieldReading, Portion

_LABELS: Final = "The names of fields; what stands beside them is stated, left out or unread by itself."
_HELPERS: Final = "Words that join, head or place what is stated beside them."
_SEEN: Final = "These words were seen beside what was read, and nothing is stated from them."
_REPEATING: Final = frozenset(("date-repeated",))
"""Rules that take words which say once more what others say."""
_WORD: Final = re.compile(r"\w+")
_JOINING: Final = words_of(
    """
    a all along also among an and any are as at be been being between both but by during for from had has have in
    including incl into is it its itself more much of off on only or other others out over per plus s some such than
    that the their them then there these they this those to up upon was well were where which while who whose with
    within without casualties loss losses total totals number strength unknown figures known side sides
    """
)
"""Words that join what stands beside them, and labels of lists."""
_NOTES: Final = "Marks of notes whose words this copy does not have."
_PROSE: Final = "Narrative, which a program does not read."
_SENTENCE: Final = re.compile(r"[.!?][\"”\u2019)\]]{0,3}\s+(?=[\"“\u2018(\[]{0,2}[A-Z0-9])")
_SHOWN: Final = 60
"""Code points of a stretch that its label shows."""
_SHORT: Final = 40
"""Sentences shorter than this are quoted with the next: they may be an abbreviation's."""


def unread_fields(
    readings: Sequence[tuple[Field, FieldReading]], more: Sequence[Portion], scene: Scene
) -> Iterator[Node]:
    """Yield the unread words of each field; `more` are words that were read to say what the ontology cannot."""
    found: dict[tuple[str, int | None], list[Portion]] = defaultdict(list)
    for portion in (*(portion for _, reading in readings for portion in reading.portions), *more):
        if portion.disposal is Disposal.UNREAD:
            found[portion.field.key, portion.field.side].append(portion)
    for (key, side), portions in found.items():
        name = _field_name(key, side)
        yield Node(
            scene.own("unread", "-".join(told_apart([(name,)]))).value,
            "bg:UnreadText",
            _says(f"Unread words of {name}", dict.fromkeys(portion.why for portion in portions), scene),
            tuple(portion.words.span for portion in portions),
        )


def unread_prose(paragraphs: Sequence[Line], scene: Scene) -> Iterator[Node]:
    """Yield the prose, section by section, a quote for each sentence."""
    sections: list[list[Line]] = [[]]
    for line in paragraphs:
        if line.heading and sections[-1]:
            sections.append([])
        sections[-1].append(line)
    sections = [section for section in sections if any(_quotes(section, scene))]
    heads = [
        single_spaced(section[0].text[:_SHOWN]).rstrip(" :,;") if section[0].heading else "Lead" for section in sections
    ]
    names = told_apart(
        [(f"prose {head}", str(section[0].span().start)) for head, section in zip(heads, sections, strict=True)]
    )
    repeated = {head for head, count in Counter(heads).items() if count > 1}
    for section, head, name in zip(sections, heads, names, strict=True):
        yield Node(
            scene.own("unread", name).value,
            "bg:UnreadText",
            _says(
                f"Unread prose: {head}" + (f" (at {section[0].span().start})" if head in repeated else ""),
                [_PROSE],
                scene,
            ),
            tuple(_quotes(section, scene)),
        )


def troubles(scene: Scene) -> Iterator[Node]:
    """Yield the stretches that could not be taken apart."""
    found = scene.document.troubles
    names = told_apart([(one.seen, str(one.span.start)) for one in found])
    for one, name in zip(found, names, strict=True):
        reason = f"{capitalised(single_spaced(one.seen))}."
        shown = single_spaced(scene.document.source[one.span.start : one.span.end][:_SHOWN])
        yield Node(
            scene.own("unread", name).value,
            "bg:UnreadText",
            _says(f"Text that could not be taken apart: “{shown}”", [reason], scene),
            (one.span,),
        )


def seen_beside(readings: Sequence[tuple[Field, FieldReading]], stated: Iterable[Span]) -> Iterator[Portion]:
    """Yield, as unread, the words of read portions on which no statement rests and that do more than join others."""
    covered = Covered(stated)
    for portion in (portion for _, reading in readings for portion in reading.portions):
        if portion.disposal is not Disposal.READ or portion.why in _REPEATING:
            continue
        line, run = portion.words.line, list[re.Match[str]]()
        for match in _WORD.finditer(line.text, portion.words.start, portion.words.end):
            if covered.outside(line.span(*match.span())):
                run.append(match)
            else:
                yield from _content(portion, run)
                run = []
        yield from _content(portion, run)


def _content(portion: Portion, run: Sequence[re.Match[str]]) -> Iterator[Portion]:
    if all(match[0].casefold() in _JOINING for match in run):
        return
    words = Words(portion.words.line, run[0].start(), run[-1].end())
    yield Portion(portion.field, words, Disposal.UNREAD, _SEEN)


def omissions(
    readings: Sequence[tuple[Field, FieldReading]], stated: Iterable[Span], beside: Sequence[Portion], scene: Scene
) -> Iterator[Node]:
    """Yield what is left out: ignored words by reason, what stands apart, names of fields, and words that only help.

    `stated` are the stretches that statements rest on, `beside` words that stay unread beside them.
    """
    covered = Covered((*stated, *(portion.words.span for portion in beside)))
    by_reason: dict[str, list[Span]] = defaultdict(list)
    for portion in (portion for _, reading in readings for portion in reading.portions):
        if portion.disposal is Disposal.IGNORED:
            by_reason[portion.why].append(portion.words.span)
        elif portion.disposal is Disposal.READ:
            by_reason[_HELPERS].extend(span for span in covered.outside(portion.words.span) if _tells(span, scene))
    for one in scene.document.apart:
        by_reason[one.reason].append(one.span)
    lines = (*(line for field in scene.document.fields for line in field.lines), *scene.document.prose)
    marks = (mark for line in lines for mark in line.marks if mark.name not in scene.footnotes)
    by_reason[_NOTES].extend(mark.span for mark in marks)
    labels = (field.label for field in scene.document.fields if field.label is not None)
    by_reason[_LABELS].extend(label for label in labels if covered.outside(label) and _tells(label, scene))
    reasons = [reason for reason, spans in by_reason.items() if spans]
    for reason, name in zip(reasons, told_apart([(reason,) for reason in reasons]), strict=True):
        yield Node(
            scene.own("omission", name).value,
            "bg:Omission",
            _says(f"Left out: {single_spaced(reason).rstrip('.')}", [reason], scene),
            tuple(by_reason[reason]),
        )


class Covered:
    """The stretches of a text that some spans cover."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """Take the spans in any order."""
        self._bounds: list[Span] = []
        for span in sorted(set(spans)):
            if self._bounds and span.start <= self._bounds[-1].end:
                last = self._bounds.pop()
                span = Span(last.start, max(last.end, span.end))  # noqa: PLW2901  the two are one
            self._bounds.append(span)
        self._starts = [span.start for span in self._bounds]

    def outside(self, span: Span) -> list[Span]:
        """Return the parts of a span that are not covered."""
        left, at = [], span.start
        first = max(0, bisect_right(self._starts, at) - 1)
        for one in (self._bounds[place] for place in range(first, bisect_right(self._starts, span.end))):
            if at < one.start:
                left.append(Span(at, one.start))
            at = max(at, one.end)
        if at < span.end:
            left.append(Span(at, span.end))
        return left


def _says(label: str, reasons: Iterable[str], scene: Scene) -> tuple[Says, ...]:
    return (
        ("rdfs:label", english(label)),
        ("bg:inArticle", scene.article),
        ("bg:omissionReason", english(" ".join(single_spaced(reason) for reason in reasons))),
    )


def _field_name(key: str, side: int | None) -> str:
    return f"the field “{key}”" + (f" of side {side}" if side else "")


def _quotes(section: Sequence[Line], scene: Scene) -> Iterator[Span]:
    for line in section:
        for start, end in _sentences(line.text):
            words = Words(line, start, end)
            marks = [mark for mark in line.marks if start < mark.at <= end]
            yield from scene.quoted(words, marks)[:1]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of sentences, without white space around them."""
    at = 0
    for found in _SENTENCE.finditer(text):
        if found.end() - at >= _SHORT:
            yield from _trimmed(text, at, found.end())
            at = found.end()
    yield from _trimmed(text, at, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    kept = text[start:end].strip()
    if kept:
        begins = start + text[start:end].index(kept)
        yield begins, begins + len(kept)


def _tells(span: Span, scene: Scene) -> bool:
    return any(map(str.isalnum, scene.document.source[span.start : span.end]))
