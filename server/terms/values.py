"""Literals in a reader's words: days, durations, points, yes and no.

What is written stays in the data; a page says the same so that it can be read aloud.
Anything that is not understood is shown as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import pyoxigraph as ox
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from graph.namespaces import GEO, ISO639_1, XSD
from server.terms.days import iso, name_day, read_span
from server.terms.labels import Shown

LONGEST_SHOWN: Final = 1_200
"""Characters of one literal that a page shows; the data has the rest."""

_DURATION: Final = re.compile(r"P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})D)?")
_POINT: Final = re.compile(r"POINT ?\( ?(-?\d{1,3}(?:\.\d+)?) (-?\d{1,2}(?:\.\d+)?) ?\)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the Gregorian calendar; a template may treat it as any other shown value."""

    text: str
    """The day as people write it."""
    iso: str
    """The day as HTML's `datetime` takes it."""
    lang: None = None
    href: None = None
    iri: None = None
    hint: None = None


Value: TypeAlias = Shown | Day


def show_literal(literal: ox.Literal, plain: Shown) -> Value:
    """Return a literal in words; `plain` is how it is shown where there are none for it."""
    datatype, text = literal.datatype.value, literal.value
    if datatype == XSD + "date":
        return show_day(text)
    if datatype == XSD + "boolean":
        return Shown(_("yes") if text in ("true", "1") else _("no"))
    if datatype == XSD + "duration":
        return Shown(name_duration(text), hint=text)
    if datatype == GEO + "wktLiteral" and (found := _POINT.fullmatch(text)):
        return Shown(name_point(float(found[1]), float(found[2])), hint=text)
    if len(text) > LONGEST_SHOWN:
        return Shown(f"{text[:LONGEST_SHOWN]} …", plain.lang, hint=_("%(n)s characters", n=format_decimal(len(text))))
    return plain


def show_day(text: str) -> Value:
    """Return an xsd:date in words, `7 October 2020` or `12 September 490 BCE`; as it is written where it is none."""
    span = read_span(text)
    if span is None or not span.is_one_day:
        return Shown(text)
    name, written = name_day(span.first, get_locale()), iso(span.first)
    return Day(name, written) if written else Shown(name, hint=text)


def show_language(shown: Shown) -> Shown:
    """Return a term under the language's name, where it is an entry of the Library of Congress's ISO 639-1 list."""
    code = (shown.iri or "").removeprefix(ISO639_1)
    name = get_locale().languages.get(code) if code != shown.iri else None
    return replace(shown, text=name, hint=code) if name else shown


def name_count(least: int | None, most: int | None) -> str | None:
    """Return the bounds of a count in words, None where there are none."""
    if least is not None and least == most:
        return str(format_decimal(least))
    if least is not None and most is not None:
        return str(_("between %(least)s and %(most)s", least=format_decimal(least), most=format_decimal(most)))
    if least is not None:
        return str(_("at least %(least)s", least=format_decimal(least)))
    return str(_("at most %(most)s", most=format_decimal(most))) if most is not None else None


def name_duration(text: str) -> str:
    """Return an xsd:duration of whole days, months or years in words."""
    found = _DURATION.fullmatch(text)
    years, months, days = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    parts = [
        *([ngettext("%(num)d year", "%(num)d years", years)] if years else []),
        *([ngettext("%(num)d month", "%(num)d months", months)] if months else []),
        *([ngettext("%(num)d day", "%(num)d days", days)] if days else []),
    ]
    return ", ".join(parts) or text


def name_point(longitude: float, latitude: float) -> str:
    """Return a point of WGS 84 as people write it, latitude first."""
    north = _("N") if latitude >= 0 else _("S")
    east = _("E") if longitude >= 0 else _("W")
    return f"{abs(latitude)}° {north}, {abs(longitude)}° {east}"
