"""RDF terms as a store's answers hold them."""

from __future__ import annotations

from typing import TypeAlias

import pyoxigraph as ox

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row: TypeAlias = dict[str, Term]
"""A solution: the terms by their variables, without those that are unbound."""


def text(term: Term) -> str:
    """Return the IRI or the lexical form; raise TypeError for a triple, which has neither."""
    if isinstance(term, ox.Triple):
        raise TypeError(f"not an IRI or a literal: {term}")
    return term.value
