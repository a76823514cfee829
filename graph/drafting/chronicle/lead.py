"""The first sentence about the battle: which paragraph has it, and what stands before its verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from graph.drafting.document import Document, Line

_MOST: Final = 1500
"""Code points of a paragraph in which names are looked for."""
_PARAGRAPHS: Final = 12
_VERBS: Final = re.compile(
    r"\b(?:was|were|is|are|took|takes|occurred|began|started|lasted|refers?|refer|saw|ended|marked|resulted|consisted|happened)\b"
    r"|,\s(?:fought|which|that|lasting|between|in which)\b|\bfought\b"
)
_COMMON: Final = frozenset(
    {
        "a",
        "an",
        "and",
        "at",
        "battle",
        "campaign",
        "for",
        "in",
        "of",
        "offensive",
        "on",
        "operation",
        "siege",
        "the",
        "war",
    }
)
"""Words of names of battles that do not tell one from another."""


def own_names(document: Document) -> Iterator[str]:
    """Yield the title, also without what tells it from others, and the names in the box."""
    yield document.title
    yield document.title.partition(" (")[0]
    for field in document.of("conflict"):
        yield from (line.text for line in field.lines)


def lead(document: Document) -> Line | None:
    """Return the first paragraph of which the beginning has the words of the battle's name."""
    wanted = [
        {word for word in re.findall(r"[^\W\d_]{3,}", name.casefold()) if word not in _COMMON}
        for name in own_names(document)
    ]
    for line in document.prose[:_PARAGRAPHS]:
        words = set(re.findall(r"[^\W\d_]{3,}", line.text[:_MOST].casefold()))
        if (
            " " in line.text.strip()
            and _VERBS.search(line.text, 0, _MOST)
            and any(name and name <= words for name in wanted)
        ):
            return line
    return None


def subject(text: str) -> tuple[int, list[tuple[int, int]]]:
    """Return where the first verb outside brackets stands, and the brackets before it."""
    brackets, depth, opened, outside = list[tuple[int, int]](), 0, 0, list(text[:_MOST])
    for at, character in enumerate(text[:_MOST]):
        if character in "([":
            depth, opened = depth + 1, at if depth == 0 else opened
        if depth:
            outside[at] = " "
        if character in ")]" and depth:
            depth -= 1
            if not depth:
                brackets.append((opened, at))
    visible = "".join(outside)
    verb = _VERBS.search(visible)
    stop = verb.start() if verb else 0
    return stop, [(opens, closes) for opens, closes in brackets if closes < stop]
