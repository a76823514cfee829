"""In which format the answer to a query is written.

`format` names one, for clients that send no Accept header, and overrides it where it
fits the query; otherwise the Accept header chooses. Known before a query is evaluated,
because its first word tells whether it has solutions or triples.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from server.http.errors import Problem
from server.http.formats import HTML, JSON_LD, N_QUADS, N_TRIPLES, RDF_FORMATS, RDF_XML, RESULT_FORMATS, TURTLE, Format
from server.http.negotiate import Choice, negotiate
from server.query.gate import Form

# What SPARQLWrapper and others send as `format`; names of the formats themselves stand in `formats`.
_OTHER_NAMES: Final[Mapping[str, Format]] = {
    "turtle": TURTLE,
    "n3": TURTLE,
    "ntriples": N_TRIPLES,
    "n-triples": N_TRIPLES,
    "nquads": N_QUADS,
    "n-quads": N_QUADS,
    "json-ld": JSON_LD,
    "json": JSON_LD,
    "rdf+xml": RDF_XML,
    "rdfxml": RDF_XML,
    "xml": RDF_XML,
}


def formats_of(form: Form | None) -> tuple[Format, ...]:
    """Return the formats the answer to a query of this form has, besides a page; None is no query at all."""
    return RDF_FORMATS if form in ("CONSTRUCT", "DESCRIBE") else RESULT_FORMATS


def choose_format(form: Form | None, name: str | None, accept: str | None, address: Callable[[Format], str]) -> Choice:
    """Return the format to answer in; raise a 400 or a 406 `Problem` where there is none.

    `address` gives the address of the answer in another format.
    """
    offers = (*formats_of(form), HTML)
    if name:
        named = _find(name, offers)
        if named is not None:
            return named
        # Clients send their own names for formats beside an Accept header, which then tells.
        if not accept or accept.strip() == "*/*":
            names = ", ".join(offer.name for offer in offers)
            raise Problem(
                400, "Unknown format", f"The answer to this query has no format {name!r}. Use one of: {names}."
            )
    choice = negotiate(accept, offers)
    if choice is not None:
        return choice
    if form is None:
        # The text is no query, which is what the client should hear of.
        return Choice(offers[0], offers[0].media_type)
    types = ", ".join(offer.media_type for offer in formats_of(form))
    raise Problem(
        406,
        "Not acceptable",
        f"The Accept header allows none of the types the answer to this {form} query comes in: {types}.",
        extra={
            "available": [{"href": address(offer), "type": offer.media_type, "title": offer.label} for offer in offers]
        },
    )


def _find(name: str, offers: Sequence[Format]) -> Choice | None:
    # An unescaped + in `format=application/ld+json` arrives as a space.
    name = name.lower().replace(" ", "+")
    for offer in offers:
        if name == offer.name:
            return Choice(offer, offer.media_type)
        if name in offer.media_types:
            return Choice(offer, name)
    other = _OTHER_NAMES.get(name)
    return Choice(other, other.media_type) if other is not None and other in offers else None
