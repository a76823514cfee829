"""Names of persons that a renderer ran together, parted where the article's prose has them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from graph.drafting.document import Document

_CAPITAL: Final = re.compile(r"[^\W\d_][\w.'\u2019-]*")


def parted(text: str, words: Sequence[tuple[int, int]], document: Document) -> tuple[int, ...]:
    """Return the numbers of the words with which a further name begins; none where the prose does not tell.

    Two words that stand side by side in the prose belong to one name. The names so found must
    account for every word, each with at least two.
    """
    known = _neighbours(tuple(line.text for line in document.prose))
    written = [text[start:end].strip(",;") for start, end in words]
    cuts = tuple(at + 1 for at, pair in enumerate(pairwise(written)) if pair not in known)
    edges = [0, *cuts, len(written)]
    return cuts if all(last - first > 1 for first, last in pairwise(edges)) else ()


@lru_cache(maxsize=4)
def _neighbours(paragraphs: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Return the pairs of capitalised words that stand side by side in the prose."""
    found: set[tuple[str, str]] = set()
    for paragraph in paragraphs:
        spans = [
            (match.start(), match.end(), match[0].removesuffix("'s").removesuffix("\u2019s").rstrip("."))
            for match in _CAPITAL.finditer(paragraph)
        ]
        for (_, end, one), (start, _, other) in pairwise(spans):
            if paragraph[end:start] == " " and one[:1].isupper() and other[:1].isupper():
                found.add((one, other))
    return frozenset(found)
