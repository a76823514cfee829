"""The EntitySchema: what conforms, what does not, and that what we export does."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from pyshex import ShExEvaluator
from quickstatements_grammar import Dialect, apply, parse, turtle

from graph.paths import ONTOLOGY
from graph.store import Dataset
from server.config import Config
from server.site import Site
from server.wikidata import exports
from server.wikidata.creation import Creation
from server.wikidata.items import Items, read_given

# PyShEx takes a string without a line end for an address, of the schema as of the data.
SCHEMA: Final = (ONTOLOGY / "battle.shex").read_text("utf-8") + "\n"
ITEM: Final = "http://www.wikidata.org/entity/Q1001"
HEAD: Final = """
@prefix p: <http://www.wikidata.org/prop/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pr: <http://www.wikidata.org/prop/reference/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BATTLE: Final = 'wd:Q1001 wdt:P31 wd:Q178561 ; rdfs:label "Battle"@en .'
SOURCE: Final = "prov:wasDerivedFrom [ pr:P143 wd:Q328 ]"


def finds(data: str, focus: str = ITEM) -> str:
    """Return why an item does not conform; empty where it does."""
    (result,) = ShExEvaluator(rdf=f"{HEAD}{data}\n", schema=SCHEMA, focus=focus, start=None).evaluate()
    return "" if result.result else str(result.reason or "fails")


def loss(says: str) -> str:
    """Return a battle with one statement on deaths."""
    return f"{BATTLE} wd:Q1001 p:P1120 <urn:s> . <urn:s> {says} ."


CONFORMING: Final = {
    "no losses": BATTLE,
    "another class beside": f"{BATTLE} wd:Q1001 wdt:P31 wd:Q2 .",
    "per somebody": loss(f'ps:P1120 11.0 ; pq:P3680 wd:Q2 ; pq:P1932 "11 killed" ; {SOURCE}'),
    "per somebody unnamed": loss(f'ps:P1120 11.0 ; pq:P3680 [] ; pq:P1932 "11 killed" ; {SOURCE}'),
    "on a source that can be found": loss(
        'ps:P1120 11.0 ; pq:P1932 "11 killed" ; prov:wasDerivedFrom [ pr:P1476 "A title"@en ] , [ pr:P143 wd:Q328 ]'
    ),
    "of a side": loss(f'ps:P1120 11.0 ; pq:P518 wd:Q3 ; pq:P3680 wd:Q2 ; pq:P1932 "11 killed" ; {SOURCE}'),
    "of a side's civilians": loss(
        f'ps:P1120 11.0 ; pq:P518 wd:Q3 , wd:Q5 ; pq:P3680 wd:Q2 ; pq:P1932 "11 killed" ; {SOURCE}'
    ),
    "things destroyed": f"""{BATTLE} wd:Q1001 p:P3082 <urn:s> .
        <urn:s> ps:P3082 wd:Q4 ; pq:P1114 14.0 ; pq:P3680 wd:Q2 ; pq:P1932 "14 tanks destroyed" ; {SOURCE} .""",
}
FAILING: Final = {
    "no battle": 'wd:Q1001 wdt:P31 wd:Q2 ; rdfs:label "Battle"@en .',
    "no label": "wd:Q1001 wdt:P31 wd:Q178561 .",
    "nobody and only Wikipedia": loss(f'ps:P1120 11.0 ; pq:P1932 "11 killed" ; {SOURCE}'),
    "no source at all": loss('ps:P1120 11.0 ; pq:P3680 wd:Q2 ; pq:P1932 "11 killed"'),
    "no words": loss(f"ps:P1120 11.0 ; pq:P3680 wd:Q2 ; {SOURCE}"),
    "half a death": loss(f'ps:P1120 0.5 ; pq:P3680 wd:Q2 ; pq:P1932 "half" ; {SOURCE}'),
    "fewer than none": loss(f'ps:P1120 -1.0 ; pq:P3680 wd:Q2 ; pq:P1932 "less" ; {SOURCE}'),
    "destroyed, and how many": f"""{BATTLE} wd:Q1001 p:P3082 <urn:s> .
        <urn:s> ps:P3082 wd:Q4 ; pq:P3680 wd:Q2 ; pq:P1932 "tanks destroyed" ; {SOURCE} .""",
    "a place without a source": f"{BATTLE} wd:Q1001 p:P276 <urn:s> . <urn:s> ps:P276 wd:Q5 .",
}


@pytest.mark.parametrize("data", CONFORMING.values(), ids=CONFORMING)
def test_what_conforms(data: str) -> None:
    """Losses that say whose figure they are, and in which words."""
    assert finds(data) == ""


@pytest.mark.parametrize("data", FAILING.values(), ids=FAILING)
def test_what_does_not(data: str) -> None:
    """One defect each."""
    assert finds(data) != ""


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize(
    "given",
    [(), ("battle-of-hadrut=Q1001", "equipment/t-72=Q1004", "category/civilian=Q1006")],
    ids=["created", "there"],
)
def test_what_we_export_conforms(dataset: Dataset, given: tuple[str, ...], dialect: Dialect) -> None:
    """The command file, carried out on an item, makes one that the schema takes."""
    site = Site(Config(Path("unused.nq")), dataset, None)
    items = Items(dataset.store, read_given(dataset.store, dataset.base, given))
    commands = parse("".join(exports.quickstatements(site, items, Creation.GUARDED)), dialect)
    made = turtle({name: item for name, item in apply(commands).items() if name in ("Q1001", "NEW1")})
    if given:
        # What an item that is there has already: the file leaves its class and label alone.
        made += BATTLE
    focus = ITEM if given else "http://www.wikidata.org/entity/NEW1"
    assert finds(made, focus) == ""
    # Nothing but the losses needs its words.
    assert bool(finds(made.replace("pq:P1932", "pq:P1"), focus)) == bool(given)
