"""From a quote to its place in an article's text, and the anchor that stands for it.

Offsets count Unicode code points from 0, end exclusive, as the Web Annotation Data Model
(section 4.2.5) has them. A quote resolves to exactly one place or is refused, with what
its author needs to see to mend it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_CONTEXT: Final = 32
"""Code points of text on each side that an anchor carries and a message shows."""
_SHOWN: Final = 10
"""Occurrences that a message lists."""
_VISIBLE: Final = MappingProxyType({"\n": "⏎", "\0": "|"})
_TELLING: Final = 8
"""Code points that a part of a missing quote must have to be shown as the nearest words."""


class UnresolvedQuote(LookupError):
    """A quote that does not name one place of the text; `remedy` says what to do."""

    def __init__(self, seen: str, remedy: str) -> None:
        """Take what was found, and what to do about it."""
        super().__init__(seen)
        self.remedy = remedy


class MissingQuote(UnresolvedQuote):
    """The words do not occur in the text."""


class WhitespaceDiffers(MissingQuote):
    """The words occur, but with other white space between them."""


class AmbiguousQuote(UnresolvedQuote):
    """The words occur more than once."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: [start, end) in code points."""

    start: int
    end: int


def resolve(text: str, exact: str, prefix: str = "", suffix: str = "") -> Span:
    """Return the one place where the exact words stand between prefix and suffix.

    Prefix and suffix touch the words. Raises `MissingQuote`, `WhitespaceDiffers` or `AmbiguousQuote`.
    """
    if not exact:
        raise MissingQuote("the quote is empty", "Quote the words of the article on which the statement rests.")
    starts = list(occurrences(text, prefix + exact + suffix))
    if len(starts) == 1:
        start = starts[0] + len(prefix)
        return Span(start, start + len(exact))
    if starts:
        raise _ambiguous(text, exact, [start + len(prefix) for start in starts])
    raise _other_whitespace(text, prefix + exact + suffix) or _missing(text, exact)


def occurrences(text: str, words: str) -> Iterator[int]:
    """Yield where the words start in the text, overlapping ones included."""
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def context(text: str, span: Span) -> tuple[str, str]:
    """Return the code points before and after a span, 32 each, fewer at the ends of the text."""
    return text[max(0, span.start - _CONTEXT) : span.start], text[span.end : span.end + _CONTEXT]


def quoted(words: str) -> str:
    r"""Return words as a message quotes them: line ends and odd spaces made visible.

    >>> quoted("two\u00a0words\n")
    '“two[U+00A0]words⏎”'
    """
    return "“" + "".join(c if c == " " or _is_printed(c) else _VISIBLE.get(c, f"[U+{ord(c):04X}]") for c in words) + "”"


def _is_printed(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf")


def _in_place(text: str, span: Span) -> str:
    before, after = context(text, span)
    marked = quoted(f"…{before}\0{text[span.start : span.end]}\0{after}…")
    return f"    at {span.start}-{span.end}: {marked}"


def _ambiguous(text: str, exact: str, starts: list[int]) -> AmbiguousQuote:
    places = [_in_place(text, Span(start, start + len(exact))) for start in starts[:_SHOWN]]
    if len(starts) > _SHOWN:
        places.append(f"    and {len(starts) - _SHOWN} more")
    seen = f"the quote {quoted(exact)} occurs {len(starts)} times:\n" + "\n".join(places)
    remedy = (
        "Write bg:quoteInContext [ oa:prefix … ; oa:exact … ; oa:suffix … ] with as much of the words directly "
        "before or after as tells one from the others."
    )
    return AmbiguousQuote(seen, remedy)


def _other_whitespace(text: str, words: str) -> WhitespaceDiffers | None:
    parts = re.split(r"\s+", words)
    found = re.search(r"\s+".join(map(re.escape, parts)), text) if any(parts) else None
    if found is None:
        return None
    no_break = found.group().replace("\u00a0", " ") == words.replace("\u00a0", " ")
    seen = (
        f"the quote {quoted(words)} differs from the text only in {'no-break spaces' if no_break else 'white space'}: "
        f"at {found.start()}-{found.end()} the article has {quoted(found.group())}"
    )
    remedy = "Copy the words from the article's text; a no-break space may be written \\u00A0 in Turtle."
    return WhitespaceDiffers(seen, remedy)


def _missing(text: str, exact: str) -> MissingQuote:
    elsewhere = list(occurrences(text, exact))
    if elsewhere:
        places = "\n".join(_in_place(text, Span(start, start + len(exact))) for start in elsewhere[:_SHOWN])
        seen = f"the quote {quoted(exact)} never stands between that prefix and suffix:\n{places}"
        return MissingQuote(seen, "Take oa:prefix and oa:suffix from the words directly before and after the quote.")
    seen = f"the quote {quoted(exact)} is not in the article"
    block = difflib.SequenceMatcher(None, text, exact, autojunk=False).find_longest_match()
    if block.size >= min(_TELLING, len(exact)):
        seen += "; the nearest words are\n" + _in_place(text, Span(block.a, block.a + block.size))
    return MissingQuote(seen, "Quote the article word for word, or state nothing that it does not say.")
