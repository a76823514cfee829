"""Who speaks in an article: its viewpoints, with how much each of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.iris import viewpoint_graph_iri
from server.site import Site
from server.terms.claims import by_viewpoint
from server.terms.labels import Shown
from server.viewpoints.sayings import Saying


@dataclass(frozen=True, slots=True)
class Speaker:
    """A viewpoint with the number of claims that the article reports of it."""

    viewpoint: Shown
    count: int
    graph: str | None
    """Its claims as data."""


def list_speakers(site: Site, sayings: Sequence[Saying]) -> list[Speaker]:
    """Return who speaks in these sayings, by name."""
    speakers = []
    for viewpoint, claims in by_viewpoint(saying.claim for saying in sayings):
        iri = viewpoint.iri or ""
        graph = site.links.href(viewpoint_graph_iri(iri)) if "/id/viewpoint/" in iri else None
        speakers.append(Speaker(viewpoint, len(claims), graph))
    return speakers
