"""Subjects of canonical N-Quads, each together with its parts, in one walk through the sorted lines.

The parts of a subject are named after it, as `…/anchor/1` and `…/anchor/1#quote`. Sorted,
parts stand before their whole, and between them at most subjects whose names go on
differently, as `…/anchor/12`; so few families are open at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

_Item = TypeVar("_Item", bound=Sized)


def families(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of each subject and its parts, in the order of the lines; the families in no order."""
    waiting: list[tuple[bytes, list[bytes]]] = []
    for line in lines:
        subject = line[: line.index(b" ")]
        name = subject.partition(b"#")[0].removesuffix(b">")
        while waiting and waiting[-1][0] != name and subject > waiting[-1][0] + b">":
            yield b"".join(waiting.pop()[1])
        if not waiting or waiting[-1][0] != name:
            waiting.append((name, []))
        waiting[-1][1].append(line)
    while waiting:
        yield b"".join(waiting.pop()[1])


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
