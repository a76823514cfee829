"""Which things belong to one article by their name, and which several articles may speak of.

What belongs to an article carries its slug after its kind (`/id/claim/{article}/{name}`).
What is named after no article (`/id/polity/{name}`) may be anybody's, the article and its
battle (`/id/event/{name}`) among it.
"""

from __future__ import annotations

from typing import Final

from graph.namespaces import CANONICAL_BASE

THINGS: Final = CANONICAL_BASE + "id/"
_ANCHORS: Final = THINGS + "anchor/"


def is_thing(iri: str) -> bool:
    """Tell whether the IRI names something that articles speak of; the words they rest on are none."""
    return iri.startswith(THINGS) and not iri.startswith(_ANCHORS)


def is_anybodys(iri: str) -> bool:
    """Tell whether the IRI names a thing after no article.

    >>> is_anybodys("https://w3id.org/battlegraph/id/polity/armenia")
    True
    >>> is_anybodys("https://w3id.org/battlegraph/id/claim/battle-of-hadrut/result")
    False
    """
    return is_thing(iri) and iri.count("/", len(THINGS)) == 1


def slug_of(iri: str) -> str:
    """Return what follows the kind in the name of a thing: the slug of the article, where it belongs to one."""
    return iri[len(THINGS) :].split("/", 2)[1].partition("#")[0]
