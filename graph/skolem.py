"""IRIs for the anonymous nodes of ontology/ and shapes/, so that no blank node is published.

A node is named after where it hangs: the IRI above it, a full stop, the local name of the
property, and for the cells of a list the position from 1, as `bgsh:Claim-certainty.in.1`.
The name depends on nothing else, so an edit elsewhere in a file never changes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from graph.issues import InvalidSources, Issue, Issues
from graph.namespaces import BG, BGSH, RDF
from graph.turtle import TurtleFile, shown_iri

_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")
_REMEDY: Final = "Name these nodes: give each an IRI of its own and refer to it."


def skolemise(file: TurtleFile) -> tuple[ox.Triple, ...]:
    """Return the file's triples with an IRI for each anonymous node.

    Raises `InvalidSources` where a node hangs from several triples or from none, where two
    hang from one subject and property, or where the IRI above is not a hash IRI of ours.
    """
    hanging = _hanging(file)
    cells = {t.subject for t in file.triples if t.predicate == _FIRST}
    names: dict[ox.BlankNode, ox.NamedNode] = {}
    issues = Issues()
    for node in hanging:
        with issues.gathering():
            _name(file, node, hanging, cells, names)
    issues.raise_any()
    return tuple(_renamed(triple, names) for triple in file.triples)


def _hanging(file: TurtleFile) -> dict[ox.BlankNode, ox.Triple]:
    """Return for each anonymous node the one triple it hangs from."""
    issues = Issues()
    above: dict[ox.BlankNode, ox.Triple] = {}
    beside = Counter((t.subject, t.predicate) for t in file.triples if isinstance(t.object, ox.BlankNode))
    for triple in file.triples:
        if not isinstance(triple.object, ox.BlankNode):
            continue
        if triple.object in above:
            issues.append(_issue(file, above[triple.object], "shares its anonymous value with another statement"))
        if beside[triple.subject, triple.predicate] > 1:
            issues.append(_issue(file, triple, "has more than one anonymous value"))
            beside[triple.subject, triple.predicate] = 0
        above[triple.object] = triple
    for subject in {t.subject: None for t in file.triples if isinstance(t.subject, ox.BlankNode)}:
        if subject not in above:
            predicates = ", ".join(sorted(shown_iri(t.predicate.value) for t in file.triples if t.subject == subject))
            issues.append(file.issue(f"an anonymous node with {predicates} hangs from nothing", _REMEDY))
    issues.raise_any()
    return above


def _name(
    file: TurtleFile,
    node: ox.BlankNode,
    hanging: Mapping[ox.BlankNode, ox.Triple],
    cells: set[ox.NamedNode | ox.BlankNode | ox.Triple],
    names: dict[ox.BlankNode, ox.NamedNode],
) -> None:
    """Put the names of a node and of all anonymous nodes above it into `names`."""
    path: list[tuple[ox.BlankNode, ox.Triple]] = []
    top: ox.NamedNode | ox.BlankNode | ox.Triple = node
    while isinstance(top, ox.BlankNode) and top not in names:
        path.append((top, hanging[top]))
        top = hanging[top].subject
        if len(path) > len(hanging):
            raise InvalidSources([file.issue("anonymous nodes hang from each other in a circle", _REMEDY)])
    top = names.get(top, top) if isinstance(top, ox.BlankNode) else top
    above = top.value if isinstance(top, ox.NamedNode) else ""
    for below, triple in reversed(path):
        if not re.match(rf"(?:{re.escape(BG)}|{re.escape(BGSH)}).", above):
            raise InvalidSources(
                [_issue(file, triple, "has an anonymous value but no hash IRI of ours to name it after")]
            )
        above = _below(above, triple.predicate, is_cell=below in cells)
        names[below] = ox.NamedNode(above)


def _below(above: str, predicate: ox.NamedNode, *, is_cell: bool) -> str:
    stem, _, position = above.rpartition(".")
    if predicate == _REST and position.isdecimal():
        return f"{stem}.{int(position) + 1}"
    local = re.split(r"[#/]", predicate.value)[-1]
    return f"{above}.{local}.1" if is_cell else f"{above}.{local}"


def _renamed(triple: ox.Triple, names: Mapping[ox.BlankNode, ox.NamedNode]) -> ox.Triple:
    subject = names[triple.subject] if isinstance(triple.subject, ox.BlankNode) else triple.subject
    object_ = names[triple.object] if isinstance(triple.object, ox.BlankNode) else triple.object
    return ox.Triple(subject, triple.predicate, object_)


def _issue(file: TurtleFile, triple: ox.Triple, fault: str) -> Issue:
    """Return an issue about what hangs from a triple's subject and property."""
    named = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else None
    subject = shown_iri(named) if named else "an anonymous node"
    return file.issue(f"{shown_iri(triple.predicate.value)} of {subject} {fault}", _REMEDY, about=named)
