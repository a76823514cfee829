"""Answering with a named graph, as a page or as RDF in every format.

Every document about the dataset as a whole is a named graph. Browsers get the page; a
suffix or `?format=` gets the data. Clients that state no wish get the page of what is
written for people, and the data of what is data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from itertools import chain
from typing import Final

import pyoxigraph as ox
from flask import Response

from graph.iris import graph_iri
from graph.namespaces import DCTERMS
from server.description.heading import document_heading
from server.description.licences import VOCABULARY_GRAPHS
from server.documents.long_graphs import LONG, LONG_FORMATS, write_pieces
from server.http.errors import Problem
from server.http.formats import HTML, RDF_BY_NAME, RDF_FORMATS, Format
from server.http.headers import Link, license_links
from server.http.negotiate import Choice
from server.http.representations import alternates, choose, respond
from server.metadata.signposting import description_link
from server.site import Site
from server.terms.links import is_web_address
from server.terms.serialise import UnwritableQuads, serialise

_LICENSE: Final = ox.NamedNode(DCTERMS + "license")


def answer_with_graph(
    site: Site,
    graph: str,
    data: str,
    page: Callable[[Sequence[Link]], str],
    *,
    path: str,
    suffix: str | None = None,
    require_graph: bool = True,
    page_first: bool = True,
    more_links: Sequence[Link] = (),
    more: Callable[[], Iterable[ox.Triple]] | None = None,
    short: Callable[[], Iterable[ox.Quad]] | None = None,
) -> Response:
    """Answer with a named graph: `data` is the path its suffixed files hang on, `path` that of its page.

    What `more` returns is said beside the graph, in none. What `short` returns stands for the graph.
    Raises a 406 where a format is asked for that a graph of so many quads is not there in.
    """
    node = _find_graph(site, graph)
    if node is None and require_graph:
        raise Problem(
            404,
            "No such graph",
            f"The dataset has no graph {graph!r}. /graph/ lists those it has.",
            extra={"available": [{"href": site.links.to("/graph/"), "title": "All graphs"}]},
        )
    if suffix is not None and suffix not in RDF_BY_NAME:
        names = ", ".join(x.name for x in RDF_FORMATS)
        raise Problem(404, "No such format", f"There is no format {suffix!r}. Use one of: {names}.")
    is_long = short is None and site.counts.graphs.get(node.value if node else "", 0) > LONG
    formats = LONG_FORMATS if is_long else RDF_FORMATS
    links = [*graph_links(site, graph, data, path, formats), *more_links]
    if suffix is not None:
        choice = Choice(RDF_BY_NAME[suffix], RDF_BY_NAME[suffix].media_type)
        if choice.format not in formats:
            raise _too_long(choice.format, links)
    else:
        offers = (HTML, *formats) if page_first else (*formats, HTML)
        choice = choose(offers if node is not None else (HTML,), links)

    def render() -> str | bytes:
        if choice.format is HTML or node is None:
            return page(links)
        if is_long:
            return b""
        quads = short() if short is not None else site.dataset.store.quads_for_pattern(None, None, None, node)
        if more is None:
            return _write(site, graph, node.value, quads, choice.format)
        document = f"{site.dataset.base}{data.removeprefix('/')}"
        return _write(site, graph, document, chain(quads, (ox.Quad(*triple) for triple in more())), choice.format)

    is_data = choice.format is not HTML
    location = f"{site.links.root}{data}.{choice.format.name}" if is_data else None
    response = respond(site, choice, render, negotiated=suffix is None, links=links, content_location=location)
    if is_long and is_data and node is not None and response.status_code == HTTPStatus.OK:
        head = document_heading(site.publication, node.value, license_iri=_license(site, graph))
        response.headers.pop("Content-Length", None)
        response.response = write_pieces(
            site.dataset.store.quads_for_pattern(None, None, None, node), choice.format, head
        )
    return response


def _too_long(target: Format, links: Sequence[Link]) -> Problem:
    return Problem(
        406,
        "Not available in this format",
        f"The graph has more than {LONG:,} quads, which cannot be sent in {target.label} piece by piece. "
        "It can in the formats that the links name.",
        extra={
            "available": [{"href": x.href, "type": x.type, "title": x.title} for x in links if x.rel == "alternate"]
        },
    )


def _find_graph(site: Site, name: str) -> ox.NamedNode | None:
    try:
        node = ox.NamedNode(graph_iri(name, site.dataset.base))
    except ValueError:
        return None
    return node if site.dataset.store.contains_named_graph(node) else None


def _write(site: Site, graph: str, document: str, quads: Iterable[ox.Quad], target: Format) -> bytes:
    head = document_heading(site.publication, document, license_iri=_license(site, graph))
    first = ox.NamedNode(site.publication.iri) if site.publication.iri else None
    try:
        return serialise(quads, target, first=first, header=head)
    except UnwritableQuads as error:
        raise Problem(406, "Not acceptable", f"{error}. Every other format can.") from error


def graph_links(site: Site, graph: str, data: str, path: str, formats: Iterable[Format] = RDF_FORMATS) -> list[Link]:
    """Return the links of a document that is a named graph."""
    root = site.links.root
    hrefs = [(x, f"{root}{data}.{x.name}") for x in formats]
    return [
        *alternates([*hrefs, (HTML, root + path)]),
        description_link(site),
        Link(f"{site.dataset.base}{path.removeprefix('/')}", "canonical"),
        *license_links(_license(site, graph)),
    ]


def _license(site: Site, graph: str) -> str | None:
    """Return the licence of a vocabulary where it has its own, else the dataset's."""
    subject = VOCABULARY_GRAPHS.get(graph)
    if subject is not None:
        for quad in site.dataset.store.quads_for_pattern(ox.NamedNode(subject), _LICENSE, None, ox.DefaultGraph()):
            if isinstance(quad.object, ox.NamedNode) and is_web_address(quad.object.value):
                return quad.object.value
    return site.publication.license
