"""Rules: what follows from what is stated, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.issues import InvalidSources
from graph.namespaces import CANONICAL_BASE, sparql_prologue
from graph.paths import RULES
from graph.rules import derive, read_rules

PROLOGUE = sparql_prologue().replace("PREFIX", "@prefix").replace(">\n", "> .\n") + "@prefix : <urn:> .\n"
GRAPH = f"{CANONICAL_BASE}graph/entities"


def quads(text: str, graph: str = GRAPH) -> frozenset[ox.Quad]:
    """Return the triples of a Turtle text as quads of a graph."""
    parsed = ox.parse(PROLOGUE + text, format=ox.RdfFormat.TURTLE)
    return frozenset(ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph)) for q in parsed)


def derived(text: str, rule: str) -> frozenset[ox.Quad]:
    """Return what one rule adds to the triples of a text."""
    return derive(quads(text), [one for one in read_rules(RULES) if one.name == rule])


CLAIM = """
:voice bg:voiceOf :article . :article a bg:Article .
:claim bg:accordingTo :voice ; bg:certainty bg:Asserted ;
  rdf:subject :battle ; rdf:predicate bg:result ; rdf:object "victory"@en .
"""


def test_the_articles_own_voice_is_stated() -> None:
    """The claimed triple becomes a triple of the derived graph."""
    stated = quads(':battle bg:result "victory"@en .', f"{CANONICAL_BASE}graph/derived")
    assert derived(CLAIM, "article-voice") == stated


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bg:Asserted", "bg:Hedged"),
        (":voice bg:voiceOf :article .", ""),
        (":article a bg:Article", ":article a bg:Reference"),
        ('rdf:object "victory"@en', "rdfs:label 'x'@en"),
        ("bg:certainty bg:Asserted", "bg:certainty bg:Asserted ; bg:incompatibleWith :other"),
        (":voice bg:voiceOf", ":other bg:incompatibleWith :claim . :voice bg:voiceOf"),
    ],
    ids=["hedged", "a viewpoint", "a cited title", "no object", "contested", "contested from the other side"],
)
def test_nothing_else_that_is_claimed_is_stated(old: str, new: str) -> None:
    """What others say, what is hedged and what is contested stays a claim."""
    assert old in CLAIM
    assert not derived(CLAIM.replace(old, new), "article-voice")


PHASES = """
:battle a bg:Battle .
:one a bg:Phase ; sem:subEventOf :battle ;
  sem:hasBeginTimeStamp "2020-10-07"^^xsd:date ; sem:hasEndTimeStamp "2020-10-15"^^xsd:date .
:two a bg:Phase ; sem:subEventOf :battle ;
  sem:hasBeginTimeStamp "2020-10-15"^^xsd:date ; sem:hasEndTimeStamp "2020-10-30"^^xsd:date .
"""
BEGIN = ':battle sem:hasBeginTimeStamp "2020-10-07"^^xsd:date .'
END = ':battle sem:hasEndTimeStamp "2020-10-30"^^xsd:date .'


@pytest.mark.parametrize(
    ("phases", "span"),
    [
        (PHASES, BEGIN + END),
        (PHASES + ":part a bg:SubEvent ; sem:subEventOf :battle .", BEGIN + END),
        (
            PHASES + ':sub a bg:SubEvent ; sem:subEventOf :battle ; sem:hasBeginTimeStamp "2020-10-01"^^xsd:date .',
            BEGIN + END,
        ),
        (PHASES + ":three a bg:Phase ; sem:subEventOf :battle .", ""),
        (PHASES + ':three a bg:Phase ; sem:subEventOf :battle ; sem:hasBeginTimeStamp "2020-10-09"^^xsd:date .', BEGIN),
        (PHASES + ':battle sem:hasBeginTimeStamp "2020-10-08"^^xsd:date .', END),
        (PHASES.replace("sem:subEventOf :battle", "sem:subEventOf :war"), ""),
    ],
    ids=[
        "two phases",
        "a sub-event",
        "an earlier sub-event",
        "an undated phase",
        "an open end",
        "a stated begin",
        "a war",
    ],
)
def test_a_battle_lasts_from_its_first_phase_to_its_last(phases: str, span: str) -> None:
    """Each bound is derived only where every phase has one and the battle has none of its own."""
    assert derived(phases, "battle-span") == quads(span, f"{CANONICAL_BASE}graph/derived")


def test_events_have_their_sub_events() -> None:
    """The inverse, so that either end leads to the other."""
    derived_graph = f"{CANONICAL_BASE}graph/derived"
    assert derived(":a sem:subEventOf :b .", "sub-events") == quads(":b sem:hasSubEvent :a .", derived_graph)


@pytest.mark.parametrize("relation", ["bg:mayOverlapWith", "bg:incompatibleWith"])
def test_symmetric_relations_hold_both_ways(relation: str) -> None:
    """A relation that stands both ways already adds nothing."""
    derived_graph = f"{CANONICAL_BASE}graph/derived"
    assert derived(f":a {relation} :b .", "symmetry") == quads(f":b {relation} :a .", derived_graph)
    assert not derived(f":a {relation} :b . :b {relation} :a .", "symmetry")


LINK = """
:link a bg:CrossLink ; rdf:subject :hadrut ; rdf:predicate skos:exactMatch ; rdf:object wd:Q1 ;
  bg:evidence "A register."@en ; bg:confidence bg:SingleSource .
