"""Names of languages in English to their tags of BCP 47 (RFC 5646), as the Unicode CLDR names them."""

from __future__ import annotations

import unicodedata
from functools import cache
from types import MappingProxyType
from typing import Final

from babel import Locale

_OTHER_NAMES: Final = MappingProxyType(
    {
        "castilian": "es",
        "classical chinese": "lzh",
        "classical latin": "la",
        "dari": "prs",
        "farsi": "fa",
        "flemish": "nl-BE",
        "kurmanji": "kmr",
        "mandarin": "zh",
        "mandarin chinese": "zh",
        "ottoman": "ota",
        "persian": "fa",
        "scots gaelic": "gd",
        "serbo-croatian": "sh",
        "serbo-croat": "sh",
        "slovene": "sl",
        "tagalog": "tl",
        "classical armenian": "xcl",
    }
)
_ROMANISATIONS: Final = MappingProxyType(
    {
        "hepburn": "ja-Latn-hepburn",
        "pinyin": "zh-Latn-pinyin",
        "hanyu pinyin": "zh-Latn-pinyin",
        "rōmaji": "ja-Latn",
        "romaji": "ja-Latn",
        "wade-giles": "zh-Latn-wadegile",
        "wade\u2013giles": "zh-Latn-wadegile",
    }
)
"""Romanisations that belong to one language; the variants are those of the IANA registry."""


@cache
def _tags() -> MappingProxyType[str, str]:
    # The same names in each process, so that remembering them is no state; the file of English takes 30 ms to read.
    names = {name.casefold(): code.replace("_", "-") for code, name in Locale("en").languages.items()}
    return MappingProxyType(names | _OTHER_NAMES | _ROMANISATIONS)


def tag_of(name: str) -> str | None:
    """Return the tag of the language of this name: "Azerbaijani" is `az`, "Pinyin" is `zh-Latn-pinyin`."""
    return _tags().get(name.casefold())


def romanised(tag: str | None) -> str | None:
    """Return the tag of the language in Latin letters."""
    return f"{tag.split('-')[0]}-Latn" if tag else None


def is_latin(text: str) -> bool:
    """Tell whether the first letter is a Latin one."""
    first = next(filter(str.isalpha, text), "")
    return bool(first) and unicodedata.name(first, "").startswith("LATIN")
