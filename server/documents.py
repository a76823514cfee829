"""The documents about the dataset as a whole: start page, description, named graphs, validation report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from graph.iris import graph_iri
from graph.namespaces import BG
from server.contents import read_contents
from server.formats import RDF_BY_NAME
from server.headers import Link
from server.labels import Shown
from server.named_graphs import answer_with_graph, graph_links
from server.report import read_report
from server.representations import see_other
from server.rows import show_graph
from server.site import Site, current_site
from server.taxonomy import TYPE

blueprint = Blueprint("documents", __name__)

_ARTICLE: Final = ox.NamedNode(BG + "Article")
# What the start page counts, in words a visitor knows.
_COUNTED: Final = (
    (BG + "Claim", "claims"),
    (BG + "Viewpoint", "viewpoints"),
    (BG + "Reference", "references"),
    (BG + "Gap", "gaps in the source"),
)


@blueprint.get("/")
def show_start() -> Response:
    """Show what this is; as RDF, the dataset's description."""
    site = current_site()

    def page(links: Sequence[Link]) -> str:
        counted = [(site.counts.classes.get(iri, 0), words) for iri, words in _COUNTED]
        return render_template("start.html", articles=_articles(site), counted=counted, links=links)

    return answer_with_graph(site, "dataset", "/graph/dataset", page, path="/", require_graph=False)


@blueprint.get("/dataset")
def identify_dataset() -> Response:
    """Lead from the dataset's IRI to its description."""
    site = current_site()
    return see_other(f"{site.links.root}/.well-known/void", graph_links(site, "dataset", "/graph/dataset", "/"))


@blueprint.get("/.well-known/void")
def describe_dataset() -> Response:
    """Answer with the dataset's description itself, never a redirect (VoID section 7.2)."""
    site = current_site()
    page = _graph_page(site, "dataset")
    return answer_with_graph(site, "dataset", "/graph/dataset", page, path="/.well-known/void", page_first=False)


@blueprint.get("/validation")
@blueprint.get("/validation.<suffix>")
def show_validation(suffix: str | None = None) -> Response:
    """Show what validation found in the published data."""
    site = current_site()

    def page(links: Sequence[Link]) -> str:
        return render_template("validation.html", report=read_report(site), links=links)

    return answer_with_graph(site, "report", "/validation", page, path="/validation", suffix=suffix)


@blueprint.get("/graph")
def redirect_to_graphs() -> Response:
    """Lead to the list of graphs. Done here because the router would take the host from the request."""
    location = f"{current_site().links.root}/graph/"
    return Response(f"See {location}\n", status=308, mimetype="text/plain", headers={"Location": location})


@blueprint.get("/graph/")
def list_graphs() -> Response:
    """List the named graphs with the number of their quads; as RDF, the dataset's description."""
    site = current_site()

    def page(links: Sequence[Link]) -> str:
        graphs = [(show_graph(site, iri), count) for iri, count in site.counts.graphs.items()]
        return render_template("graphs.html", graphs=graphs, links=links)

    return answer_with_graph(site, "dataset", "/graph/dataset", page, path="/graph/", require_graph=False)


@blueprint.get("/graph/<path:name>")
def answer_graph(name: str) -> Response:
    """Show what a named graph describes, or send its quads."""
    site = current_site()
    stem, _, suffix = name.rpartition(".")
    if stem and suffix in RDF_BY_NAME:
        return answer_with_graph(
            site, stem, f"/graph/{stem}", _graph_page(site, stem), path=f"/graph/{stem}", suffix=suffix
        )
    page = _graph_page(site, name)
    return answer_with_graph(site, name, f"/graph/{name}", page, path=f"/graph/{name}", page_first=False)


def _graph_page(site: Site, name: str) -> Callable[[Sequence[Link]], str]:
    def page(links: Sequence[Link]) -> str:
        iri = graph_iri(name, site.dataset.base)
        return render_template(
            "graph.html",
            graph=show_graph(site, iri),
            count=site.counts.graphs.get(iri, 0),
            contents=read_contents(site, ox.NamedNode(iri)),
            links=links,
        )

    return page


def _articles(site: Site) -> list[tuple[Shown, str]]:
    found = site.dataset.store.quads_for_pattern(None, TYPE, _ARTICLE, ox.DefaultGraph())
    iris = sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))
    named = ((site.labels.show_iri(iri), site.links.entity_name(iri)) for iri in iris)
    return [(shown, f"{site.links.root}/{name}") for shown, name in named if name is not None]
