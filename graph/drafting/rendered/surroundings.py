"""Words of the site around an article: navigation, banners, notes to the reader, a mirror's credit."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

NAVIGATION: Final = "Navigation of the site."
CREDIT: Final = "Credit of the site that shows the article."
BANNER: Final = "A banner about the state of the article."
TO_THE_READER: Final = "A note to the reader that leads to other articles."
DAMAGE: Final = "An error that the site's software prints in place of a reference."

_WHOLE: Final = MappingProxyType(
    dict.fromkeys(
        (
            "article",
            "change",
            "change source",
            "contents",
            "edit",
            "edit links",
            "edit source",
            "get our extension",
            "hide",
            "history",
            "languages",
            "main menu",
            "menu",
            "navigation menu",
            "read",
            "search",
            "show",
            "talk",
            "toggle the table of contents",
            "tools",
            "v",
            "t",
            "e",
            "v t e",
            "vte",
            "view history",
            "[edit]",
            "[hide]",
            "[show]",
            "top",
            "back to top",
        ),
        NAVIGATION,
    )
)
_BEGINNINGS: Final = (
    ("jump to ", NAVIGATION),
    ("*** welcome to ", NAVIGATION),
    ("welcome to ", NAVIGATION),
    ("from wikipedia", CREDIT),
    ("from simple english wikipedia", CREDIT),
    ("developed by ", CREDIT),
    ("powered by ", CREDIT),
    ("retrieved from ", CREDIT),
    ("this page was last ", CREDIT),
    ("this page is based on ", CREDIT),
    ("text is available under ", CREDIT),
    ("content is available under ", CREDIT),
    ("wikipedia®", CREDIT),
    ("source: wikipedia", CREDIT),
    ("copyright ", CREDIT),
    ("©", CREDIT),
    ("all rights reserved", CREDIT),
    ("privacy policy", CREDIT),
    ("category:", NAVIGATION),
    ("categories:", NAVIGATION),
    ("hidden categories:", NAVIGATION),
    ("this article is issued from ", CREDIT),
    ("this article uses material ", CREDIT),
    ("this is an old revision of this page", CREDIT),
    ("the text is licensed under ", CREDIT),
    ("additional terms may apply", CREDIT),
    ("our website is made possible ", NAVIGATION),
    ("please consider supporting us ", NAVIGATION),
    ("this article is about ", TO_THE_READER),
    ("this article needs ", BANNER),
    ("this article documents ", BANNER),
    ("this article includes ", BANNER),
    ("this article may ", BANNER),
    ("this article has ", BANNER),
    ("this article is ", BANNER),
    ("this article contains ", BANNER),
    ("this article relies ", BANNER),
    ("this section ", BANNER),
    ("please help ", BANNER),
    ("learn how and when to remove ", BANNER),
    ("for other ", TO_THE_READER),
    ("(redirected from ", TO_THE_READER),
    ("for the ", TO_THE_READER),
    ("not to be confused with ", TO_THE_READER),
    ("main article:", TO_THE_READER),
    ("main articles:", TO_THE_READER),
    ("see also:", TO_THE_READER),
    ("further information:", TO_THE_READER),
    ("was invoked but never defined", DAMAGE),
)
_REDIRECTS: Final = re.compile(r"^.{1,120} redirects? here\.")
_DAMAGED: Final = re.compile(r"\bwas invoked but never defined \(see the help page\)\.?$")
_SENTENCE: Final = 400
"""Longer rows are prose, whatever they begin with."""


def why_apart(text: str) -> str | None:
    """Return why a row of these words is none of the article's; None where it is."""
    words = " ".join(text[: _SENTENCE + 1].split()).strip("| ")
    if len(words) > _SENTENCE:
        return None
    folded = words.casefold()
    if folded in _WHOLE:
        return _WHOLE[folded]
    for beginning, reason in _BEGINNINGS:
        if folded.startswith(beginning) and (not beginning.startswith("for ") or ", see " in folded):
            return reason
    if _REDIRECTS.match(words):
        return TO_THE_READER
    return DAMAGE if _DAMAGED.search(words) else None
