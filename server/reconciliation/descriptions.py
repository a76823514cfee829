"""What tells a thing from its namesakes in a few words: "place named in Battle of Hadrut, 39.52 N 47.03 E"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS, SEM, SKOS
from server.reconciliation.facts import Facts
from server.reconciliation.readers import days, points
from server.search.search_index import Kind

_MOST_LOOKED_AT: Final = 20
"""Mentions from which the articles are read; a description is made for each of very many candidates."""
_LOSS_TYPE: Final = "losstype"
_UNION: Final = "uniontype"


def describe(facts: Facts, iri: str, kind: Kind) -> str:
    """Return the description of a thing: what it is and, as far as the data says, of what, where, when and per whom."""
    what = next((facts.label(each) for each in kind.classes[:1]), "")
    if _LOSS_TYPE in kind.filters:
        wider = next(_things(facts, iri, SKOS + "broader"), "")
        if not wider:
            return what
        return f"{facts.label(wider)} {'types counted together' if _UNION in kind.filters else 'type'}"
    speakers = [f"per {name}" for name in facts.claimants(iri)]
    whole = [f"part of {facts.label(each)}" for each in islice(_things(facts, iri, SEM + "subEventOf"), 1)]
    named = "" if whole else _named_in(facts, iri)
    stated = (fact for fact in days((SEM + "hasBeginTimeStamp",), facts, iri) if not fact.is_computed)
    begins = [f"from {fact.text}" for fact in islice(stated, 1)]
    where = [_degrees(*point) for point in islice(points(facts, iri), 1)]
    head = f"{what} {named}" if named and not speakers else what
    within = [named] if named and speakers else []
    return ", ".join(part for part in (head, *speakers, *within, *whole, *begins, *where) if part)


def _named_in(facts: Facts, iri: str) -> str:
    """Return where a thing is named, "in" for what belongs to one article."""
    own = [*islice(_things(facts, iri, BG + "inArticle"), 1)]
    if own:
        return f"in {_title(facts, own[0])}"
    mentions = islice(_things(facts, iri, BG + "anchor"), _MOST_LOOKED_AT)
    found = [*dict.fromkeys(each for anchor in mentions for each in _things(facts, anchor, BG + "inArticle"))]
    if not found:
        return ""
    return f"named in {_title(facts, found[0])}{' and elsewhere' if len(found) > 1 else ''}"


def _title(facts: Facts, article: str) -> str:
    return next((term.value for term in facts.objects(article, DCTERMS + "title")), facts.label(article))


def _things(facts: Facts, iri: str, property_: str) -> Iterator[str]:
    return (term.value for term in facts.objects(iri, property_) if isinstance(term, ox.NamedNode))


def _degrees(latitude: float, longitude: float) -> str:
    """Return a point as people write it.

    >>> _degrees(39.52002, -47.0318)
    '39.52 N 47.03 W'
    """
    return f"{abs(latitude):.2f} {'N' if latitude >= 0 else 'S'} {abs(longitude):.2f} {'E' if longitude >= 0 else 'W'}"
