"""The documents about the dataset as a whole: start page, description, named graphs, validation report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Final, cast
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, render_template
from flask.blueprints import BlueprintSetupState

from graph.iris import graph_iri
from server.documents.contents import show_contents
from server.documents.graph_list import read_named_graph, show_shelf
from server.documents.home import read_home
from server.documents.inventory import Inventory, read_inventory
from server.documents.named_graphs import answer_with_graph, graph_links
from server.documents.report import read_report
from server.documents.short_description import describe_shortly
from server.http.formats import HTML, RDF_FORMATS, split_suffix
from server.http.headers import Link
from server.http.representations import choose, moved, see_other
from server.memento.graphs import answer_graph_in_time
from server.metadata.signposting import DESCRIPTION, dataset_links
from server.site import EXTENSION, Site, current_site
from server.terms.hyperlinks import link_addresses

blueprint = Blueprint("documents", __name__)
blueprint.add_app_template_filter(link_addresses)

_EVERY_GRAPH: Final = "SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
_INVENTORY: Final = "inventory"
_INVENTORIES: Final = 64
"""Graphs of which is remembered what they describe: the large ones, and the viewpoints looked at last."""


@blueprint.record
def prepare(state: BlueprintSetupState) -> None:
    """Hang on the app what looks into graphs."""
    site = cast(Site, state.app.extensions[EXTENSION])
    state.app.extensions[_INVENTORY] = lru_cache(maxsize=_INVENTORIES)(partial(read_inventory, site))


@blueprint.get("/")
def show_start() -> Response:
    """Show what this is; as RDF, the description of the dataset and its releases."""
    site = current_site()

    def page(links: Sequence[Link]) -> str:
        return render_template("start.html", home=read_home(site), links=links)

    return answer_with_graph(
        site,
        "dataset",
        DESCRIPTION,
        page,
        path="/",
        require_graph=False,
        more_links=dataset_links(site),
        more=lambda: site.catalogue,
        short=lambda: describe_shortly(site),
    )


@blueprint.get("/dataset")
def identify_dataset() -> Response:
    """Lead from the dataset's IRI to its page, which cites it by that IRI, or to its description."""
    site = current_site()
    links = graph_links(site, "dataset", DESCRIPTION, "/")
    is_page = choose((HTML, *RDF_FORMATS), links).format is HTML
    return see_other(f"{site.links.root}{'/' if is_page else DESCRIPTION}", links)


@blueprint.get(DESCRIPTION)
@blueprint.get(f"{DESCRIPTION}.<suffix>")
def describe_dataset(suffix: str | None = None) -> Response:
    """Answer with the description of the dataset and its releases, never a redirect (VoID section 7.2)."""
    site = current_site()
    page = _graph_page(site, "dataset")
    return answer_with_graph(
        site,
        "dataset",
        DESCRIPTION,
        page,
        path=DESCRIPTION,
        suffix=suffix,
        page_first=False,
        more=lambda: site.catalogue,
        short=lambda: describe_shortly(site),
    )


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
    """Lead to the list of graphs."""
    return moved("/graph/")


@blueprint.get("/graph/")
def list_graphs() -> Response:
    """List the named graphs with the number of their quads; as RDF, the dataset's description."""
    site = current_site()

    def page(links: Sequence[Link]) -> str:
        every = site.links.to(f"/sparql?{urlencode({'query': _EVERY_GRAPH})}")
        return render_template("graphs.html", every=every, **_shelves(site), links=links)

    return answer_with_graph(site, "dataset", "/graph/dataset", page, path="/graph/", require_graph=False)


@blueprint.get("/graph/<path:name>")
def answer_graph(name: str) -> Response:
    """Show what a named graph describes, or send its quads; by date, those that a release has."""
    site = current_site()
    graph, fixed = split_suffix(name)
    suffix = fixed.name if fixed else None
    path = f"/graph/{graph}"

    def answer(links: Sequence[Link]) -> Response:
        page = _graph_page(site, graph)
        return answer_with_graph(site, graph, path, page, path=path, suffix=suffix, page_first=False, more_links=links)

    return answer_graph_in_time(site, graph, suffix, answer)


def _graph_page(site: Site, name: str) -> Callable[[Sequence[Link]], str]:
    def page(links: Sequence[Link]) -> str:
        graph = read_named_graph(site, graph_iri(name, site.dataset.base))
        contents = show_contents(site, _inventory(ox.NamedNode(graph.iri)), as_claims=graph.is_viewpoint)
        return render_template("graph.html", graph=graph, contents=contents, links=links)

    return page


def _inventory(graph: ox.NamedNode) -> Inventory:
    return cast(Inventory, current_app.extensions[_INVENTORY](graph))


def _shelves(site: Site) -> dict[str, object]:
    """Return the groups of graphs, each with the graphs that are listed, by the names that the template knows."""
    shelves = site.shelves
    return {
        name: (shelf.count, show_shelf(site, shelf))
        for name, shelf in (("own", shelves.own), ("shared", shelves.shared), ("of_articles", shelves.of_articles))
    }
