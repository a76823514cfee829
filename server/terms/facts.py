"""What the merged graphs state of one thing: values in one order for all readers, looked up by pattern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import pyoxigraph as ox

from graph.store import Store
from server.remembering import RememberingStore
from server.terms.taxonomy import TYPE

Term: TypeAlias = ox.NamedNode | ox.Literal
Facts: TypeAlias = Mapping[str, Sequence[Term]]
"""The values of a thing, by the IRI of their property."""


def read_facts(store: Store, thing: ox.NamedNode) -> Facts:
    """Return all that is stated of a thing but for what has no name."""
    return store.once(_read_facts, thing) if isinstance(store, RememberingStore) else _read_facts(store, thing)


def _read_facts(store: Store, thing: ox.NamedNode) -> Facts:
    return gather(store.quads_for_pattern(thing, None, None, ox.DefaultGraph()))


def gather(quads: Iterable[ox.Quad]) -> dict[str, tuple[Term, ...]]:
    """Return what these quads about one thing state of it, but for what has no name."""
    found: dict[str, list[Term]] = {}
    for quad in quads:
        # A quad makes its terms anew each time that it is asked for one.
        value = quad.object
        if isinstance(value, ox.NamedNode | ox.Literal):
            found.setdefault(quad.predicate.value, []).append(value)
    # Most properties have one value, and terms are slow to write down.
    return {name: tuple(sorted(terms, key=str) if len(terms) > 1 else terms) for name, terms in found.items()}


def instances(store: Store, class_: ox.NamedNode) -> list[ox.NamedNode]:
    """Return the things of a class, in the order of their IRIs."""
    quads = store.quads_for_pattern(None, TYPE, class_, ox.DefaultGraph())
    return sorted((quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)), key=lambda x: x.value)


def nodes(store: Store, thing: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
    """Return the things that a property of a thing leads to."""
    values = (quad.object for quad in store.quads_for_pattern(thing, predicate, None, ox.DefaultGraph()))
    return sorted((value for value in values if isinstance(value, ox.NamedNode)), key=lambda x: x.value)


def literals(store: Store, thing: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.Literal]:
    """Return the literals that a property of a thing has."""
    values = (quad.object for quad in store.quads_for_pattern(thing, predicate, None, ox.DefaultGraph()))
    return sorted((value for value in values if isinstance(value, ox.Literal)), key=lambda x: x.value)


def iris(facts: Mapping[str, Iterable[object]], name: str) -> tuple[str, ...]:
    """Return the IRIs among the values of a property, sorted."""
    return tuple(sorted(term.value for term in facts.get(name, ()) if isinstance(term, ox.NamedNode)))


def texts(facts: Mapping[str, Iterable[object]], name: str) -> tuple[str, ...]:
    """Return the literals among the values of a property as text."""
    return tuple(sorted(term.value for term in facts.get(name, ()) if isinstance(term, ox.Literal)))
