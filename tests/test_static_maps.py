"""The decisions that configurations of file servers take, evaluated in Python: as the server itself decides."""

from __future__ import annotations

import re
from typing import Final

import pytest
import test_negotiate
from hypothesis import given

from server.http.formats import GEOJSON, HTML, JSON, QUERY, RDF_FORMATS, TEXT, TURTLE, Format
from server.http.languages import prefer
from server.http.negotiate import negotiate
from server.static_site.acceptance import accept_maps
from server.static_site.mapping import Map, evaluate
from server.static_site.reading_language import LANGUAGE, language_maps

OFFERS: Final[tuple[tuple[Format, ...], ...]] = (
    test_negotiate.THING,
    test_negotiate.PAGE,
    RDF_FORMATS,
    (HTML, TEXT, *RDF_FORMATS),
    (HTML, QUERY, *RDF_FORMATS),
    (HTML, JSON, TURTLE),
    (HTML, GEOJSON),
    (TURTLE,),
)
MAPS: Final[dict[tuple[Format, ...], list[Map]]] = {offers: list(accept_maps("accepted", offers)) for offers in OFFERS}
LONGEST_TOKEN: Final = 4096
"""Bytes of a token in nginx's configuration."""


def chosen(accept: str | None, offers: tuple[Format, ...]) -> str:
    """Return the media type that the maps choose."""
    return evaluate(MAPS[offers], {"http_accept": accept or ""}, "accepted")


def expected(accept: str | None, offers: tuple[Format, ...]) -> str:
    """Return the one that the server chooses."""
    choice = negotiate(accept, offers)
    return choice.media_type if choice else ""


@pytest.mark.parametrize("offers", OFFERS, ids=lambda offers: " ".join(offer.name for offer in offers))
@pytest.mark.parametrize("row", test_negotiate.ROWS, ids=[row[0] for row in test_negotiate.ROWS])
def test_the_accept_table(row: tuple[str, str | None, str | None, str | None], offers: tuple[Format, ...]) -> None:
    """The maps choose for each client what the server chooses."""
    assert chosen(row[1], offers) == expected(row[1], offers)


@given(test_negotiate.HEADERS)
def test_any_header_with_qualities_of_three_digits(accept: str) -> None:
    """Also of headers that nobody sends."""
    for offers in OFFERS:
        assert chosen(accept, offers) == expected(accept, offers)


@pytest.mark.parametrize("accept_language", [
    "", "hy", "az", "en", "hy-AM", "HY-am, en;q=0.5", "en;q=0.4, hy;q=0.41", "fr, de;q=0.9", "fr, az;q=0.1",
    "*, hy;q=0.2", "hy;q=0, az;q=0.001", "az_AZ;q=0.9, hy;q=0.95, en;q=1.0", "hye, azb;q=0.5",
    "en-GB,en;q=0.9,hy;q=0.8",
])  # fmt: skip
def test_the_language_of_a_reader(accept_language: str) -> None:
    """By Accept-Language as the server reads it; `?lang=` overrides."""
    maps = list(language_maps())
    assert evaluate(maps, {"http_accept_language": accept_language}, LANGUAGE) == prefer(accept_language)
    assert evaluate(maps, {"http_accept_language": accept_language, "arg_lang": "hy-AM"}, LANGUAGE) == "hy"
    assert evaluate(maps, {"http_accept_language": accept_language, "arg_lang": "xx"}, LANGUAGE) == prefer(
        accept_language
    )


def test_the_patterns_suit_the_configurations() -> None:
    """Short enough for nginx, and without what quotation marks give a meaning there."""
    for maps in (*MAPS.values(), list(language_maps())):
        for each in maps:
            for pattern, value in each.entries:
                assert len(pattern) < LONGEST_TOKEN
                assert '"' not in pattern + value
                assert "\\\\" not in pattern
                re.compile(pattern)


def test_a_long_header_takes_no_longer_than_its_length() -> None:
    """No header makes a pattern go back and forth: a second would be a hundred times what it takes."""
    for accept in ("a/b;q=0.1," * 700, ";q=" * 2000, '"' * 4001, "text/turtle" * 500, ", " * 4000, "\\" * 4000):
        assert chosen(accept, RDF_FORMATS) == expected(accept, RDF_FORMATS)


def test_a_variable_that_nobody_defines_is_empty() -> None:
    """And a map whose patterns do not match gives its default."""
    assert evaluate([Map("a", "$b", (("^x$", "y"),), "${c}z")], {}, "a") == "z"
    assert evaluate([Map("a", "$b", (("^(x+)$", "<$1>"),))], {"b": "xx"}, "a") == "<xx>"
