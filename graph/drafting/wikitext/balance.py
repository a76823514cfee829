"""Wikitext made safe to parse: every bracket that the parser sees has its partner, and nothing is nested too deep.

A parser of wikitext has to try a bracket, and to go back where its partner is missing, so that
damaged or hostile text costs it quadratic time and more. Here partners are found first, in one
pass with a stack; what has none, comments and plain HTML tags are covered, code point for
code point, so that places in the covered text are places in the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Trouble
from graph.drafting.wikitext.covers import COVER, STRAY, TAG, Balanced, HtmlTag
from graph.drafting.wikitext.extensions import OPAQUE, TRANSPARENT, partners
from graph.drafting.wikitext.openings import Openings

DEEPEST: Final = 16
"""How many templates and links may stand in one another; articles need about eight."""

_TOKEN: Final = re.compile(
    r"(?P<comment><!--)"
    r"|(?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]{0,20})(?=[\s/>])[^<>]{0,600}>)"
    r"|(?P<angle><(?=[A-Za-z/]))"
    r"|(?P<open>\{{2,})|(?P<close>\}{2,})"
    r"|(?P<link>\[\[)|(?P<unlink>\]\])"
    r"|(?P<address>\[(?=(?:https?|ftp)://|//|mailto:))|(?P<bracket>\])"
    r"|\n[ \t:*#]{0,40}(?P<table>\{\|)|\n[ \t]{0,40}(?P<untable>\|\})(?!\})|(?P<line>\n)"
    r"|(?P<switch>__(?:NO|FORCE)?TOC__|__NO(?:EDITSECTION|GALLERY|INDEX)__)",
    re.IGNORECASE,
)
_REST_OF_LINE: Final = re.compile(r"[ \t]{0,200}(?:\n|$)")
_INDENT: Final = 200
"""White space before a comment that is looked at."""
_PARAMETER: Final = 3
"""The braces of {{{a parameter}}}; a template has one fewer."""
_TEMPLATE: Final = 2


@dataclass(slots=True)
class _Scan:
    """One pass over a source."""

    source: str
    stray: frozenset[int]
    partners: dict[int, int]
    cover: list[tuple[int, int, str]] = field(default_factory=list)
    tags: dict[int, HtmlTag] = field(default_factory=dict)
    comments: list[Span] = field(default_factory=list)
    tables: list[Span] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    openings: Openings = field(default_factory=Openings)
    address: int | None = None
    """Where the external link starts that is open in this line."""

    def run(self) -> None:
        """Look at every bracket."""
        position = 0
        while match := _TOKEN.search(self.source, position):
            start, end = match.span(match.lastgroup or 0)
            position = self._take(match, start, end) or end
        self._drop_to(0)
        self._end_address()

    def _take(self, match: re.Match[str], start: int, end: int) -> int | None:
        """Take a token, and return where to go on if that is not after it."""
        match match.lastgroup:
            case "comment":
                return self._comment(start)
            case "tag":
                return self._tag(match, start, end)
            case "unlink" | "bracket":
                return self._close_link(start, end)
            case "close":
                self._close_braces(start, end)
            case "open":
                self.openings.push("{", start, end - start)
                if start in self.stray:
                    self._drop_to(len(self.openings.stack) - 1)
            case "link":
                self.openings.push("[", start, end - start)
            case "angle" | "switch":
                self.cover.append((start, end, STRAY if match.lastgroup == "angle" else COVER))
            case kind:
                self._end_address()
                self.address = start if kind == "address" else None
                self._table(kind, start, end)
        return None

    # Comments and tags

    def _comment(self, start: int) -> int:
        end = self.source.find("-->", start + len("<!--"))
        end = len(self.source) if end < 0 else end + len("-->")
        self.comments.append(Span(start, end))
        # A comment alone in its line takes the line with it (MediaWiki, Preprocessor_Hash).
        before = start - 1
        while before >= 0 and start - before < _INDENT and self.source[before] in " \t":
            before -= 1
        if before >= 0 and self.source[before] == "\n" and _REST_OF_LINE.match(self.source, end):
            start = before
        self.cover.append((start, end, COVER))
        return end

    def _tag(self, match: re.Match[str], start: int, end: int) -> int | None:
        tag, name = match.group("tag"), match.group("name").lower()
        if name in OPAQUE and start in self.partners:
            return self.partners[start]
        if name in OPAQUE or name in TRANSPARENT:
            if not tag.endswith("/>"):
                self._paired(name, start, end, closing=tag.startswith("</"))
        else:
            self._plain(name, start, end, closing=tag.startswith("</"))
        return None

    def _plain(self, name: str, start: int, end: int, *, closing: bool) -> None:
        self.tags[start] = HtmlTag(name, closing)
        self.cover += ((start, start + 1, TAG), (start + 1, end, COVER))

    def _paired(self, name: str, start: int, end: int, *, closing: bool) -> None:
        partner = self.partners.get(start)
        if partner is None:
            seen = f"there is no <{name}> before this </{name}>" if closing else f"the <{name}> is never closed"
            self._plain(name, start, end, closing=closing)
            self.troubles.append(Trouble(Span(start, end), seen))
        elif not closing:
            self.openings.push(name, start, end - start)
        elif (place := self.openings.tag_at(partner)) is not None:
            self._drop_to(place)

    # Brackets

    def _close_braces(self, start: int, end: int) -> None:
        while end - start >= _TEMPLATE:
            place = self.openings.innermost("{")
            if place is None:
                self.cover.append((start, end, STRAY))
                return
            self._drop_to(place + 1)
            opened = self.openings.stack[-1]
            # Three and three are a parameter; of four and more the outer two are a template.
            is_parameter = min(opened.length, end - start) >= _PARAMETER and opened.length != 2 * _TEMPLATE
            taken = _PARAMETER if is_parameter else _TEMPLATE
            # Of a run of braces the inner ones close first, and those outside them are still to come.
            if place + opened.length // 2 > DEEPEST:
                inner = opened.start + opened.length - taken
                self.cover += ((inner, inner + taken, COVER), (start, start + taken, COVER))
                self.troubles.append(Trouble(Span(start, start + taken), "templates and links are nested too deep"))
            opened.length -= taken
            start += taken
            if opened.length < _TEMPLATE:
                self.cover.append((opened.start, opened.start + opened.length, STRAY))
                self.openings.pop()

    def _close_link(self, start: int, end: int) -> int | None:
        if self.address is not None:
            # The first bracket ends the address, also in "[http://a b]]".
            self.address = None
            return start + 1
        if self.source[start:end] == "]":
            return None
        place = self.openings.innermost("[")
        if place is None:
            self.cover.append((start, end, STRAY))
            return None
        self._drop_to(place + 1)
        opened = self.openings.pop()
        if place + 1 > DEEPEST:
            self.cover += ((opened.start, opened.start + opened.length, COVER), (start, end, COVER))
        return None

    def _table(self, kind: str | None, start: int, end: int) -> None:
        stack = self.openings.stack
        if kind == "table" and (not stack or stack[-1].kind == "|"):
            self.openings.push("|", start, end - start)
            self.cover.append((start, end, COVER))
        elif kind == "untable" and (place := self.openings.innermost("|")) is not None:
            self._drop_to(place + 1)
            opened = self.openings.pop()
            if not stack:
                self.tables.append(Span(opened.start, end))

    def _end_address(self) -> None:
        """Let the bracket of an external link show itself if its line does not close it."""
        if self.address is not None:
            self.cover.append((self.address, self.address + 1, STRAY))
            self.address = None

    def _drop_to(self, height: int) -> None:
        """Give up on what lies above this height: what is no footnote has no partner."""
        for opened in self.openings.drop_to(height):
            span = opened.span
            match opened.kind:
                case "{":
                    self.cover.append((span.start, span.end, COVER))
                    self.unclosed.append(opened.start)
                    self.troubles.append(Trouble(span, "the template is never closed"))
                case "[":
                    self.cover.append((span.start, span.end, STRAY))
                case "|":
                    self.troubles.append(Trouble(span, "the table is never closed"))


def balance(source: str, stray: frozenset[int] = frozenset()) -> Balanced:
    """Return the source with what a parser may not see covered, in linear time.

    At the places `stray` stand openings of templates that are to be taken as never closed.
    """
    scan = _Scan(source, stray, partners(source))
    scan.run()
    parts: list[str] = []
    reached = 0
    for start, end, cover in sorted(scan.cover):
        if end > reached:
            begins = max(start, reached)
            parts += source[reached:begins], cover * (end - begins)
            reached = end
    parts.append(source[reached:])
    return Balanced(source, "".join(parts), scan.tags, scan.comments, scan.tables, scan.unclosed, scan.troubles)
