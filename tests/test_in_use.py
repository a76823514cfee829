"""What of the shared things is published: that of which the articles speak, and what it leads to."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.in_use import SharedThings, named

PREFIXES = """
PREFIX bg: <https://w3id.org/battlegraph/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX thing: <https://w3id.org/battlegraph/id/thing/>
"""
SHARED = """
thing:voice bg:viewpointOf thing:state .
thing:state a bg:Polity .
thing:other a bg:Polity .
thing:link rdf:subject thing:state ; rdf:object thing:point .
thing:point a bg:Place .
thing:link-of-other rdf:subject thing:other .
<https://w3id.org/battlegraph/dataset> a bg:Article .
"""


def quads(turtle: str) -> list[ox.Quad]:
    """Return the statements of some Turtle."""
    return list(ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE))


def in_use(shared: list[ox.Quad], article: list[ox.Quad]) -> frozenset[ox.Quad]:
    """Return what is published of shared things beside an article."""
    things = SharedThings(shared)
    return things.quads_of(things.always() | things.spoken_of(iri for quad in article for iri in named(quad)))


def described(found: frozenset[ox.Quad]) -> set[str]:
    """Return the names of what is described."""
    return {str(quad.subject)[1:-1].rpartition("/")[2] for quad in found}


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("", {"dataset"}),
        ("thing:claim bg:accordingTo thing:voice .", {"dataset", "voice", "state", "link", "point"}),
        ("thing:state bg:quote 'the state' .", {"dataset", "state", "link", "point"}),
        ("thing:claim bg:place thing:point .", {"dataset", "point"}),
        ("thing:claim bg:holder thing:other .", {"dataset", "other", "link-of-other"}),
    ],
    ids=["nothing", "a voice leads to its state", "a description is a mention", "a place", "its links come with it"],
)
def test_what_articles_speak_of_is_kept(article: str, expected: set[str]) -> None:
    """With what it leads to and what registers say of it; the description of the dataset always is."""
    assert described(in_use(quads(SHARED), quads(article))) == expected


def test_circles_end() -> None:
    """Things that lead to each other are kept once."""
    assert described(
        in_use(quads("thing:a bg:x thing:b . thing:b bg:x thing:a ."), quads("thing:c bg:x thing:a ."))
    ) == {
        "a",
        "b",
    }
