"""The language in which a reader gets a page, told by maps: what `server.http.languages` finds.

One thing is not told: a language that the header refuses (`hy;q=0`) is still chosen for a
regional form of it (`hy-AM`) beside the refusal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from server.http.languages import LANGUAGES, PAGE_LANGUAGE
from server.static_site.mapping import Map
from server.static_site.preference import BEST, Header, best_quality, member_of_best

LANGUAGE: Final = "reader_language"
_HEADER: Final = "http_accept_language"
_SUBTAGS: Final = "(?:[-_][a-z0-9]*+)*+"


def language_maps() -> Iterator[Map]:
    """Yield the maps that give `$reader_language`: by `?lang=`, else by Accept-Language, else English."""
    names = "|".join(LANGUAGES)
    best = f"{LANGUAGE}_best"
    yield from best_quality(best, Header(_HEADER), f"(?:{names}){_SUBTAGS}")
    liked = f"{LANGUAGE}_liked"
    captured = member_of_best(f"({names}){_SUBTAGS}", 1)
    yield Map(liked, f"${best}|${_HEADER}", ((f"^{BEST}{captured}", "$3"),), PAGE_LANGUAGE)
    # Whatever the case in which the header has it.
    named = f"{LANGUAGE}_named"
    yield Map(named, f"${liked}", tuple((f"^{language}$", language) for language in LANGUAGES))
    chosen = tuple((f"^{language}(?:[-_]|$)", language) for language in LANGUAGES)
    yield Map(LANGUAGE, "$arg_lang", chosen, f"${named}")
