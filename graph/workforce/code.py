"""Which code a process runs, told by its bytes: a version number stays the same while code changes."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from graph.paths import ARTICLES, DATASET, ONTOLOGY, RELEASED, ROOT, SHAPES

_SUFFIXES: Final = frozenset({".py", ".rq", ".ttl"})
_GIVEN: Final = frozenset({ARTICLES, DATASET, RELEASED})
"""What is worked on, which comes with the tasks."""


def running_code() -> str:
    """Return what tells this process's code from other code, in words.

    It names interpreter and RDF engine, and a digest of every module and of the vocabulary,
    shapes and shared things that they read.
    """
    total = hashlib.sha256()
    for file in sorted(_files()):
        total.update(f"{file.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    interpreter = ".".join(platform.python_version_tuple()[:2])
    return (
        f"battlegraph {version('battlegraph')} ({total.hexdigest()[:12]}), "
        f"Python {interpreter}, pyoxigraph {version('pyoxigraph')}"
    )


def _files() -> Iterator[Path]:
    for folder in (*(ROOT / "graph").iterdir(), ROOT / "server", ONTOLOGY, SHAPES):
        if folder not in _GIVEN:
            yield from (file for file in (folder, *folder.rglob("*")) if file.suffix in _SUFFIXES)
