"""The registry of shared things and the kinds of losses: by what each is recognised, and that nothing means two.

Whatever an article speaks of is validated by the build; here is the rest, which waits for articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from graph.ground import SHARED_PARTS, Ground, lay_ground
from graph.namespaces import BG, BGSH, RDF, RDFS, SKOS
from graph.sources import Sources
from graph.validation import find, in_scope

TYPE = RDF + "type"
NAMES = (RDFS + "label", SKOS + "altLabel", SKOS + "hiddenLabel")
ANCHORED = {BGSH + name for name in ("Thing-anchor", "Viewpoint-anchorUnlessArticle")}


@pytest.fixture(scope="module")
def ground() -> Ground:
    """Return ontology, shared things, shapes and rules."""
    return lay_ground(Sources())


@pytest.fixture(scope="module")
def shared(ground: Ground) -> list[ox.Triple]:
    """Return what is said of shared things, the knowledge of other registers aside."""
    return in_scope((quad for part in ground.parts if part.name in SHARED_PARTS for quad in part.quads), "article")


def meanings(triples: Iterable[ox.Triple], *properties: str) -> dict[str, set[str]]:
    """Return what has each value of these properties, the case of letters aside."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate.value in properties and not isinstance(triple.object, ox.BlankNode | ox.Triple):
            found[triple.object.value.casefold()].add(str(triple.subject))
    return found


def of_class(triples: Iterable[ox.Triple], class_: str) -> list[ox.Triple]:
    """Return what is said of the members of a class."""
    triples = tuple(triples)
    members = {t.subject for t in triples if t.predicate.value == TYPE and t.object == ox.NamedNode(BG + class_)}
    return [triple for triple in triples if triple.subject in members]


def test_everything_keeps_to_the_shapes(ground: Ground, shared: list[ox.Triple]) -> None:
    """But for words to rest on, which come with the first article that speaks of it."""
    terms = in_scope((quad for part in ground.parts for quad in part.quads), "terms")
    subjects = {str(triple.subject)[1:-1] for triple in shared}
    results = find(ground.constraints, "article", shared, beside=terms, focus=subjects)
    assert [str(result) for result in results if result.shape not in ANCHORED] == []


def test_a_loss_type_is_named_by_words_that_mean_it_alone(shared: list[ox.Triple]) -> None:
    """Whoever reads “drones” has one type to count them in."""
    named = meanings(of_class(shared, "LossType"), *NAMES)
    assert {name: types for name, types in named.items() if len(types) > 1} == {}


def test_a_loss_type_is_found_by_its_plural(shared: list[ox.Triple]) -> None:
    """Figures above one are written in the plural."""
    named = meanings(of_class(shared, "LossType"), *NAMES)
    for words in ("tanks", "armored vehicles", "aircraft", "horses", "howitzers", "policemen", "galleys", "APCs"):
        assert len(named[words.casefold()]) == 1, words


def test_what_could_be_a_person_or_an_aircraft_is_no_name(shared: list[ox.Triple]) -> None:
    """“Fighters” alone tells neither."""
    assert "fighters" not in meanings(of_class(shared, "LossType"), *NAMES)


@pytest.mark.parametrize("class_", ["Polity", "Place", "War", "Viewpoint", "Organisation"])
@pytest.mark.parametrize("property_", ["distinctiveName", "wikipediaPage"])
def test_a_mention_is_one_thing(class_: str, property_: str, shared: list[ox.Triple]) -> None:
    """No two things of a class are recognised by the same name or page."""
    found = meanings(of_class(shared, class_), BG + property_)
    assert {value: things for value, things in found.items() if len(things) > 1} == {}


@pytest.mark.parametrize("name", ["Georgia", "Russia", "France", "Japan", "China", "England", "Kingdom of Italy"])
def test_what_several_states_were_called_is_not_distinctive(name: str, shared: list[ox.Triple]) -> None:
    """An article that prints it without a link leaves open which one it means."""
    assert name.casefold() not in meanings(shared, BG + "distinctiveName")


def test_what_is_distinctive_is_recognised(shared: list[ox.Triple]) -> None:
    """Of polities and of the voices called after them."""
    found = meanings(shared, BG + "distinctiveName")
    assert found["azerbaijan"] == {
        "<https://w3id.org/battlegraph/id/polity/azerbaijan>",
        "<https://w3id.org/battlegraph/id/viewpoint/azerbaijan>",
    }
