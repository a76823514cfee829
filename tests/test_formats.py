"""The table of formats says each thing once and nothing twice."""

from __future__ import annotations

from itertools import combinations

import pyoxigraph as ox
import pytest

from server.http.formats import (
    HTML,
    JSON_LD,
    RDF_FORMATS,
    RDF_XML,
    RESULT_FORMATS,
    TURTLE,
    Format,
    content_type,
)


@pytest.mark.parametrize("offers", [(*RDF_FORMATS, HTML), RESULT_FORMATS], ids=["rdf", "results"])
def test_formats_offered_together_share_no_name_and_no_media_type(offers: tuple[Format, ...]) -> None:
    """A media type asked for means one format only."""
    for one, other in combinations(offers, 2):
        assert one.name != other.name
        assert not set(one.media_types) & set(other.media_types)


@pytest.mark.parametrize("target", RDF_FORMATS, ids=lambda target: target.name)
def test_names_and_media_types_are_those_of_the_library_that_writes_them(target: Format) -> None:
    """The suffix and the registered media type are the ones every RDF tool knows."""
    written = ox.RdfFormat.from_media_type(target.media_type)
    assert written is not None
    assert written == ox.RdfFormat.from_extension(target.name)


def test_the_first_media_type_is_the_registered_one() -> None:
    """Aliases come after it."""
    assert TURTLE.media_type == "text/turtle"
    assert JSON_LD.media_types == ("application/ld+json", "application/json")
    assert RDF_XML.media_type == "application/rdf+xml"


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/xml", "application/xml; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/sparql-results+json", "application/sparql-results+json"),
    ],
)
def test_the_charset_is_named_only_where_the_type_has_that_parameter(media_type: str, expected: str) -> None:
    """Text defaults to other charsets; the registrations of the others have no such parameter."""
    assert content_type(media_type) == expected
