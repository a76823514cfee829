"""The article that is being written: its names, its battle, its sides, and what its footnote marks lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.anchors import Span
from graph.drafting.authoring.beside import Doubts
from graph.drafting.authoring.nodes import Iri, Says, entity, term
from graph.drafting.document import Document, Form, Mark, Words
from graph.drafting.reading import Disposal, FieldReading, Reading
from graph.drafting.registry import Registry

_OPENING: Final = "[["
_CLOSING: Final = "]]"
_LONGEST_TARGET: Final = 300
"""Titles of pages have at most 255 bytes."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """Where a mark of the text leads: to a reference, blank or not, or to an explanatory note."""

    iri: Iri
    is_note: bool = False
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """An article, as all the writers of its nouns need it."""

    slug: str
    title: str
    reading: Reading
    registry: Registry
    footnotes: Mapping[str, Footnote] = field(default_factory=dict)
    """By the name of the mark."""
    page: str | None = None
    """The page that the text is from."""
    doubts: Doubts = field(init=False)
    """The tags of editors."""

    def __post_init__(self) -> None:
        """Find the tags."""
        object.__setattr__(self, "doubts", Doubts(self.reading.document))

    @property
    def document(self) -> Document:
        """The article taken apart."""
        return self.reading.document

    @property
    def article(self) -> Iri:
        """The article itself."""
        return entity("article", self.slug)

    @property
    def battle(self) -> Iri:
        """The battle that the article is about."""
        return entity("event", self.slug)

    @property
    def voice(self) -> Iri:
        """The article's own viewpoint."""
        return entity("viewpoint", self.slug, "article")

    def own(self, kind: str, name: str) -> Iri:
        """Return a thing that belongs to the article."""
        return entity(kind, self.slug, name)

    def side(self, number: int | None) -> Iri:
        """Return the side of a column; bg:SideNotStated where the text tells none."""
        return term("bg:SideNotStated") if number is None else self.own("side", str(number))

    def of_sources(self, marks: Iterable[Mark]) -> Iterator[Says]:
        """Yield what marks make a claim say: its source status, the references it cites, its notes."""
        found = {mark.name: self.footnotes[mark.name] for mark in marks if mark.name in self.footnotes}
        cited = [one for one in found.values() if not one.is_note]
        given = [one for one in cited if not one.is_blank]
        status = "ReferenceGiven" if given else "ReferenceBlank" if cited else "NoReferenceGiven"
        yield "bg:sourceStatus", term(f"bg:{status}")
        if cited:
            yield "bg:citesReference", tuple(one.iri for one in cited)
        if notes := tuple(one.iri for one in found.values() if one.is_note):
            yield "bg:hasNote", notes

    def quoted(self, words: Words, marks: Iterable[Mark] = ()) -> tuple[Span, ...]:
        """Return the stretches to quote for words and the marks that belong to them.

        A mark that touches the words makes one stretch with them; in wikitext the brackets
        of a link belong to its words, because they hold the target.
        """
        span = self.linked(words)
        apart: list[Span] = []
        for mark in sorted(marks, key=lambda mark: mark.span):
            if span.start <= mark.span.start <= span.end:
                span = Span(span.start, max(span.end, mark.span.end))
            else:
                apart.append(mark.span)
        return (span, *apart)

    def named(self, words: Words, marks: Iterable[Mark] = ()) -> Span:
        """Return the one stretch to quote for a name: with the marks that touch it, without others."""
        return next(span for span in self.quoted(words, marks) if span.start <= words.span.start < span.end)

    def copied(self, words: Words) -> str:
        """Return words as a value that stands in their quote: of wikitext as they are shown, else as printed."""
        if self.document.form is Form.WIKITEXT:
            return words.text.strip()
        return self.document.source[words.span.start : words.span.end].strip()

    def linked(self, words: Words) -> Span:
        """Return where words stand, with the brackets of the wikilinks that they begin or end in."""
        source, span = self.document.source, words.span
        start, end = span.start, span.end
        for link in words.line.links:
            if link.start <= words.start < link.end:
                opened = source.rfind(_OPENING, max(0, start - _LONGEST_TARGET), start)
                start = opened if opened >= 0 and _CLOSING not in source[opened:start] else start
            if link.start < words.end <= link.end:
                closed = source.find(_CLOSING, end, end + _LONGEST_TARGET)
                end = closed + 2 if closed >= 0 and _OPENING not in source[end:closed] else end
        return Span(start, end)


def rules_at(reading: FieldReading, words: Words) -> tuple[str, ...]:
    """Return the rules by which a field's reader took some words."""
    return tuple(
        dict.fromkeys(
            portion.why
            for portion in reading.portions
            if portion.disposal is Disposal.READ
            and portion.words.line is words.line
            and portion.words.start < words.end
            and words.start < portion.words.end
        )
    )


def capitalised(words: str) -> str:
    """Return words with a capital first letter, as labels begin."""
    return words[:1].upper() + words[1:]
