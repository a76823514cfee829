"""The text of an article outside its box: paragraphs, headings and list items, and what stands apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from mwparserfromhell.nodes import Node, Text, Wikilink

from graph.anchors import Span
from graph.drafting.document import Apart, Field, Line, Piece
from graph.drafting.wikitext import templates
from graph.drafting.wikitext.citations import Citation
from graph.drafting.wikitext.located import Argument, Code
from graph.drafting.wikitext.notices import is_navigation
from graph.drafting.wikitext.visible import Visible


@dataclass(slots=True)
class Prose(Visible):
    """Shows the body of an article."""

    apart: list[Apart] = field(default_factory=list)
    works: list[Citation] = field(default_factory=list)
    positions: list[Field] = field(default_factory=list)

    def read(self, nodes: Iterable[tuple[Node, Span]]) -> tuple[Line, ...]:
        """Return the lines of these nodes."""
        for node, span in nodes:
            self._one(node, span)
        self.end_line()
        self.apart += [Apart(span, "A table, which is not read.") for span in self.balanced.tables]
        return tuple(self.builder.lines)

    def _one(self, node: Node, span: Span) -> None:
        """Show one node but for what of it stands in tables; the footnotes there are taken all the same."""
        at = bisect_right(self.balanced.tables, Span(span.start, len(self.balanced.source) + 1)) - 1
        inside = at >= 0 and self.balanced.tables[at].end > span.start
        if inside and self.balanced.tables[at].end >= span.end:
            self.quiet().node(node, span)
        elif not isinstance(node, Text):
            self.node(node, span)
        else:
            text, start = str(node), span.start
            for table in self.balanced.tables[max(at, 0) :]:
                if table.start >= span.end:
                    break
                if start < table.start:
                    self.text(text[start - span.start : table.start - span.start], start)
                if start < table.end:
                    self.end_line()
                start = max(start, min(table.end, span.end))
            self.text(text[start - span.start :], start)

    def aside(self, span: Span, reason: str) -> None:
        """Put a stretch apart."""
        self.apart.append(Apart(span, reason))

    def picture(self, node: Wikilink, span: Span) -> None:
        """Put a picture apart."""
        self.aside(span, "A picture and its caption.")
        if node.text is not None:
            self.silently(Code(node.text, span.start + 3 + len(str(node.title))))

    def cite(self, name: str, given: list[Argument], span: Span) -> None:
        """Keep a work of the list of works; a short citation is read as the words that it shows."""
        if name in templates.SHORT_CITATIONS:
            Visible.cite(self, name, given, span)
        else:
            self.works.append(self.footnotes.citation(name, given, span, self))

    def unknown(self, name: str, given: list[Argument], span: Span) -> None:
        """Put apart a template that stands by itself; of one within a line nobody knows what it shows."""
        for one in given:
            self.silently(one.code)
        if name.startswith(_BOXES):
            self.aside(span, "Another box: of several the first one of a battle is read.")
        elif is_navigation(name):
            self.aside(span, "Navigation, or a notice of editors.")
        elif self._stands_alone(span):
            self.aside(
                span, f"The template {{{{{name}}}}}, which stands by itself: its text is no text of this article."
            )
        else:
            self.trouble(span, f"what the template {{{{{name}}}}} shows is not known")

    def position(self, text: str, span: Span) -> None:
        """Keep the coordinates of the article, which the page shows at its top."""
        line = Line((Piece(text, span, verbatim=False),))
        self.positions.append(Field("coordinates", (line,), span))

    def _stands_alone(self, span: Span) -> bool:
        before = self.balanced.source.rfind("\n", 0, span.start) + 1
        after = self.balanced.source.find("\n", span.end)
        rest = (
            self.balanced.source[before : span.start]
            + self.balanced.source[span.end : after if after >= 0 else len(self.balanced.source)]
        )
        return not any(map(str.isalnum, rest[:_LONGEST]))


_BOXES: Final = ("infobox", "warbox", "geobox", "#invoke:infobox")
_LONGEST: Final = 2000
"""Code points of a line that are looked at to tell whether a template stands alone in it."""


def without(apart: Iterable[Apart], spans: Sequence[Span]) -> tuple[Apart, ...]:
    """Return what stands apart without these spans, which belong to other parts, and without overlaps."""
    kept: list[Apart] = []
    taken = sorted(spans)
    reached = 0
    for one in sorted(apart, key=lambda one: (one.span.start, -one.span.end)):
        start = max(one.span.start, reached)
        at = max(0, bisect_right(taken, Span(start, start)) - 1)
        while at < len(taken) and taken[at].start < one.span.end:
            if taken[at].start > start:
                kept.append(replace(one, span=Span(start, taken[at].start)))
            start = max(start, taken[at].end)
            at += 1
        if start < one.span.end:
            kept.append(replace(one, span=Span(start, one.span.end)))
        reached = max(reached, one.span.end)
    return tuple(kept)
