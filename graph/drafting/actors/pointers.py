"""Lines of names that name nothing: headings, and pointers to another place of the article or to a list."""

from __future__ import annotations

import re
from typing import Final

from graph.drafting.document import Line

_SEE: Final = re.compile(
    r"\(?(?:see|for (?:the )?(?:full|detailed)|full list|complete list|main article)\b", re.IGNORECASE
)
_NOTHING: Final = re.compile(
    r"\s*(?:unknown|none|n/a|various|several|disputed|unclear|not applicable)[\s.,;]*", re.IGNORECASE
)
_SEVERAL: Final = re.compile(r"(?:and |& )?(?:others?|many others|et al)\b[\s.]*", re.IGNORECASE)
# Before names on the same line, or alone without colon.
_ROLE: Final = re.compile(
    r"\s*(?:(?:(?:alleged |claimed |diplomatic |limited |material |military |naval |air |ground |logistical )?"
    r"support(?:ed)?"
    r"(?: (?:by|from))?|with support from|co-belligerents?|allies|aided by|backed by)\s*(?::\s*|$))",
    re.IGNORECASE,
)


def pointer(text: str) -> str | None:
    """Return why a line names nothing, as a sentence, or None where it may name something.

    >>> pointer("See order of battle See order of battle")
    'The words lead to another place of the article or to a list.'
    """
    if reason := leads_away(text):
        return reason
    if text.strip() and all(_NOTHING.fullmatch(f"{word} ") for word in text.split()):
        return "The text says no name here."
    if _SEVERAL.fullmatch(text.strip()):
        return "The text says that there were others and names none."
    return None


def leads_away(text: str) -> str | None:
    """Return the reason to ignore a line that does nothing but lead elsewhere, or None."""
    return "The words lead to another place of the article or to a list." if _SEE.match(text.lstrip()) else None


def role_end(text: str) -> int:
    """Return where words that say in what role others take part end, at the beginning of a line: "Supported by: Iran".

    It is 0 where there are none.
    """
    role = _ROLE.match(text)
    return role.end() if role else 0


def is_heading(line: Line) -> bool:
    """Tell whether a line is a heading over other lines."""
    return line.text.rstrip().endswith((":", "\uff1a")) or (line.heading and not line.links and not line.flags)
