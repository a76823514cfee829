"""From the pieces of wikitext that show something to lines: line breaks, list items, bold, HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from graph.anchors import Span
from graph.drafting.wikitext.covers import COVER, STRAY, TAG, Balanced, HtmlTag
from graph.drafting.wikitext.linebuilder import LineBuilder
from graph.drafting.wikitext.templates import names_in


class Newlines(Enum):
    """What a single line break of the source means."""

    BREAK = "a new line"
    SPACE = "white space"


_TOKEN: Final = re.compile(rf"{COVER}+|{TAG}|{STRAY}+|'{{2,}}|\n[{COVER} \t\n]*|[^{COVER}{TAG}{STRAY}'\n]+|'")
BULLETS: Final = re.compile(rf"[{COVER} \t\n]*([*#:;]+)")
"""Markup of list items at the start of a line."""
_TRAIL: Final = re.compile(r"[a-z]+")
_HEADINGS: Final = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS: Final = _HEADINGS | names_in(
    "p, div, center, blockquote, table, tr, td, th, caption, dl, dt, dd, ul, ol, li, hr, br, ref"
)
_STRONG: Final = _HEADINGS | names_in("b, strong, u, th, dt")
_LISTS: Final = frozenset(("ul", "ol"))
_JOINING: Final = frozenset(",-&/(\N{EN DASH}\N{EM DASH}")
"""After these a line goes on although the source breaks it."""


@dataclass(slots=True)
class Flow:
    """Text of one article on its way to lines, which collect in `builder`."""

    balanced: Balanced
    newlines: Newlines = Newlines.BREAK
    builder: LineBuilder = field(default_factory=LineBuilder)
    after_bullet: bool = False
    """Whether the markup just before this was a bullet, so that a further one goes deeper."""
    _pending: bool = False
    """A line break of the source has been seen, and nothing visible after it."""
    _item: bool = False
    _term: bool = False

    def show(self, text: str, span: Span, *, joins: bool = False) -> None:
        """Show text for which a whole stretch of the source stands; it may join its line to the one before."""
        if joins and self._pending:
            self._pending = False
        self.settle(text)
        self.builder.show(text, span)

    def settle(self, coming: str) -> None:
        """Decide what a line break of the source meant, now that this text follows it."""
        if not self._pending or not (shown := coming.lstrip()):
            return
        self._pending = False
        goes_on = self.builder.last_visible in _JOINING or self.builder.brackets > 0
        if self.newlines is Newlines.BREAK and not (goes_on or shown[0] == "(" or shown[0].islower()):
            self.end_line()

    def end_line(self, *, heading: bool = False) -> None:
        """End the line for certain."""
        self.builder.end_line(heading=heading or self._term)
        self._pending = self._term = False

    def end_item(self) -> None:
        """End the line and the list item that it is."""
        self.end_line()
        self._item = False

    def bullets(self, markup: str) -> None:
        """Begin a list item, or take it deeper."""
        depth = len(markup) + (self.builder.depth if self.after_bullet else 0)
        self.end_line()
        self.builder.depth, self._item, self._term = depth, True, markup.endswith(";")

    def _newline(self, text: str, start: int) -> None:
        self.builder.bold = False
        if self._item:
            self.end_item()
            self.builder.depth = 0
        blank = text.count("\n") - 1
        if blank:
            self.end_line()
            self.builder.blank(blank)
        elif not self.builder.is_empty:
            self.builder.text("\n", start)
            self._pending = True

    def text(self, text: str, start: int, *, after_link: bool = False) -> None:
        """Show text of the source that starts there; letters that touch a link belong to it."""
        if after_link and self.builder.ends_in_link and (trail := _TRAIL.match(text)):
            self.builder.text(trail.group(), start)
            self.builder.lengthen_link()
            text, start = text[trail.end() :], start + trail.end()
        at_start = False
        for match in _TOKEN.finditer(text):
            token, at = match.group(), start + match.start()
            if token[0] == COVER:
                continue
            if token[0] == TAG:
                self._html(self.balanced.tags[at])
            elif token.startswith("''"):
                self._quotes(len(token), at)
            elif token[0] == "\n":
                self._newline(token, at)
            elif at_start and (bullets := BULLETS.match(token)):
                # A comment before them has hidden them from the parser.
                self.bullets(bullets.group(1))
                self.builder.text(token[bullets.end() :], at + bullets.end())
            else:
                shown = self.balanced.source[at : at + len(token)]
                self.settle(shown)
                self.builder.text(shown, at)
            at_start = token[0] == "\n"

    def _quotes(self, count: int, at: int) -> None:
        # Two are italic, three bold, five both; four are one and bold, more are the rest and five (Parser::doQuotes).
        italic, bold, both = 2, 3, 5
        markup = bold if count == bold + 1 else min(count, both)
        if count > markup:
            self.settle("'")
            self.builder.text("'" * (count - markup), at)
        if markup != italic:
            self.builder.bold = not self.builder.bold

    def _html(self, tag: HtmlTag) -> None:
        if tag.name in _BLOCKS:
            self.end_line()
        if tag.name in _STRONG:
            self.builder.emphasise(begins=not tag.closing)
        if tag.name in _LISTS:
            self.builder.depth = max(0, self.builder.depth + (-1 if tag.closing else 1))
