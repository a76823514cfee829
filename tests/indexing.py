"""Search indexes of names that a test makes up."""

from __future__ import annotations

from collections.abc import Iterable

from server.search.index_file import make_index
from server.search.names import Labelled
from server.search.search_index import Kind, Name, SearchIndex


def index_names(names: Iterable[Name]) -> SearchIndex:
    """Return an index of these names; all names of one thing have the same kind."""
    names = list(names)

    def kind_of(kinds: frozenset[Kind]) -> Kind:
        [kind] = kinds
        return kind

    labels = ((name.iri, name.text, name.lang) for name in names)
    return make_index(Labelled(labels, dict.fromkeys((name.iri, name.kind) for name in names), kind_of))
