"""Places from the narrow to the wide, and coordinates in all their printed forms."""

# The texts have the dashes, primes and letters that articles have.
# ruff: noqa: RUF001

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from drafting_lines import document_of, field_of, line_of, unaccounted
from hypothesis import given
from hypothesis import strategies as st

from graph.anchors import Span
from graph.drafting.chronicle.places import RULES, read_coordinates, read_place
from graph.drafting.document import Field
from graph.drafting.reading import Disposal, FieldReading

_DOCUMENT = document_of("Battle of Anywhere")


def _read(text: str) -> FieldReading:
    return read_place(field_of("place", text), _DOCUMENT)


def _names(text: str) -> list[tuple[str, str | None]]:
    (place,) = _read(text).stated
    return [(named.name, named.note) for named in place.named]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Oldham, West Shire, Northland", [("Oldham", None), ("West Shire", None), ("Northland", None)]),
        ("near Oldham in [[Shire]]", [("Oldham", "near"), ("Shire", "in")]),
        ("near [[Oldham]] in [[Shire]]", [("Oldham", "near"), ("Shire", "in")]),
        ("off the cape of [[Oldham]]", [("Oldham", "off the cape of")]),
        ("Oldham (today Newham)", [("Oldham", None), ("Newham", "today")]),
        (
            "Oldham\n(modern-day [[Newham]], [[Northland]])",
            [("Oldham", None), ("Newham", "modern-day"), ("Northland", None)],
        ),
        ("[[Oldham]],\n[[Shire]], Northland", [("Oldham", None), ("Shire", None), ("Northland", None)]),
        ("Oldham (Engl.: Auldham)", [("Oldham", None), ("Auldham", "Engl.")]),
        ("the [[North Sea]], and the [[South Sea]]", [("North Sea", None), ("South Sea", None)]),
        ("Oldham, in present day Newham County", [("Oldham", None), ("Newham County", "in present day")]),
    ],
)
def test_a_place_is_named_from_the_narrow_to_the_wide(text: str, names: list[tuple[str, str | None]]) -> None:
    """Words that only relate to a name, "near", "modern-day", are its note."""
    assert _names(text) == names


def test_a_part_keeps_its_link() -> None:
    (place,) = _read("[[Oldham, Shire|Oldham]], Northland").stated
    assert [named.link for named in place.named] == ["Oldham, Shire", None]


_FORMS = [
    ("39°45.5′N 46°44.9′E / 39.7583°N 46.7483°E / 39.7583; 46.7483", "39.7583", "46.7483"),
    (
        "48°35′42″N 38°00′00″E / 48.5950°N 38.0000°E / 48.5950; 38.0000Coordinates: 48°35′42″N 38°00′00″E",
        "48.5950",
        "38.0000",
    ),
    ("Coordinates: 28°12′N 177°21′W / 28.2°N 177.35°W / 28.2; -177.35", "28.2", "-177.35"),
    ("39°45′36″N 46°44′51″E", "39.76000", "46.74750"),
    ("39° 45' 36\" N, 46° 44' 51\" E", "39.76000", "46.74750"),
    ("39°45′N 46°44′W", "39.750", "-46.733"),
    ("12°S 45°W", "-12", "-45"),
    ("50.408°N 4.667°W", "50.408", "-4.667"),
    ("50.408; −4.667", "50.408", "-4.667"),
    ("50.4080°N 4.667°E / 50.408; 4.667", "50.4080", "4.667"),
]


@pytest.mark.parametrize(("text", "latitude", "longitude"), _FORMS)
def test_coordinates_in_several_forms_are_one_position(text: str, latitude: str, longitude: str) -> None:
    """The most exact decimal degrees as they are printed; north and east are positive."""
    field = field_of("coordinates", text)
    reading = read_coordinates(field, _DOCUMENT)
    assert [(one.latitude, one.longitude) for one in reading.positions] == [(latitude, longitude)]
    assert {portion.disposal for portion in reading.portions} == {Disposal.READ}
    assert not reading.stated


