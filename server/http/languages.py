"""The language in which a reader would like the names of things.

Chosen by `?lang=`, which goes along with every link of the page, else by Accept-Language,
else English. It chooses among the labels that the data has; the words of the pages
themselves are translated by Flask-Babel, where there is a translation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from flask import g, has_request_context, request
from flask_babel import get_locale, refresh
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

PAGE_LANGUAGE: Final = "en"
"""The language that the pages are written in where there is no translation, and in which everything has a label."""
LANGUAGES: Final[Mapping[str, str]] = {PAGE_LANGUAGE: "English", "az": "azərbaycanca", "hy": "հայերեն"}
"""The languages a reader can choose, each under its own name."""

TRANSLATIONS: Final = Path(__file__).parent.parent / "translations"
"""The folder of the translations, `<language>/LC_MESSAGES/messages.mo` each."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the present request is read."""

    language: str = PAGE_LANGUAGE
    is_chosen: bool = False
    """Whether the address says so, and links should go on saying it."""


def present_reading() -> Reading:
    """Return how the present request is read; English outside of one."""
    try:
        # A page asks hundreds of times; outside of any context there is no `g`.
        reading: Reading = g.reading
    except (AttributeError, RuntimeError):
        if not has_request_context():
            return Reading()
        chosen = choose_language(request.args.get("lang", ""))
        reading = g.reading = (
            Reading(chosen, is_chosen=True) if chosen else Reading(prefer(request.headers.get("Accept-Language")))
        )
    return reading


def read_plainly() -> None:
    """Read the rest of the request in English, whatever it asks for: the answer is the same for every reader."""
    g.reading = Reading()
    refresh()


def page_language() -> str:
    """Return the language of the words of the present page; English outside of one."""
    locale = get_locale()
    return PAGE_LANGUAGE if locale is None else str(locale.language)


def choose_language(wanted: str) -> str | None:
    """Return the language of ours that a tag names, `hy` for `hy-AM`; None where it names none."""
    language = wanted.strip().lower().replace("_", "-").partition("-")[0]
    return language if language in LANGUAGES else None


@lru_cache(maxsize=256)
def prefer(accept_language: str | None) -> str:
    """Return the language of ours that an Accept-Language header likes best (RFC 9110, section 12.5.4)."""
    # Not werkzeug's best match, for which a plain `en;q=0.1` outweighs `hy-AM`.
    accepted = parse_accept_header(accept_language, LanguageAccept)
    refused = {tag.lower() for tag, quality in accepted if quality <= 0}
    for tag, quality in accepted:
        language = PAGE_LANGUAGE if tag == "*" else choose_language(tag)
        if language is not None and quality > 0 and language not in refused:
            return language
    return PAGE_LANGUAGE


def with_language(language: str) -> str:
    """Return the address of the present page, query included, with the names in this language."""
    query = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"?{urlencode([*query, ('lang', language)])}"


def translated() -> frozenset[str]:
    """Return the languages that the words of the pages are there in."""
    catalogs = TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo")
    return frozenset({PAGE_LANGUAGE, *(catalog.parent.parent.name for catalog in catalogs)})
