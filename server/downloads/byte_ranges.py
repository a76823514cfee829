"""The Range header of a request: which stretches of a file it asks for (RFC 9110 sections 14.1 and 14.2).

A pure function of the header and the size. What cannot be read, or asks for what only an
attack would (many stretches, or the same bytes twice), is as if it had not been sent.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

MOST: Final = 16
"""Stretches that one request may ask for."""

_SPECIFIER: Final = re.compile(r"bytes[ \t]*=(.*)", re.IGNORECASE | re.DOTALL)
_RANGE: Final = re.compile(r"([0-9]{1,40})-([0-9]{1,40})?|-([0-9]{1,40})")


def read_ranges(header: str, size: int) -> tuple[range, ...] | None:
    """Return the stretches of a file of so many bytes in the order they are asked for, those beyond its end left out.

    None: answer with the whole file. Empty: there is nothing of what is asked for, which a 416 tells.
    """
    specifier = _SPECIFIER.fullmatch(header.strip())
    if specifier is None:
        return None
    members = [member.strip(" \t") for member in specifier[1].split(",")]
    asked = [_RANGE.fullmatch(member) for member in members if member]
    if not asked or len(asked) > MOST:
        return None
    found = []
    for member in asked:
        if member is None or (member[2] is not None and int(member[2]) < int(member[1])):
            return None
        stretch = _stretch(member, size)
        if stretch:
            found.append(stretch)
    in_order = sorted(found, key=lambda stretch: stretch.start)
    return None if any(one.stop > other.start for one, other in pairwise(in_order)) else tuple(found)


def _stretch(member: re.Match[str], size: int) -> range:
    if member[3] is not None:
        return range(max(0, size - int(member[3])), size)
    last = size - 1 if member[2] is None else int(member[2])
    return range(int(member[1]), min(last + 1, size))
