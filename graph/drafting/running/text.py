"""The text in an article's file: UTF-8, line ends untouched, and no more than an article can have."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from graph.drafting.document import UnreadableArticle

_LARGEST: Final = 16_000_000
"""Bytes of a file that are read: as many as four million characters can take."""


def read_content(file: Path) -> bytes:
    """Return a file's bytes; raise `UnreadableArticle` where it cannot be read or is longer than any article."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
    except OSError as error:
        raise UnreadableArticle(f"{error.strerror}; put the text there, readable to you") from error
    if len(content) > _LARGEST:
        raise UnreadableArticle(
            f"it has more than {_LARGEST:,} bytes; no article is as long, so this is something else"
        )
    return content


def text_of(content: bytes) -> str:
    """Return the text that the bytes of a file are; raise `UnreadableArticle` where they are none."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableArticle(
            f"line {_line(content, error.start)}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from error
    if (nul := content.find(b"\0")) >= 0:
        raise UnreadableArticle(f"line {_line(content, nul)}: byte {nul} is NUL, which no text holds; save it as text")
    return text


def _line(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1