"""


def test_a_crosslink_is_stated_among_the_crosslinks() -> None:
    """Beside the node that has its evidence, never among what articles say."""
    graph = f"{CANONICAL_BASE}graph/crosslinks"
    assert derived(LINK, "crosslinks") == quads(":hadrut skos:exactMatch wd:Q1 .", graph)


@pytest.mark.parametrize(("old", "new"), [("SingleSource", "Unconfirmed"), ('bg:evidence "A register."@en ;', "")])
def test_an_unconfirmed_crosslink_is_not_stated(old: str, new: str) -> None:
    """Nor one without evidence."""
    assert not derived(LINK.replace(old, new), "crosslinks")


def test_rules_run_once_in_the_order_of_their_names(tmp_path: Path) -> None:
    """Each sees what the earlier ones derived, and none what a later one does."""
    head = "#+ summary: A rule.\n#+ graph: derived\n"
    (tmp_path / "b.rq").write_text(head + "CONSTRUCT { ?s <urn:p3> ?o } WHERE { ?s <urn:p2> ?o }")
    (tmp_path / "a.rq").write_text(head + "CONSTRUCT { ?s <urn:p2> ?o } WHERE { ?s <urn:p1> ?o }")
    (tmp_path / "0.rq").write_text(head + "CONSTRUCT { ?s <urn:p4> ?o } WHERE { ?s <urn:p3> ?o }")
    rules = read_rules(tmp_path)
    assert [rule.name for rule in rules] == ["0", "a", "b"]
    properties = {quad.predicate.value for quad in derive(quads(":x :p1 :y ."), rules)}
    assert properties == {"urn:p2", "urn:p3"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", r"x\.rq, line 1: a rule has no header lines"),
        ("#+ summary: A.\n#+ graph: entities\nCONSTRUCT WHERE { ?s ?p ?o }", "one of crosslinks, derived"),
        ("#+ summary: A.\n#+ graph: derived\nSELECT * { ?s ?p ?o }", "Write a CONSTRUCT query"),
        ("#+ summary: A.\n#+ graph: derived\nCONSTRUCT {", r"x\.rq, line 3: no valid SPARQL at 3:12\n"),
    ],
)
def test_a_rule_that_is_none(text: str, message: str, tmp_path: Path) -> None:
    """The message names the file and what is missing."""
    (tmp_path / "x.rq").write_text(text)
    with pytest.raises(InvalidSources, match=message):
        read_rules(tmp_path)


def test_a_rule_makes_no_blank_nodes(tmp_path: Path) -> None:
    """They would have other names in every build."""
    (tmp_path / "x.rq").write_text(
        "#+ summary: A.\n#+ graph: derived\nCONSTRUCT { ?s <urn:p> [ ] } WHERE { ?s <urn:p1> ?o }"
    )
    with pytest.raises(InvalidSources, match=r"x\.rq: the rule makes a blank node"):
        derive(quads(":x :p1 :y ."), read_rules(tmp_path))
