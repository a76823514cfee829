"""The entries of a line of names: where one ends and the next begins, and what stands in brackets after it.

In wikitext a line holds one name, or several with commas between. A rendered text may hold
more: cells of a table row become one line, with a wide gap, a footnote mark or a bracket
between the last name of one and the first of the next, or nothing at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from graph.drafting.actors.polity_names import DISAMBIGUATIONS, word_set
from graph.drafting.document import Line, Link, Mark

# Words that go on with the name before the comma: "Rudolph, Duke of Lorraine".
_TITLES: Final = word_set(
    "king queen emperor empress tsar sultan khan shah duke duchess count countess earl lord lady prince princess "
    "baron viscount marquess marquis margrave landgrave elector archduke duc comte captal conde infante jr jr. sr "
    "sr. ii iii iv v vi vii viii"
)
_RANK_NUMBER: Final = re.compile(r"\d{1,3}(?:st|nd|rd|th)\b")
_JOINTS: Final = frozenset({"-", "\u2013", "/", "&", "and", "+", "\u00b7"})
_DAGGERS: Final = "\u2020\u2021"
_OPEN: Final = "(["
_CLOSED: Final = ")]"
_REMARK: Final = re.compile(r"(?:,|\s[\u2013\u2014-])\s(?=[a-z\d])")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch [start, end) of a line that holds one name, or names with nothing between them."""

    start: int
    end: int
    gap: bool = False
    """A gap as between cells stands before it."""


def chunks(line: Line, start: int = 0, *, loose: bool) -> tuple[Chunk, ...]:
    """Return the chunks of a line from `start` on: `loose` where cells may have become one line."""
    text = line.text
    cuts = sorted({*_commas(line), *_between_links(line), *(_gaps(line) if loose else ())})
    found: list[Chunk] = []
    gap = False
    for at, length in [*cuts, (len(text), 0)]:
        if at < start:
            continue
        first, last = _bare(text, start, at)
        if first < last:
            found.append(Chunk(first, last, gap and bool(found)))
            gap = False
        start, gap = at + max(length, 0), gap or not length
    return tuple(found)


def brackets(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the stretches of the outermost brackets in [start, end), with their signs."""
    found: list[tuple[int, int]] = []
    depth, opened = 0, start
    for at in range(start, end):
        if text[at] in _OPEN:
            if not depth:
                opened = at
            depth += 1
        elif text[at] in _CLOSED and depth:
            depth -= 1
            if not depth:
                found.append((opened, at + 1))
    return tuple(found)


def name_end(line: Line, start: int, end: int) -> int:
    """Return where the name at `start` ends: before a bracket, a dagger or a remark, unless its link goes on."""
    at = bisect_left(line.links, start, key=lambda link: link.start)
    link = line.links[at] if at < len(line.links) else None
    after = link.end if link and link.start == start and link.end <= end else start
    stops = [opened for opened, _ in brackets(line.text, after, end)[:1]]
    stops += [place for dagger in _DAGGERS if (place := line.text.find(dagger, after, end)) >= 0]
    if remark := _REMARK.search(line.text, after, end):
        stops.append(remark.start())
    return _bare(line.text, start, min([*stops, end]))[1]


def link_over(line: Line, start: int, end: int, *, after_titles: bool = False) -> str | None:
    """Return the page to which the whole of a name leads.

    With `after_titles`, words before the linked ones may be titles or ranks ("King [[Richard III]]").
    A link on a part of a name leads to something else ("Forces of [[Pompey]]"), and so does one to a list.
    """
    at = bisect_left(line.links, end, key=lambda link: link.end)
    link = line.links[at] if at < len(line.links) else None
    if link is None or link.start >= end or link.target.startswith("List of "):
        return None
    before = line.text[start : max(link.start, start)]
    titles = after_titles and all(word[:1].isupper() for word in before.split())
    return link.target if titles or not before.strip(" \"'\u201c\u201d") else None


def flag_before(line: Line, start: int, end: int) -> str | None:
    """Return whose flag stands first from `start` to `end`, both included."""
    at = bisect_left(line.flags, start, key=lambda flag: flag[0])
    return line.flags[at][1] if at < len(line.flags) and line.flags[at][0] <= end else None


def marks_in(line: Line, start: int, end: int) -> tuple[Mark, ...]:
    """Return the footnote marks in and right after [start, end)."""
    first = bisect_right(line.marks, start, key=lambda mark: mark.at)
    return line.marks[first : bisect_right(line.marks, end, key=lambda mark: mark.at)]


def after_space(text: str, start: int, end: int) -> int:
    """Return the place of the first letter in [start, end) that is no white space, or `end`."""
    while start < end and text[start].isspace():
        start += 1
    return start


def _commas(line: Line) -> Iterator[tuple[int, int]]:
    """Yield the commas and semicolons between names, with their length."""
    text, depth, piece = line.text, 0, 0
    inside = _linked(line)
    for at, letter in enumerate(text):
        depth += (letter in _OPEN) - (letter in _CLOSED)
        depth = max(depth, 0)
        if letter not in ",;" or depth or at in inside:
            continue
        after = text[at + 1 : at + 40].split()
        if text[at + 1 : at + 2].strip() or not after:
            continue
        if after[0] == "," or (after[0][:1].isupper() and not _goes_on(text[piece:at], after[0])):
            yield at, 1
            piece = at + 1


def _between_links(line: Line) -> Iterator[tuple[int, int]]:
    """Yield what stands between two linked names that nothing else parts: a hyphen, a stroke, "and"."""
    for one, other in pairwise(_apart(line.links)):
        between = line.text[one.end : other.start]
        if between.strip() and between.strip() in _JOINTS:
            yield one.end, len(between)


def _goes_on(before: str, word: str) -> bool:
    titled = word.casefold() in _TITLES or _RANK_NUMBER.match(word)
    return bool(titled) and not any(
        one.casefold() in _TITLES - {"ii", "iii", "iv", "v", "vi"} for one in before.split()
    )


def _linked(line: Line) -> frozenset[int]:
    """Return the places within links, where a comma belongs to a name."""
    return frozenset(at for link in _apart(line.links) for at in range(link.start, link.end))


def _apart(links: Sequence[Link]) -> Iterator[Link]:
    reached = 0
    for link in sorted(links, key=lambda one: one.start):
        if link.start >= reached:
            yield link
            reached = link.end


def _gaps(line: Line) -> Iterator[tuple[int, int]]:
    """Yield the places, of no length, where a renderer seems to have joined two cells."""
    text = line.text
    marked = {mark.at for mark in line.marks}
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter in _OPEN) - (letter in _CLOSED)
        depth = max(depth, 0)
        if not letter.isspace() or depth or not at or text[at - 1].isspace():
            continue
        rest = text[at : at + 40].lstrip()
        wide = text[at : at + 2].isspace() and len(text) > at + 1
        ended = (
            at in marked
            or text[at - 1] in _DAGGERS
            or (text[at - 1] in _CLOSED and not _titled(text[max(at - 12, 0) : at]))
        )
        if rest[:1].isupper() and text[at - 1] not in ",;:" and (wide or ended):
            yield at, 0


def _titled(text: str) -> bool:
    """Tell whether words end with a bracket that belongs to a page's title, as `Georgia (country)`."""
    return any(text.endswith(bracket) for bracket in DISAMBIGUATIONS)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;\u2022*"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return start, end
