"""The geometry of a locator map: land, lines, marks and labels, in records that a template draws as SVG.

A sheet is WIDTH by HEIGHT units.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from server.terms.labels import Shown
from server.time_and_place.map_labels import Box, Text, around, box_of, fits, is_crossed
from server.time_and_place.outlines import Outlines, Point, Window
from server.time_and_place.projection import HEIGHT, WIDTH, Projection, window_of, within

NEAR_KM: Final = 60.0
"""The least width of the map of the places."""
FAR_KM: Final = 1_500.0
"""The least width of the map of the region around them."""
FINE_BELOW_KM: Final = 500.0
"""Maps narrower than this are drawn from the finer outlines."""

_NEAR_SHARE: Final = 0.5
_FAR_SHARE: Final = 0.3
_SMALLEST_COUNTRY: Final = 0.015
_MARGIN: Final = 0.03
_TURNED: Final = 180.0
_DEGREE: Final = 10.0
"""Height of the letters of a parallel's name."""
_SHEETS: Final = 128
"""Sheets without places that are kept, of some ten kilobytes each."""


@dataclass(frozen=True, slots=True)
class Located:
    """A place with its number in the table and where it lies."""

    number: int
    shown: Shown
    point: Point
    is_centroid: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the sheet; without a label where none would fit, and then its number alone tells it."""

    located: Located
    x: float
    y: float
    label: Text | None


@dataclass(frozen=True, slots=True)
class Line:
    """A meridian or parallel."""

    at: float
    name: str
    label: Text | None = None
    """Where a parallel's name stands: at an edge or not far from it, where no coast or boundary runs through it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One map."""

    has_outlines: bool
    land: str
    coast: str
    borders: str
    """These three are the `d` of SVG paths."""
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    marks: tuple[Mark, ...]
    countries: tuple[Text, ...]
    frame: tuple[float, float, float, float] | None
    """Where the other map lies on this one: x, y, width, height."""
    km: float
    """What the scale bar says."""
    bar: float
    """How long it is."""
    window: Window
    span_km: float
    """Width of the sheet in kilometres."""


def near_window(points: Sequence[Point]) -> Window:
    """Return the window of the map of these places."""
    return window_of(points, least_km=NEAR_KM, share=_NEAR_SHARE)


def far_window(near: Window) -> Window:
    """Return the window of the region around that map."""
    return window_of([(near.west, near.south), (near.east, near.north)], least_km=FAR_KM, share=_FAR_SHARE)


def draw_near(places: Sequence[Located], outlines: Outlines | None) -> Sheet:
    """Return the map of the places."""
    window = near_window([place.point for place in places])
    sheet = _blank(window, outlines)
    names = [box_of(line.label, _DEGREE) for line in sheet.parallels if line.label]
    return replace(sheet, marks=tuple(_marks(Projection(window), places, names)))


@lru_cache(maxsize=_SHEETS)
def draw_far(near: Window, outlines: Outlines | None) -> Sheet:
    """Return the map of the region, with the frame of the nearer one and the countries' names as the file has them."""
    window = far_window(near)
    projection = Projection(window)
    sheet = _blank(window, outlines)
    west, north = projection.xy(within((near.west, near.north), window))
    wide = (near.east - near.west) / (window.east - window.west) * WIDTH
    high = (near.north - near.south) / (window.north - window.south) * HEIGHT
    frame = round(west, 1), round(north, 1), round(wide, 1), round(high, 1)
    taken = [(west - 2, north - 2, west + wide + 2, north + high + 2)]
    countries = tuple(_countries(projection, outlines, taken)) if outlines else ()
    return replace(sheet, frame=frame, countries=countries)


def name_degrees(degrees: float, *, is_latitude: bool) -> str:
    """Return a meridian's or parallel's name, in degrees and minutes.

    >>> name_degrees(-77, is_latitude=False), name_degrees(182, is_latitude=False)
    ('77° W', '178° W')
    """
    if not is_latitude and abs(degrees) > _TURNED:
        degrees -= 360 if degrees > 0 else -360
    whole, minutes = divmod(round(abs(degrees) * 60), 60)
    side = ("N" if degrees >= 0 else "S") if is_latitude else ("E" if degrees >= 0 else "W")
    name = f"{whole}°{minutes:02}\N{PRIME}" if minutes else f"{whole}°"
    return name if not whole and not minutes else f"{name} {side}"


