"""An article as its readers see it: fields of lines, footnotes, references, prose; wikitext or rendered text alike.

Everything visible knows where it stands in the source, so that whatever is read from it
can be quoted to the code point. What a renderer or an editor lost is not put back here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from graph.anchors import Span
from graph.issues import Fault


class Form(Enum):
    """In which form an article came."""

    WIKITEXT = "wikitext"
    RENDERED = "rendered text"


@dataclass(frozen=True, slots=True)
class Piece:
    """Visible text and the stretch of the source that shows it.

    Where both are the same, places in it map one to one; otherwise (a template, an entity)
    the whole piece stands for the whole stretch.
    """

    text: str
    span: Span
    verbatim: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark: `[4]`, `<ref name="CAH" />`, `{{sfn|…}}`."""

    at: int
    """The place in the line's visible text before which it stands; the text itself has no marks."""
    name: str
    """The name of an `Entry` of the document, if there is such an entry."""
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A wikilink: [start, end) of the line's visible text, and the page it leads to."""

    start: int
    end: int
    target: str
    """A page title: spaces for underscores, first letter capital, without #fragment."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a field, or one paragraph of prose, as visible text."""

    pieces: tuple[Piece, ...]
    depth: int = 0
    """0 outside lists, 1 for an item of a list, 2 for one of a list in it."""
    blank_before: int = 0
    """Blank lines between the line before and this one."""
    heading: bool = False
    """Printed as a heading (all bold, a definition term, the title of a collapsible list)."""
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    flags: tuple[tuple[int, str], ...] = ()
    """Flags: the place in the visible text, and whose flag it is."""
    text: str = field(init=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Join the pieces."""
        starts, at = [], 0
        for piece in self.pieces:
            starts.append(at)
            at += len(piece.text)
        object.__setattr__(self, "_starts", tuple(starts))
        object.__setattr__(self, "text", "".join(piece.text for piece in self.pieces))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the stretch of the source that shows the visible [start, end), by default the whole line.

        Raises `ValueError` for an empty stretch, which shows nothing.
        """
        end = len(self.text) if end is None else end
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is no stretch of {self.text!r}")
        first, last = (bisect_right(self._starts, place) - 1 for place in (start, end - 1))
        # Empty pieces share a start with the one after them; bisect_right finds the last of those.
        begins, ends = self.pieces[first], self.pieces[last]
        from_ = begins.span.start + (start - self._starts[first] if begins.verbatim else 0)
        to = ends.span.start + (end - self._starts[last]) if ends.verbatim else ends.span.end
        return Span(from_, to)


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch [start, end) of a line's visible text."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The visible words."""
        return self.line.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where they stand in the source."""
        return self.line.span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the infobox, or the cell of one column of it."""

    key: str
    """The parameter of `Infobox military conflict`, lower case, without its number: `combatant`, `casualties`."""
    lines: tuple[Line, ...]
    """Lines without visible text are left out."""
    span: Span
    """The whole of it in the source, label included."""
    side: int | None = None
    """The column, from 1; None where the field has no columns, is as wide as all of them, or has lost them."""
    columns_lost: bool = False
    """The lines of several columns stand here one after the other, with nothing to tell them apart."""
    label: Span | None = None
    """The printed or written name of the field."""


@dataclass(frozen=True, slots=True)
class CitedField:
    """One field of a citation."""

    name: str
    """The parameter of Citation Style 1, hyphenated: `title`, `trans-title`, `archive-date`."""
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the list of references or notes."""

    name: str
    """The printed number or letter; in wikitext the ref's name, or `ref-12` for the twelfth one without."""
    span: Span
    """Of a rendered text, the whole printed entry with its number; of wikitext, the whole <ref> or template."""
    line: Line | None
    """What it says; None where it is blank."""
    number: int | None = None
    """The printed number, where the text has one."""
    is_note: bool = False
    """An explanatory footnote rather than a source."""
    template: str | None = None
    """`cite news`, `sfn`; None for free text."""
    fields: tuple[CitedField, ...] = ()
    uses: tuple[Span, ...] = ()
    """Its marks in the article, in the order of the source; of a rendered text, without those in its own entry."""
    carets: int = 0
    """How many back-links are printed before the entry, where they are."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A stretch that says nothing of the battle, and why: navigation, a mirror's credit, a picture's size."""

    span: Span
    reason: str
    """A whole sentence."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A stretch that the reader of a form could not take apart: a template without its end, damaged markup."""

    span: Span
    seen: str
    """What is wrong, as a sentence without full stop: "the template is never closed"."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article taken apart; every stretch of `source` that shows something is in one of its parts."""

    source: str
    form: Form
    title: str
    title_span: Span | None
    """Where the title stands, if it does."""
    fields: tuple[Field, ...] = ()
    entries: tuple[Entry, ...] = ()
    prose: tuple[Line, ...] = ()
    apart: tuple[Apart, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    def of(self, *keys: str) -> Iterable[Field]:
        """Yield the fields of these keys, in their order."""
        return (one for one in self.fields if one.key in keys)


class UnreadableArticle(Fault):
    """An article from which nothing can be drafted; the message says what was seen, where, and what to do."""
