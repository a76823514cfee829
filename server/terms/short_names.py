"""The names that IRIs have in one document, and the prefixes those need.

A document declares what it uses and no more, so its prefixes are known when the rest of
it is written.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Final

from graph.namespaces import PREFIXES, curie

short_name: Final = lru_cache(maxsize=20_000)(curie)
"""`graph.namespaces.curie`, remembered: documents use the same terms over and over."""


class ShortNames:
    """Names of IRIs as `prefix:local`, and which prefixes they took."""

    def __init__(self, *, without: Collection[str] = ()) -> None:
        """Give no name with one of these prefixes."""
        self._without = without
        self._names: dict[str, str | None] = {}

    def of(self, iri: str) -> str | None:
        """Return the short name of an IRI, None where it has none."""
        try:
            return self._names[iri]
        except KeyError:
            name = short_name(iri)
            if name is not None and name.partition(":")[0] in self._without:
                name = None
            self._names[iri] = name
            return name

    def prefixes(self) -> dict[str, str]:
        """Return the prefixes of all names given so far, in their usual order."""
        return in_usual_order({name.partition(":")[0] for name in self._names.values() if name is not None})


def in_usual_order(prefixes: Collection[str]) -> dict[str, str]:
    """Return these prefixes in their usual order, each with its namespace."""
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix in prefixes}
