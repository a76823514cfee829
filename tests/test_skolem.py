"""Anonymous nodes of ontology/ and shapes/ get names that depend on nothing but where they hang."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.issues import InvalidSources
from graph.skolem import skolemise
from graph.turtle import TurtleFile, read_turtle

PREFIXES = """@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix bgsh: <https://w3id.org/battlegraph/shapes#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def turtle(folder: Path, text: str) -> TurtleFile:
    """Return a shapes file with this text."""
    path = folder / "claim.ttl"
    path.write_text(PREFIXES + text, "utf-8")
    return read_turtle(path)


@pytest.mark.parametrize(
    ("anonymous", "named"),
    [
        (
            "bgsh:X sh:in ( bg:a bg:b ) .",
            """bgsh:X sh:in bgsh:X.in.1 .
               bgsh:X.in.1 rdf:first bg:a ; rdf:rest bgsh:X.in.2 .
               bgsh:X.in.2 rdf:first bg:b ; rdf:rest () .""",
        ),
        (
            "bgsh:X sh:path [ sh:inversePath bg:a ] .",
            "bgsh:X sh:path bgsh:X.path . bgsh:X.path sh:inversePath bg:a .",
        ),
        (
            "bgsh:X sh:or ( [ sh:path ( bg:a bg:b ) ] ) .",
            """bgsh:X sh:or bgsh:X.or.1 .
               bgsh:X.or.1 rdf:first bgsh:X.or.1.first ; rdf:rest () .
               bgsh:X.or.1.first sh:path bgsh:X.or.1.first.path.1 .
               bgsh:X.or.1.first.path.1 rdf:first bg:a ; rdf:rest bgsh:X.or.1.first.path.2 .
               bgsh:X.or.1.first.path.2 rdf:first bg:b ; rdf:rest () .""",
        ),
        ("bgsh:X sh:in () .", "bgsh:X sh:in () ."),
        ("bgsh:X.2 sh:path [ sh:a 1 ] .", "bgsh:X.2 sh:path bgsh:X.2.path . bgsh:X.2.path sh:a 1 ."),
    ],
)
def test_a_node_is_named_after_where_it_hangs(anonymous: str, named: str, tmp_path: Path) -> None:
    """IRI, full stop, local name of the property; the cells of a list are numbered from 1."""
    assert set(skolemise(turtle(tmp_path, anonymous))) == set(turtle(tmp_path, named).triples)


def test_names_do_not_depend_on_order(tmp_path: Path) -> None:
    """The same statements in another order, with others between them, get the same names."""
    one = skolemise(turtle(tmp_path, "bgsh:X sh:in ( 1 2 ) ; sh:path [ sh:inversePath bg:a ] ."))
    other = skolemise(turtle(tmp_path, "bgsh:A sh:in ( 9 ) . bgsh:X sh:path [ sh:inversePath bg:a ] ; sh:in ( 1 2 ) ."))
    assert set(one) <= set(other)


def test_a_list_of_a_thousand_has_names(tmp_path: Path) -> None:
    """Depth is no limit."""
    triples = skolemise(turtle(tmp_path, f"bgsh:X sh:in ( {' '.join(map(str, range(1000)))} ) ."))
    cells = {triple.subject for triple in triples}
    assert ox.NamedNode("https://w3id.org/battlegraph/shapes#X.in.1000") in cells


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "bgsh:X sh:property [ sh:path bg:a ] , [ sh:path bg:b ] .",
            "sh:property of bgsh:X has more than one anonymous",
        ),
        ("[] sh:path bg:a .", "an anonymous node with sh:path hangs from nothing"),
        ("bgsh:X sh:path _:p . bgsh:Y sh:path _:p . _:p sh:inversePath bg:a .", "shares its anonymous value"),
        ("_:a sh:path _:b . _:b sh:path _:a .", "in a circle"),
        ("<https://w3id.org/battlegraph/shapes> sh:declare [ sh:prefix 'bg' ] .", "no hash IRI of ours"),
        ("sh:X sh:in ( 1 ) .", "sh:in of sh:X has an anonymous value but no hash IRI of ours"),
    ],
)
def test_nodes_that_have_no_name_of_their_own(text: str, message: str, tmp_path: Path) -> None:
    """The message names the file and asks for names."""
    with pytest.raises(InvalidSources, match=rf"claim\.ttl.*{message}(.|\n)*Name these nodes"):
        skolemise(turtle(tmp_path, text))
