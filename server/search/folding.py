"""The forms under which names are compared: without case, marks and punctuation, and in Latin letters.

Pure functions of text, the same for a label and for what a reader types. `fold` keeps the
script: full case folding and compatibility decomposition (Unicode 15, sections 3.13 and
3.11) with the marks left out. `romanise` writes other scripts, and the letters that English
spells with two, in plain Latin ones, by the tables of BGN/PCGN without their apostrophes.
"""

# Letters of three scripts are what this is about.
# ruff: noqa: RUF001, RUF002, RUF003

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

# Letters that have no decomposition; of ə two spellings are in use, and `romanise` has the other.
_PLAIN: Final = str.maketrans(
    {"ə": "e", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"}
)
# Within a word: apostrophes, those of romanisations too, and the Armenian marks of tone, which follow a vowel.
_WITHIN_WORDS: Final = frozenset("'`‘’ʻʼʾʿ′՚՛՜՞")

# BGN/PCGN 1981; և and the old spelling եւ are the same here. ե and ո are different at the beginning of a word.
_ARMENIAN: Final = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "y", "թ": "t", "ժ": "zh", "ի": "i",
    "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh", "ճ": "ch", "մ": "m", "յ": "y", "ն": "n",
    "շ": "sh", "ո": "o", "չ": "ch", "պ": "p", "ջ": "j", "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "ts",
    "ւ": "v", "փ": "p", "ք": "k", "օ": "o", "ֆ": "f",
}  # fmt: skip
_ARMENIAN_GROUPS: Final = ((re.compile("ու"), "u"), (re.compile(r"\bե(?!ւ\b)"), "ye"), (re.compile(r"\bո"), "vo"))
# BGN/PCGN 1947 for Russian, with the letters of Ukrainian and of Azerbaijani as it was written until 1991.
_CYRILLIC: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ә": "a", "ғ": "gh", "ҹ": "j", "ө": "o", "ү": "u", "һ": "h",
    "ҝ": "g", "ј": "y",
}  # fmt: skip
# BGN/PCGN 1993 for Azerbaijani, with ə as it is written in English.
_LATIN: Final = {"ə": "a", "ş": "sh", "ç": "ch", "ğ": "gh"}
_LETTERS: Final = str.maketrans({**_ARMENIAN, **_CYRILLIC, **_LATIN})
# Russian has no h, and writes that of other languages as г: Гадрут is Hadrut.
_RUSSIAN_H: Final = str.maketrans("гГ", "һҺ")
# The letters of Europe and its neighbours, punctuation and forms of compatibility.
_FOLDABLE: Final = (*range(0x700), *range(0x10A0, 0x1100), *range(0x1C80, 0x1CC0), *range(0x1D00, 0x2C80),
                    *range(0x2D00, 0x2D30), *range(0x3000, 0x3040), *range(0xA720, 0xA800), *range(0xAB30, 0xAB70),
                    *range(0xFB00, 0xFB20), *range(0xFE00, 0xFE70), *range(0xFF00, 0xFFF0))  # fmt: skip
_DESIGNATION: Final = re.compile(r"\b([a-z]{1,4}) (?=\d)")


class _Folded(dict[int, str]):
    """What each character is folded to, remembered: a table for `str.translate`."""

    def __missing__(self, codepoint: int) -> str:
        before, text = "", chr(codepoint)
        while text != before:
            before, text = text, "".join(map(_keep, unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)))
        self[codepoint] = text
        return text


def _keep(character: str) -> str:
    category = unicodedata.category(character)
    if character in _WITHIN_WORDS or category[0] == "M" or category == "Cf":
        # Case folding makes a letter of this mark, so it is one in every form of the text.
        return "ι" if character == "\u0345" else ""
    return character if category[0] in "LN" else " "


_FOLDED: Final = _Folded()


def fold(text: str) -> str:
    r"""Return words of letters and digits with single spaces between them; empty where there are none.

    >>> fold("  HADRUT\u00a0döyüşü («2020») ")
    'hadrut doyusu 2020'

    Character by character, so that text in any normalisation form, and folded text, gives the same.
    """
    return " ".join(text.translate(_FOLDED).split())


def romanise(text: str) -> str:
    """Return the folded text as English would spell it; Latin letters without a mark stay what they are.

    >>> romanise("Երևան, Şuşa, Гадрут")
    'yerevan shusha gadrut'
    """
    letters = unicodedata.normalize("NFKC", text.casefold())
    if not letters.isascii():
        letters = "".join("" if character in _WITHIN_WORDS else character for character in letters)
        for pattern, latin in _ARMENIAN_GROUPS:
            letters = pattern.sub(latin, letters)
        # Once more for letters that have others' marks.
        letters = fold(letters.translate(_LETTERS)).translate(_LETTERS)
    return fold(letters)


def spellings(text: str) -> tuple[str, ...]:
    """Return the other folded forms under which a name is found, the likeliest first; none for most.

    In Latin letters, Russian г as g and as h; and a designation in one word, `t72` for T-72.
    """
    folded = fold(text)
    # Most names by far, and romanising takes three times as long as folding.
    forms = [] if text.isascii() else [romanise(text), romanise(text.translate(_RUSSIAN_H))]
    forms += [_DESIGNATION.sub(r"\1", form) for form in (folded, *forms)]
    return tuple(form for form in dict.fromkeys(forms) if form != folded)


def tables() -> dict[str, object]:
    """Return what a program in another language needs to fold and to romanise as these functions do.

    `folded` has what each letter is folded to where that is not what its lower case without marks is; `within`
    (marks in words that are left out), `latin` and `groups` (patterns, then what they become) are for `romanise`.
    """
    letters = [chr(code) for code in _FOLDABLE if unicodedata.category(chr(code)) != "Cn"]
    folded = {letter: form for letter in letters if (form := letter.translate(_FOLDED)) != letter}
    return {
        "folded": folded,
        "within": "".join(sorted(_WITHIN_WORDS)),
        "latin": {chr(code): form for code, form in _LETTERS.items()},
        "groups": [[pattern.pattern, latin] for pattern, latin in _ARMENIAN_GROUPS],
    }


def marked(text: str, words: Iterable[str]) -> Sequence[tuple[str, bool]]:
    """Return the text in parts, and of each whether its folded form is one of the words.

    A word is marked where it begins one of the text's, else wherever it stands.
    """
    folded, places = _with_places(text)
    hits = [False] * len(text)
    for word in sorted(set(words) - {""}, key=len, reverse=True):
        found = re.compile(rf"(?<!\S){re.escape(word)}"), re.compile(re.escape(word))
        for match in next((all_ for each in found if (all_ := [*each.finditer(folded)])), []):
            for place in range(places[match.start()], places[match.end() - 1] + 1):
                hits[place] = True
    parts: list[tuple[str, bool]] = []
    for character, hit in zip(text, hits, strict=True):
        # A mark goes with its letter.
        if parts and (parts[-1][1] == hit or not character.translate(_FOLDED)):
            parts[-1] = (parts[-1][0] + character, parts[-1][1])
        else:
            parts.append((character, hit))
    return parts


def _with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text, spaces as they come, and for each of its characters its place in the text."""
    folded = [character.translate(_FOLDED) for character in text]
    return "".join(folded), [place for place, form in enumerate(folded) for _ in form]
