"""Templates of ships, which show and link a name: {{USS|Monitor}}, {{ship|Japanese battleship|Yamato||2}}.

After the documentation of Template:Ship: of the last argument, 1 shows the hull number or year
alone, 2 the name alone, 3 the name and the number, 6 all but the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.drafting.wikitext.templates import names_in

PREFIXES: Final = names_in(
    """
    ara, bap, bns, brp, css, gts, hdms, hmas, hmcs, hmhs, hmnzs, hms, hmt, hnlms, hnoms, hswms, htms, ins, iris, kri,
    ms, mt, mv, nrp, orp, pns, rfa, rms, roks, sas, sms, ss, tcg, usat, uscgc, usns, usrc, uss
    """
)
"""Templates named like the prefix of the ships that they show."""
_MIXED: Final = MappingProxyType({"hnoms": "HNoMS", "hswms": "HSwMS"})
_FULL: Final = 3


@dataclass(frozen=True, slots=True)
class Ship:
    """What a template of a ship shows, and the page to which it leads."""

    shown: str
    page: str


def ship(template: str, given: Sequence[str]) -> Ship | None:
    """Return the ship of a template of `PREFIXES`, or of `ship`, which has the prefix as an argument.

    None if it has no name.
    """
    if template in PREFIXES:
        given = (_MIXED.get(template, template.upper()), *given)
    prefix, name, number, form = (*given, "", "", "", "")[: _FULL + 1]
    if not name:
        return None
    whole = f"{prefix} {name}".strip()
    bracket = f" ({number})" if number else ""
    shown = {
        "1": number or name,
        "2": name,
        "3": name + bracket,
        "6": whole,
    }.get(form, whole + bracket)
    return Ship(shown, whole + bracket)


def ship_class(given: Sequence[str]) -> Ship | None:
    """Return what {{sclass|Iowa|battleship}} shows: "Iowa-class battleship"."""
    if not given or not given[0]:
        return None
    kind = given[1] if len(given) > 1 else ""
    whole = f"{given[0]}-class {kind}".strip()
    return Ship(whole, whole)
