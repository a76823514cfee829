"""Web addresses in running text, as links: the text is the data's, so all of it is escaped."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

_ADDRESS: Final = re.compile(r"(https?://[^\s<>\"“”]+)")
_AFTER: Final = ".,;:!?'\u2019"
_LINK: Final = Markup('<a href="{0}" class="address" rel="nofollow">{0}</a>{1}')


def link_addresses(text: str) -> Markup:
    """Return the text as HTML in which each web address leads to itself; stops and brackets after it stay outside.

    >>> str(link_addresses("see https://example.org/a_(b)."))
    'see <a href="https://example.org/a_(b)" class="address" rel="nofollow">https://example.org/a_(b)</a>.'
    """
    parts = _ADDRESS.split(text)
    return Markup("").join(_link(part) if place % 2 else escape(part) for place, part in enumerate(parts))


def _link(address: str) -> Markup:
    end = len(address)
    while end and (address[end - 1] in _AFTER or (address[end - 1] == ")" and not _is_balanced(address[:end]))):
        end -= 1
    return _LINK.format(address[:end], address[end:])


def _is_balanced(text: str) -> bool:
    return text.count(")") <= text.count("(")
