"""What a thing is called: its name for the reader, the others beside it, and where one is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from server.http.languages import PAGE_LANGUAGE, present_reading
from server.site import Site
from server.terms.labels import ALTERNATIVE, LABEL_PROPERTIES, Label, foreign_language
from server.terms.rows import MOST_SHOWN
from server.things.crosslinks import CrossLink
from server.things.listings import Listing, list_address
from server.things.origins import OUTSIDE, origin_of

NAME_PROPERTIES: Final = frozenset((*LABEL_PROPERTIES, ALTERNATIVE))
"""The properties whose values stand in the heading of a page."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name in one language or script."""

    text: str
    lang: str | None
    is_outside: bool
    """Whether it comes from a source outside the article."""
    evidence: str | None = None
    """Where the outside source is told."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the heading of a page says."""

    title: Label
    outside: Name | None
    """The title again, where it comes from outside the article."""
    others: tuple[Name, ...]
    """The first of the other names."""
    count: int
    """How many other names there are."""
    more: str | None
    """Where they are all listed, where there are more than shown."""
    lacking: str | None
    """The code of the reader's language, where the thing has no name in it."""


def read_names(site: Site, thing: ox.NamedNode, own: Iterable[ox.Quad], links: Iterable[CrossLink]) -> Names:
    """Return the names of the thing whose statements and cross-links these are."""
    title = site.labels.label(thing.value)
    told = {(link.property, link.value): site.links.href(link.iri) for link in links}
    found = {
        Name(
            quad.object.value,
            foreign_language(quad.object),
            origin_of(site, quad) == OUTSIDE,
            told.get((quad.predicate.value, quad.object)),
        )
        for quad in own
        if quad.predicate in NAME_PROPERTIES and isinstance(quad.object, ox.Literal) and quad.object.value.strip()
    }
    titles = {name for name in found if (name.text, name.lang) == (title.text, title.lang)}
    others = sorted(found - titles, key=lambda name: (name.lang or "", name.text))
    outside = None if any(not name.is_outside for name in titles) else min(titles, key=str, default=None)
    language = present_reading().language
    spoken = {PAGE_LANGUAGE, *((name.lang or "").partition("-")[0] for name in found)}
    return Names(
        title,
        outside,
        tuple(others[:MOST_SHOWN]),
        len(others),
        list_address(site, thing.value, Listing(ALTERNATIVE.value)) if len(others) > MOST_SHOWN else None,
        None if language in spoken else language,
    )
