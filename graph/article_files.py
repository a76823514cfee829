"""The files of one article as bytes: all that building it needs, so that another machine can do it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.issues import InvalidSources, Issue

_SUFFIXES: Final = frozenset({".ttl", ".txt", ".wiki"})


@dataclass(frozen=True, slots=True)
class ArticleFiles:
    """What a folder of an article holds."""

    folder: Path
    """Where they were read, for messages."""
    contents: Mapping[str, bytes]
    """By file name, in the order of the names."""

    @property
    def slug(self) -> str:
        """The folder's name, which the article has too."""
        return self.folder.name

    def digest(self) -> str:
        """Return the SHA-256 of the files' names and contents, wherever the folder is."""
        total = hashlib.sha256(self.slug.encode())
        for name, content in self.contents.items():
            total.update(f"\n{name}\n{hashlib.sha256(content).hexdigest()}".encode())
        return total.hexdigest()


def read_article_files(folder: Path) -> ArticleFiles:
    """Return the files of a folder that say something of an article.

    Raises `InvalidSources` where one cannot be read.
    """
    paths = sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES and not path.name.startswith("."))
    return ArticleFiles(folder, {path.name: read_source(path) for path in paths})


def read_source(path: Path) -> bytes:
    """Return what a file of the sources holds; raise `InvalidSources` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidSources([missing_source(path, error.strerror or str(error))]) from error


def missing_source(path: Path, why: str) -> Issue:
    """Return the issue of a file that is wanted and cannot be read."""
    return Issue(path, None, why, "Put a file there that you can read.")
