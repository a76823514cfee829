"""The canonical form: the same bytes for the same quads, and RDFC-1.0's bytes at that."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build import Built
from graph.canon import BlankNodeFound, canonical_nquads, digest, rebased
from graph.namespaces import CANONICAL_BASE

iris = st.sampled_from([ox.NamedNode(f"{CANONICAL_BASE}id/place/{name}") for name in "abcd"])
literals = st.one_of(
    st.text().map(ox.Literal),
    st.text().map(lambda text: ox.Literal(text, language="hy")),
    st.integers().map(ox.Literal),
)
quads = st.lists(st.builds(ox.Quad, iris, iris, st.one_of(iris, literals), iris), max_size=12)


@given(quads, st.randoms(use_true_random=False))
def test_bytes_do_not_depend_on_order(some: list[ox.Quad], chance: random.Random) -> None:
    """Nor on how often a quad comes."""
    again = [*some, *some[:3]]
    chance.shuffle(again)
    assert canonical_nquads(some) == canonical_nquads(again)


@given(quads)
def test_bytes_are_those_of_rdfc(some: list[ox.Quad]) -> None:
    """The RDFC-1.0 of pyoxigraph, sorted by code point, has nothing to rename here and gives the same."""
    dataset = ox.Dataset(some)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = (ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").decode().split("\n")[:-1]
    assert canonical_nquads(some).decode() == "".join(f"{line}\n" for line in sorted(lines))


@given(quads)
def test_bytes_read_back_as_the_same_quads(some: list[ox.Quad]) -> None:
    """Whatever characters the literals hold."""
    assert set(ox.parse(canonical_nquads(some), format=ox.RdfFormat.N_QUADS)) == set(some)


def test_a_blank_node_is_refused() -> None:
    """Its label would be a matter of chance."""
    node = ox.NamedNode("urn:x")
    with pytest.raises(BlankNodeFound, match="give it an IRI"):
        canonical_nquads([ox.Quad(node, node, ox.BlankNode("b"))])


def test_the_dataset_is_in_its_canonical_form(built: Built) -> None:
    """Read and written again it is the same, and its digest is that of its bytes."""
    assert canonical_nquads(ox.parse(built.quads, format=ox.RdfFormat.N_QUADS)) == built.quads
    assert digest(built.quads) == built.digest == built.manifest.quads


def test_the_store_gives_back_what_is_published(built: Built) -> None:
    """No literal changes on its way through a store, so documents, query results and dumps agree."""
    store = ox.Store()
    store.bulk_load(built.quads, format=ox.RdfFormat.N_QUADS)
    assert canonical_nquads(store) == built.quads


def test_another_base_moves_the_data_and_leaves_the_vocabulary() -> None:
    """Terms and shapes keep their names whatever the base of the data is."""
    data = ox.NamedNode(CANONICAL_BASE + "id/place/hadrut")
    graph = ox.NamedNode(CANONICAL_BASE + "graph/entities")
    term = ox.NamedNode(CANONICAL_BASE + "ontology#Place")
    (moved,) = rebased([ox.Quad(data, term, term, graph)], "http://localhost/")
    assert moved == ox.Quad(
        ox.NamedNode("http://localhost/id/place/hadrut"), term, term, ox.NamedNode("http://localhost/graph/entities")
    )
