"""A store that remembers answers as the one behind it does, and asks that one less."""

from __future__ import annotations

from itertools import product

import pyoxigraph as ox
import pytest
import specimen
from counted_store import CountedStore

from graph.store import Store, load
from server import remembering
from server.remembering import RememberingStore


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Return the specimen in memory."""
    return load(specimen.FILE, specimen.FILE)


@pytest.mark.parametrize("most", [0, 1, 200], ids=["too much for it", "hardly anything", "nearly all of it"])
def test_every_pattern_has_the_answer_of_the_store_behind(
    store: ox.Store, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """With each place open or not, for many quads; twice, for the second answer comes another way."""
    monkeypatch.setattr(remembering, "_MOST_QUADS", most)
    remembered = RememberingStore(store)
    for quad in list(store)[::7]:
        for subject, predicate, value, graph in product(
            (quad.subject, None),
            (quad.predicate, None),
            (quad.object, None),
            (quad.graph_name, ox.DefaultGraph(), None),
        ):
            for _ in range(2):
                found = list(remembered.quads_for_pattern(subject, predicate, value, graph))
                expected = list(store.quads_for_pattern(subject, predicate, value, graph))
                assert len(found) == len(expected)
                assert set(found) == set(expected)


def test_it_knows_what_there_is_and_what_there_is_not(store: ox.Store) -> None:
    """Of a quad in a named graph too, and of a subject that nothing is said of."""
    remembered = RememberingStore(store)
    nobody = ox.NamedNode(f"{specimen.BASE}id/nobody")
    for quad in list(store)[::7]:
        assert quad in remembered
        assert ox.Quad(nobody, quad.predicate, quad.object, quad.graph_name) not in remembered
        assert ox.Quad(quad.subject, quad.predicate, nobody, ox.DefaultGraph()) not in remembered


def test_a_thing_is_looked_up_once(store: ox.Store) -> None:
    """Whatever is asked of it, and by whichever of its properties."""
    counted = CountedStore(store)
    remembered = RememberingStore(counted)
    thing, default = ox.NamedNode(f"{specimen.BASE}id/{specimen.CLAIM}"), ox.DefaultGraph()
    said = list(remembered.quads_for_pattern(thing, None, None, default))
    for quad in said:
        assert quad in list(remembered.quads_for_pattern(thing, quad.predicate, None, default))
        assert quad in remembered
    assert said
    assert counted.look_ups == 1


def test_a_thing_of_which_too_much_is_said_is_not_kept(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its properties are looked up one by one, so that no page reads all that thousands of articles say of it."""
    monkeypatch.setattr(remembering, "_MOST_QUADS", 2)
    counted = CountedStore(store)
    remembered = RememberingStore(counted)
    thing, default = ox.NamedNode(f"{specimen.BASE}id/{specimen.CLAIM}"), ox.DefaultGraph()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for _ in range(3):
        assert list(remembered.quads_for_pattern(thing, label, None, default))
    assert counted.look_ups == 1 + 3


def test_what_is_made_of_a_thing_is_made_once(store: ox.Store) -> None:
    """For each function and each thing; who makes nothing of it is not asked again either."""
    remembered, asked = RememberingStore(store), []

    def make(found: Store, thing: ox.NamedNode) -> int | None:
        asked.append(thing)
        return sum(1 for _ in found.quads_for_pattern(thing, None, None, ox.DefaultGraph())) or None

    claim, nobody = (ox.NamedNode(f"{specimen.BASE}id/{name}") for name in (specimen.CLAIM, "nobody"))
    for _ in range(3):
        assert remembered.once(make, claim)
        assert remembered.once(make, nobody) is None
    assert asked == [claim, nobody]


def test_of_a_thing_that_too_much_is_said_of_nothing_is_kept(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made of it would be as large."""
    monkeypatch.setattr(remembering, "_MOST_QUADS", 2)
    remembered = RememberingStore(store)
    claim = ox.NamedNode(f"{specimen.BASE}id/{specimen.CLAIM}")

    def make(_store: object, _thing: object) -> list[str]:
        return []

    first, second = (remembered.once(make, claim) for _ in range(2))
    assert first is not second
