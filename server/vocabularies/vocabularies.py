"""The ontology and the shapes, documented term by term; terms are hash IRIs of these addresses."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from graph.iris import ONTOLOGY_IRI, SHAPES_IRI
from graph.namespaces import BG, OWL
from server.documents.named_graphs import answer_with_graph
from server.http.errors import Problem
from server.http.headers import Link
from server.http.representations import moved, see_other
from server.site import Site, current_site
from server.terms.links import encode_path, fragment_of_borrowed
from server.vocabularies.ontology import read_ontology
from server.vocabularies.samples import FIRST_QUERY
from server.vocabularies.shapes import read_shapes
from server.vocabularies.vocabulary import fragment_of

blueprint = Blueprint("vocabularies", __name__)

_VERSION_IRI: Final = ox.NamedNode(OWL + "versionIRI")
_MOST_NEAR: Final = 5
"""Names like a mistaken one that a refusal lists."""


@blueprint.get("/ontology")
@blueprint.get("/ontology.<suffix>")
def document_ontology(suffix: str | None = None) -> Response:
    """Document the ontology, term by term."""
    site = current_site()

    def page(links: Sequence[Link]) -> str:
        query = urlencode({"query": FIRST_QUERY, "format": "html"})
        return render_template(
            "ontology.html",
            ontology=read_ontology(site),
            iri=ONTOLOGY_IRI,
            example={"text": FIRST_QUERY, "href": site.links.to(f"/sparql?{query}")},
            fragment=_fragment,
            links=links,
        )

    return answer_with_graph(site, "ontology", "/ontology", page, path="/ontology", suffix=suffix)


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
def document_shapes(suffix: str | None = None) -> Response:
    """Document the shapes, one by one."""
    site = current_site()

    def page(links: Sequence[Link]) -> str:
        return render_template("shapes.html", shapes=read_shapes(site), iri=SHAPES_IRI, links=links)

    return answer_with_graph(site, "shapes", "/shapes", page, path="/shapes", suffix=suffix)


@blueprint.get("/ontology/")
@blueprint.get("/shapes/", endpoint="redirect_to_shapes")
def redirect_to_ontology() -> Response:
    """Lead to the address without the slash."""
    return moved(request.path.rstrip("/"))


@blueprint.get("/ontology/<name>")
def find_in_ontology(name: str) -> Response:
    """Answer for the ontology's version IRI, as long as that version is the one there is, or lead to a term."""
    site = current_site()
    if _is_version(site, ONTOLOGY_IRI, name):
        return document_ontology()
    return _lead_to_term(site, "ontology", name, read_ontology(site).fragments())


@blueprint.get("/shapes/<name>")
def find_in_shapes(name: str) -> Response:
    """Answer for the shapes' version IRI, as long as that version is the one there is, or lead to a shape."""
    site = current_site()
    if _is_version(site, SHAPES_IRI, name):
        return document_shapes()
    return _lead_to_term(site, "shapes", name, read_shapes(site).fragments)


def _fragment(iri: str) -> str:
    return fragment_of(iri) if iri.startswith(BG) else fragment_of_borrowed(iri)


def _is_version(site: Site, iri: str, name: str) -> bool:
    versions = site.dataset.store.quads_for_pattern(ox.NamedNode(iri), _VERSION_IRI, None, ox.DefaultGraph())
    return any(isinstance(q.object, ox.NamedNode) and q.object.value == f"{iri}/{name}" for q in versions)


def _lead_to_term(site: Site, document: str, name: str, fragments: Collection[str]) -> Response:
    """Lead from the form with a slash, which some write, to the term's place on the page."""
    if name in fragments:
        return see_other(site.links.to(f"/{document}#{encode_path(name)}"), ())
    near = difflib.get_close_matches(name, sorted(fragments), n=_MOST_NEAR)
    raise Problem(
        404,
        "No such term",
        f"The {document} has no term and no version {name!r}. /{document} documents those it has.",
        extra={
            "available": [
                *({"href": site.links.to(f"/{document}#{encode_path(x)}"), "title": x} for x in near),
                {"href": site.links.to(f"/{document}"), "title": "All terms"},
            ]
        },
    )
