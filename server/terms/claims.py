"""Claims as pages show them: what is said, by whom, how surely, on what source, in which words.

Every page that shows what somebody asserts reads it here, so that no page leaves the
claimant, the source or the words out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG
from graph.store import Store
from server.site import Site
from server.terms.anchors import ANCHOR, Anchor, read_anchor
from server.terms.labels import Shown
from server.terms.rows import Quote, natural_key, show_quote
from server.terms.taxonomy import TYPE

ACCORDING_TO: Final = ox.NamedNode(BG + "accordingTo")
_CERTAINTY: Final = ox.NamedNode(BG + "certainty")
_VALUE_STATUS: Final = ox.NamedNode(BG + "valueStatus")
_SOURCE_STATUS: Final = ox.NamedNode(BG + "sourceStatus")
_CITES: Final = ox.NamedNode(BG + "citesReference")
_HEDGE: Final = ox.NamedNode(BG + "hedge")
_DOUBT: Final = ox.NamedNode(BG + "doubt")
_KNOWN: Final = BG + "Known"
_LOST: Final = ox.NamedNode(BG + "LostInSource")


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion by one viewpoint; every term is shown in the reader's language."""

    iri: str
    shown: Shown
    """The claim under its label, with the way to its page."""
    kinds: tuple[Shown, ...]
    """Its most exact classes."""
    viewpoint: Shown
    """Who is said to assert it."""
    certainty: Shown | None
    value_status: Shown | None
    source_status: Shown | None
    references: tuple[Shown, ...]
    """The entries of the article's list that it cites."""
    hedges: tuple[str, ...]
    """The words of the text that limit it."""
    doubts: tuple[str, ...]
    """What speaks against it, in the words of whoever read the article."""
    anchors: tuple[Anchor, ...]
    quotes: tuple[Quote, ...]
    """The exact words, in the order of `anchors`, each with the way to its place in the article."""

    @property
    def is_valued(self) -> bool:
        """Tell whether it has a value: one that is unspecified or missing is not none."""
        return self.value_status is None or self.value_status.iri == _KNOWN


def read_claim(site: Site, iri: str, known: Mapping[str, Anchor] = MappingProxyType({})) -> Claim | None:
    """Return the claim with this IRI, None where the data has no claimant for it.

    Who has read anchors already hands them in by their IRI.
    """
    found: dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]] = {}
    quads = list(site.dataset.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()))
    for quad in quads:
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            found.setdefault(quad.predicate, []).append(quad.object)

    def nodes(term: ox.NamedNode) -> list[ox.NamedNode]:
        terms = (node for node in found.get(term, ()) if isinstance(node, ox.NamedNode))
        return sorted(terms, key=lambda node: node.value)

    viewpoints = nodes(ACCORDING_TO)
    if not viewpoints:
        return None
    anchors = [known.get(node.value) or read_anchor(site.dataset.store, node.value) for node in nodes(ANCHOR)]
    whole = sorted((anchor for anchor in anchors if anchor is not None), key=lambda anchor: (anchor.start, anchor.end))

    labels = site.labels

    def shown(term: ox.NamedNode) -> Shown | None:
        return labels.show(found[term][0]) if term in found else None

    def texts(term: ox.NamedNode) -> tuple[str, ...]:
        return tuple(sorted(node.value for node in found.get(term, ())))

    return Claim(
        iri=iri,
        shown=labels.show_iri(iri),
        kinds=tuple(labels.show(kind) for kind in site.taxonomy.kinds(q for q in quads if q.predicate == TYPE)),
        viewpoint=labels.show(viewpoints[0]),
        certainty=shown(_CERTAINTY),
        value_status=shown(_VALUE_STATUS),
        source_status=shown(_SOURCE_STATUS),
        references=tuple(map(labels.show, sorted(nodes(_CITES), key=lambda node: natural_key(node.value)))),
        hedges=texts(_HEDGE),
        doubts=texts(_DOUBT),
        anchors=tuple(whole),
        quotes=tuple(show_quote(site, anchor) for anchor in whole),
    )


def read_claims(site: Site, iris: Iterable[str]) -> list[Claim]:
    """Return those of these that are claims, in the order of the text, then by name."""
    claims = (read_claim(site, iri) for iri in set(iris))
    return sorted((claim for claim in claims if claim is not None), key=_place)


def by_viewpoint(claims: Iterable[Claim]) -> list[tuple[Shown, list[Claim]]]:
    """Return the claims of each viewpoint, the viewpoints by name: none of them comes first by rank."""
    grouped: dict[Shown, list[Claim]] = {}
    for claim in claims:
        grouped.setdefault(claim.viewpoint, []).append(claim)
    return sorted(grouped.items(), key=lambda item: (natural_key(item[0].text), item[0].iri or ""))


def _place(claim: Claim) -> tuple[int, list[str | int], str]:
    start = claim.anchors[0].start if claim.anchors else -1
    return (start, natural_key(claim.shown.text), claim.iri)


def is_claim(store: Store, iri: str) -> bool:
    """Tell whether somebody is said to assert this, whatever it is, or would be, had the copy its value."""
    return any(store.quads_for_pattern(ox.NamedNode(iri), ACCORDING_TO, None, ox.DefaultGraph()))


def is_lost(store: Store, iri: str) -> bool:
    """Tell whether the value of a claim is missing from the copy of the article, so that nobody is known to say it."""
    return any(store.quads_for_pattern(ox.NamedNode(iri), _VALUE_STATUS, _LOST, ox.DefaultGraph()))
