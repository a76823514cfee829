"""Flags that became words: the alternative text of a picture before the name of a belligerent.

A renderer that drops pictures leaves `Russia Russia` or `Kingdom of Prussia Prussia`. The
second name is that of the belligerent, the first is its flag's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph.drafting.actors.entries import after_space, brackets
from graph.drafting.actors.polities import is_generic, polity_end, roots
from graph.drafting.document import Line

_FLAG_OF: Final = re.compile(r"\bFlag of (?:the )?(?=[A-Z])")
_FARTHEST: Final = 200
"""So far behind a flag is looked for the name of its polity."""
_ALIKE: Final = 12
"""So many words a name has at most where it is doubled."""


def flag_and_name(text: str, start: int, end: int, *, shown: bool) -> tuple[str | None, int, int]:
    """Return whose flag stands at `start`, if one does, where the name begins and where the entry ends.

    A polity's name before a name of something else ("Russia Third Corps") is its flag only where other
    flags are `shown` as words too; elsewhere it belongs to the name ("Texas Rangers").
    """
    flag_of = _FLAG_OF.match(text, start, end)
    start = flag_of.end() if flag_of else start
    first_end = polity_end(text, start, end) or _doubled(text, start, end)
    next_ = end if first_end is None else after_space(text, first_end, end)
    if first_end is None or next_ >= end or not text[next_].isupper():
        return None, start, end
    if _FLAG_OF.match(text, next_, end):
        return None, start, first_end
    first = text[start:first_end]
    second_end = polity_end(text, next_, end)
    if second_end is None and _begins_with(text[next_ : next_ + len(first) + 1], first):
        second_end = next_ + len(first)
    second = text[next_ : second_end or min(end, next_ + _FARTHEST)]
    if roots(first) & roots(second):
        return first, next_, end if second_end is None else _with_bracket(text, second_end, end)
    if second_end is not None:
        return None, start, first_end
    return (first, next_, end) if shown and not is_generic(second) else (None, start, end)


def shows_flags(lines: Sequence[Line]) -> bool:
    """Tell whether flags became words in any of these lines, so that a name stands doubled."""
    return any(flag_and_name(line.text, *_bounds(line.text), shown=False)[0] for line in lines)


def _bounds(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _begins_with(words: str, name: str) -> bool:
    return words.casefold().startswith(name.casefold()) and not words[len(name) : len(name) + 1].isalnum()


def _doubled(text: str, start: int, end: int) -> int | None:
    """Return where the first half of a doubled name ends: "House of Ruhl House of Ruhl"."""
    words = text[start:end].split()
    half = len(words) // 2
    if not words or len(words) > 2 * _ALIKE or len(words) % 2 or words[:half] != words[half:]:
        return None
    return start + (end - start - 1) // 2 if text[start:end] == " ".join(words) else None


def _with_bracket(text: str, at: int, end: int) -> int:
    """Return the end of a bracket right behind a name, or of the name; of the entry where nothing else follows."""
    first = after_space(text, at, end)
    if text[first : first + 1] == "(":
        closed = next((last for _, last in brackets(text, first, min(end, first + _FARTHEST))), at)
        at, first = closed, after_space(text, closed, end)
    return end if first == end else at
