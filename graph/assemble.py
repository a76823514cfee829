"""From authored files to quads in their named graphs: one part for each article, one for what they share.

Quotes become anchors, claims keep the words they rest on, every node gets the superclasses
of its types, and everything goes to the graph that `partition` gives it. A part depends on
its own files and the ontology only, so parts can be made side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph import authored
from graph.article import Article
from graph.issues import Issue, Issues
from graph.namespaces import BG, RDF
from graph.partition import Partition, named_graph, partition
from graph.quotes import Rest, quoting, resolve_quotes
from graph.selectors import anchor_node, anchor_quads, text_quads
from graph.skolem import skolemise
from graph.turtle import TurtleFile, shown_iri
from graph.vocabulary import Vocabulary

_TYPE: Final = ox.NamedNode(RDF + "type")
_ANCHOR: Final = ox.NamedNode(BG + "anchor")
_LEXICAL: Final = ox.NamedNode(BG + "lexical")
_STATEMENT: Final = ox.NamedNode(RDF + "Statement")
_STATED_OBJECT: Final = ox.NamedNode(RDF + "object")
_VIEWPOINTS: Final = named_graph("viewpoint/").value


@dataclass(frozen=True, slots=True)
class Part:
    """What some files contribute to the dataset, on the canonical base."""

    name: str
    """The article's slug, or what the files are."""
    files: tuple[TurtleFile, ...]
    quads: frozenset[ox.Quad]
    article: Article | None = None
    rests: tuple[Rest, ...] = ()
    """What rests on which words of the article."""


def assemble_article(article: Article, vocabulary: Vocabulary, equipment: Collection[str] = ()) -> Part:
    """Return the part of one article; raise `InvalidSources` with all its issues where there are some."""
    issues = Issues(_faults_of_statements(article.files, vocabulary))
    rests: dict[TurtleFile, list[Rest]] = {}
    for file in article.files:
        with issues.gathering():
            rests[file] = resolve_quotes(file, article)
    with issues.gathering():
        placed = partition(article.files, vocabulary, equipment)
    issues.raise_any()
    quads = {*_authored_quads(article.files, placed), *text_quads(article)}
    for file, found in rests.items():
        for rest in found:
            quads.update(_anchoring(rest, article, placed.graph_of(file, rest.subject)))
    return Part(
        article.slug,
        article.files,
        with_superclasses(quads, vocabulary),
        article,
        tuple(rest for found in rests.values() for rest in found),
    )


def assemble_shared(
    name: str, files: Iterable[TurtleFile], vocabulary: Vocabulary, equipment: Collection[str] = ()
) -> Part:
    """Return the part of files that belong to no article, in which nothing can be quoted."""
    files = tuple(files)
    issues = Issues(_faults_of_statements(files, vocabulary))
    for file in files:
        for triple in quoting(file):
            seen = f"{_shown(triple)} has {shown_iri(triple.predicate.value)}, but a shared file has no article"
            remedy = "Name the node again in a file of the article, with the quote there."
            issues.append(file.issue(seen, remedy, about=_iri(triple)))
    with issues.gathering():
        placed = partition(files, vocabulary, equipment)
    issues.raise_any()
    return Part(name, files, with_superclasses(_authored_quads(files, placed), vocabulary))


def assemble_terms(name: str, files: Iterable[TurtleFile], vocabulary: Vocabulary) -> Part:
    """Return the part of ontology/ or shapes/: all of it in one graph, anonymous nodes named."""
    files = tuple(files)
    graph = named_graph(name)
    quads = {
        ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for triples in named_triples(files, vocabulary).values()
        for triple in triples
    }
    return Part(name, files, with_superclasses(quads, vocabulary))


def named_triples(files: Iterable[TurtleFile], vocabulary: Vocabulary) -> dict[TurtleFile, tuple[ox.Triple, ...]]:
    """Return the triples of each file of terms or shapes, without blank nodes."""
    files = tuple(files)
    issues = Issues(_faults(files, vocabulary))
    named: dict[TurtleFile, tuple[ox.Triple, ...]] = {}
    for file in files:
        with issues.gathering():
            named[file] = skolemise(file)
    issues.raise_any()
    return named


def _faults(files: Iterable[TurtleFile], vocabulary: Vocabulary) -> Iterator[Issue]:
    for file in files:
        yield from authored.unknown_terms(file, vocabulary)
        yield from authored.faulty_literals(file)
        yield from authored.misnamed_entities(file)


def _faults_of_statements(files: Iterable[TurtleFile], vocabulary: Vocabulary) -> Iterator[Issue]:
    yield from _faults(files, vocabulary)
    for file in files:
        yield from authored.stray_blank_nodes(file)
        for triple in file.triples:
            if triple.predicate in (_ANCHOR, _LEXICAL):
                seen = f"{_shown(triple)} has {shown_iri(triple.predicate.value)}, which only the build writes"
                yield file.issue(seen, "Write bg:quote with the exact words instead.", about=_iri(triple))


def with_superclasses(quads: Iterable[ox.Quad], vocabulary: Vocabulary) -> frozenset[ox.Quad]:
    """Return the quads and, beside each type, the types above it; what states a whole triple is a statement."""
    found = set(quads)
    found |= {ox.Quad(q.subject, _TYPE, _STATEMENT, q.graph_name) for q in found if q.predicate == _STATED_OBJECT}
    for quad in tuple(found):
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            for ancestor in vocabulary.ancestors.get(quad.object.value, ()):
                found.add(ox.Quad(quad.subject, _TYPE, ox.NamedNode(ancestor), quad.graph_name))
    return frozenset(found)


def _authored_quads(files: Iterable[TurtleFile], placed: Partition) -> Iterator[ox.Quad]:
    for file in files:
        for triple in file.triples:
            authoring = triple.predicate in (authored.QUOTE, authored.QUOTE_IN_CONTEXT)
            if isinstance(triple.subject, ox.NamedNode) and not authoring:
                graph = placed.graph_of(file, triple.subject.value)
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _anchoring(rest: Rest, article: Article, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    subject = ox.NamedNode(rest.subject)
    yield ox.Quad(subject, _ANCHOR, anchor_node(article, rest.span), graph)
    yield from anchor_quads(article, rest.span)
    if graph.value.startswith(_VIEWPOINTS):
        yield ox.Quad(subject, _LEXICAL, ox.Literal(article.text[rest.span.start : rest.span.end]), graph)


def _shown(triple: ox.Triple) -> str:
    return shown_iri(iri) if (iri := _iri(triple)) else "an anonymous node"


def _iri(triple: ox.Triple) -> str | None:
    return triple.subject.value if isinstance(triple.subject, ox.NamedNode) else None
