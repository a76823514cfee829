"""From words to the slug that names a thing, and from several claims of one name to names apart.

No slug holds a number that depends on an order: names that clash get words or the place
of what they are about.
"""

# ruff: noqa: RUF001  letters of other alphabets are what the tables here are about.

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Final

_LONGEST: Final = 60
"""Longer slugs are cut, and told apart by the digest of the whole words."""
_DIGITS: Final = 8

_NOT_DECOMPOSED: Final = "ß:ss æ:ae œ:oe ø:o đ:d ð:d ł:l ə:a ı:i þ:th ħ:h ŋ:n"
"""Latin letters that Unicode does not take apart into a base letter and a mark."""
_CYRILLIC: Final = (
    "а:a б:b в:v г:g ґ:g д:d е:e є:ie ж:zh з:z и:i і:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh "
    "щ:shch ъ: ы:y ь: э:e ю:iu я:ia ј:j љ:lj њ:nj ћ:c џ:dz ђ:d"
)
_GREEK: Final = "α:a β:b γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:ch ψ:ps ω:o"
_FOLDED: Final = MappingProxyType(
    {
        ord(letter): ascii_
        for pair in f"{_NOT_DECOMPOSED} {_CYRILLIC} {_GREEK}".split()
        for letter, _, ascii_ in [pair.partition(":")]
    }
)


def slug_of(words: str) -> str:
    """Return the slug of words: ASCII letters and digits with hyphens between, never empty.

    Words in a script that is not transliterated here are named by their digest.

    >>> slug_of("Niš, Łódź: 1st Ǝ")
    'nis-lodz-1st'
    """
    marked = unicodedata.normalize("NFKD", words.lower())
    base = "".join(c for c in marked if not unicodedata.combining(c)).replace("'", "").replace("\u2019", "")
    folded = base.translate(_FOLDED)
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if not slug:
        return f"x{_digest(words)}"
    if len(slug) > _LONGEST:
        return f"{slug[:_LONGEST].rstrip('-')}-{_digest(words)}"
    return slug


def told_apart(names: Sequence[Sequence[str]]) -> list[str]:
    """Return a slug for each list of words: of the first of them, and of as many more as it takes to tell all apart.

    Lists that are alike to their ends have one slug.

    >>> told_apart([["killed", "phase 1"], ["killed", "phase 2"], ["wounded", "phase 1"]])
    ['killed-phase-1', 'killed-phase-2', 'wounded']
    """
    different = list(dict.fromkeys(map(tuple, names)))
    settled: dict[tuple[str, ...], str] = {}
    taken: set[str] = set()
    for size in range(1, max(map(len, different), default=0) + 1):
        left = {words: _joined(words[:size]) for words in different if words not in settled}
        counts = Counter(left.values())
        settled |= {words: slug for words, slug in left.items() if counts[slug] == 1 and slug not in taken}
        # A name that was tried for several is left to none of them.
        taken |= set(left.values())
    for words in different:
        # What slugs cannot tell apart, as "A-B" and "A B", the words can.
        settled.setdefault(words, f"{_joined(words)}-{_digest(repr(words))}")
    return [settled[tuple(words)] for words in names]


def _joined(words: Iterable[str]) -> str:
    return "-".join(slug_of(one) for one in words if one)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS]
