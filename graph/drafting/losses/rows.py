"""The rows of a casualties field: headings and stretches of figures, each with its place in the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.drafting.document import Line
from graph.drafting.figures import read_line
from graph.drafting.figures.line import LineFigures
from graph.drafting.lists.claimants import Claim, claimant_phrase, claims_in
from graph.drafting.lists.headings import Heading, Kind, classify, headings_in
from graph.drafting.lists.lexicon import CIVIL, CLAIM_NOUNS, EFFECTS, words_of
from graph.drafting.lists.strips import Strip, cut, join, whole

NO_FIGURES: Final = LineFigures()
LONGEST: Final = 4000
"""Code points: a longer line is no line of a casualties field, and is left to a person."""
_LONGEST_RUN: Final = 60
"""Lines that may be read as one."""
_SHORT: Final = 4
"""Words of a heading that nothing marks as one."""
_GOES_ON: Final = re.compile(
    r"\(|(?:including|includes|inc\.|incl\.|of wh(?:om|ich)|among (?:them|whom|which)|plus|and|or)\b", re.IGNORECASE
)
_TO_BE_CONTINUED: Final = re.compile(
    r"(?:\b(?:including|incl|inc|of which|of whom|and|or|from)|&|/|\u2013)[.:]?$", re.IGNORECASE
)
_NAME_AND_NUMBER: Final = re.compile(
    r"([^\W\d_][^\d,;:()]{1,60}?)\s+([~≈c.<>+]*\s?\d[\d,.]*(?:\s?[\u2013-]\s?\d[\d,.]*)?\+?)$"
)
_BESIDE_CIVIL: Final = frozenset({"and", "other", "others", "losses", "casualties"})
_VAGUE: Final = words_of(
    """
    about almost approximately around between c ca circa est estimate estimated fewer from less least more
    nearly officially over roughly several some than to total under up
    """
)


@dataclass(frozen=True, slots=True)
class Row:
    """A heading, figures, or a heading with its figures on one line."""

    strip: Strip | None
    """The figures; None where the heading stands alone."""
    heading: Heading | None = None
    headed: Strip | None = None
    """The strip in which the heading stands."""
    depth: int = 0
    blank_before: int = 0
    claims: tuple[Claim, ...] = ()
    figures: LineFigures = NO_FIGURES
    """What its figures say by themselves, without what headings lend."""
    cell_starts: bool = False
    """It begins in the middle of a line that holds two cells."""
    aside: str | None = None
    """Why it is no item of the list, where it is none; a sentence."""

    @property
    def text(self) -> str:
        """The visible words of its figures."""
        return self.strip.line.text if self.strip else ""


def rows_of(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Return the rows of a field in its order; lines that go on are joined to those they continue."""
    rows: list[Row] = []
    run = 0
    for line in lines:
        if len(line.text) > LONGEST:
            rows.append(Row(whole(line), None, None, line.depth, line.blank_before))
            continue
        for row in _rows_of(line):
            before = rows[-1] if rows else None
            if before and run < _LONGEST_RUN and _continues(before, row):
                rows[-1], run = _joined(before, row), run + 1
            else:
                rows.append(row)
                run = 0
    return tuple(_over(row, following) for row, following in zip(rows, [*rows[1:], None], strict=False))


def _over(row: Row, following: Row | None) -> Row:
    """Return a row that is printed as a heading as high as what it stands over: a term is no item of a list."""
    if following is None or row.strip or row.headed is None or not row.headed.line.heading:
        return row
    return replace(row, depth=min(row.depth, following.depth))


def _rows_of(line: Line) -> Iterator[Row]:
    strip = whole(line)
    headings = headings_in(line.text) or _bare_heading(strip)
    first = headings[0].start if headings else len(line.text)
    blank = line.blank_before
    if _says_something(line.text[:first]):
        yield _figures(cut(strip, 0, first), None, None, line.depth, blank)
        blank = 0
    ends = [*(one.start for one in headings[1:]), len(line.text)]
    for heading, following in zip(headings, ends, strict=False):
        if _says_something(line.text[heading.end : following]):
            yield _figures(cut(strip, heading.end, following), heading, strip, line.depth, blank)
        else:
            yield Row(None, heading, strip, line.depth, blank)
        blank = 0


def _figures(strip: Strip, heading: Heading | None, headed: Strip | None, depth: int, blank: int) -> Row:
    claims = claims_in(strip.line.text)
    figures = read_line(strip.line, taken(claims))
    return Row(strip, heading, headed, depth, blank, claims, figures)


def taken(claims: Sequence[Claim]) -> tuple[tuple[int, int], ...]:
    """Return the stretches that name claimants."""
    return tuple((one.start, one.end) for one in claims)


def _bare_heading(strip: Strip) -> tuple[Heading, ...]:
    """Return the heading that a line without colon is: printed as one, made of nothing else, or a name and a number."""
    text = strip.line.text
    if (named := _NAME_AND_NUMBER.match(text.strip())) and _is_name(named[1]):
        start = len(text) - len(text.lstrip())
        heading = classify(text, start, start + named.end(1), start + named.end(1))
        return (heading,) if heading and heading.kind in {Kind.FORCE, Kind.PHASE} else ()
    heading = classify(text, 0, len(text), len(text)) if strip.line.heading or _only_heads(text) else None
    return (heading,) if heading and not read_line(strip.line).losses else ()


def _is_name(text: str) -> bool:
    words = [word.strip(".~").lower() for word in text.split()]
    return text[:1].isupper() and not any(word in _VAGUE or word in EFFECTS for word in words)


def _only_heads(text: str) -> bool:
    """Tell whether words without a colon can be nothing but a heading: "Per Azerbaijan", "Civilian and other"."""
    words = text.lower().split()
    names = claimant_phrase(text) is not None and (
        text.strip().lower().startswith("per ")
        or (words[-1] in CLAIM_NOUNS and len(words) <= _SHORT and text.strip()[:1].isupper())
    )
    return names or (0 < len(words) <= _SHORT and bool({*words} & CIVIL) and {*words} <= CIVIL | _BESIDE_CIVIL)


def _says_something(text: str) -> bool:
    return any(char.isalnum() or char == "?" for char in text)


def _continues(before: Row, row: Row) -> bool:
    """Tell whether a row is the rest of the one before it: brackets, "including", a list whose verb is yet to come."""
    if before.strip is None or row.strip is None or row.heading or row.blank_before > before.blank_before + 1:
        return False
    if len(before.text) > LONGEST:
        return False
    text, ahead = row.text.lstrip(), before.text.rstrip()
    if _GOES_ON.match(text) or _TO_BE_CONTINUED.search(ahead):
        return True
    if not any(char.isdigit() for char in text) and text.split(maxsplit=1)[0].strip(",.").lower() in EFFECTS:
        return ahead.endswith(",")
    if not ahead.endswith((",", ";")) or row.depth != before.depth:
        return False
    last = before.figures.losses[-1] if before.figures.losses else None
    return last is not None and last.effect == "lost" and last.effect_words is None


def _joined(before: Row, row: Row) -> Row:
    assert before.strip is not None  # noqa: S101 - `_continues` says so
    assert row.strip is not None  # noqa: S101 - `_continues` says so
    strip = join((*before.strip.parts, *row.strip.parts))
    return _figures(strip, before.heading, before.headed, before.depth, before.blank_before)
