"""Patterns for the members of a header that lists preferences, as Accept does (RFC 9110 section 12.4.2).

A member is found wherever it stands, past quoted strings with commas in them. Whatever repeats
is possessive, so that no header takes longer than its length; a quality has at
most three digits that count, as the RFC has it.
"""

from __future__ import annotations

from typing import Final

# Neither a quotation mark nor a backslash stands here as itself, because configuration files give both a meaning.
_QUOTED: Final = r"\x22(?:[^\x22\x5c]|\x5c.?)*+(?:\x22|$)"
_MEMBER: Final = rf"(?:[^\x22,]|{_QUOTED})*+"
_PARAMETER: Final = rf"(?:[^\x22,;]|{_QUOTED})*+"
_SPACE: Final = r"[ \x09]*+"
_Q: Final = rf";{_SPACE}q{_SPACE}"
_OTHER_PARAMETERS: Final = rf"(?:;(?!{_SPACE}q{_SPACE}(?:[=;,]|$)){_PARAMETER})*+"
_END: Final = rf"{_SPACE}(?=[;,]|$)"
_SKIP: Final = rf"(?:{_MEMBER},)*?{_SPACE}"

ONE: Final = r"1(?:\.0*+)?"
"""A quality of one."""
ANY: Final = r"(?:1(?:\.0*+)?|0(?:\.\d{0,3}0*+)?|\.\d{1,3}0*+)"
"""Any quality that can be read."""
POSITIVE: Final = r"0?\.(?:[1-9]\d?\d?|0[1-9]\d?|00[1-9])0*+"
"""A quality between zero and one."""


def member(name: str, quality: str = ANY, *, unnamed: str | None = None) -> str:
    """Return a pattern, to be matched at the beginning of a header, for a member of this name and quality.

    Both are patterns. A member that names no quality has that of one, and is meant where one is among the
    qualities, or where the pattern `unnamed` matches at its end.
    """
    named = rf"{_Q}={_SPACE}(?:{quality}){_END}"
    if unnamed is None:
        unnamed = "(?=,|$)" if quality in (ONE, ANY) else ""
    bare = f"|{unnamed}" if unnamed else ""
    return rf"{_SKIP}(?:{name}){_SPACE}(?=[;,]|$){_OTHER_PARAMETERS}(?:{named}{bare})"
