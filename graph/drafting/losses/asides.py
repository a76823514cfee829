"""Rows of a field that are no items of its lists: sentences, captions of a map, lines printed a second time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graph.drafting.document import Line
from graph.drafting.lists.claimants import begins_figure
from graph.drafting.lists.lexicon import words_of
from graph.drafting.losses.rows import NO_FIGURES, Row

SENTENCE: Final = "A sentence tells of the battle or of the list, and is left to a person."
BEHIND: Final = "The words stand behind the caption of a map or the heading of another section, outside the list."
LABEL: Final = "A column of small numbers with nothing to count, as a map or its key has, is no list of losses."
COPY: Final = "The lines are printed a second time, in the same words."

_VERBS: Final = words_of("was were is are has have had gets got became began remains")
_VAGUE: Final = words_of("all most entire nearly both many few much unknown heavy light half a an")
_ENDS_LIST: Final = re.compile(
    r"location (?:within|in|on|of) |battle location\b|.{2,60} is located in |(?:references|footnotes|see also)$",
    re.IGNORECASE,
)
_SMALL: Final = re.compile(r"\d{1,3}$")
_SHORTEST_SENTENCE: Final = 6
_FEW: Final = 3
_LONGEST_SENTENCE: Final = 60
"""Words in which a sentence has its verb."""


def with_asides(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows, of which those that are no items say nothing."""
    found: list[Row] = []
    is_behind, labels = False, _labels(rows)
    for at, row in enumerate(rows):
        is_behind = is_behind or (row.heading is None and _ENDS_LIST.match(row.text) is not None)
        if is_behind:
            found.append(_aside(row, BEHIND))
        elif labels[at]:
            found.append(_aside(row, LABEL))
        elif _is_sentence(row):
            found.append(_aside(row, SENTENCE))
        else:
            found.append(row)
    return tuple(found)


def _aside(row: Row, why: str) -> Row:
    return replace(row, figures=NO_FIGURES, claims=(), heading=None if why is BEHIND else row.heading, aside=why)


def _labels(rows: Sequence[Row]) -> list[bool]:
    """Tell of each row whether it is one of at least three bare numbers under a thousand in a column."""
    found = [False] * len(rows)
    run: list[int] = []
    for at, row in enumerate([*rows, None]):
        if row is not None and row.heading is None and _SMALL.match(row.text.strip()):
            run.append(at)
            continue
        if row is None or row.heading is not None or row.figures.losses:
            for place in run if len(run) >= _FEW else []:
                found[place] = True
            run = []
    return found


def _is_sentence(row: Row) -> bool:
    """Tell whether a row has a finite verb and begins with neither a figure nor a claimant's name."""
    if row.heading is not None or row.strip is None or any(claim.start == 0 for claim in row.claims):
        return False
    words = row.text.split(maxsplit=_LONGEST_SENTENCE)[:_LONGEST_SENTENCE]
    if len(words) < _SHORTEST_SENTENCE or begins_figure(row.text) or words[0].lower().strip(",") in _VAGUE:
        return False
    return words[0][:1].isupper() and any(word in _VERBS for word in words[1:])


def copied(lines: Sequence[Line], others: Sequence[Line]) -> frozenset[int]:
    """Return the places of lines that are printed a second time: at least three in a run, figures among them."""
    seen = {line.text.strip() for line in others}
    found: set[int] = set()
    run: list[int] = []
    for at, line in enumerate([*lines, None]):
        text = line.text.strip() if line is not None else ""
        if line is not None and text in seen:
            run.append(at)
            continue
        if _is_copy([lines[place].text for place in run]):
            found.update(run)
        run = []
        seen.add(text)
    return frozenset(found)


def _is_copy(texts: Sequence[str]) -> bool:
    """Tell whether lines say enough of their own to be a copy: three different ones with figures of two digits."""
    return len({text for text in texts if re.search(r"\d\d", text)}) >= _FEW
