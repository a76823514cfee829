"""Which graphs a query is asked over (SPARQL 1.1 section 13.2, Protocol section 2.1.4).

The protocol's default-graph-uri and named-graph-uri come before the query's FROM and
FROM NAMED; without any of them the query sees the store's default graph, which is the
merge of all named graphs, and every named graph. A graph that is not in the store is
empty: nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from graph.namespaces import CANONICAL_BASE
from server.query.failures import QueryRefused
from server.query.gate import prologue_end
from server.query.tokens import tokens

# It has the word GRAPH in it, and stands in most queries.
_OWN_NAME: Final = urlsplit(CANONICAL_BASE).path.strip("/")
# The engine's default graph of several graphs is not a merge: a triple in two of them counts twice. So they are
# copied into a store of their own, which takes 0.3 to 0.5 s and 110 MB at this bound.
MAX_MERGED: Final = 200_000


@dataclass(frozen=True, slots=True)
class Scope:
    """The dataset a request states, by the names of its graphs."""

    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A store, and the part of it that a query sees; None: all of it."""

    store: ox.Store
    default_graph: list[ox.NamedNode | ox.DefaultGraph] | None = None
    named_graphs: list[ox.NamedNode] | None = None

    def query(self, text: str, base: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask the engine; relative IRIs stand on the base."""
        return self.store.query(
            text,
            base_iri=base,
            default_graph=self.default_graph,  # type: ignore[arg-type]  # the stub's list is invariant
            named_graphs=self.named_graphs,  # type: ignore[arg-type]
        )


def stated_scope(query: str, base: str) -> Scope | None:
    """Return the scope that FROM and FROM NAMED state, None where there is neither.

    None as well where an IRI in them cannot be resolved: the parser will tell the place.
    """
    if "from" not in query.lower():
        return None
    default, named = _from_clauses(query)
    first = prologue_end(query)
    if first is None or not (default or named):
        return None
    # The engine resolves prefixes and base as it would in the query itself.
    rows = "".join(f"(0 {iri}) " for iri in default) + "".join(f"(1 {iri}) " for iri in named)
    resolving = f"{query[: first.start]} SELECT ?named ?iri {{ VALUES (?named ?iri) {{ {rows}}} }}"
    try:
        solutions = ox.Store().query(resolving, base_iri=base)
    except SyntaxError:
        return None
    graphs: tuple[list[str], list[str]] = ([], [])
    for solution in solutions:  # type: ignore[union-attr]  # a SELECT query
        graphs[int(solution["named"].value)].append(solution["iri"].value)
    return Scope(tuple(graphs[0]), tuple(graphs[1]))


def view(store: ox.Store, scope: Scope | None) -> View:
    """Return what a query sees of the store; raise `QueryRefused` where that cannot be made."""
    if scope is None:
        return View(store)
    default = [graph for graph in named_nodes(scope.default_graphs) if store.contains_named_graph(graph)]
    named = named_nodes(scope.named_graphs)
    if len(default) <= 1:
        return View(store, [*default], named)
    if all(graph in default for graph in store.named_graphs()):
        return View(store, [ox.DefaultGraph()], named)
    merged = ox.Store()
    # As fast as bulk_extend here, without the threads whose stacks count against a worker's memory.
    merged.extend(_bounded(_merged_quads(store, default, named)))
    return View(merged, [ox.DefaultGraph()], named)


def asks_merge_alone(query: str) -> bool:
    """Tell whether the query surely asks no named graph, unless its FROM says so.

    False for some that do not, as where an IRI has the word: the answer is the same then.
    """
    return "\\u" not in (text := query.lower()) and "graph" not in text.replace(_OWN_NAME, "")


def _from_clauses(query: str) -> tuple[list[str], list[str]]:
    """Return the IRIs, as written, after FROM and after FROM NAMED: both stand outside all braces."""
    default: list[str] = []
    named: list[str] = []
    before, last, depth = "", "", 0
    for token in tokens(query):
        if token.kind in ("iri", "name") and not depth:
            if last == "FROM":
                default.append(token.text)
            elif (before, last) == ("FROM", "NAMED"):
                named.append(token.text)
        depth += (token.text == "{") - (token.text == "}")
        before, last = last, token.text.upper() if token.kind == "word" else ""
    return default, named


def named_nodes(iris: tuple[str, ...]) -> list[ox.NamedNode]:
    """Return graphs' names, each once; raise `QueryRefused` for one that is no IRI."""
    try:
        return [ox.NamedNode(iri) for iri in dict.fromkeys(iris)]
    except ValueError as error:
        raise QueryRefused(f"A graph is named by an absolute IRI: {error}.") from error


def _merged_quads(store: ox.Store, default: list[ox.NamedNode], named: list[ox.NamedNode]) -> Iterator[ox.Quad]:
    for graph in default:
        for quad in store.quads_for_pattern(None, None, None, graph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
    for graph in named:
        yield from store.quads_for_pattern(None, None, None, graph)


def _bounded(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    for count, quad in enumerate(quads):
        if count == MAX_MERGED:
            raise QueryRefused(
                f"The graphs named hold more than {MAX_MERGED:,} triples together, the most that are merged for one "
                "query. Name one graph, or none: without FROM the default graph is the merge of all graphs."
            )
        yield quad
