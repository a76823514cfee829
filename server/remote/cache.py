"""Answers of a store, kept as long as there is room: a version in a store never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


class Kept(Generic[Key, Item]):
    """Sequences by key, those that were longest not asked for given up first; safe in any number of threads."""

    def __init__(self, most: int, weigh: Callable[[Sequence[Item]], int] = len) -> None:
        """Keep sequences that together weigh at most so much, by default as many items; one weighs at least 1."""
        self._most = most
        self._weigh = weigh
        self._size = 0
        self._kept: OrderedDict[Key, Sequence[Item]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key) -> Sequence[Item] | None:
        """Return what is kept under this key, None where nothing is."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, found: Mapping[Key, Sequence[Item]]) -> None:
        """Keep these, in place of what was there."""
        with self._lock:
            for key, items in found.items():
                if key in self._kept:
                    self._size -= self._weight(self._kept.pop(key))
                self._kept[key] = items
                self._size += self._weight(items)
            while self._size > self._most and self._kept:
                _, items = self._kept.popitem(last=False)
                self._size -= self._weight(items)

    def __contains__(self, key: Key) -> bool:
        """Tell whether there is something under this key, without asking for it."""
        return key in self._kept

    def _weight(self, items: Sequence[Item]) -> int:
        return max(1, self._weigh(items))
