"""The licences that we publish under, by the names that archives know them by (SPDX)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence with its names."""

    iri: str
    name: str
    spdx: str | None = None
    """Its identifier in the SPDX license list."""


_KNOWN: Final = (
    Licence(
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "Creative Commons Attribution-ShareAlike 4.0 International",
        "CC-BY-SA-4.0",
    ),
    Licence("https://creativecommons.org/publicdomain/zero/1.0/", "Creative Commons Zero v1.0 Universal", "CC0-1.0"),
)
_BY_IRI: Final = MappingProxyType({licence.iri: licence for licence in _KNOWN})

OF_VOCABULARY: Final = _KNOWN[1]
"""What the ontology and the shapes are under."""


def find_licence(iri: str) -> Licence:
    """Return the licence of this IRI, which is its only name where we do not know it."""
    return _BY_IRI.get(iri) or Licence(iri, iri)
