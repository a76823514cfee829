"""The ids of the service: of a thing what follows `/id/`, of a term its local name or CURIE.

`place/hadrut` keeps its slash. Clients percent-encode it, some twice, some not at all, and
some send the whole IRI: all of these are the same thing.
"""

from __future__ import annotations

from urllib.parse import unquote

import pyoxigraph as ox

from graph.namespaces import BG, PREFIXES, curie
from server.site import Site
from server.things.describe import is_known

_LONGEST = 500


def identifier_of(site: Site, iri: str) -> str | None:
    """Return the id of a thing; None where its IRI is not one of ours."""
    return site.links.entity_name(iri)


def find_thing(site: Site, identifier: str) -> str | None:
    """Return the IRI of the thing with this id or IRI, None where the data does not know one."""
    name = identifier.strip()
    if len(name) > _LONGEST:
        return None
    if "%" in name:
        name = unquote(name)
    name = name.removeprefix(f"{site.dataset.base}id/").strip("/")
    # What is no path of two parts at least is a name, and the engine would refuse it as an IRI.
    if "/" not in name:
        return None
    try:
        thing = ox.NamedNode(site.links.entity(name))
    except ValueError:
        return None
    return thing.value if is_known(site.dataset.store, thing) else None


def term_id(iri: str) -> str:
    """Return the id of a class or property.

    >>> term_id("https://w3id.org/battlegraph/ontology#Place")
    'Place'
    """
    return iri.removeprefix(BG) if iri.startswith(BG) else curie(iri) or iri


def term_iri(identifier: str) -> str:
    """Return the IRI that the id, CURIE or IRI of a term means, whether or not there is such a term.

    >>> term_iri("bg:Place") == term_iri("Place")
    True
    """
    prefix, colon, local = identifier.partition(":")
    if not colon:
        return BG + identifier
    return PREFIXES[prefix] + local if prefix in PREFIXES else identifier
