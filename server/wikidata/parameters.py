"""The options of a request for an export: `item=` any number of times, `new=` and `names=`."""

from __future__ import annotations

from typing import Final

from flask import request

from server.http.errors import Problem
from server.site import Site
from server.wikidata.creation import Creation
from server.wikidata.items import InvalidItem, Items, read_given

_KNOWN: Final = frozenset(("item", "names", "new", "lang"))


def read_items(site: Site, of: str | None = None) -> Items:
    """Return the items of the dataset's things with those the request gives; raise a 400 for what cannot be used."""
    try:
        given = read_given(site.dataset.store, site.dataset.base, request.args.getlist("item"), of)
    except InvalidItem as error:
        raise Problem(400, "Unusable item", f"{error}.") from error
    return Items(site.dataset.store, given)


def read_creation() -> Creation:
    """Return what the request wants done with things without an item; raise a 400 where it wants something else."""
    wanted = _one("new", Creation.NONE.value)
    try:
        return Creation(wanted)
    except ValueError as error:
        there = ", ".join(Creation)
        raise Problem(400, "Unknown option", f"new={wanted!r} is unknown. It is one of: {there}.") from error


def read_names() -> bool:
    """Tell whether the request wants our names as aliases; raise a 400 for anything but `names=1` and `names=0`."""
    wanted = _one("names", "0")
    if wanted not in ("0", "1"):
        raise Problem(400, "Unknown option", f"names={wanted!r} is unknown. It is 1, to add our names, or 0.")
    return wanted == "1"


def _one(name: str, default: str) -> str:
    values = request.args.getlist(name)
    if len(values) > 1:
        raise Problem(400, "Repeated option", f"{name} is given {len(values)} times, and can be given once.")
    return values[0] if values else default


def require_known(*more: str) -> None:
    """Raise a 400 for a parameter that no export has: a misspelt one would give a file that nobody meant."""
    unknown = sorted(set(request.args) - _KNOWN - set(more))
    if unknown:
        names = ", ".join(sorted(_KNOWN - {"lang"}))
        raise Problem(400, "Unknown option", f"There is no option {unknown[0]!r} here. There are: {names}.")
