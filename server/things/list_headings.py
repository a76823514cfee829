"""The headings that a claim stands under in a list of its article.

"14 T-72s destroyed" says neither who counts nor whose tanks: the heading of the list does,
and the heading above that. They are read from the outermost list inwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, DCTERMS
from graph.store import Store
from server.site import Site
from server.terms.anchors import anchors_of, read_anchor
from server.terms.claims import Claim
from server.terms.facts import literals, nodes
from server.terms.rows import Quote, show_quote
from server.things.sources import Source

_PART_OF: Final = ox.NamedNode(DCTERMS + "isPartOf")
_NOTE: Final = ox.NamedNode(BG + "readingNote")
_MARK: Final = re.compile(r"\[([^\[\]\s]{1,20})\]")
_DEEPEST: Final = 8
"""Lists within lists that are followed; nobody prints more, and a cycle ends."""


@dataclass(frozen=True, slots=True)
class ListHeadings:
    """What stands over a claim in a list."""

    quotes: tuple[Quote, ...]
    """The words of each heading, the outermost first; none that the claim itself rests on."""
    notes: tuple[str, ...]
    """How the lists were read."""
    has_mark: bool
    """Whether the mark of the claim's source stands at a heading and not at the claim's own words."""


def read_list_headings(
    site: Site, lists: Iterable[ox.NamedNode], claim: Claim, sources: Iterable[Source]
) -> ListHeadings | None:
    """Return the headings over a claim that stands in these lists, None where it stands in none."""
    store = site.dataset.store
    chain: list[ox.NamedNode] = []
    inner = min(lists, key=str, default=None)
    while inner is not None and inner not in chain and len(chain) < _DEEPEST:
        chain.insert(0, inner)
        inner = next(iter(nodes(store, inner, _PART_OF)), None)
    if not chain:
        return None
    own = {anchor.iri for anchor in claim.anchors}
    found = [read_anchor(store, iri) for part in chain for iri in _in_order(store, part)]
    anchors = {anchor.iri: anchor for anchor in found if anchor is not None and anchor.iri not in own}
    at_headings = {mark for anchor in anchors.values() for mark in _MARK.findall(anchor.quote)}
    at_claim = {mark for anchor in claim.anchors for mark in _MARK.findall(anchor.quote)}
    return ListHeadings(
        quotes=tuple(show_quote(site, anchor) for anchor in anchors.values()),
        notes=tuple(dict.fromkeys(note.value for part in chain for note in literals(store, part, _NOTE))),
        has_mark=any(source.number in at_headings - at_claim for source in sources),
    )


def _in_order(store: Store, part: ox.NamedNode) -> list[str]:
    """Return the anchors of a list in the order of the text: an outer heading that it repeats comes first."""
    found = [anchor for iri in anchors_of(store, part) if (anchor := read_anchor(store, iri)) is not None]
    return [anchor.iri for anchor in sorted(found, key=lambda anchor: (anchor.start, -anchor.end))]
