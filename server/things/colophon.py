"""What a page says of itself at its end: where its statements stand and how to have them as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from graph.iris import is_slug
from server.http.endpoint import endpoint_address
from server.http.formats import TURTLE
from server.site import Site
from server.terms.claims import is_claim, is_lost
from server.terms.labels import Shown
from server.terms.links import encode_path
from server.terms.rows import show_graph
from server.things.released import Version, read_versions
from server.wikidata.paste import Files, files_of

_QUERY = """\
# Everything that is stated of one thing, and in which graph.
SELECT ?graph ?property ?value WHERE {{
  GRAPH ?graph {{ <{iri}> ?property ?value }}
}}
ORDER BY ?graph ?property ?value
LIMIT 500
"""


@dataclass(frozen=True, slots=True)
class Colophon:
    """The page's own particulars."""

    iri: str
    here: str
    """A command that fetches the data from this server."""
    canonical: str
    """The same by the thing's IRI, wherever it is served from."""
    sparql: str
    """The query page with a query for the thing."""
    graphs: tuple[Shown, ...]
    """The named graphs that the thing's own statements stand in."""
    wikidata: Files | None
    """What can go to Wikidata of the claims about it, and what cannot."""
    nanopublication: str | None
    """Where the nanopublication of a claim is had, without the suffix of a format; None where it has none."""
    versions: tuple[Version, ...]
    """The same data in releases."""


def read_colophon(site: Site, thing: ox.NamedNode, name: str, own: Iterable[ox.Quad]) -> Colophon:
    """Return the particulars of the page about a thing with this `kind/slug…`."""
    graphs = {quad.graph_name.value for quad in own if isinstance(quad.graph_name, ox.NamedNode)}
    address = f"{endpoint_address(site).removesuffix('/sparql')}/id/{encode_path(name)}"
    return Colophon(
        iri=thing.value,
        here=_command(address),
        canonical=_command(site.dataset.base + encode_path(thing.value.removeprefix(site.dataset.base))),
        sparql=site.links.to(f"/sparql?query={quote(_QUERY.format(iri=thing.value), safe='')}"),
        graphs=tuple(show_graph(site, graph) for graph in sorted(graphs)),
        wikidata=files_of(site, thing.value, name),
        nanopublication=_nanopublication(site, thing, name),
        versions=read_versions(site, name),
    )


def _nanopublication(site: Site, thing: ox.NamedNode, name: str) -> str | None:
    store = site.dataset.store
    has_one = all(map(is_slug, name.split("/"))) and is_claim(store, thing.value) and not is_lost(store, thing.value)
    return f"{site.links.root}/np/{name}" if has_one else None


def _command(address: str) -> str:
    # encode_path leaves the apostrophe, which would end the quoted argument.
    return f"curl -L -H 'Accept: {TURTLE.media_type}' '{address.replace(chr(39), '%27')}'"
