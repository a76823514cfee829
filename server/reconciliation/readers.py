"""How the service's own columns are read from the data: names, days, figures, identities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, FOAF, GEO, RDF, SEM, SKOS
from server.reconciliation.facts import Fact, Facts
from server.terms.claims import ACCORDING_TO
from server.terms.labels import LABEL_PROPERTIES
from server.things.crosslinks import authority_of, read_crosslinks
from server.viewpoints.losses import read_figure

NAMES: Final = (*(node.value for node in LABEL_PROPERTIES), SKOS + "altLabel")
"""The properties that give a thing a name for people to read."""
_POINT: Final = re.compile(r"\s*POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)\s*", re.IGNORECASE)
_WEIGHED: Final = frozenset((BG + "Contradicted", BG + "Unconfirmed"))
_NO_FIGURE: Final = {
    BG + "StatedUnspecified": "stated as unspecified",
    BG + "LostInSource": "missing from the copy of the article",
}
_SOURCES: Final = {
    BG + "ReferenceBlank": "its reference is blank",
    BG + "NoReferenceGiven": "no reference given",
}


def names(language: str, facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield each name in one language."""
    found = (term for term in facts.objects(thing, *NAMES) if isinstance(term, ox.Literal))
    for text in dict.fromkeys(term.value for term in found if term.language == language):
        yield Fact(text)


def kinds(facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield the most exact classes."""
    for kind in facts.site.taxonomy.kinds_of(ox.NamedNode(thing)):
        if kind.value.startswith((BG, SEM)):
            yield Fact(facts.label(kind.value))


def direct(properties: tuple[str, ...], facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield the values of properties of the ontology."""
    yield from facts.values(thing, *properties)


def days(properties: tuple[str, ...], facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield days that the article states in its own voice and nobody contests, and those computed of them as such."""
    for iri in properties:
        for term in facts.objects(thing, iri):
            yield replace(facts.read(term), is_computed=facts.is_computed(thing, iri, term))


def dates(facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield the words of each date somebody is said to state about a thing, or in a claim."""
    for claim in dict.fromkeys((thing, *facts.subjects(thing, RDF + "subject"))):
        # "Now" and "initially" say when, too, but no date.
        if any(facts.objects(claim, BG + "dateEdtf")):
            said = list(facts.objects(claim, BG + "whenLexical")) or list(facts.objects(claim, BG + "lexical"))
            yield from (Fact(words.value, claimants=facts.claimants(claim)) for words in said)


def points(facts: Facts, thing: str) -> Iterator[tuple[float, float]]:
    """Yield latitude and longitude of each point, WGS 84."""
    for geometry in facts.objects(thing, GEO + "hasGeometry", GEO + "hasCentroid"):
        if isinstance(geometry, ox.NamedNode):
            for literal in facts.objects(geometry.value, GEO + "asWKT"):
                if found := _POINT.fullmatch(literal.value):
                    yield float(found[2]), float(found[1])


def coordinates(facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield latitude and longitude as text."""
    for latitude, longitude in points(facts, thing):
        yield Fact(f"{latitude}, {longitude}")


def degrees(part: int, facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield the latitude (0) or the longitude (1)."""
    for point in points(facts, thing):
        yield Fact(str(point[part]), number=point[part])


def identities(authority: str, facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield the same thing's identifiers elsewhere; what is contradicted or only nearly the same is none."""
    weighed = {
        link.value for link in read_crosslinks(facts.site, ox.NamedNode(thing)) if (link.confidence or "") in _WEIGHED
    }
    for term in facts.objects(thing, SKOS + "exactMatch", FOAF + "isPrimaryTopicOf"):
        name, identifier = authority_of(term.value)
        if isinstance(term, ox.NamedNode) and term not in weighed and name == authority:
            if authority == "Wikidata":
                yield Fact(facts.label(thing), id=identifier)
            else:
                yield Fact(term.value if authority == "Wikipedia" else identifier)


def articles(facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield the articles that a thing belongs to or is mentioned in."""
    sources = (thing, *(anchor.value for anchor in facts.objects(thing, BG + "anchor")))
    found = dict.fromkeys(article for source in sources for article in facts.objects(source, BG + "inArticle"))
    yield from map(facts.read, found)


def figure_of(facts: Facts, claim: str) -> str:
    """Return a loss claim's figure in words, "at least 38" or "stated as unspecified"; empty where it is none."""
    least, most, stated = (
        [term.value for term in facts.objects(claim, BG + name)] for name in ("minCount", "maxCount", "countStated")
    )
    figure = read_figure(least, most, stated)
    if figure is not None:
        return figure.words
    return next((_NO_FIGURE[x.value] for x in facts.objects(claim, BG + "valueStatus") if x.value in _NO_FIGURE), "")


def figures(facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield a loss claim's figure."""
    if words := figure_of(facts, thing):
        yield Fact(words, claimants=facts.claimants(thing))


def losses(facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield each loss that is claimed of a thing, in the words of the article."""
    for claim in facts.subjects(thing, BG + "inEvent", BG + "lossOf", BG + "lossType"):
        if any(facts.objects(claim, BG + "lossOf")):
            of = ", ".join(facts.label(term.value) for term in facts.objects(claim, BG + "lossOf"))
            words = "; ".join(f"“{term.value}”" for term in facts.objects(claim, BG + "lexical"))
            what = words or figure_of(facts, claim)
            yield Fact(f"{of}: {what}{_source(facts, claim)}", claimants=facts.claimants(claim))


def claims(facts: Facts, thing: str) -> Iterator[Fact]:
    """Yield each claim about a thing under its name."""
    about = facts.subjects(thing, RDF + "subject", BG + "place", BG + "inEvent", BG + "lossOf")
    for claim in dict.fromkeys(about):
        if any(facts.objects(claim, ACCORDING_TO.value)):
            yield Fact(f"{facts.label(claim)}{_source(facts, claim)}", claimants=facts.claimants(claim))


def _source(facts: Facts, claim: str) -> str:
    status = (_SOURCES.get(term.value) for term in facts.objects(claim, BG + "sourceStatus"))
    return "".join(f"; {words}" for words in status if words)
