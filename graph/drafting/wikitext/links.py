"""Targets of wikilinks: pages, files, flags."""

from __future__ import annotations

import re
from typing import Final

from graph.drafting.wikitext.covers import COVER

_FILES: Final = ("file:", "image:", "media:")
_OTHER_NAMESPACES: Final = (
    "category:",
    "template:",
    "wikipedia:",
    "help:",
    "portal:",
    "user:",
    "talk:",
    "special:",
    "draft:",
)
_INTERWIKI: Final = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{2,12})?|wikt|wiktionary|commons|wikisource|wikidata|simple|species)\s*:\S"
)
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2,3}|simple|zh-[a-z-]{2,12}|be-x-old|roa-rup)\s?:\S")
_FLAG_FILE: Final = re.compile(
    r"(?:naval |war |state |civil )?(?:flag|ensign|banner|standard)[ _]of[ _](?:the[ _])?"
    r"(?P<whose>[^.]{1,80}?)(?:[ _]?\([^()]{0,60}\))?\.\w{3,4}$",
    re.IGNORECASE,
)


def is_file(title: str) -> bool:
    """Tell whether a link shows a picture."""
    return title.lstrip().lower().startswith(_FILES)


def leads_out(title: str) -> bool:
    """Tell whether a link shows nothing where it stands: a category, the article in another language."""
    page = title.strip().lower()
    return page.startswith("category:") or (_LANGUAGE.match(page) is not None)


def flag_of_file(title: str) -> str | None:
    """Return whose flag a file is by its name: "Flag of France (1830).svg" is France's."""
    found = _FLAG_FILE.match(title.partition(":")[2].strip()[:200])
    return found.group("whose").replace("_", " ").strip() if found else None


def page_title(title: str) -> str | None:
    """Return the page that a link leads to, or None where it leads to no article of this wiki.

    >>> page_title("german_people#History")
    'German people'
    """
    page = " ".join(title.replace(COVER, "").partition("#")[0].replace("_", " ").split()).lstrip(":").strip()
    if not page or page.lower().startswith((*_FILES, *_OTHER_NAMESPACES)) or _INTERWIKI.match(page):
        return None
    return page[0].upper() + page[1:]
