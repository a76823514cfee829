"""What stands in the text for the parser where it may not see the source, and what was found there.

They are noncharacters, which no text interchanges (Unicode, section 23.7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.anchors import Span
from graph.drafting.document import Trouble

COVER: Final = "\ufdd0"
"""For each code point that shows nothing."""
TAG: Final = "\ufdd1"
"""For the first code point of a plain HTML tag."""
STRAY: Final = "\ufdd2"
"""For a code point of a bracket that has no partner, and shows itself."""
RESERVED: Final = (COVER, TAG, STRAY)


@dataclass(frozen=True, slots=True)
class HtmlTag:
    """A plain HTML tag: `<br />`, `<small>`, `</div>`; or a <ref> that has no partner."""

    name: str
    closing: bool


@dataclass(frozen=True, slots=True)
class Balanced:
    """A source whose brackets have been looked at."""

    source: str
    text: str
    """As long as the source; what the parser may not see is covered."""
    tags: dict[int, HtmlTag]
    """The plain HTML tags, by where they start."""
    comments: list[Span]
    tables: list[Span]
    """Tables of wiki markup that stand in no template, the outermost."""
    unclosed: list[int]
    """Where templates start that are never closed."""
    troubles: list[Trouble]
    """What was found damaged; those who read on add to it."""
