"""The links of a page, changed to where they lead in a copy.

A start tag is taken apart no further than its attributes `href`, `src` and `action`, so
that all else of a page stays byte for byte what the app wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Final

_VALUE: Final = r"""(?:"[^"]*"|'[^']*'|[^\s"'>]+)"""
_TAG: Final = re.compile(rf"""<[A-Za-z][^\s/>]*(?:\s+[^\s"'<>/=]+(?:\s*=\s*{_VALUE})?)*+\s*/?>""")
_LINK: Final = re.compile(rf"""(?<=\s)(href|src|action)=({_VALUE})""")
_RAW: Final = re.compile(r"(<(?P<name>script|style)\b[^>]*>)(.*?)(?=</(?P=name))", re.DOTALL | re.IGNORECASE)
_ID: Final = re.compile(rf"""(?<=\s)(?:id|name)=({_VALUE})""")


def rewrite(page: str, change: Callable[[str], str]) -> str:
    """Return the page with each link changed as the function says."""

    def in_tag(tag: re.Match[str]) -> str:
        return _LINK.sub(in_link, tag[0])

    def in_link(link: re.Match[str]) -> str:
        return f'{link[1]}="{escape(change(_read(link[2])))}"'

    parts, start = [], 0
    for raw in _RAW.finditer(page):
        parts += [_TAG.sub(in_tag, page[start : raw.end(1)]), raw[3]]
        start = raw.end()
    return "".join((*parts, _TAG.sub(in_tag, page[start:])))


def links_of(page: str) -> Iterator[str]:
    """Yield where the links of a page lead, as it says it."""
    for tag in _TAG.finditer(_RAW.sub(r"\1", page)):
        for link in _LINK.finditer(tag[0]):
            yield _read(link[2])


def fragments_of(page: str) -> frozenset[str]:
    """Return the names in a page that a fragment may point to."""
    return frozenset(_read(found[1]) for tag in _TAG.finditer(page) for found in _ID.finditer(tag[0]))


def _read(value: str) -> str:
    return unescape(value[1:-1] if value[:1] in "\"'" else value)
