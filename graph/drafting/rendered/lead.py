"""Where the box ends and the article begins: its first sentence.

No renderer marks the place, so it is known by what a first sentence is: it names the
battle, has a verb, is long, ends in a full stop, and stands after an empty row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.drafting.rendered.rows import Row

_ENOUGH: Final = 4
_WORDS: Final = 8
_MANY_WORDS: Final = 25
_BEGINNING: Final = 200
"""Code points in which a first sentence names its subject."""
_READ: Final = 4000
"""Code points of a row that are looked at."""

_VERBS: Final = frozenset(
    (
        *("was", "were", "is", "are", "had", "saw", "took", "began", "started", "launched", "came"),
        *("occurred", "lasted", "resulted", "ended", "refers", "marked", "became", "happened", "fought", "pitted"),
        *("met", "won", "defeated", "gets", "has"),
    )
)
_OPENING: Final = re.compile(
    r"(?:The|This) (?:battle|siege|war|campaign|operation|offensive|conflict|engagement|fighting|action|raid)\b(?!:)"
    r"|(?:In|On|From|During|By|Between|After) (?:[\w-]{1,20},? ){0,4}?\d{3,4}\b(?!:)"
)
"""With what a sentence about the event begins that does not name it: "The battle was …", "On 3 May 1704 …"."""
LISTS: Final = frozenset(
    (
        *("references", "notes", "footnotes", "citations", "sources", "bibliography", "works cited", "see also"),
        *("further reading", "external links", "notes and references", "references and notes", "related pages"),
    )
)
"""Headings of the lists under an article."""
_SECTIONS: Final = frozenset(
    ("background", "prelude", "aftermath", "the battle", "history", "order of battle", "opposing forces", "legacy")
)
"""Headings of prose, if prose stands under them."""
_COMMON: Final = frozenset(
    (
        *("the", "of", "a", "an", "and", "in", "at", "on", "for", "to"),
        *("battle", "siege", "war", "attack", "conflict", "first", "second"),
    )
)
_ON_A_MAP: Final = re.compile(r".{1,100} is located in [^.]{1,100}")
_STOP: Final = re.compile(r"[.!?][\"”\u2019)]*(?:\[[^\]\s]{1,20}(?:[ ][^\]\s]{1,10})?\])*$")


@dataclass(frozen=True, slots=True)
class Names:
    """The battle's names, of the page and of the box, and the telling words of each."""

    whole: tuple[str, ...]
    words: tuple[frozenset[str], ...]

    def begin(self, text: str) -> bool:
        """Tell whether a text begins with one of the names: "The Battle of Kursk …"."""
        return text[:_BEGINNING].casefold().removeprefix("the ").startswith(self.whole)

    def are_told(self, text: str) -> bool:
        """Tell whether a text has at least half of the words of one of the names."""
        beginning = set(_folded(text[:_BEGINNING]))
        return any(len(words & beginning) * 2 >= len(words) for words in self.words)


def names_of(names: Iterable[str]) -> Names:
    """Return the words of names that tell one battle from others; all where there are none but common ones."""
    whole = tuple(filter(None, (name.partition(" (")[0].casefold() for name in names)))
    words = [frozenset(_folded(name)) for name in whole]
    return Names(whole, tuple(one - _COMMON or one for one in words if one))


def is_lead(row: Row, names: Names, *, last: bool) -> bool:
    """Tell whether a row is the beginning of the article's prose; the `last` of a text may be cut off."""
    text = row.text
    words = text[:_READ].split()
    if len(words) < _WORDS or _ON_A_MAP.fullmatch(text[: _BEGINNING + 1]):
        return False
    points = 2 if names.are_told(text) else 0
    points += names.begin(text)
    points += row.blank_before > 0
    points += last or _STOP.search(text[-_BEGINNING:]) is not None
    points += not _VERBS.isdisjoint(words)
    # A sentence that tells when it was, or that "the battle" did something, needs no name; the last may stand alone.
    points += (_OPENING.match(text) is not None) * (1 + last)
    points += len(words) >= _MANY_WORDS
    points -= row.bullet
    points -= not (text[0].isalpha() or text[0] in "\"“'«")
    return points >= _ENOUGH


def is_heading_below(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row is the heading of a section under the box: of a list, of prose, of the battle's pictures."""
    row = rows[at]
    words = row.text[:_BEGINNING].removesuffix("[edit]").strip("= ").casefold()
    if row.bullet:
        return False
    if words in LISTS:
        return True
    below = rows[at + 1] if at + 1 < len(rows) else None
    return words in _SECTIONS and below is not None and len(below.text[:_READ].split()) >= _MANY_WORDS // 2


def _folded(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
