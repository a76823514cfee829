"""The ontology and the shapes, documented term by term; terms are hash IRIs of these addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from graph.iris import ONTOLOGY_IRI, SHAPES_IRI, graph_iri
from graph.namespaces import OWL
from server.errors import Problem
from server.headers import Link
from server.named_graphs import answer_with_graph
from server.site import current_site
from server.vocabulary import read_vocabulary

blueprint = Blueprint("vocabularies", __name__)

_VERSION_IRI: Final = ox.NamedNode(OWL + "versionIRI")


@blueprint.get("/ontology")
@blueprint.get("/ontology.<suffix>")
def document_ontology(suffix: str | None = None) -> Response:
    """Document the ontology, term by term."""
    return _answer_vocabulary("ontology", ONTOLOGY_IRI, suffix)


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
def document_shapes(suffix: str | None = None) -> Response:
    """Document the shapes, one by one."""
    return _answer_vocabulary("shapes", SHAPES_IRI, suffix)


@blueprint.get("/ontology/<version>")
def answer_ontology_version(version: str) -> Response:
    """Answer for the ontology's version IRI, as long as that version is the one there is."""
    return _answer_version("ontology", ONTOLOGY_IRI, version)


@blueprint.get("/shapes/<version>")
def answer_shapes_version(version: str) -> Response:
    """Answer for the shapes' version IRI, as long as that version is the one there is."""
    return _answer_version("shapes", SHAPES_IRI, version)


def _answer_vocabulary(name: str, iri: str, suffix: str | None) -> Response:
    site = current_site()

    def page(links: Sequence[Link]) -> str:
        vocabulary = read_vocabulary(site, iri, ox.NamedNode(graph_iri(name, site.dataset.base)))
        return render_template("vocabulary.html", vocabulary=vocabulary, links=links)

    return answer_with_graph(site, name, f"/{name}", page, path=f"/{name}", suffix=suffix)


def _answer_version(name: str, iri: str, version: str) -> Response:
    store = current_site().dataset.store
    for quad in store.quads_for_pattern(ox.NamedNode(iri), _VERSION_IRI, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.NamedNode) and quad.object.value == f"{iri}/{version}":
            return _answer_vocabulary(name, iri, None)
    raise Problem(
        404, "No such version", f"This server has no version {version!r} of <{iri}>. /{name} is the one it has."
    )
