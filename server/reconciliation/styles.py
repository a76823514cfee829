"""What stands around a name and is not the name: styles before it, brackets behind it, words that most names have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# "District of" and "Battle of" are not among them: the district and the battle are other things than the town.
_STYLE: Final = re.compile(
    r"\s*(?:the\s+)?(?:(?:republic|state|kingdom|commonwealth|city|town|village)\s+of\s+)?(?:the\s+)?(?=\w)",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"(?<=\S)\s*\([^()]*\)\s*$")
_COMMON: Final = frozenset(
    (
        "the", "of", "and", "or", "in", "at", "on", "for", "battle", "siege", "capture", "taking", "republic", "state",
        "kingdom", "city", "town", "village", "district", "province",
    )
)  # fmt: skip


def bare(name: str) -> str:
    """Return a name without a style before it and brackets behind it; empty where it has neither or nothing is left.

    >>> bare("Republic of Armenia"), bare("the Jabrayil (city)"), bare("Battle of Hadrut")
    ('Armenia', 'Jabrayil', '')
    """
    core = _STYLE.sub("", _BRACKETS.sub("", name), count=1).strip()
    return core if core != name.strip() else ""


def telling(folded: str) -> Sequence[str]:
    """Return the words of a folded name that are its own: those that hardly any other has.

    >>> telling("battle of hadrut")
    ['hadrut']
    """
    return [word for word in folded.split() if word not in _COMMON]
