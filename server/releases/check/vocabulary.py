"""Whether the ontology and shapes that lie in a release are those of its dataset, which holds what they state.

Compared with the dataset and never with the files of whoever checks: a release is
checked elsewhere, and in other years.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from graph.iris import graph_iri, rebase
from graph.namespaces import BGSH, RDF, SH
from server.releases.check.finding import NOT_OURS, Finding
from server.releases.check.listing import Listing, Unopenable

FOLDERS: Final = ("ontology/", "shapes/")
_EQUIPMENT: Final = "equipment"
_KINDS_OF_LOSSES: Final = "ontology/equipment.ttl"
_GRAPHS: Final = ("ontology", "shapes", _EQUIPMENT)
_CHECKS: Final = "shapes/checks/"
_CHECK: Final = BGSH + "check-"
_SELECT: Final = SH + "select"
_TYPE: Final = RDF + "type"
_REST: Final = RDF + "rest"
_NOT_STATED: Final = (".jsonld", ".py", ".rq", ".shex")
"""Suffixes of files that state no triples."""
_LARGEST: Final = 16 << 20
_WHAT: Final = "the vocabulary of this dataset"

_Triples = set[ox.Triple]


@dataclass(frozen=True, slots=True)
class _Held:
    """What the dataset holds of its vocabularies."""

    base: str
    graphs: Mapping[str, _Triples]
    triples: _Triples
    """Of all these graphs."""
    objects: Mapping[tuple[str, str], list[str]]
    """The IRIs that are values, by subject and property."""
    kinds: Collection[Any]
    """The subjects of the graph of kinds of losses."""
    checks: Mapping[str, str]
    """The queries of the shapes, by the files that they are in."""


def compare_vocabularies(
    listing: Listing, quads: Iterable[ox.Quad], base: str, told: Collection[str]
) -> Iterator[Finding]:
    """Yield which files state what the dataset does not hold, or no more what it holds."""
    held = _read(quads, base)
    stated: dict[str, _Triples] = {}
    names = vocabulary_files(listing)
    for name in names:
        if name not in listing.sound or name in told:
            continue
        try:
            if name.endswith(".ttl"):
                stated[name] = _named(list(ox.parse(listing.read(name, _LARGEST), format=ox.RdfFormat.TURTLE)), held)
            yield from _compare(listing, name, stated.get(name), held)
        except (Unopenable, SyntaxError) as error:
            yield Finding(name, f"cannot be read ({error})", _WHAT)
    for name in sorted(set(held.checks) - set(names)):
        yield Finding(name, "is not listed", "every check that the dataset holds", NOT_OURS)
    # What one file lacks may be in another.
    if all(name in stated for name in names if name.endswith(".ttl")):
        yield from _compare_backwards(held, stated)


def vocabulary_files(listing: Listing) -> list[str]:
    """Return the names of the files of ontology and shapes."""
    return sorted(name for name in listing.sums if name.startswith(FOLDERS))


def unlike_dataset(listing: Listing) -> list[str]:
    """Return the names of those of which the dataset holds nothing, so that nothing tells whether they were altered."""
    others = (name for name in vocabulary_files(listing) if not name.startswith(_CHECKS))
    return [name for name in others if name.endswith(_NOT_STATED)]


def _read(quads: Iterable[ox.Quad], base: str) -> _Held:
    names = {graph_iri(name, base): name for name in _GRAPHS}
    graphs: dict[str, _Triples] = {name: set() for name in _GRAPHS}
    objects: dict[tuple[str, str], list[str]] = {}
    checks: dict[str, str] = {}
    for quad in quads:
        name = names.get(quad.graph_name.value) if isinstance(quad.graph_name, ox.NamedNode) else None
        if name is None or not isinstance(quad.subject, ox.NamedNode):
            continue
        graphs[name].add(quad.triple)
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        if isinstance(value, ox.NamedNode):
            objects.setdefault((subject, predicate), []).append(value.value)
        elif isinstance(value, ox.Literal) and predicate == _SELECT and subject.startswith(_CHECK):
            checks[f"{_CHECKS}{subject.removeprefix(_CHECK)}.rq"] = value.value
    kinds = {triple.subject for triple in graphs[_EQUIPMENT]}
    return _Held(base, graphs, set[ox.Triple]().union(*graphs.values()), objects, kinds, checks)


def _named(quads: list[ox.Quad], held: _Held) -> _Triples:
    """Return the triples with the names that the dataset gives to anonymous nodes; one without a name stays anonymous.

    The name begins with that of the subject which the node hangs from, or in a list with
    that of the list, and a full stop; no subject has two of them by one property.
    """
    hanging: dict[Any, list[ox.Quad]] = {}
    for quad in quads:
        if isinstance(quad.object, ox.BlankNode):
            hanging.setdefault(quad.subject, []).append(quad)
    names: dict[Any, ox.NamedNode] = {}
    waiting: list[Any] = [subject for subject in hanging if isinstance(subject, ox.NamedNode)]
    while waiting:
        subject = waiting.pop()
        above = names.get(subject, subject).value
        for quad in hanging.get(subject, ()):
            stem = above.rpartition(".")[0] if quad.predicate.value == _REST else above
            iris = held.objects.get((above, quad.predicate.value), ())
            found = [iri for iri in iris if iri.startswith(f"{stem}.")]
            if len(found) == 1 and quad.object not in names:
                names[quad.object] = ox.NamedNode(found[0])
                waiting.append(quad.object)

    def named(term: Any) -> Any:
        return ox.NamedNode(rebase(term.value, held.base)) if isinstance(term, ox.NamedNode) else names.get(term, term)

    return {ox.Triple(named(quad.subject), quad.predicate, named(quad.object)) for quad in quads}


def _compare(listing: Listing, name: str, stated: _Triples | None, held: _Held) -> Iterator[Finding]:
    if stated is not None:
        extra = stated - held.triples
        if name == _KINDS_OF_LOSSES:
            # The dataset holds those that its articles count in.
            extra = {triple for triple in extra if triple.subject in held.kinds}
        if extra:
            seen = f"states {len(extra):,} triples that the dataset does not hold, as {min(map(str, extra))}"
            yield Finding(name, seen, _WHAT, NOT_OURS)
    elif name.startswith(_CHECKS):
        if listing.read(name, _LARGEST).decode("utf-8", "replace") != held.checks.get(name):
            yield Finding(name, "is another query", "the one that the dataset holds", NOT_OURS)
    elif not name.endswith(_NOT_STATED):
        yield Finding(name, "is there", "no files but those of a vocabulary", NOT_OURS)


def _compare_backwards(held: _Held, stated: Mapping[str, _Triples]) -> Iterator[Finding]:
    """Yield which files lack what the dataset holds; to what they give a type, the build adds those above it."""
    everything = set[ox.Triple]().union(*stated.values())
    typed = {triple.subject for triple in everything if triple.predicate.value == _TYPE}
    files = {triple.subject: name for name, triples in sorted(stated.items()) for triple in triples}
    lacking: dict[str, list[str]] = {}
    for graph, triples in held.graphs.items():
        for triple in triples - everything:
            is_type = triple.predicate.value == _TYPE and triple.subject in typed
            is_check = str(triple.subject).startswith(f"<{_CHECK}")
            # Of the equipment, the articles name some that no file here speaks of.
            is_of_article = graph == _EQUIPMENT and triple.subject not in files
            if not (is_type or is_check or is_of_article):
                lacking.setdefault(files.get(triple.subject, f"{graph}/"), []).append(str(triple))
    for name, told in sorted(lacking.items()):
        yield Finding(name, f"lacks {len(told):,} triples that the dataset holds, as {min(told)}", _WHAT, NOT_OURS)
