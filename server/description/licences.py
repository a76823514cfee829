"""The licences that we publish under, by the names that archives know them by (SPDX), and what is under which.

The data as a whole has the licence that it states. What is ours alone in it and around it
has another: the vocabulary and the shapes, as files and as the named graphs that hold
them, and the rules, which are part of the software. This is the one place that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.iris import ONTOLOGY_IRI, SHAPES_IRI


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
    Licence("https://www.apache.org/licenses/LICENSE-2.0", "Apache License 2.0", "Apache-2.0"),
    # Those of registers that the data has something from.
    Licence("https://creativecommons.org/licenses/by/2.0/", "Creative Commons Attribution 2.0 Generic", "CC-BY-2.0"),
    Licence(
        "https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International", "CC-BY-4.0"
    ),
    Licence(
        "https://opendatacommons.org/licenses/odbl/1-0/", "Open Data Commons Open Database License v1.0", "ODbL-1.0"
    ),
    Licence("https://spdx.org/licenses/BSD-3-Clause", 'BSD 3-Clause "New" or "Revised" License', "BSD-3-Clause"),
    Licence("https://spdx.org/licenses/MIT", "MIT License", "MIT"),
)
_BY_IRI: Final = MappingProxyType({licence.iri: licence for licence in _KNOWN})

OF_VOCABULARY: Final = _KNOWN[1]
"""What the ontology and the shapes are under."""
OF_SOFTWARE: Final = _KNOWN[2]
"""What the software is under, and with it the rules."""
VOCABULARY_GRAPHS: Final[Mapping[str, str]] = MappingProxyType({"ontology": ONTOLOGY_IRI, "shapes": SHAPES_IRI})
"""The named graphs that hold the vocabulary and the shapes, each with what states its licence."""
_FOLDERS: Final[Mapping[str, Licence]] = MappingProxyType(
    {
        "ontology/": OF_VOCABULARY,
        "shapes/": OF_VOCABULARY,
        **{f"graphs/{name}.": OF_VOCABULARY for name in VOCABULARY_GRAPHS},
        "sources/rules/": OF_SOFTWARE,
    }
)


def find_licence(iri: str) -> Licence:
    """Return the licence of this IRI, which is its only name where we do not know it."""
    return _BY_IRI.get(iri) or Licence(iri, iri)


def licence_of_file(name: str) -> Licence | None:
    """Return the licence of a file of a release where it is not that of the data."""
    return next((licence for start, licence in _FOLDERS.items() if name.startswith(start)), None)
