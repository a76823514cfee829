"""Whether a literal is what its datatype says, and written as the store will give it back.

pyoxigraph's store rewrites what it reads (`001` to `1`, `1.50` to `1.5`, `EN` to `en`)
while its parser and serialiser keep it, so dumps and query results would differ. Hence
literals are authored in the one form on which all agree. Datatypes: XSD 1.1 part 2.
"""

from __future__ import annotations

import calendar
import re
from types import MappingProxyType
from typing import Final, cast

import pyoxigraph as ox

from graph.namespaces import XSD

_FEBRUARY: Final = 2
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01])"

_FORMS: Final = MappingProxyType(
    {
        XSD + name: re.compile(pattern)
        for name, pattern in {
            "boolean": r"true|false|1|0",
            "date": rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
            "dateTime": rf"{_YEAR}-{_MONTH}-{_DAY}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?{_ZONE}",
            "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
            "duration": r"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
            r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?",
            "gYear": _YEAR + _ZONE,
            "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
            "integer": r"[+-]?[0-9]+",
            "nonNegativeInteger": r"\+?[0-9]+|-0+",
            "positiveInteger": r"\+?0*[1-9][0-9]*",
        }.items()
    }
)

_EXAMPLES: Final = MappingProxyType(
    {
        XSD + "boolean": "true",
        XSD + "date": "2020-10-07",
        XSD + "dateTime": "2020-10-07T12:00:00Z",
        XSD + "decimal": "39.52",
        XSD + "duration": "P8D",
        XSD + "gYear": "2020",
        XSD + "gYearMonth": "2020-10",
        XSD + "integer": "14",
        XSD + "nonNegativeInteger": "14",
        XSD + "positiveInteger": "14",
    }
)


def is_well_formed(lexical: str, datatype: str) -> bool:
    """Tell whether the text is a lexical form of the datatype; True for datatypes not known here.

    >>> is_well_formed("-0490-09-12", "http://www.w3.org/2001/XMLSchema#date")
    True
    >>> is_well_formed("2021-02-29", "http://www.w3.org/2001/XMLSchema#date")
    False
    """
    form = _FORMS.get(datatype)
    if form is None:
        return True
    return form.fullmatch(lexical) is not None and _is_on_the_calendar(lexical, datatype)


def example(datatype: str) -> str:
    """Return a well-formed text of a datatype that `is_well_formed` knows."""
    return _EXAMPLES[datatype]


def canonical(literal: ox.Literal) -> ox.Literal:
    """Return the literal as a store gives it back."""
    store = ox.Store()
    store.add(ox.Quad(_NODE, _NODE, literal))
    return cast(ox.Literal, next(iter(store)).object)


_NODE: Final = ox.NamedNode("urn:x")


def _is_on_the_calendar(lexical: str, datatype: str) -> bool:
    """Refuse the 30th of February; datetime.date would also refuse the years before 1."""
    if datatype not in (XSD + "date", XSD + "dateTime"):
        return True
    year, month, day = map(int, re.findall(r"^-?[0-9]+|[0-9]{2}(?=-|T|Z|$|\+)", lexical)[:3])
    return day <= _DAYS[month - 1] + (month == _FEBRUARY and calendar.isleap(year))
