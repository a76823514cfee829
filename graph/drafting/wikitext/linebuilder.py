"""From shown stretches of wikitext to lines of visible text, white space as HTML has it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Line, Link, Mark, Piece

_BLANK: Final = " \t\r\n\f"
_IRREGULAR: Final = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_WORD: Final = re.compile(r"\w")


@dataclass(slots=True)
class LineBuilder:
    """Lines under construction: text, marks, links and flags go to the last one."""

    lines: list[Line] = field(default_factory=list)
    depth: int = 0
    brackets: int = 0
    """Round brackets that are open in the line."""
    bold: bool = False
    """Whether apostrophes have switched to bold."""
    _pieces: list[Piece] = field(default_factory=list)
    _length: int = 0
    _marks: list[Mark] = field(default_factory=list)
    _links: list[tuple[int, int, str]] = field(default_factory=list)
    _flags: list[tuple[int, str]] = field(default_factory=list)
    _emphasis: int = 0
    _plain: bool = False
    _strong: bool = False
    _blanks: int = 0

    @property
    def place(self) -> int:
        """How much visible text the line has so far."""
        return self._length

    @property
    def is_empty(self) -> bool:
        """Whether the line shows nothing yet."""
        return not self._pieces

    @property
    def last(self) -> str:
        """The last visible code point of the line, or nothing."""
        return self._pieces[-1].text[-1] if self._pieces else ""

    @property
    def last_visible(self) -> str:
        """The last code point of the line that is no white space, or nothing."""
        for piece in reversed(self._pieces):
            if kept := piece.text.rstrip(_BLANK):
                return kept[-1]
        return ""

    def text(self, text: str, start: int) -> None:
        """Show text that stands so in the source at `start`."""
        at = 0
        for match in _IRREGULAR.finditer(text):
            self._verbatim(text[at : match.start()], start + at)
            if self.last and self.last not in _BLANK:
                first = start + match.start()
                self._add(Piece(" ", Span(first, first + 1), match.group()[0] == " "))
            at = match.end()
        self._verbatim(text[at:], start + at)

    def _verbatim(self, text: str, start: int) -> None:
        if text[:1] == " " and (not self._pieces or self.last in _BLANK):
            text, start = text[1:], start + 1
        if text:
            self._add(Piece(text, Span(start, start + len(text))))

    def show(self, text: str, span: Span) -> None:
        """Show text for which a whole stretch of the source stands."""
        if text.strip(_BLANK):
            if text[0] in _BLANK and (not self._pieces or self._pieces[-1].text[-1] in _BLANK):
                text = text.lstrip(_BLANK)
            self._add(Piece(text, span, verbatim=False))

    def _add(self, piece: Piece) -> None:
        if _WORD.search(piece.text):
            if self._emphasis or self.bold:
                self._strong = True
            else:
                self._plain = True
        self._pieces.append(piece)
        self._length += len(piece.text)
        self.brackets += piece.text.count("(") - piece.text.count(")")

    def mark(self, name: str, span: Span) -> None:
        """Put a footnote mark here."""
        self._marks.append(Mark(self._length, name, span))

    def extend_mark(self, end: int) -> None:
        """Let the last mark reach to there: its page follows it."""
        if self._marks:
            last = self._marks[-1]
            self._marks[-1] = Mark(last.at, last.name, Span(last.span.start, end))

    def link(self, start: int, target: str) -> None:
        """Make a link of what was shown since `start`."""
        if start < self._length:
            self._links.append((start, self._length, target))

    @property
    def ends_in_link(self) -> bool:
        """Whether a link ends where the line has got to."""
        return bool(self._links) and self._links[-1][1] == self._length

    def lengthen_link(self) -> None:
        """Let the last link reach to here: letters follow it without space."""
        start, _, target = self._links[-1]
        self._links[-1] = (start, self._length, target)

    def flag(self, whose: str) -> None:
        """Put a flag here."""
        self._flags.append((self._length, whose))

    def emphasise(self, *, begins: bool) -> None:
        """Begin or end what is printed as a heading is: bold, underlined."""
        self._emphasis = max(0, self._emphasis + (1 if begins else -1))

    def blank(self, count: int) -> None:
        """Note blank lines."""
        self._blanks += count

    def end_line(self, *, heading: bool = False) -> None:
        """End the line; a line that shows nothing leaves its marks to the one before."""
        pieces = _joined(self._pieces)
        length = sum(len(piece.text) for piece in pieces)
        if pieces:
            self.lines.append(
                Line(
                    pieces,
                    depth=self.depth,
                    blank_before=self._blanks if self.lines else 0,
                    heading=heading or (self._strong and not self._plain),
                    marks=tuple(Mark(min(one.at, length), one.name, one.span) for one in self._marks),
                    links=tuple(Link(s, min(e, length), t) for s, e, t in self._links if s < min(e, length)),
                    flags=tuple((min(at, length), whose) for at, whose in self._flags),
                )
            )
            self._marks, self._flags, self._blanks = [], [], 0
        elif self.lines and self._marks:
            self._append_marks()
        self._pieces, self._links, self._length, self.brackets = [], [], 0, 0
        self._strong = self._plain = False
        self._marks = [Mark(0, one.name, one.span) for one in self._marks]
        self._flags = [(0, whose) for _, whose in self._flags]

    def _append_marks(self) -> None:
        before = self.lines[-1]
        marks = (*before.marks, *(Mark(len(before.text), one.name, one.span) for one in self._marks))
        self.lines[-1] = Line(
            before.pieces, before.depth, before.blank_before, before.heading, marks, before.links, before.flags
        )
        self._marks = []


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return the pieces without white space at the end, those that touch in the source made one."""
    kept = list(pieces)
    while kept and not kept[-1].text.rstrip(_BLANK):
        kept.pop()
    if kept and kept[-1].text[-1] in _BLANK:
        last, text = kept[-1], kept[-1].text.rstrip(_BLANK)
        span = Span(last.span.start, last.span.start + len(text)) if last.verbatim else last.span
        kept[-1] = Piece(text, span, last.verbatim)
    joined: list[Piece] = []
    run: list[Piece] = []
    for piece in kept:
        if run and not (piece.verbatim and run[-1].verbatim and run[-1].span.end == piece.span.start):
            joined.append(_one(run))
            run = []
        run.append(piece)
    if run:
        joined.append(_one(run))
    return tuple(joined)


def _one(run: list[Piece]) -> Piece:
    if len(run) == 1:
        return run[0]
    return Piece("".join(piece.text for piece in run), Span(run[0].span.start, run[-1].span.end))
