"""Rules: SPARQL CONSTRUCT queries that state what follows from what is stated.

Each names in its head the graph its triples go to. They run once, in the order of their
file names, each over an article and the shared things it speaks of, with the earlier ones'
triples in it: what follows must follow from one article. A triple that is stated already,
by whichever article, is not stated again (`graph.merge`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from graph.issues import InvalidSources, Issue
from graph.partition import named_graph
from graph.query_file import read_query
from graph.store import merged_store

_GRAPHS: Final = ("crosslinks", "derived")


@dataclass(frozen=True, slots=True)
class Rule:
    """One query, and where its triples go."""

    path: Path
    summary: str
    graph: ox.NamedNode
    query: str

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return self.path.stem


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """Return the rules of a folder in the order in which they run.

    Raises `InvalidSources` where one lacks a header line or is no CONSTRUCT query.
    """
    return tuple(_read_rule(path) for path in sorted(folder.glob("*.rq")))


def derive(quads: Collection[ox.Quad], rules: Iterable[Rule]) -> frozenset[ox.Quad]:
    """Return the quads that the rules add to these; raise `InvalidSources` where one makes a blank node."""
    return frozenset().union(*derive_each(quads, rules))


def derive_each(quads: Collection[ox.Quad], rules: Iterable[Rule]) -> tuple[frozenset[ox.Quad], ...]:
    """Return what `derive` does, for each rule what it is the first to add."""
    store = merged_store(quads)
    return tuple(_derive(store, rule) for rule in rules)


def _derive(store: ox.Store, rule: Rule) -> frozenset[ox.Quad]:
    derived: set[ox.Quad] = set()
    for triple in list(cast(ox.QueryTriples, store.query(rule.query))):
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            remedy = "Let it construct IRIs and literals only."
            raise InvalidSources([Issue(rule.path, None, f"the rule makes a blank node: {triple}", remedy)])
        merged = ox.Quad(triple.subject, triple.predicate, triple.object)
        if merged not in store:
            quad = ox.Quad(triple.subject, triple.predicate, triple.object, rule.graph)
            store.extend((merged, quad))
            derived.add(quad)
    return frozenset(derived)


def _read_rule(path: Path) -> Rule:
    query = read_query(path, ox.QueryTriples)
    summary, graph = query.header.get("summary"), query.header.get("graph")
    if not summary or graph not in _GRAPHS:
        seen = "a rule has no header lines that say what it does and where its triples go"
        raise query.refusal(seen, f"Start it with `#+ summary: …` and `#+ graph:` one of {', '.join(_GRAPHS)}.")
    return Rule(path, summary, named_graph(graph), query.text)
