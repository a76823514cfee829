"""Lists of a page that are capped there, each shown whole at an address of its own.

`?all=` names the list: a property's CURIE for its values, `^` and a CURIE for what has the
page's thing as its value (the inverse path of SPARQL 1.1), or `claims`. `only=` narrows a
list to one class or, of claims, to one viewpoint; `in=` narrows claims to one article;
`page=` counts from 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from graph.namespaces import PREFIXES, curie
from server.site import Site
from server.terms.links import encode_path

CLAIMS: Final = "claims"
PAGE_SIZE: Final = 50
"""Members of a list on one page."""

_NUMBER: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Listing:
    """Which list of a thing's page is meant."""

    property: str
    """IRI of a property, or `claims`."""
    is_inverse: bool = False
    only: str | None = None
    """IRI of the class or the viewpoint that narrows the list."""
    within: str | None = None
    """IRI of the article that narrows a list of claims."""

    def query(self, page: int = 1) -> str:
        """Return the query string of one page of this list."""
        name = ("^" if self.is_inverse else "") + (curie(self.property) or self.property)
        fields = [("all", name)]
        if self.only is not None:
            fields.append(("only", curie(self.only) or self.only))
        if self.within is not None:
            fields.append(("in", curie(self.within) or self.within))
        if page > 1:
            fields.append(("page", str(page)))
        return urlencode(fields, safe=":/")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list."""

    number: int
    """Counted from 1."""
    last: int
    start: int
    """Place of the first member of the page in the list, counted from 0."""
    end: int


def read_listing(args: Mapping[str, str]) -> Listing | None:
    """Return the list that a query string names; None where it names none, so that the page itself is meant."""
    wanted = args.get("all", "").strip()
    only = expand(args.get("only", "").strip())
    if wanted == CLAIMS:
        return Listing(CLAIMS, only=only, within=expand(args.get("in", "").strip()))
    iri = expand(wanted.removeprefix("^"))
    return Listing(iri, wanted.startswith("^"), only) if iri is not None else None


def expand(name: str) -> str | None:
    """Return the IRI of a CURIE with a known prefix or of an IRI; None where it is neither.

    >>> expand("bg:place")
    'https://w3id.org/battlegraph/ontology#place'
    """
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return name if name.startswith(("https://", "http://", "urn:")) else None


def list_address(site: Site, thing: str, listing: Listing, page: int = 1) -> str:
    """Return the address of one page of a list of the thing with this IRI."""
    name = site.links.entity_name(thing) or ""
    return site.links.to(f"/page/{encode_path(name)}?{listing.query(page)}")


def choose_leaf(members: Sequence[object], page: str) -> Leaf:
    """Return the page of a list that a text asks for: the first where it is no number, the last where it is too far."""
    last = max(1, -(-len(members) // PAGE_SIZE))
    number = int(page) if _NUMBER.fullmatch(page) else 1
    number = min(max(number, 1), last)
    start = (number - 1) * PAGE_SIZE
    return Leaf(number, last, start, min(start + PAGE_SIZE, len(members)))