def _parameters(text: str) -> list[tuple[str, str]]:
    """Read `name=value` lines as parameters of the box; return the positions."""
    fields, start = list[Field](), 0
    for written in text.split("\n"):
        name, _, value = written.partition("=")
        at = start + len(name) + 1
        span = Span(start, start + len(written))
        fields.append(Field("coordinates", (line_of(value, at),), span, label=Span(start, start + len(name))))
        start += len(written) + 1
    document = replace(_DOCUMENT, source=text, fields=tuple(fields))
    readings = [read_coordinates(field, document) for field in fields]
    assert not [unaccounted(*pair) for pair in zip(fields, readings, strict=True) if unaccounted(*pair)]
    for position in (one for reading in readings for one in reading.positions):
        span = position.words.span
        assert text[span.start : span.end].startswith(text.split("\n", maxsplit=1)[0].partition("=")[2])
    return [(one.latitude, one.longitude) for reading in readings for one in reading.positions]


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("latitude=46.5\nlongitude=-1.25", [("46.5", "-1.25")]),
        ("latd=39\nlatm=45\nlats=36\nlatNS=N\nlongd=46\nlongm=44\nlongs=51\nlongEW=W", [("39.76000", "-46.74750")]),
        ("lat_deg=39\nlat_min=45\nlat_dir=S\nlon_deg=46\nlon_min=44\nlon_dir=E", [("-39.750", "46.733")]),
        ("latitude=46.5", []),
        ("latitude=46.5\nlongitude=west", []),
    ],
)
def test_parameters_for_latitude_and_longitude_are_one_position(text: str, positions: list[tuple[str, str]]) -> None:
    assert _parameters(text) == positions


def test_two_positions_stay_two() -> None:
    reading = read_coordinates(field_of("coordinates", "10.5; 20.5 / 11.5; 21.5"), _DOCUMENT)
    assert [(one.latitude, one.longitude) for one in reading.positions] == [("10.5", "20.5"), ("11.5", "21.5")]


@pytest.mark.parametrize("text", ["91.5; 20.5", "20.5; 181.5", "5; 7 and 9 men", "three miles off"])
def test_what_is_no_position_is_none(text: str) -> None:
    """Latitude is at most 90 degrees, longitude 180."""
    positions = read_coordinates(field_of("coordinates", text), _DOCUMENT).positions
    assert [(one.latitude, one.longitude) for one in positions] in ([], [("5", "7")])


def test_coordinates_among_the_lines_of_the_place_are_its_position() -> None:
    reading = _read("Oldham, Northland\n39°45′N 46°44′E / 39.750°N 46.733°E / 39.750; 46.733")
    assert [one.latitude for one in reading.positions] == ["39.750"]
    assert [one.words.text for one in reading.stated] == ["Oldham, Northland"]


def test_a_name_in_brackets_beside_coordinates_is_a_place() -> None:
    reading = _read("40°29′N 127°12′E / 40.483; 127.200 (Old Lake)")
    assert [(one.words.text, one.rule) for one in reading.stated] == [("Old Lake", "place-beside-coordinates")]


def test_lines_after_a_list_may_be_of_a_field_that_lost_its_label() -> None:
    reading = _read("Oldham, Northland\n* The North regains territory\nNorthland")
    assert [one.words.text for one in reading.stated] == ["Oldham, Northland"]
    unread = [portion.words.text for portion in reading.portions if portion.disposal is Disposal.UNREAD]
    assert unread == ["The North regains territory", "Northland"]


_WORDS = st.sampled_from(
    [
        "Oldham",
        "near",
        "the",
        ",",
        ";",
        "(",
        ")",
        "/",
        "39°45′N",
        "46°44′E",
        "39.75;",
        "46.7",
        "Coordinates:",
        "[[Shire]]",
        "{4}",
        "é",
        "٣",
        "\n",
        "\n*",
    ]
)


@given(st.lists(_WORDS, max_size=14).map(" ".join))
def test_every_letter_and_digit_is_accounted_for_once(text: str) -> None:
    field = field_of("place", text)
    reading = read_place(field, _DOCUMENT)
    assert not unaccounted(field, reading)
    assert all(portion.why in RULES for portion in reading.portions if portion.disposal is Disposal.READ)


@pytest.mark.parametrize(
    "unit", ["9", "near ", "Oldham, ", "(", "39°45′N ", "39°45′N 46°44′E / ", "1.5; 2.5 ", "and the "]
)
def test_time_is_linear_in_the_size_of_the_field(unit: str) -> None:
    small, large = (unit * (size // len(unit)) for size in (5_000, 50_000))
    started = time.perf_counter()
    _read(small)
    between = time.perf_counter()
    _read(large)
    assert time.perf_counter() - between < 40 * (between - started) + 0.5
