"""The rows of a rendered text: what stands between two line ends, without indentation and bullet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

BULLETS: Final = "•◦▪‣●○∙\u2043*"
"""Signs that renderers print before an item of a list; white space follows them."""
_DASHES: Final = "-\u2013\u2014\u2212"
"""Signs that stand for a bullet where a row begins with them and white space follows."""

BLANK: Final = (
    " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
"""White space, and signs that show nothing: soft hyphens, joiners, marks of direction and of byte order."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that shows something."""

    text: str
    start: int
    """Where `text` begins in the source; it stands there word for word."""
    indent: int = 0
    """How many white characters stand before the bullet or, where there is none, before the text."""
    bullet: bool = False
    blank_before: int = 0
    """How many empty rows stand between the row before and this one."""

    @property
    def end(self) -> int:
        """Where the text ends in the source."""
        return self.start + len(self.text)


def rows_of(source: str, start: int = 0, end: int | None = None) -> Iterator[Row]:
    """Yield the rows of a stretch of the source, by default of all of it, that show something."""
    end = len(source) if end is None else end
    blank = 0
    while start < end:
        stop = source.find("\n", start, end)
        stop = end if stop < 0 else stop
        row = _row(source[start:stop], start, blank)
        if row is None:
            blank += 1
        else:
            blank = 0
            yield row
        start = stop + 1


def _row(printed: str, start: int, blank: int) -> Row | None:
    text = printed.lstrip(BLANK)
    indent = len(printed) - len(text)
    at = start + indent
    bullet = text[:1] in BULLETS + _DASHES and (len(text) == 1 or text[1].isspace()) if text else False
    if bullet:
        after = text[1:].lstrip(BLANK)
        at += len(text) - len(after)
        text = after
    text = text.rstrip(BLANK)
    return Row(text, at, indent, bullet, blank) if text else None
