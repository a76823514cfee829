"""The rules that every authored Turtle file keeps, whatever it is about.

Terms of bg: are declared in ontology/; literals are what their datatype says and written
as the store gives them back; anonymous nodes stand only where the build can name them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from graph.iris import is_slug
from graph.issues import Issue
from graph.literals import canonical, example, is_well_formed
from graph.namespaces import BG, CANONICAL_BASE, OA, XSD
from graph.turtle import TurtleFile, shown_iri
from graph.vocabulary import Vocabulary

QUOTE: Final = ox.NamedNode(BG + "quote")
QUOTE_IN_CONTEXT: Final = ox.NamedNode(BG + "quoteInContext")
EXACT: Final = ox.NamedNode(OA + "exact")
PREFIX: Final = ox.NamedNode(OA + "prefix")
SUFFIX: Final = ox.NamedNode(OA + "suffix")

_ENTITIES: Final = CANONICAL_BASE + "id/"


def unknown_terms(file: TurtleFile, vocabulary: Vocabulary) -> Iterator[Issue]:
    """Yield an issue for each term of bg: that no file of ontology/ declares."""
    for iri in dict.fromkeys(_iris(file)):
        if not vocabulary.knows(iri):
            nearest = vocabulary.nearest(iri)
            meant = f"Write {shown_iri(nearest)} if that is meant, or declare" if nearest else "Declare"
            seen = f"{shown_iri(iri)} is no term of the ontology"
            yield file.issue(seen, f"{meant} the term in ontology/battlegraph.ttl.", about=iri)


def faulty_literals(file: TurtleFile) -> Iterator[Issue]:
    """Yield an issue for each literal that is ill-formed, or that the store would rewrite."""
    for triple in file.triples:
        literal = triple.object
        if not isinstance(literal, ox.Literal) or literal.datatype.value == XSD + "string":
            continue
        datatype = literal.datatype.value
        place = f"{shown_iri(triple.predicate.value)} of {_shown(triple.subject)}"
        about = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else None
        if not is_well_formed(literal.value, datatype):
            seen = f'{place} is "{literal.value}", which is no {shown_iri(datatype)}'
            yield file.issue(seen, f'Write a value such as "{example(datatype)}".', about=about)
        elif (kept := canonical(literal)) != literal:
            seen = f"{place} is {literal}, which is not the canonical form"
            yield file.issue(seen, f"Write {kept}, so that queries and dumps give the same.", about=about)


def stray_blank_nodes(file: TurtleFile) -> Iterator[Issue]:
    """Yield an issue for each anonymous node that is not the one value of one bg:quoteInContext."""
    above: dict[ox.BlankNode, int] = {}
    for triple in file.triples:
        if isinstance(triple.object, ox.BlankNode):
            above[triple.object] = above.get(triple.object, 0) + 1
            if triple.predicate != QUOTE_IN_CONTEXT or above[triple.object] > 1:
                seen = f"{shown_iri(triple.predicate.value)} of {_shown(triple.subject)} has an anonymous value"
                yield file.issue(seen, "Give that node an IRI.", about=_iri(triple.subject))
    for triple in file.triples:
        if isinstance(triple.subject, ox.BlankNode):
            if triple.subject not in above:
                seen = f"an anonymous node has {shown_iri(triple.predicate.value)}"
                yield file.issue(seen, "Give the node an IRI.", about=triple.predicate.value)
            elif triple.predicate not in (EXACT, PREFIX, SUFFIX):
                seen = f"a value of bg:quoteInContext has {shown_iri(triple.predicate.value)}"
                yield file.issue(
                    seen, "It may have oa:prefix, oa:exact and oa:suffix only.", about=triple.predicate.value
                )


def misnamed_entities(file: TurtleFile) -> Iterator[Issue]:
    """Yield an issue for each entity's IRI that is not lower-case slugs after /id/."""
    for iri in dict.fromkeys(_iris(file)):
        path = iri.removeprefix(_ENTITIES).split("#")[0].split("/")
        if iri.startswith(_ENTITIES) and not (len(path) > 1 and all(map(is_slug, path))):
            seen = f"<{iri}> is not of the form …/id/kind/slug"
            yield file.issue(seen, "Use lower-case ASCII letters, digits and single hyphens.", about=iri)


def _iris(file: TurtleFile) -> Iterator[str]:
    for triple in file.triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode):
                yield term.value
            elif isinstance(term, ox.Literal):
                yield term.datatype.value


def _iri(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return shown_iri(term.value) if isinstance(term, ox.NamedNode) else "an anonymous node"
