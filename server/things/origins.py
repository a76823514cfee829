"""Where a direct statement comes from: the article, a rule of the build, or a source outside the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.iris import graph_iri
from graph.namespaces import BG, RDF, SEM
from server.site import Site
from server.terms.rows import MOST_SHOWN, Note
from server.things.crosslinks import CrossLink
from server.things.related import claimant

DERIVED: Final = "derived"
OUTSIDE: Final = "crosslinks"

_OBJECT: Final = ox.NamedNode(RDF + "object")
_PREDICATE: Final = ox.NamedNode(RDF + "predicate")
_SUBJECT: Final = ox.NamedNode(RDF + "subject")
# The rules of graph/rules that do not restate a claim; the dataset names each `graph/dataset#rule-…`.
_RULES: Final = {
    SEM + "hasSubEvent": "sub-events",
    BG + "mayOverlapWith": "symmetry",
    BG + "incompatibleWith": "symmetry",
    SEM + "hasBeginTimeStamp": "battle-span",
    SEM + "hasEndTimeStamp": "battle-span",
}
_CLAIM_RULE: Final = "article-voice"
_MOST_TRIED: Final = 200


def origin_of(site: Site, quad: ox.Quad) -> str:
    """Return `derived`, `crosslinks`, or the empty text for what the article states."""
    name = site.links.graph_name(quad.graph_name.value) if isinstance(quad.graph_name, ox.NamedNode) else None
    return name if name in (DERIVED, OUTSIDE) else ""


def describe_origin(
    site: Site, origin: str, property_iri: str, quads: Sequence[ox.Quad], links: Iterable[CrossLink]
) -> Note | None:
    """Return the note on the values of one property that have one origin; None where the article states them."""
    graph = graph_iri(origin, site.dataset.base)
    if origin == OUTSIDE:
        values = {quad.object for quad in quads}
        found = (link for link in links if link.property == property_iri and link.value in values)
        evidence = tuple(dict.fromkeys(text for link in found for text in link.evidence))
        return Note(_("from outside the article"), site.links.href(graph), evidence)
    if origin == DERIVED:
        # The store yields them in no order, and what is computed from claims names these in one.
        quads = sorted(quads, key=lambda quad: str(quad.object))
        basis = list(dict.fromkeys(claim for quad in quads for claim in claims_behind(site, quad)))
        claimed = () if basis else dict.fromkeys(claim for quad in quads for claim in claims_like(site, quad))
        rule = _name_rule(site, property_iri, is_restated=bool(basis))
        text = _("computed by rule: %(rule)s", rule=rule) if rule else _("computed by rule")
        shown = [tuple(map(site.labels.show_iri, islice(claims, MOST_SHOWN))) for claims in (basis, claimed)]
        return Note(text, site.links.href(graph), basis=shown[0], claimed=shown[1])
    return None


def claims_behind(site: Site, quad: ox.Quad) -> list[str]:
    """Return the claims that say what a statement says, by their `rdf:subject`, `rdf:predicate` and `rdf:object`."""
    store, default = site.dataset.store, ox.DefaultGraph()
    alike = claims_like(site, quad)
    return [claim for claim in alike if ox.Quad(ox.NamedNode(claim), _OBJECT, quad.object, default) in store]


def claims_like(site: Site, quad: ox.Quad) -> list[str]:
    """Return the claims that say anything of the same thing by the same property."""
    store, default = site.dataset.store, ox.DefaultGraph()
    if not isinstance(quad.subject, ox.NamedNode):
        return []
    return sorted(
        found.subject.value
        for found in islice(store.quads_for_pattern(None, _SUBJECT, quad.subject, default), _MOST_TRIED)
        if isinstance(found.subject, ox.NamedNode)
        and next(store.quads_for_pattern(found.subject, _PREDICATE, quad.predicate, default), None) is not None
        and claimant(store, found.subject) is not None
    )


def _name_rule(site: Site, property_iri: str, *, is_restated: bool) -> str | None:
    rule = _CLAIM_RULE if is_restated else _RULES.get(property_iri)
    iri = f"{graph_iri('dataset', site.dataset.base)}#rule-{rule}"
    return site.labels.label(iri).text.rstrip(".") if rule is not None and site.labels.has_label(iri) else None
