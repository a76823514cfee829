"""What a list of things is called by the property that leads from them to the page's thing."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask_babel import lazy_gettext as _

from graph.namespaces import BG, BIRO, DCTERMS, GEO, OA, SCHEMA, SEM, SKOS
from server.site import Site
from server.terms.labels import Shown
from server.things.listings import Listing
from server.things.related import IN_ARTICLE

# `place of` reads well; where that is no English, or no plain English, a heading of our own.
_INVERSE: Final = {
    BG + "before": _("Comes after"),
    BG + "destination": _("Movements towards it"),
    BG + "formerlyLocatedIn": _("Places formerly in it"),
    BG + "gapIn": _("What is missing about it"),
    BG + "locatedIn": _("Places in it"),
    BG + "lostField": _("Entry it is missing from"),
    BG + "mapOf": _("Maps of it"),
    BG + "relativeTo": _("Places described by it"),
    BG + "seatOf": _("Run from"),
    BG + "sideOf": _("Sides"),
    BG + "unionMember": _("Counted together with others in"),
    BG + "viewpointOf": _("What it is said to assert"),
    BG + "voiceOf": _("Who speaks in it"),
    BIRO + "references": _("Entries that refer to it"),
    DCTERMS + "isPartOf": _("Parts of it"),
    DCTERMS + "isVersionOf": _("Texts of it"),
    GEO + "hasCentroid": _("Centre of"),
    OA + "hasSource": _("Anchored phrases in it"),
    SCHEMA + "about": _("Articles about it"),
    SCHEMA + "mentions": _("Mentioned in"),
    SEM + "hasActor": _("Events it took part in"),
    SEM + "hasPlace": _("Events there"),
    SEM + "subEventOf": _("Events within it"),
    SEM + "hasSubEvent": _("Part of"),
    SKOS + "broader": _("Narrower kinds"),
    SKOS + "inScheme": _("Concepts in it"),
}
_IN_ARTICLE: Final = {
    BG + "Claim": _("Claims read in it"),
    BG + "Gap": _("What is missing from its copy"),
    BG + "LossList": _("Its lists of losses"),
    BG + "Note": _("Its footnotes"),
    BG + "Omission": _("What was left out"),
    BG + "Reference": _("References it lists"),
    OA + "SpecificResource": _("Phrases that statements rest on"),
}
# A property whose label is not how an article says it.
_DIRECT: Final = {BG + "formerlyLocatedIn": _("was part of")}
_PREPOSITIONS: Final = ("by", "for", "from", "in", "of", "on", "to", "with")


def head_property(site: Site, iri: str) -> Shown:
    """Return what a thing's values of a property are headed by, with the way to the property's definition."""
    shown = site.labels.show_iri(iri)
    return replace(shown, text=str(_DIRECT[iri]), lang=None, hint=None) if iri in _DIRECT else shown


def head_list(site: Site, listing: Listing) -> Shown:
    """Return the heading of a list of values or of what points here, with the way to the property's definition."""
    shown = head_property(site, listing.property)
    heading = shown.text
    if listing.is_inverse:
        table = _IN_ARTICLE if listing.property == IN_ARTICLE and listing.only else _INVERSE
        known = table.get(listing.only if table is _IN_ARTICLE and listing.only else listing.property)
        heading = str(known) if known is not None else word_inverse(shown.text)
    return Shown(heading, shown.lang if heading == shown.text else None, shown.href, shown.iri)


def word_inverse(label: str) -> str:
    """Return the heading of what has the page's thing as its `label`: `place of`, where that is English."""
    if label.rpartition(" ")[2] in _PREPOSITIONS or ":" in label:
        return str(_("has this as “%(label)s”", label=label))
    return str(_("%(label)s of", label=label))
