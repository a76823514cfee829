"""A built dataset's file, read through once: its digest, and literals to try a store with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.namespaces import XSD
from graph.releases import QUADS_FILE, Manifest, UnreadableDataset, read_manifest, software_version

_MOST: Final = 40
"""Lexical forms of one datatype that are tried."""
_STRING: Final = XSD + "string"


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset to load: its file, its manifest, and some of its literals by datatype or language tag."""

    file: Path
    manifest: Manifest
    samples: dict[str, tuple[ox.Literal, ...]]


def read_source(folder: Path) -> Source:
    """Return the dataset of a version folder that a build wrote.

    Raises `UnreadableDataset` where there is none, it is damaged, or another version built it.
    """
    file = folder / QUADS_FILE
    manifest = read_manifest(folder)
    if manifest is None:
        raise UnreadableDataset(f"{folder}: not a folder that `battlegraph build` wrote; run it, or name another")
    if manifest.software != (running := software_version()):
        raise UnreadableDataset(
            f"{file}: built by battlegraph {manifest.software}, and this is {running}; run `battlegraph build`"
        )
    reading = _Reading()
    try:
        with file.open("rb") as lines:
            for line in lines:
                reading.add(line)
    except OSError as error:
        raise UnreadableDataset(f"{file}: {error.strerror}") from error
    except SyntaxError as error:
        raise UnreadableDataset(f"{file}: {error.msg}; run `battlegraph build`") from error
    if (digest := reading.digest.hexdigest()) != manifest.quads:
        raise UnreadableDataset(f"{file}: altered since it was built (SHA-256 {digest}); run `battlegraph build`")
    return Source(file, manifest, reading.samples())


class _Reading:
    """What is kept of the lines that were read."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self._found: dict[str, dict[ox.Literal, None]] = {}
        self._longest = b""

    def add(self, line: bytes) -> None:
        self.digest.update(line)
        if b'"' not in line:
            return
        if len(line) > len(self._longest):
            self._longest = line
        literals = self._found.setdefault(_kind(line), {})
        if len(literals) < _MOST:
            literals[_literal(line)] = None

    def samples(self) -> dict[str, tuple[ox.Literal, ...]]:
        if self._longest:
            self._found.setdefault(_kind(self._longest), {})[_literal(self._longest)] = None
        return {kind: tuple(literals) for kind, literals in self._found.items()}


def _kind(line: bytes) -> str:
    """Return the datatype or the language tag of a line's literal, as a key."""
    after = line[line.rindex(b'"') + 1 :]
    if after.startswith(b"^^<"):
        return after[3 : after.index(b">")].decode()
    return after.split(b" ", 1)[0].decode() or _STRING


def _literal(line: bytes) -> ox.Literal:
    term = next(iter(ox.parse(line, format=ox.RdfFormat.N_QUADS))).object
    if not isinstance(term, ox.Literal):
        raise TypeError(f"not a literal: {term}")
    return term
