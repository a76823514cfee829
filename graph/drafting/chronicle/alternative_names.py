"""Other names of the battle, from the first sentence of its article.

    The Battle of X, also known as the Y (Azerbaijani: …; Armenian: …, romanized: …) or Z, was …

Names stand before the first verb: after "or", "also known as" and the like, or in a bracket,
with their language where the text tells it.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import marks_of, single_spaced, trimmed
from graph.drafting.chronicle.lead import lead, own_names, subject
from graph.drafting.document import Document, Line
from graph.drafting.languages import is_latin, romanised, tag_of
from graph.drafting.reading import Named

_ADVERBS: Final = (
    r"(?:also|or|and|sometimes|often|otherwise|commonly|historically|locally|variously|officially|alternatively|formerly|"
    r"better|popularly|originally|occasionally|simply|then|later|by|as)\s+"
)
_CALLED: Final = re.compile(
    rf"\b(?:{_ADVERBS}){{0,3}}(?:"
    r"(?:known|called|spelled|spelt|named|code-?named|code\s?name|nicknamed|dubbed|termed|referred\s+to|remembered)\b"
    rf"(?:\s+as\b)?:?\s*(?:{_ADVERBS}){{0,2}}"
    rf"|(?<![^\s,(])or\s+(?:{_ADVERBS}){{0,2}})",
    re.IGNORECASE,
)
"""Words before another name: "also known as", "codenamed", "or sometimes by"."""
_IN_LANGUAGE: Final = re.compile(
    r"(?:(?:in|to|by)\s+)?(?:the\s+)?(?P<who>[^\W\d_]+(?:[\s-][^\W\d_]+)?)(?P<end>\s+(?:name|as)\s+|\s*,\s*|\s+|$)"
)
"""Words between those and the name that say in which language it is, or for whom: "in German", "the Italian name"."""
_AGENT: Final = re.compile(r"\s(?:by|after|because|during|since|due|for|among|amongst)\s")
"""Words after a name that say who calls the battle so, or why."""
_LATER: Final = frozenset({"translated", "transliterated", "romanized", "romanised", "transliteration"})
_LABEL: Final = re.compile(r"(?P<who>[^\W\d_][^\d:;,()]{1,40}):\s*")
_ROMANISED: Final = re.compile(
    r"(?:romani[sz]ed|romani[sz]ation|transliterat(?:ed|ion)|translit|transl|tr)(?:\b|(?-i:(?=[A-Z])))\.?(?:\s+as\b)?:?\s*",
    re.IGNORECASE,
)
_LITERALLY: Final = re.compile(
    r"(?:lit|literally|meaning|translated|translation|pronounced|pronunciation|IPA)\b", re.IGNORECASE
)
_LIST: Final = re.compile(r",\s*(?:and\s+|or\s+)?|\s+or\s+")
_NEAR: Final = 60
"""Code points before a name in which words tell what kind of name it is."""
_QUOTES: Final = "\"'\u201c\u201d\u2018\u2019\u00ab\u00bb\u201e"
_EDGES: Final = " \t\n\u00a0,;:.\u2013\u2014" + _QUOTES
_CODE: Final = re.compile(r"code-?\s?named?\b[^,;()]*$", re.IGNORECASE)
CODE_NAME: Final = "code name"
"""The note of a name that is the code for the operation."""
_ARTICLE: Final = re.compile(r"the\s+", re.IGNORECASE)

RULES: Final = MappingProxyType(
    {
        "name-alternative": "Before the verb of the first sentence, what follows “or”, “also known as” and the like, "
        "or in a bracket the name of a language, is another name of the battle."
    }
)
"""What each rule takes which words to mean."""


def alternative_names(document: Document) -> tuple[tuple[Named, str | None], ...]:
    """Return other names of the battle in the first sentence about it, with the tag of their language, where told.

    Romanised names have the tag with `-Latn`. The title and the name in the box are left out.
    """
    known = {_key(name) for name in own_names(document)}
    found = list[tuple[Named, str | None]]()
    if (line := lead(document)) is not None:
        for named, tag in _names(line):
            if _key(named.name) not in known:
                known.add(_key(named.name))
                found.append((named, tag))
    return tuple(found)


def _key(name: str) -> str:
    return _ARTICLE.sub("", single_spaced(name), count=1).casefold()


def _names(line: Line) -> Iterator[tuple[Named, str | None]]:
    end, brackets = subject(line.text)
    at = 0
    for opens, closes in [*brackets, (end, end)]:
        yield from _in_words(line, at, opens)
        # A bracket behind further words, which give no name of the battle, is about those: "near Aston (Welsh: …)".
        beside = line.text[at:opens]
        if not at or _CALLED.search(beside) or not any(map(str.isalpha, beside)):
            yield from _in_bracket(line, opens + 1, closes)
        at = closes + 1


def _in_words(line: Line, start: int, end: int) -> Iterator[tuple[Named, str | None]]:
    """Yield the names between brackets: each follows a word such as "or" or "also known as"."""
    leads = [(match.start(), match.end()) for match in _CALLED.finditer(line.text, start, end)]
    stops = [*(lead for lead, _ in leads), end]
    for (_, begin), stop in zip(leads, stops[1:], strict=True):
        tag, named_from = _language(line.text, begin, stop)
        yield from _listed(line, named_from, stop, tag)


def _listed(line: Line, start: int, end: int, tag: str | None) -> Iterator[tuple[Named, str | None]]:
    for match in _LIST.finditer(line.text, start, end):
        yield from _named(line, start, match.start(), tag)
        start = match.end()
    yield from _named(line, start, end, tag)


def _language(text: str, start: int, end: int) -> tuple[str | None, int]:
    """Take "in German", "in Russia as": the language, where it is one, and where the name begins."""
    match = _IN_LANGUAGE.match(text, start, end)
    if match is None:
        return None, start
    words = re.split(r"\s", match["who"])
    first_ends = match.start("who") + len(words[0])
    if len(words) > 1 and tag_of(words[0]) and not tag_of(match["who"]):
        return tag_of(words[0]), match.end() if words[1] == "name" else first_ends
    if tag := tag_of(match["who"]):
        return tag, match.end()
    says_who = match.start("who") > start and match["end"].strip() == "as"
    return None, match.end() if says_who else start


@dataclass(frozen=True, slots=True)
class _Told:
    """What the items of a bracket before one tell of it."""

    tag: str | None = None
    has_letters: bool = False
    """A name in other than Latin letters stood before, so that one in Latin letters is its romanisation."""


def _in_bracket(line: Line, start: int, end: int) -> Iterator[tuple[Named, str | None]]:
    told, at = _Told(), start
    while at < end:
        stop = next((place for place in range(at, end) if line.text[place] in ";,"), end)
        told = yield from _item(line, at, stop, told)
        if stop < end and line.text[stop] == ";":
            told = _Told()
        at = stop + 1


def _item(line: Line, start: int, end: int, told: _Told) -> Generator[tuple[Named, str | None], None, _Told]:
    """Yield the name of one item of a bracket, and return what it tells of those after it."""
    while start < end and line.text[start].isspace():
        start += 1
    text = line.text[start:end]
    if _LITERALLY.match(text) or any(sign in text for sign in "[]/ˈˌ"):
        return told
    if match := _ROMANISED.match(text):
        yield from _listed(line, start + match.end(), end, romanised(told.tag))
        return told
    tag, begin = _item_language(line.text, start, end)
    if begin == start:
        tag = told.tag
    if tag is None and begin == start and is_latin(text):
        # Without a language or a word such as "or", Latin letters in a bracket may be anything.
        return told
    in_letters = is_latin(line.text[begin:end])
    if begin == start and in_letters and told.has_letters:
        yield from _listed(line, begin, end, romanised(tag))
        return told
    yield from _listed(line, begin, end, tag)
    return _Told(tag, has_letters=not in_letters and begin < end)


def _item_language(text: str, start: int, end: int) -> tuple[str | None, int]:
    """Return the language that an item begins with, and where its name begins."""
    if match := _LABEL.match(text, start, end):
        who = single_spaced(match["who"])
        first, _, rest = who.partition(" ")
        if tag := tag_of(who):
            return tag, match.end()
        if rest in _LATER and (tag := tag_of(first)):
            return romanised(tag), match.end()
    if match := _CALLED.match(text, start, end):
        tag, begin = _language(text, match.end(), end)
        return tag, begin
    tag, begin = _language(text, start, end)
    return (tag, begin) if tag else (None, start)


def _named(line: Line, start: int, end: int, tag: str | None) -> Iterator[tuple[Named, str | None]]:
    """Yield the words as a name, without quotation marks, if they are one."""
    text = line.text
    while start < end and text[start] in _EDGES:
        start += 1
    if match := _ARTICLE.match(text, start, end):
        start = match.end()
    if match := _AGENT.search(text, start, end):
        end = match.start()
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    words = trimmed(line, start, end)
    if words is None or not _is_name(words.text, tag):
        return
    link = next((one for one in line.links if (one.start, one.end) == (words.start, words.end)), None)
    marks = marks_of(words, words.end + 1)
    note = CODE_NAME if _CODE.search(text, max(0, words.start - _NEAR), words.start) else None
    yield Named(single_spaced(words.text), words, link.target if link else None, marks=marks, note=note), tag


def _is_name(text: str, tag: str | None) -> bool:
    """Tell whether words are a name: in English and in no known language, names begin with a capital."""
    first = next(filter(str.isalpha, text), "")
    return bool(first) and (first.isupper() or not is_latin(text) or tag is not None)
