"""Words by which a printed citation tells its fields: dates, "Retrieved", "pp.", "ISBN"."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

_SPACE: Final = "[ \u00a0]"
_MONTH: Final = (
    "(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|"
    "Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?)"
)
_SEASON: Final = "(?:Spring|Summer|Autumn|Fall|Winter)"
_DAYS: Final = r"\d{1,2}(?:[\u2013-]\d{1,2})?"
_YEAR: Final = r"\d{4}(?!\d)"
DATE: Final = (
    f"(?:{_DAYS}{_SPACE}{_MONTH},?{_SPACE}{_YEAR}|{_MONTH}{_SPACE}{_DAYS},?{_SPACE}{_YEAR}"
    rf"|(?:{_MONTH}|{_SEASON})(?:[\u2013/-](?:{_MONTH}|{_SEASON}))?,?{_SPACE}{_YEAR}|\d{{4}}-\d{{2}}(?:-\d{{2}})?"
    rf"|(?:c\.{_SPACE})?{_YEAR}[a-z]?)"
)
"""A date as citations print it; the last alternative is a bare year."""

WHOLE_DATE: Final = re.compile(DATE)
DATED: Final = re.compile(rf"\((?P<date>{DATE}|n\.d\.)\)")
"""The date after the authors."""

_PAGES: Final = r"[A-Z]?\d{1,5}(?:[\u2013-][A-Z]?\d{1,5})?(?:, ?\d{1,5}(?:[\u2013-]\d{1,5})?){0,9}"

TOLD: Final = MappingProxyType(
    {
        "archive-date": re.compile(
            rf"Archived(?: \(PDF\))?(?: from the original)?(?: \(PDF\))?(?: on)?{_SPACE}(?P<value>{DATE})"
        ),
        "access-date": re.compile(rf"(?:Retrieved|Accessed|Access date)(?: on)?:?{_SPACE}(?P<value>{DATE})"),
        "via": re.compile(r"[\u2013\u2014-] via (?P<value>[^.;\n]{1,60}(?:\.[a-z]{2,6}\b)?)"),
        "isbn": re.compile(r"ISBN[ \u00a0:]{0,2}(?P<value>[\dXx][\dXx \u2010-\u2013-]{8,16}[\dXx])"),
        "issn": re.compile(r"ISSN[ \u00a0:]{0,2}(?P<value>\d{4}-\d{3}[\dXx])"),
        "oclc": re.compile(r"OCLC[ \u00a0:]{0,2}(?P<value>\d{1,12})"),
        "doi": re.compile(r"doi:[ \u00a0]?(?P<value>10\.\d{4,9}/[^\s]{1,100}[^\s.,;])"),
        "jstor": re.compile(r"JSTOR[ \u00a0:]{0,2}(?P<value>\d{1,12})"),
        "pages": re.compile(rf"\bpp\.[ \u00a0]?(?P<value>{_PAGES})"),
        "page": re.compile(rf"\bp\.[ \u00a0]?(?P<value>{_PAGES})"),
        "language": re.compile(r"\(in (?P<value>[A-Z][a-z]+(?:(?:, | and )[A-Z][a-z]+){0,4})\)"),
    }
)
"""Fields that a word before them names; `value` is the field."""

JOURNAL: Final = re.compile(
    rf"(?P<volume>\d{{1,4}})(?:{_SPACE}?\((?P<issue>[^()\n]{{1,20}})\))?:{_SPACE}(?P<pages>{_PAGES})"
)
"""Volume, issue and pages as journals have them: "12 (3): 45-67"."""

HARVARD: Final = re.compile(
    r"(?P<author>[^\W\d_][^\d,;:()\"“]{1,60}?),? \(?(?P<date>\d{4}[a-z]?)\)?"
    rf"(?:[,:] ?(?P<told>pp?\.[ \u00a0]?)?(?P<pages>{_PAGES}))?\.?"
)
"""A short citation: "De Waal 2003, p. 208."."""

SITE: Final = re.compile(r"(?:https?://)?(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}(?:/\S{0,100})?", re.IGNORECASE)
"""A work that is called by the address of its site."""

_PERIODICAL: Final = frozenset(
    (
        *("times", "post", "journal", "review", "magazine", "guardian", "telegraph", "herald", "tribune"),
        *("independent", "gazette", "quarterly", "daily", "weekly", "week", "today", "mail", "observer"),
        *("chronicle", "newspaper", "bulletin"),
    )
)


def name_of_work(words: str) -> str:
    """Return the field that the words after a title are: what is a work and what its publisher, print sets no apart."""
    if SITE.fullmatch(words):
        return "website"
    folded = words.casefold().split()
    return "work" if folded[0] == "the" or not _PERIODICAL.isdisjoint(folded) else "publisher"
