"""Claims as pages show them: what is said, by whom, how surely, on what source, in which words.

Every page that shows what somebody asserts reads it here, so that no page leaves the
claimant, the source or the words out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG
from graph.store import Store
from server.site import Site
from server.terms.anchors import ANCHOR, Anchor, read_anchor
from server.terms.facts import Facts, iris, nodes, read_facts, texts
from server.terms.labels import Shown
from server.terms.rows import Quote, natural_key, show_quote
from server.terms.taxonomy import TYPE

ACCORDING_TO: Final = ox.NamedNode(BG + "accordingTo")
_CERTAINTY: Final = BG + "certainty"
_VALUE_STATUS: Final = ox.NamedNode(BG + "valueStatus")
_SOURCE_STATUS: Final = BG + "sourceStatus"
_CITES: Final = BG + "citesReference"
_HEDGE: Final = BG + "hedge"
_DOUBT: Final = BG + "doubt"
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
    facts: Facts = field(repr=False, compare=False)
    """All that is stated of it."""

    @property
    def is_valued(self) -> bool:
        """Tell whether it has a value: one that is unspecified or missing is not none."""
        return self.value_status is None or self.value_status.iri == _KNOWN


def read_claim(site: Site, iri: str, known: Mapping[str, Anchor] = MappingProxyType({})) -> Claim | None:
    """Return the claim with this IRI, None where the data has no claimant for it.

    Who has read anchors already hands them in by their IRI.
    """
    store, labels, node = site.dataset.store, site.labels, ox.NamedNode(iri)
    # What stands in an article is mostly no claim, and reading all of a thing to find that out costs more than this.
    viewpoint = next(iter(nodes(store, node, ACCORDING_TO)), None)
    if viewpoint is None:
        return None
    facts = read_facts(store, node)
    types = facts.get(TYPE.value, ())
    anchors = [known.get(anchor) or read_anchor(store, anchor) for anchor in iris(facts, ANCHOR.value)]
    whole = sorted((anchor for anchor in anchors if anchor is not None), key=lambda anchor: (anchor.start, anchor.end))

    def shown(name: str) -> Shown | None:
        return labels.show(facts[name][0]) if name in facts else None

    return Claim(
        iri=iri,
        shown=labels.show_iri(iri),
        kinds=tuple(map(labels.show, site.taxonomy.most_exact([x for x in types if isinstance(x, ox.NamedNode)]))),
        viewpoint=labels.show(viewpoint),
        certainty=shown(_CERTAINTY),
        value_status=shown(_VALUE_STATUS.value),
        source_status=shown(_SOURCE_STATUS),
        references=tuple(map(labels.show_iri, sorted(iris(facts, _CITES), key=natural_key))),
        hedges=texts(facts, _HEDGE),
        doubts=texts(facts, _DOUBT),
        anchors=tuple(whole),
        quotes=tuple(show_quote(site, anchor) for anchor in whole),
        facts=facts,
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
