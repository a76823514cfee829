"""Subjects of canonical N-Quads, each together with its parts, in one walk through the sorted lines.

The parts of a subject are named after it, as `…/anchor/1` and `…/anchor/1#quote`. Sorted,
parts stand before their whole, and between them at most subjects whose names go on
differently, as `…/anchor/12`; so few families are open at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeVar

from graph.namespaces import RDF, VOID

_Item = TypeVar("_Item", bound=Sized)


_TELLING: Final = frozenset(f"<{iri}>".encode() for iri in (RDF + "type", VOID + "class", VOID + "property"))
"""Properties that tell where the whole stands (`server.terms.reading_order`)."""


@dataclass(frozen=True, slots=True)
class Family:
    """Lines of a subject and its parts, or of some of them."""

    lines: bytes
    known: bytes = b""
    """What is said of the whole where it is not among the lines, as far as the places of its parts depend on it."""

    def __len__(self) -> int:
        """Return the bytes that there are to read."""
        return len(self.lines) + len(self.known)


def families(lines: Iterable[bytes]) -> Iterator[Family]:
    """Yield each subject with its parts, from lines in their canonical order; the families in no order."""
    waiting: list[tuple[bytes, list[bytes]]] = []
    for line in lines:
        subject = _subject(line)
        name = name_of_whole(subject)
        while waiting and waiting[-1][0] != name and subject > waiting[-1][0] + b">":
            yield Family(b"".join(waiting.pop()[1]))
        if not waiting or waiting[-1][0] != name:
            waiting.append((name, []))
        waiting[-1][1].append(line)
    while waiting:
        yield Family(b"".join(waiting.pop()[1]))


def large_families(lines: Iterable[bytes], size: int) -> Iterator[Family]:
    """Yield each subject and then its parts, some at a time, from lines in the order of `large_family_key`."""
    for name, members in groupby(lines, key=lambda line: name_of_whole(_subject(line))):
        about = _Whole([], {})
        for some in gathered(_subjects(name, members, about), size):
            parts = {_subject(said) for said in some}
            known = [*about.telling, *(line for part in parts for line in about.leading.get(part, ()))]
            yield Family(b"".join(some), b"".join(known))


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is said of a whole, as far as the places of its parts depend on it."""

    telling: list[bytes]
    leading: dict[bytes, list[bytes]]
    """By the part that it leads to."""


def large_family_key(line: bytes) -> tuple[bytes, bool, bytes]:
    """Return what puts subjects before their parts."""
    subject = _subject(line)
    return name_of_whole(subject), b"#" in subject, line


def _subjects(name: bytes, lines: Iterable[bytes], about: _Whole) -> Iterator[bytes]:
    """Yield what is said of each subject, and note what is said of the whole."""
    for subject, said in groupby(lines, key=_subject):
        own = list(said)
        for line in own if subject == name + b">" else ():
            _, predicate, rest = line.split(b" ", 2)
            if predicate in _TELLING:
                about.telling.append(line)
            elif rest.startswith(name + b"#"):
                about.leading.setdefault(rest[: rest.index(b">") + 1], []).append(line)
        yield b"".join(own)


def _subject(lines: bytes) -> bytes:
    return lines[: lines.index(b" ")]


def name_of_whole(subject: bytes) -> bytes:
    """Return what the names of a subject, and of all that are parts of the same whole, begin with."""
    return subject.partition(b"#")[0].removesuffix(b">")


def gathered(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    """Yield the items some at a time: as many as come to this length in all, or a single one that is longer."""
    batch: list[_Item] = []
    held = 0
    for item in items:
        batch.append(item)
        held += len(item)
        if held >= size:
            yield tuple(batch)
            batch, held = [], 0
    if batch:
        yield tuple(batch)
