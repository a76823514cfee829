"""Coordinates as articles print them: degrees, minutes and seconds, decimal degrees, a pair with a semicolon.

Degrees and minutes, decimal degrees with hemispheres and `39.76000; 46.74750`, parted by slashes, are one position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from graph.drafting.document import Line, Words
from graph.drafting.reading import Position

_DEGREES: Final = r"[0-9]{1,3}(?:\.[0-9]{1,12})?"
_SIXTIETHS: Final = r"[0-9]{1,2}(?:\.[0-9]{1,9})?"
_MINUTE: Final = r"['\u2019\u2032\u02b9]"
_SECOND: Final = r"(?:[\"\u201d\u2033]|''|\u2032\u2032)"


def _angle(name: str, hemispheres: str) -> str:
    """Return the pattern of one angle: `39.7583° N`, `39°45'36.5"N`."""
    return (
        rf"(?P<{name}d>{_DEGREES})\s?°\s?(?:(?P<{name}m>{_SIXTIETHS})\s?{_MINUTE}\s?)?"
        rf"(?:(?P<{name}s>{_SIXTIETHS})\s?{_SECOND}\s?)?(?P<{name}h>[{hemispheres}])\b"
    )


_ANGLES: Final = re.compile(rf"(?<![0-9.]){_angle('y', 'NS')}[\s,;]{{1,3}}{_angle('x', 'EW')}")
_NUMBER: Final = r"[0-9]{1,3}(?:\.[0-9]{1,12})?"
_PAIR: Final = re.compile(rf"(?<![0-9.])(?P<y>[-\u2212]?{_NUMBER})\s?;\s?(?P<x>[-\u2212]?{_NUMBER})(?![0-9])")
_BETWEEN: Final = re.compile(
    r"[\s/,()\ufeff\u200b]*(?:Coordinates:?[\s\ufeff\u200b]*)?"
    r"(?:Click the blue globe to open an interactive map\.?\s*)?"
)
"""What stands between the forms of one position, or before the first."""
_PLACES_OF_SIXTIETHS: Final = (0, 3, 5)
"""Decimal places of degrees that degrees, minutes and seconds are worth; so `{{coord}}` prints them."""
_SIGNIFICANT: Final = Decimal("0.01")
"""Forms that differ by less are roundings of one position: a minute is 0.017 degrees."""
_MOST_LATITUDE: Final = 90
_MOST_LONGITUDE: Final = 180

COORDINATE_RULES: Final = {
    "coordinates-decimal": "Coordinates are the most exact decimal degrees that are printed, north and east positive.",
    "coordinates-converted": "Coordinates in degrees, minutes and seconds alone are turned into decimal degrees.",
}


@dataclass(frozen=True, slots=True)
class _Form:
    start: int
    end: int
    latitude: Decimal
    longitude: Decimal
    is_decimal: bool

    @property
    def places(self) -> int:
        """How many decimal places it has."""
        return min(
            -exponent for one in (self.latitude, self.longitude) if isinstance(exponent := one.as_tuple().exponent, int)
        )


@dataclass(frozen=True, slots=True)
class Located:
    """Positions in a line, and the stretches [start, end) that give them with the rule."""

    positions: tuple[Position, ...]
    read: tuple[tuple[int, int, str], ...]


def positions_of(line: Line) -> Located:
    """Return each position that a line gives, once, however many forms it is printed in."""
    groups = _groups(sorted(_forms(line.text), key=lambda form: form.start), line.text)
    positions, read = list[Position](), list[tuple[int, int, str]]()
    known = list[_Form]()
    for forms in groups:
        best = max(forms, key=lambda form: (form.is_decimal, form.places))
        rule = "coordinates-decimal" if best.is_decimal else "coordinates-converted"
        start = _label_start(line.text, forms[0].start, read[-1][1] if read else 0)
        read.append((start, forms[-1].end, rule))
        if not any(_are_one(best, other) for other in known):
            known.append(best)
            words = Words(line, forms[0].start, forms[-1].end)
            positions.append(Position(words, str(best.latitude), str(best.longitude), rule))
    return Located(tuple(positions), tuple(read))


def _forms(text: str) -> Iterator[_Form]:
    for match in _ANGLES.finditer(text):
        latitude, longitude = _value(match, "y"), _value(match, "x")
        if abs(latitude) <= _MOST_LATITUDE and abs(longitude) <= _MOST_LONGITUDE:
            yield _Form(match.start(), match.end(), latitude, longitude, match["ym"] is None and match["ys"] is None)
    for match in _PAIR.finditer(text):
        latitude, longitude = (Decimal(match[axis].replace("\u2212", "-")) for axis in "yx")
        if abs(latitude) <= _MOST_LATITUDE and abs(longitude) <= _MOST_LONGITUDE:
            yield _Form(match.start(), match.end(), latitude, longitude, is_decimal=True)


def _value(match: re.Match[str], axis: str) -> Decimal:
    value = degrees(*(match[axis + unit] for unit in "dms"))
    return -value if match[axis + "h"] in "SW" else value


def degrees(whole: str, minutes: str | None, seconds: str | None) -> Decimal:
    """Return an angle in decimal degrees, with as many places as its minutes and seconds are worth."""
    finest, places = next(
        (part, places)
        for part, places in zip((seconds, minutes, whole), _PLACES_OF_SIXTIETHS[::-1], strict=True)
        if part
    )
    value = Decimal(whole) + Decimal(minutes or 0) / 60 + Decimal(seconds or 0) / 3600
    places += len(finest.partition(".")[2])
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _groups(forms: Sequence[_Form], text: str) -> list[list[_Form]]:
    """Put forms together that only a slash or the label parts and that are roundings of one position."""
    groups = list[list[_Form]]()
    for form in forms:
        before = groups[-1][-1] if groups else None
        if before and form.start < before.end:
            continue
        if before and _BETWEEN.fullmatch(text, before.end, form.start) and _are_one(before, form):
            groups[-1].append(form)
        else:
            groups.append([form])
    return groups


def _are_one(one: _Form, other: _Form) -> bool:
    return abs(one.latitude - other.latitude) < _SIGNIFICANT and abs(one.longitude - other.longitude) < _SIGNIFICANT


def _label_start(text: str, start: int, floor: int) -> int:
    """Return where the label "Coordinates:" before a position begins."""
    at = text.rfind("Coordinates", max(floor, start - 80), start)
    return at if at >= 0 and _BETWEEN.fullmatch(text, at, start) else start
