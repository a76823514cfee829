"""Nodes of mwparserfromhell with their places in the source, which it does not give.

A node's text is what it was parsed from, so its place follows from the lengths of those before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mwparserfromhell.nodes import Node, Template, Text
from mwparserfromhell.wikicode import Wikicode

from graph.anchors import Span

_SPECIAL: Final = re.compile("[\n\ufdd0-\ufdd2]|''|  ")
"""White space, bold and italic, and covers."""
_COVERED: Final = re.compile("[\ufdd0-\ufdd2]")
_BULLETS: Final = frozenset("*#:;")


@dataclass(frozen=True, slots=True)
class Code:
    """Parsed wikitext and where it starts in the source."""

    wikicode: Wikicode
    start: int

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.start + len(str(self.wikicode))

    @property
    def span(self) -> Span:
        """Where it stands in the source."""
        return Span(self.start, self.end)

    def is_text(self) -> bool:
        """Tell whether it is nothing but text that stands so in the source."""
        return all(isinstance(node, Text) and not _COVERED.search(str(node)) for node in self.wikicode.nodes)

    def simple(self) -> str | None:
        """Return its text without white space around it if it is nothing but plain text, or None."""
        nodes = self.wikicode.nodes
        if not nodes:
            return ""
        text = str(nodes[0]).strip()
        if len(nodes) > 1 or not isinstance(nodes[0], Text) or text[:1] in _BULLETS or _SPECIAL.search(text):
            return None
        return text

    def nodes(self) -> Iterator[tuple[Node, Span]]:
        """Yield its nodes in their order, each with its place."""
        at = self.start
        for node in self.wikicode.nodes:
            end = at + len(str(node))
            yield node, Span(at, end)
            at = end


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a template."""

    name: str
    """Without white space; of a positional one, its number."""
    named: bool
    code: Code
    span: Span
    """With its name, without the bar before it."""


def arguments(template: Template, start: int) -> Iterator[Argument]:
    """Yield the arguments of a template that starts there."""
    at = start + 2 + len(str(template.name))
    for parameter in template.params:
        at += 1
        written = str(parameter.name)
        value = Code(parameter.value, at + (len(written) + 1 if parameter.showkey else 0))
        end = value.end
        yield Argument(written.strip(), parameter.showkey, value, Span(at, end))
        at = end
