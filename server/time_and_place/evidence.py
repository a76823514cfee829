"""The evidence of a cross-link as a table shows it: what the sources are called, and shorter words.

Evidence names its sources one after the other, with a semicolon between them: each by its
name, then the file or the version of it in which something stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_NEXT: Final = re.compile(r";\s+")
_AFTER_NAME: Final = re.compile(r"\s+at commit\b|,\s|\s\(")
_DIGEST: Final = re.compile(r"\b([0-9a-f]{7})[0-9a-f]{33}(?:[0-9a-f]{24})?\b")
_LONGEST_NAME: Final = 60


def name_sources(evidence: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the sources, each once.

    >>> name_sources(["Who's On First, file 85668611; a gazetteer at commit 7fda0af."])
    ("Who's On First", 'a gazetteer')
    """
    named = (_AFTER_NAME.split(source, maxsplit=1)[0].rstrip(".") for text in evidence for source in _NEXT.split(text))
    return tuple(dict.fromkeys(f"{x[:_LONGEST_NAME]}…" if len(x) > _LONGEST_NAME else x for x in named if x))


def shorten_digests(text: str) -> str:
    """Return the text with the first seven digits of each commit and digest, which is how they are spoken of.

    >>> shorten_digests("at commit 7fda0afd3e75391d9480c22ed3a2b91f50e08eb6, states.csv")
    'at commit 7fda0af, states.csv'
    """
    return _DIGEST.sub(r"\1", text)
