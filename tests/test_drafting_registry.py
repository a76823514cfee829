"""The registry of what articles share: by page and distinctive name, never by a label alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.drafting.registry import Registry, page_iri, page_title, read_registry, type_key

_ID = "https://w3id.org/battlegraph/id/"
_SHARED = """
@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix place: <https://w3id.org/battlegraph/id/place/> .
@prefix polity: <https://w3id.org/battlegraph/id/polity/> .
@prefix viewpoint: <https://w3id.org/battlegraph/id/viewpoint/> .
place:springfield-norland a bg:Place ;
    rdfs:label "Springfield"@en ;
    bg:wikipediaPage <https://en.wikipedia.org/wiki/Springfield,_Norland> .
polity:norland a bg:Polity ;
    rdfs:label "Norland"@en ;
    bg:wikipediaPage <https://en.wikipedia.org/wiki/Norland> ;
    bg:distinctiveName "Norland" , "Kingdom of Norland" .
viewpoint:norland a bg:Viewpoint ;
    rdfs:label "Norland"@en ;
    bg:viewpointOf polity:norland ;
    bg:distinctiveName "Norland" , "Norlandic" .
"""
_TYPES = """
@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix equipment: <https://w3id.org/battlegraph/id/equipment/> .
@prefix category: <https://w3id.org/battlegraph/id/category/> .
equipment:x-9 a bg:LossType ; rdfs:label "X-9 “Storm” launcher"@en ; skos:altLabel "X-9"@en .
category:guardsman a bg:LossType ; rdfs:label "guardsman"@en .
"""
_CONCEPTS = """
@prefix bg: <https://w3id.org/battlegraph/ontology#> .
bg:Killed a bg:Effect .
bg:KilledWoundedOrMissing a bg:Effect .
bg:NonBattle a bg:Effect .
bg:Certain a bg:Certainty .
"""


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    for name, text in (
        ("graph/shared/all.ttl", _SHARED),
        ("ontology/equipment.ttl", _TYPES),
        ("ontology/concepts.ttl", _CONCEPTS),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return read_registry(tmp_path)


def test_a_link_leads_to_the_thing_of_its_page(registry: Registry) -> None:
    found = registry.thing("Place", "Springfield", "Springfield, Norland")
    assert found is not None
    assert found.iri == _ID + "place/springfield-norland"


def test_a_label_alone_leads_to_nothing(registry: Registry) -> None:
    assert registry.thing("Place", "Springfield") is None


def test_words_that_are_linked_elsewhere_do_not_name_what_they_usually_do(registry: Registry) -> None:
    assert registry.thing("Polity", "Norland", "Norland (ship)") is None


def test_an_unlinked_distinctive_name_leads_to_its_thing_and_to_that_of_its_class_only(registry: Registry) -> None:
    found = registry.thing("Polity", "Kingdom of Norland")
    assert found is not None
    assert found.iri == _ID + "polity/norland"
    assert registry.thing("Person", "Norland") is None


def test_a_claimant_is_known_by_name_and_by_the_page_of_the_actor_whose_view_it_is(registry: Registry) -> None:
    for found in (registry.viewpoint("Norlandic"), registry.viewpoint("the north", "Norland")):
        assert found is not None
        assert found.iri == _ID + "viewpoint/norland"
    assert registry.viewpoint("Sudland") is None


@pytest.mark.parametrize("words", ["X-9", "X-9s", 'X-9 "Storm" launchers', "x-9 Storm Launcher"])
def test_a_type_is_known_by_each_name_in_the_singular_and_plural(registry: Registry, words: str) -> None:
    found = registry.type_of(words)
    assert found is not None
    assert found.iri == _ID + "equipment/x-9"


def test_a_plural_in_men_is_known(registry: Registry) -> None:
    found = registry.type_of("guardsmen")
    assert found is not None
    assert found.label == "guardsman"


def test_merged_effects_are_known_in_every_order(registry: Registry) -> None:
    terms = {registry.effect("missing_killed_or_wounded"), registry.effect("killed_wounded_or_missing")}
    assert terms == {"https://w3id.org/battlegraph/ontology#KilledWoundedOrMissing"}


@pytest.mark.parametrize("effect", ["killed_or_beheaded", "certain", "killed_or_wounded"])
def test_an_effect_that_the_ontology_does_not_have_is_none(registry: Registry, effect: str) -> None:
    assert registry.effect(effect) is None


def test_the_projects_own_registry_knows_the_claimants_of_the_curated_article() -> None:
    found = read_registry().viewpoint("Azerbaijan")
    assert found is not None
    assert found.iri == _ID + "viewpoint/azerbaijan"


@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="_#?"), min_size=1))
def test_a_page_and_its_title_lead_to_each_other(title: str) -> None:
    assert page_title(page_iri(title)) == title


def test_type_keys_do_not_depend_on_quotation_marks_case_and_spaces() -> None:
    assert type_key("2S1  „Gvozdika“") != type_key("2S1")
    assert type_key("BM\u201121 “Grad”") == type_key('bm-21 "grad"')
