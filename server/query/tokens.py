"""The tokens of a SPARQL query, for those who must look at it before the engine does.

Follows the grammar's terminals (SPARQL 1.1 section 19.8, with the 1.2 draft's marks),
but knows nothing of its rules: any text comes apart into tokens, up to a quote that
opens no string. What a keyword is, and what it means, is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, cast

Kind = Literal["iri", "string", "variable", "blank", "language", "name", "number", "word", "mark"]

_ESCAPE: Final = r"""\\(?:[tbnrf"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"""
# In the order in which the engine tries them: a long string before an empty one, a name before a word.
# A quote that opens no string and a stray backslash match nothing: no query goes on after them. Without that, and
# without a bound on prefixes, `a.a.a.…` and `'\\'\\'\\'…` took time quadratic in their length, 40 s for 100 kB.
_TOKEN: Final = re.compile(
    rf"""
    (?P<space>(?:[ \t\r\n]+|\#[^\r\n]*)+)
    |(?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
    |(?P<string>'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''|\"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*\"""
        |'(?:[^'\\\r\n]|{_ESCAPE})*'|"(?:[^"\\\r\n]|{_ESCAPE})*")
    |(?P<variable>[?$]\w+)
    |(?P<blank>_:\w(?:[\w.-]*[\w-])?)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
    |(?P<name>(?:[^\W\d_](?:[\w.-]{{0,100}}[\w-])?)?:
        (?:(?:[\w:]|%[0-9A-Fa-f]{{2}}|\\[-_~.!$&'()*+,;=/?\#@%])
           (?:[\w:.-]*(?:[\w:-]|%[0-9A-Fa-f]{{2}}|\\[-_~.!$&'()*+,;=/?\#@%]))*)?)
    |(?P<number>(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+|\d*\.\d+|\d+)
    |(?P<word>\w+)
    |(?P<mark>\^\^|&&|\|\||!=|<=|>=|<<(?![^<>"{{}}|^`\x00-\x20]*>)|>>|[^'"\\])
    """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LAST_CODEPOINT: Final = 0x10FFFF


class Token(NamedTuple):
    """One token and the place of its first character."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.text)


def tokens(query: str) -> Iterator[Token]:
    """Return the tokens of the query, without white space and comments."""
    place = 0
    while match := _TOKEN.match(query, place):
        if match.lastgroup != "space":
            yield Token(cast(Kind, match.lastgroup), match.group(), place)
        place = match.end()


def possible_tokens(query: str) -> Iterator[Token]:
    """Return the tokens of every reading of the query that the engine may choose.

    Its parser tries again where a reading leads nowhere, so some signs have two
    readings: `<a)b>` is an IRI or begins with "less than" (an IRI with `://` cannot be
    an expression), `<<` is one sign or two, and three quotes open a long string or
    follow an empty one.
    """
    ahead, seen = [0], set[int]()
    while ahead:
        place = ahead.pop()
        while place not in seen and (match := _TOKEN.match(query, place)):
            seen.add(place)
            text = match.group()
            if match.lastgroup != "space":
                yield Token(cast(Kind, match.lastgroup), text, place)
            if text == "<<" or (match.lastgroup == "iri" and "://" not in text):
                ahead.append(place + 1)
            elif match.lastgroup == "string" and text.startswith(("'''", '"""')):
                ahead.append(place + 2)
            place = match.end()


def unescape_codepoints(query: str) -> str:
    r"""Return the query with `\uXXXX` and `\UXXXXXXXX` replaced (SPARQL 1.1 section 19.2)."""

    def character(match: re.Match[str]) -> str:
        codepoint = int(match[1] or match[2], 16)
        return chr(codepoint) if codepoint <= _LAST_CODEPOINT else match[0]

    return _CODEPOINT.sub(character, query)


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """Return line and column of an index, both from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
