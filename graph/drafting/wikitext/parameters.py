"""The names of parameters of Citation Style 1: one for each, whatever a template was given.

After the documentation of {{cite book}} and its siblings and Module:Citation/CS1/Configuration.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

_SYNONYMS: Final = MappingProxyType(
    {
        canonical: tuple(names.split())
        for canonical, names in (
            ("access-date", "accessdate access"),
            ("agency", "news-agency newsagency"),
            ("archive-date", "archivedate"),
            ("archive-url", "archiveurl"),
            ("at", "loc"),
            ("author", "authors people host credits subject"),
            ("author-link", "authorlink subject-link subjectlink"),
            ("author-mask", "authormask"),
            ("chapter", "contribution entry article section"),
            ("chapter-url", "chapterurl contribution-url entry-url article-url section-url"),
            ("date", "air-date airdate"),
            ("display-authors", "displayauthors"),
            ("editor-link", "editorlink"),
            ("first", "given author-first"),
            ("issue", "number"),
            ("language", "lang in"),
            ("last", "surname author-last"),
            ("location", "place"),
            ("orig-date", "orig-year origyear origdate"),
            ("others", "other"),
            ("page", "p"),
            ("pages", "pp"),
            ("publication-date", "publicationdate"),
            ("publication-place", "publicationplace"),
            ("publisher", "distributor institution newsgroup"),
            ("quote", "quotation"),
            ("series", "version"),
            ("title", "trans-work"),
            ("title-link", "titlelink episode-link episodelink"),
            ("trans-chapter", "transchapter trans_chapter"),
            ("trans-quote", "trans-quotation"),
            ("trans-title", "transtitle"),
            ("type", "medium degree"),
            ("url", "URL"),
            ("url-status", "deadurl dead-url"),
            ("work", "newspaper journal magazine website periodical mailinglist program"),
        )
    }
)
_CANONICAL: Final = MappingProxyType({name: one for one, names in _SYNONYMS.items() for name in names})
_NUMBERED: Final = re.compile(
    r"(last|first|author|surname|given|editor|translator|interviewer|contributor|subject|host)-?(\d{0,2})"
    r"(?:-?(last|first|link|mask|surname|given))?-?(\d{0,2})"
)
_PARTS: Final = MappingProxyType({"surname": "last", "given": "first", "subject": "author", "host": "author"})
_TWEETS: Final = frozenset(("cite tweet",))


def canonical(name: str, template: str) -> str:
    """Return the one name of a parameter: lower case, hyphens, its synonyms and "1" folded.

    >>> canonical("editor1first", "cite book"), canonical("accessdate", "cite web")
    ('editor-first', 'access-date')
    """
    bare = "-".join(name.lower().replace("_", "-").split())
    if bare == "number" and template in _TWEETS:
        return bare
    if bare in _CANONICAL:
        return _CANONICAL[bare]
    if found := _NUMBERED.fullmatch(bare):
        person, before, part, after = found.groups()
        person, part = _PARTS.get(person, person), _PARTS.get(part or "", part)
        number = before or after or "1"
        if person == "author" and part in {"last", "first"}:
            person, part = part, None
        return (person + (f"-{part}" if part else "")) + ("" if number == "1" else number)
    return bare
