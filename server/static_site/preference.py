"""The best quality among those members of a header that can be met, told by maps digit by digit.

A pattern cannot compare numbers, but it can tell whether there is a member whose quality
begins with a 9, and if not, with an 8; then the same for the digit after that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from server.static_site.header_patterns import ONE, POSITIVE, member
from server.static_site.mapping import Map

_ZEROS: Final = "0*+"
_DIGITS: Final = range(9, -1, -1)


@dataclass(frozen=True, slots=True)
class Header:
    """A header, and what is known already of how it is to be read."""

    variable: str
    """The name of its variable, as `http_accept`."""
    known: str = ""
    """Text with variables, which comes before the header in what patterns are matched with."""
    pattern: str = ""
    """A pattern for that text."""
    groups: int = 0
    """How many groups the pattern has; those of digits come after them."""


def best_quality(name: str, header: Header, names: str) -> Iterator[Map]:
    """Yield the maps that give `$name` the best quality, `1` or as `.85`; empty where none is above zero.

    `names` is a pattern for the members that count; it may refer to the groups of the header's pattern.
    """
    kind, first, second, third = (f"{name}_{part}" for part in ("kind", "first", "second", "third"))

    def digits(of: str, after: str, known: str, quality: str, rest: str) -> Map:
        """Return the map that adds a digit to those before; zero is what there is where no other is found."""
        entries = (
            (
                rf"^{header.pattern}{known}\|{member(names, rf'0?[.]{quality}{digit}{rest}{_ZEROS}')}",
                f"${{{after}}}{digit}" if after else str(digit),
            )
            for digit in _DIGITS
            if digit
        )
        return Map(
            of, f"{header.known}${after or kind}|${header.variable}", tuple(entries), f"${{{after}}}0" if after else "0"
        )

    before = f"^{header.pattern}"
    one, part = member(names, ONE), member(names, POSITIVE)
    one_before, two_before = rf"(?:\{header.groups + 1})", rf"(?:\{header.groups + 2})"
    yield Map(kind, f"{header.known}${header.variable}", ((before + one, "one"), (before + part, "part")))
    yield digits(first, "", "part", "", r"\d?\d?")
    yield digits(second, first, r"(\d)", one_before, r"\d?")
    yield digits(third, second, r"(\d)(\d)", one_before + two_before, "")
    shortened = ((r"^one", "1"), (r"^part(\d)00$", ".$1"), (r"^part(\d\d)0$", ".$1"), (r"^part(\d{3})$", ".$1"))
    yield Map(name, f"${kind}${third}", shortened)


BEST: Final = r"(?:(1)|(\.\d+))\|"
"""A pattern of two groups for what `best_quality` finds, and the bar after it."""


def member_of_best(names: str, group: int) -> str:
    """Return a pattern for the first of these members that has the best quality.

    `BEST` has matched it before; `group` is the number of its first group.
    """
    quality = rf"(?({group})1(?:\.0*+)?|0?(?:\{group + 1}){_ZEROS})"
    return member(names, quality, unnamed=f"(?({group})(?=,|$)|(?!))")
