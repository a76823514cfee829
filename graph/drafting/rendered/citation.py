"""The fields of a printed citation, of Citation Style 1 foremost.

The printed order tells them: authors (date). "Title" [translation]. Work (in Language). Date. Archived …
Retrieved …. Where a part has none of the marks that tell it, it stays without a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from graph.drafting.document import CitedField, Line
from graph.drafting.rendered.citation_parts import segments, trimmed
from graph.drafting.rendered.citation_words import DATED, HARVARD, JOURNAL, TOLD, WHOLE_DATE, name_of_work

_Found = tuple[str, int, int]
"""A field, and [start, end) of its value in the text."""

_LONGEST: Final = 20_000
"""Code points of a citation that is taken apart: more than any has."""
_OPENING: Final = '"“«'
_CLOSING: Final = '"”»'
_HANDLE: Final = re.compile(r"\[(?P<handle>@\w{1,40})\]")
_AFTER_TITLE: Final = re.compile(r"\s*(?:\[(?P<translated>[^\[\]]{1,500})\]|\((?P<kind>[^()]{1,60})\))")
_SIGNS: Final = re.compile(
    r"[\"“”«»]|\bpp?\.|\bRetrieved\b|\bISBN\b|\bArchived\b|\bdoi\b|\b[Vv]ol\.|\bed\.|\beds\."
    r"|\bIbid|\bop\. ?cit|\(\d{4}\)"
    r"|^[^\W\d_][\w'-]{0,40}, [^\W\d_]\.|\bPress\b|\w\.\w{2,}|\(in [A-Z]|@",
)
_PARTICLES: Final = frozenset(
    ("&", "and", "et", "al", "de", "der", "den", "des", "di", "du", "la", "le", "van", "von", "ibn")
)
"""Small words in names of authors."""
_FORMATS: Final = frozenset(("pdf", "doc", "html", "xls", "txt"))


def fields_of(line: Line) -> tuple[CitedField, ...]:
    """Return the fields that a citation tells, in the order of the text."""
    text = line.text[:_LONGEST]
    found = sorted(_fields(text), key=lambda one: one[1])
    return tuple(CitedField(name, text[start:end], line.span(start, end)) for name, start, end in found if start < end)


def is_explanation(text: str) -> bool:
    """Tell whether an entry is clearly a sentence of the article's own: no sign of a citation, mostly small words."""
    words = [word for word in text[:_LONGEST].split() if word[0].isalpha()]
    small = sum(word[0].islower() for word in words)
    return len(words) > 3 and small * 2 > len(words) and not _SIGNS.search(text[:_LONGEST])  # noqa: PLR2004  # shorter ones are names of works


def _fields(text: str) -> Iterator[_Found]:
    short = HARVARD.fullmatch(text)
    if short is not None and _are_names(short["author"]):
        yield from _short(short)
        return
    quote = _quoted(text)
    if quote is not None:
        start, end = quote
        yield from _authors(text, 0, start - 1)
        yield ("title", start, end)
        yield from _rest(text, end + 1, dated=DATED.search(text, 0, start) is not None)
        return
    dated = DATED.search(text, 0, 300)
    if dated is not None and text[dated.end() : dated.end() + 2] == ". ":
        # A book: its title stands in italics, which plain text has lost, so it is the words up to the next stop.
        yield from _authors(text, 0, dated.end())
        title = next(segments(text, dated.end() + 1, []), None)
        if title is not None:
            yield ("title", *title)
            yield from _rest(text, title[1], dated=True, book=True)
        return
    yield from _told(text, 0)


def _quoted(text: str) -> tuple[int, int] | None:
    """Return the first quoted words: to a closing quote after which a citation can go on, so that quotes in it stay."""
    start = next((at for at, sign in enumerate(text) if sign in _OPENING), None)
    if start is None or (start and text[start - 1] not in " .:("):
        return None
    end = start + 1
    while end < len(text):
        if text[end] in _CLOSING and not text[end - 1].isspace() and text[end + 1 : end + 2] in ("", ".", ",", ";"):
            break
        if text[end] in _CLOSING and text[end + 1 : end + 3] in (" [", " (", " \u2013"):
            break
        end += 1
    else:
        return None
    return (start + 1, end) if end > start + 1 else None


def _are_names(words: str) -> bool:
    return all(word[0].isupper() or word.rstrip(".") in _PARTICLES for word in words.split())


def _short(found: re.Match[str]) -> Iterator[_Found]:
    start = found.start("author")
    for name in re.split(r"( & | and )", found["author"])[::2]:
        start = found.string.index(name, start)
        yield ("author", start, start + len(name))
        start += len(name)
    yield ("date", *found.span("date"))
    if found["pages"]:
        yield ("page" if found["told"] and found["told"].startswith("p.") else "pages", *found.span("pages"))


def _authors(text: str, start: int, end: int) -> Iterator[_Found]:
    """Read what stands before a title: names, a handle, a date in brackets."""
    dated = DATED.search(text, start, end)
    if dated is not None:
        yield ("date", *dated.span("date"))
        end = dated.start()
    handle = _HANDLE.search(text, start, end)
    if handle is not None:
        yield ("handle", *handle.span("handle"))
        end = handle.start()
    at = start
    for name in text[start:end].split(";"):
        trimmed = name.strip(" .:,\u00a0")
        # "Smith, J." keeps the stop of its initial.
        if name.rstrip(" :,\u00a0").endswith(".") and re.search(r"(?:^|[ .\u00a0])[^\W\d_]\.[ :,\u00a0]*$", name):
            trimmed += "."
        if trimmed:
            begins = at + name.index(trimmed)
            role = re.search(r",? \(?eds?\.?\)?$", trimmed)
            length = role.start() if role else len(trimmed)
            yield ("editor" if role else "author", begins, begins + length)
        at += len(name) + 1


def _rest(text: str, start: int, *, dated: bool, book: bool = False) -> Iterator[_Found]:
    """Read what stands after a title."""
    while (found := _AFTER_TITLE.match(text, start)) is not None:
        if found["translated"]:
            yield ("trans-title", *found.span("translated"))
        elif not found["kind"].startswith("in "):
            yield ("format" if found["kind"].casefold() in _FORMATS else "type", *found.span("kind"))
        else:
            break
        start = found.end()
    told = list(_told(text, start))
    yield from told
    named = False
    for first, last in segments(text, start, [(begin, end) for _, begin, end in told]):
        words = text[first:last]
        place, colon, _ = words.partition(": ")
        if WHOLE_DATE.fullmatch(words):
            if not dated:
                yield ("date", first, last)
            dated = True
        elif colon and (book or named):
            yield ("location", first, first + len(place))
            yield ("publisher", first + len(place) + len(colon), last)
        elif not named:
            # A second name without a colon may be an agency, a place or a publisher: it stays without a field.
            yield (name_of_work(words), first, last)
            named = True


def _told(text: str, start: int) -> Iterator[_Found]:
    """Yield the fields that a word names."""
    for name, pattern in TOLD.items():
        found = pattern.search(text, start)
        if found is not None:
            yield (name, *trimmed(text, *found.span("value")))
    journal = JOURNAL.search(text, start)
    if journal is not None:
        for name in ("volume", "issue", "pages"):
            if journal[name]:
                yield (name, *journal.span(name))
