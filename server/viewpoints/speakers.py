"""Who speaks in an article: its viewpoints, with how much each of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.iris import viewpoint_graph_iri
from server.site import Site
from server.terms.claims import by_viewpoint
from server.terms.labels import Shown
from server.things.listings import CLAIMS, Listing, list_address
from server.viewpoints.sayings import Saying


@dataclass(frozen=True, slots=True)
class Speaker:
    """A viewpoint with the number of claims that the article reports of it."""

    viewpoint: Shown
    count: int
    listed: str
    """Where those claims are listed: of this article alone."""
    graph: str | None
    """Its claims as data, of all articles."""


def list_speakers(site: Site, article: str, sayings: Sequence[Saying]) -> list[Speaker]:
    """Return who speaks in these sayings of an article, by name."""
    speakers = []
    for viewpoint, claims in by_viewpoint(saying.claim for saying in sayings):
        iri = viewpoint.iri or ""
        graph = site.links.href(viewpoint_graph_iri(iri)) if "/id/viewpoint/" in iri else None
        within = list_address(site, iri, Listing(CLAIMS, only=iri, within=article))
        speakers.append(Speaker(viewpoint, len(claims), within, graph))
    return speakers