# Cutting the outlines takes most of a map's time, and where they are cut depends on nothing but the window.
@lru_cache(maxsize=_SHEETS)
def _blank(window: Window, outlines: Outlines | None) -> Sheet:
    projection = Projection(window)
    margin = (window.east - window.west) * _MARGIN, (window.north - window.south) * _MARGIN
    wider = Window(window.west - margin[0], window.south - margin[1], window.east + margin[0], window.north + margin[1])
    km, bar = projection.scale_bar()
    coast, borders = (outlines.coast(wider), outlines.borders(wider)) if outlines else ([], [])
    drawn = [[projection.xy(point) for point in line] for line in (*coast, *borders)]
    return Sheet(
        has_outlines=outlines is not None,
        land=projection.path(outlines.fill(outlines.land, wider), closed=True) if outlines else "",
        coast=projection.path(coast),
        borders=projection.path(borders),
        meridians=tuple(
            Line(round(projection.xy((x, 0))[0], 1), name_degrees(x, is_latitude=False)) for x in projection.meridians()
        ),
        parallels=tuple(_parallel(projection, y, drawn) for y in projection.parallels()),
        marks=(),
        countries=(),
        frame=None,
        km=km,
        bar=round(bar, 1),
        window=window,
        span_km=projection.km,
    )


def _parallel(projection: Projection, latitude: float, drawn: Sequence[Sequence[Point]]) -> Line:
    at, name = round(projection.xy((0, latitude))[1], 1), name_degrees(latitude, is_latitude=True)
    edges = ((WIDTH - 4, "end"), (4.0, "start"), (WIDTH - 64, "end"), (64.0, "start"))
    places = [Text(x, round(at + dy, 1), anchor, name) for x, anchor in edges for dy in (-3, _DEGREE)]
    return Line(at, name, next((x for x in places if not is_crossed(box_of(x, _DEGREE), drawn)), places[0]))


def _marks(projection: Projection, places: Sequence[Located], names: Sequence[Box]) -> Iterator[Mark]:
    spots = [projection.xy(within(place.point, projection.window)) for place in places]
    # The scale bar has the lower left corner to itself.
    taken: list[Box] = [
        *names,
        (0, HEIGHT - 34, WIDTH * 0.36, HEIGHT),
        *((x - 6, y - 6, x + 6, y + 6) for x, y in spots),
    ]
    for place, (x, y) in zip(places, spots, strict=True):
        words = Text(0, 0, "start", f"{place.number}  {place.shown.text}", place.shown.lang)
        label = next((text for text in around(words, x, y) if fits(box_of(text), taken)), None)
        if label is None:
            bare = replace(words, text=str(place.number), lang=None)
            label = next((text for text in around(bare, x, y) if fits(box_of(text), taken)), None)
        if label:
            taken.append(box_of(label))
        yield Mark(place, round(x, 1), round(y, 1), label)


def _countries(projection: Projection, outlines: Outlines, taken: list[Box]) -> Iterator[Text]:
    """Yield the names of countries in the middle of what is seen of them, the largest first."""
    found = []
    for country in outlines.countries:
        rings = [[projection.xy(p) for p in ring] for ring in outlines.fill(country.rings, projection.window)]
        area, x, y = max((_centre(ring) for ring in rings), default=(0.0, 0.0, 0.0))
        if area > _SMALLEST_COUNTRY * WIDTH * HEIGHT:
            found.append((area, Text(round(x, 1), round(y + 4, 1), "middle", country.name, "en")))
    for _, text in sorted(found, key=lambda item: (-item[0], item[1].text)):
        if fits(box_of(text), taken):
            taken.append(box_of(text))
            yield text


def _centre(ring: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Return a ring's area and the centre of its mass."""
    twice = x = y = 0.0
    for place, (x2, y2) in enumerate(ring):
        x1, y1 = ring[place - 1]
        cross = x1 * y2 - x2 * y1
        twice += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return (abs(twice) / 2, x / (3 * twice), y / (3 * twice)) if twice else (0.0, 0.0, 0.0)
