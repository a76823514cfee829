"""Named graphs in words: what each holds, for the pages that list them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.iris import graph_iri
from graph.namespaces import DCTERMS
from server.documents.long_graphs import LONG, LONG_FORMATS
from server.documents.shelves import Shelf
from server.http.formats import RDF_FORMATS, Format
from server.site import Site
from server.terms.labels import Shown, foreign_language
from server.terms.rows import natural_key

_DESCRIPTION: Final = ox.NamedNode(DCTERMS + "description")
_VIEWPOINT: Final = "viewpoint/"
# What our builds put into each graph, where the data itself does not say.
_WORDS: Final[Mapping[str, Callable[[], str]]] = {
    "anchors": lambda: _(
        "For each stretch of text that a statement rests on: its exact words, its place in the article, "
        "and a few words on either side."
    ),
    "crosslinks": lambda: _(
        "Identifiers in Wikidata, GeoNames and elsewhere, coordinates and names from outside the articles, "
        "each with its source and its evidence."
    ),
    "dataset": lambda: _("Title, version, dates, licence, attribution, counts, and how the data was built."),
    "derived": lambda: _(
        "What follows from the statements by rules that the description of the dataset names; among it what an article "
        "says in its own voice, where no rival claim is recorded here. No figures are added up."
    ),
    "entities": lambda: _("The battles, phases, places, people and groups that the articles name."),
    "equipment": lambda: _("The kinds of persons and things that losses are counted in, and how they are related."),
    "gaps": lambda: _("Fields that an article shows empty, and parts of its text that no statement was made from."),
    "ontology": lambda: _("Every class, property and concept that the data uses, with its definition."),
    "references": lambda: _("The entries of the lists of references in the articles, with every field they have."),
    "report": lambda: _("The results of the checks, as a SHACL validation report."),
    "shapes": lambda: _("The rules that the data is checked against, in SHACL, and the checks, in SPARQL."),
}


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """A named graph as a page shows it."""

    iri: str
    name: str
    """Its name here, as `viewpoint/azerbaijan`; its IRI where it is not one of ours."""
    href: str | None
    title: Shown
    """What it is called; of a viewpoint's graph, the viewpoint."""
    is_viewpoint: bool
    """Whether it holds what one viewpoint is said to assert."""
    description: str | None
    """What it holds, where somebody says so."""
    count: int
    """Its quads."""

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats of RDF that its data is there in."""
        return RDF_FORMATS if self.count <= LONG else LONG_FORMATS

    @property
    def is_ours(self) -> bool:
        """Tell whether this server has its data at an address of its own."""
        return self.name != self.iri


def show_shelf(site: Site, shelf: Shelf) -> list[NamedGraph]:
    """Return the graphs of a shelf that a page lists, by what they are called."""
    graphs = (read_named_graph(site, iri) for iri in shelf.graphs)
    return sorted(graphs, key=lambda graph: (natural_key(graph.title.text.lower()), graph.iri))


def read_named_graph(site: Site, iri: str) -> NamedGraph:
    """Return a named graph as a page shows it, whether or not the dataset has it."""
    name = site.links.graph_name(iri) or iri
    is_viewpoint = name.startswith(_VIEWPOINT)
    # A viewpoint is called by its name in the reader's language; the label of its graph is a sentence in English.
    title = site.labels.show_iri(site.links.entity(name) if is_viewpoint else iri)
    return NamedGraph(
        iri=iri,
        name=name,
        href=site.links.href(iri),
        title=title,
        is_viewpoint=is_viewpoint,
        description=_describe(site, iri, name),
        count=site.counts.graphs.get(iri, 0),
    )


def _describe(site: Site, iri: str, name: str) -> str | None:
    described = ox.NamedNode(graph_iri("dataset", site.dataset.base))
    for quad in site.dataset.store.quads_for_pattern(ox.NamedNode(iri), _DESCRIPTION, None, described):
        if isinstance(quad.object, ox.Literal) and foreign_language(quad.object) is None:
            return quad.object.value
    if name.startswith(_VIEWPOINT):
        return str(_("Everything in this dataset that is said according to this viewpoint, and nothing else."))
    return _WORDS[name]() if name in _WORDS else None
