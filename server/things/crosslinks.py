"""Where outside registers describe the same thing, with the evidence for each link.

A `bg:CrossLink` is a statement about a statement: that a thing matches an entry of a
register, on this evidence, to this confidence. A link that is only proposed is not
published as a triple, and one that is contradicted is a close match at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
from flask_babel import lazy_gettext as _

from graph.iris import graph_iri
from graph.namespaces import BG, FOAF, OWL, RDF, RDFS, SCHEMA, SKOS
from server.site import Site
from server.terms.labels import Shown
from server.terms.rows import MOST_SHOWN, Term, natural_key
from server.things.listings import Listing, list_address

_SUBJECT: Final = ox.NamedNode(RDF + "subject")
_PREDICATE: Final = ox.NamedNode(RDF + "predicate")
_OBJECT: Final = ox.NamedNode(RDF + "object")
_EVIDENCE: Final = ox.NamedNode(BG + "evidence")
_CONFIDENCE: Final = ox.NamedNode(BG + "confidence")
_WEIGHED: Final = {BG + "Contradicted": "contradicted", BG + "Unconfirmed": "unconfirmed"}

# How a match reads, in words for people who do not know SKOS.
_RELATIONS: Final = {
    SKOS + "exactMatch": _("the same"),
    SKOS + "closeMatch": _("nearly the same"),
    SKOS + "broadMatch": _("something wider"),
    SKOS + "narrowMatch": _("something narrower"),
    SKOS + "relatedMatch": _("something related"),
    OWL + "sameAs": _("the same"),
    SCHEMA + "sameAs": _("the same"),
    FOAF + "isPrimaryTopicOf": _("a page about it"),
    FOAF + "page": _("a page about it"),
    RDFS + "seeAlso": _("see also"),
}
MATCHES: Final = frozenset(_RELATIONS)
"""The properties that lead to a description of the thing elsewhere."""

_AUTHORITIES: Final = (
    (re.compile(r"(?:www\.)?wikidata\.org"), "Wikidata"),
    (re.compile(r"(?:sws|www)\.geonames\.org"), "GeoNames"),
    (re.compile(r"(?:\w+\.)?dbpedia\.org"), "DBpedia"),
    (re.compile(r"(?:\w+\.)?wikipedia\.org"), "Wikipedia"),
)


@dataclass(frozen=True, slots=True)
class CrossLink:
    """One outside statement about a thing, with what speaks for it."""

    iri: str
    property: str
    value: Term
    evidence: tuple[str, ...]
    confidence: str | None
    """IRI of the confidence."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An entry of an outside register, and how the thing relates to it."""

    authority: str
    identifier: Shown
    relation: str
    property: Shown
    confidence: Shown | None
    standing: str | None
    """`contradicted` or `unconfirmed`; None where nothing speaks against it."""
    evidence: tuple[str, ...]
    statement: Shown | None
    """The link as a statement of its own."""


@dataclass(frozen=True, slots=True)
class Register:
    """The outside descriptions of one thing."""

    identities: tuple[Identity, ...]
    """The first of them, the surest first."""
    count: int
    """How many there are."""
    more: tuple[Shown, ...]
    """The lists that have all of them, a property each, where there are more than shown."""


def read_register(site: Site, thing: ox.NamedNode, own: Sequence[ox.Quad], links: Iterable[CrossLink]) -> Register:
    """Return the outside descriptions of the thing whose statements and cross-links these are."""
    found = identities(site, own, links)
    more: list[Shown] = []
    if len(found) > MOST_SHOWN:
        for match in sorted({quad.predicate.value for quad in own} & MATCHES):
            href = list_address(site, thing.value, Listing(match))
            more.append(replace(site.labels.show_iri(match), href=href))
    return Register(found[:MOST_SHOWN], len(found), tuple(more))


def read_crosslinks(site: Site, thing: ox.NamedNode) -> tuple[CrossLink, ...]:
    """Return the outside statements about a thing, in the order of their names."""
    graph = ox.NamedNode(graph_iri("crosslinks", site.dataset.base))
    found = site.dataset.store.quads_for_pattern(None, _SUBJECT, thing, graph)
    links = (_read(site, quad.subject) for quad in found if isinstance(quad.subject, ox.NamedNode))
    return tuple(sorted((link for link in links if link is not None), key=lambda link: natural_key(link.iri)))


def identities(site: Site, own: Iterable[ox.Quad], links: Iterable[CrossLink]) -> tuple[Identity, ...]:
    """Return the outside descriptions of the thing whose statements and cross-links these are, the surest first."""
    linked = [link for link in links if link.property in MATCHES]
    known = {(link.property, link.value) for link in linked}
    stated = {(quad.predicate.value, quad.object) for quad in own if quad.predicate.value in MATCHES}
    found = [_identity(site, link.property, link.value, link) for link in linked]
    found += [_identity(site, match, value, None) for match, value in stated - known]
    return tuple(sorted(found, key=lambda x: (x.standing or "", x.authority, natural_key(x.identifier.text))))


def authority_of(iri: str) -> tuple[str, str]:
    """Return the register that an IRI belongs to and its identifier there.

    >>> authority_of("http://www.wikidata.org/entity/Q157919")
    ('Wikidata', 'Q157919')
    """
    try:
        host = urlsplit(iri).hostname or ""
    except ValueError:
        host = ""
    name = next((name for pattern, name in _AUTHORITIES if pattern.fullmatch(host)), host or iri.partition(":")[0])
    last = unquote(iri.rstrip("/").rpartition("/")[2])
    return name, (last.replace("_", " ") if name in ("Wikipedia", "DBpedia") else last) or iri


def _read(site: Site, link: ox.NamedNode) -> CrossLink | None:
    found: dict[ox.NamedNode, list[Term]] = {}
    for quad in site.dataset.store.quads_for_pattern(link, None, None, ox.DefaultGraph()):
        found.setdefault(quad.predicate, []).append(quad.object)
    predicate = next((node for node in found.get(_PREDICATE, ()) if isinstance(node, ox.NamedNode)), None)
    if predicate is None or _OBJECT not in found:
        return None
    evidence = tuple(sorted(node.value for node in found.get(_EVIDENCE, ()) if isinstance(node, ox.Literal)))
    confidence = next((node.value for node in found.get(_CONFIDENCE, ()) if isinstance(node, ox.NamedNode)), None)
    return CrossLink(link.value, predicate.value, found[_OBJECT][0], evidence, confidence)


def _identity(site: Site, match: str, value: Term, link: CrossLink | None) -> Identity:
    confidence = link.confidence if link else None
    shown = site.labels.show(value)
    authority, name = authority_of(value.value) if isinstance(value, ox.NamedNode) else ("", shown.text)
    return Identity(
        authority=authority,
        identifier=Shown(name, href=shown.href, iri=shown.iri),
        relation=str(_RELATIONS[match]),
        property=site.labels.show_iri(match),
        confidence=site.labels.show_iri(confidence) if confidence else None,
        standing=_WEIGHED.get(confidence or ""),
        evidence=link.evidence if link else (),
        statement=site.labels.show_iri(link.iri) if link else None,
    )
