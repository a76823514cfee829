"""A variable whose value is found by matching another against patterns: what `map` is in nginx.

The configuration of every server is written from these, and Python evaluates the same ones,
so what a configuration decides can be tested without a server. Patterns are PCRE, matched
without regard to case; values are text, in which `$name` or `${name}` is another variable and
`$1` is what the first group of the pattern matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_VARIABLE: Final = re.compile(r"\$(\d)|\$\{?([a-z_][a-z0-9_]*)\}?")


@dataclass(frozen=True, slots=True)
class Map:
    """A variable and how its value is found: that of the first pattern which the source matches."""

    name: str
    source: str
    """Text with variables in it, as `$quality|$http_accept`."""
    entries: tuple[tuple[str, str], ...]
    """Patterns and values, in order."""
    default: str = ""

    def variables(self) -> set[str]:
        """Return the names of the variables that the value may depend on."""
        texts = (self.source, self.default, *(value for _, value in self.entries))
        return {name for text in texts for _, name in _VARIABLE.findall(text) if name}


def evaluate(maps: Iterable[Map], given: Mapping[str, str], name: str) -> str:
    """Return the value of a variable, where these others are given; one that nobody defines is empty."""
    defined = {each.name: each for each in maps}
    known = dict(given)

    def value_of(wanted: str) -> str:
        if wanted not in known:
            known[wanted] = find(defined[wanted]) if wanted in defined else ""
        return known[wanted]

    def fill(text: str, matched: re.Match[str] | None = None) -> str:
        def put(found: re.Match[str]) -> str:
            if found[2]:
                return value_of(found[2])
            return (matched[int(found[1])] or "") if matched else ""

        return _VARIABLE.sub(put, text)

    def find(each: Map) -> str:
        source = fill(each.source)
        for pattern, value in each.entries:
            if matched := re.search(pattern, source, re.IGNORECASE | re.ASCII):
                return fill(value, matched)
        return fill(each.default)

    return value_of(name)
