"""How the texts of a release for people are set: lines that any screen holds, and entries below their names."""

from __future__ import annotations

import textwrap
from typing import Final

WIDTH: Final = 78
INDENT: Final = "    "


def wrapped(text: str) -> str:
    """Return a paragraph."""
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def entry(name: str, text: str) -> str:
    """Return a name with what is to be said of it below."""
    told = textwrap.fill(
        text,
        WIDTH,
        initial_indent=INDENT,
        subsequent_indent=INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"{name}\n{told}\n"
