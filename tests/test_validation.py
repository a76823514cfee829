"""Validation: what is held against which shapes, and how its results are told."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Literal, URIRef

from graph.build import Built, build
from graph.checks import read_checks
from graph.foreign import validate_file
from graph.ground import lay_ground
from graph.issues import InvalidSources
from graph.namespaces import BGSH, CANONICAL_BASE, RDF, SH, sparql_prologue
from graph.report import report_quads
from graph.results import Result, ordered, violations
from graph.shacl import Shapes, UnusableShapes, from_rdflib, to_rdflib
from graph.sources import Sources

PROLOGUE = sparql_prologue().replace("PREFIX", "@prefix").replace(">\n", "> .\n") + "@prefix : <urn:> .\n"
CLAIMS = "articles/skirmish/claims.ttl"


def triples(text: str) -> list[ox.Triple]:
    """Return the triples of a Turtle text with all prefixes."""
    return [quad.triple for quad in ox.parse(PROLOGUE + text, format=ox.RdfFormat.TURTLE)]


def replace(file: Path, old: str, new: str) -> None:
    """Change something in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def shapes_of(results: tuple[Result, ...]) -> set[str]:
    """Return the local names of the shapes that found something."""
    return {result.shape.removeprefix(BGSH) for result in results}


def test_valid_sources_have_no_results(miniature: Sources) -> None:
    """The miniature keeps to its shapes."""
    assert build(miniature).results == ()


def test_the_project_is_valid(built: Built) -> None:
    """Nothing else is ever published."""
    assert not violations(built.results), "\n".join(map(str, violations(built.results)))


def test_a_result_tells_file_line_and_what_to_do(miniature: Sources) -> None:
    """The file is the one in which the focus node was written."""
    file = miniature.articles / "skirmish" / "claims.ttl"
    replace(file, "bg:minCount 5 ;", 'bg:minCount "5" ;')
    (result,) = build(miniature).results
    line = file.read_text("utf-8").split("claim:lost a ")[0].count("\n") + 1
    assert str(result) == (
        f"{file}, line {line}: <https://w3id.org/battlegraph/id/claim/skirmish/lost>: Write a whole number.\n"
        '    Violation of bgsh:Claim-minCount, on bg:minCount, value "5"'
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "shape"),
    [
        (CLAIMS, "bg:minCount 5 ;", 'bg:minCount "5" ;', "Claim-minCount"),
        (CLAIMS, "bg:certainty bg:Asserted", "bg:certainty bg:Corroborated", "Claim-certainty"),
        (CLAIMS, "bg:certainty bg:Asserted", "bg:certainty place:ford", "Claim-certainty"),
        (CLAIMS, "place:ford a bg:Place ;", "place:ford a bg:Place ; rdfs:seeAlso place:ford ;", "PlaceShape"),
        (CLAIMS, "bg:certainty bg:Asserted", "bg:certainty bg:Asserted , bg:Attributed", "check-certainty-once"),
        ("shared/things.ttl", 'rdfs:label "the ford"@en', "a bg:Place", "Place-label"),
        ("shared/crosslinks.ttl", 'bg:evidence "Hearsay."@en ;', "", "CrossLink-evidence"),
        ("shared/dataset.ttl", 'dcterms:title "Miniature"@en ;', "", "Dataset-title"),
        (
            "ontology/concepts.ttl",
            "bg:Asserted a bg:Certainty ;",
            "bg:Asserted a bg:Certainty, <http://www.w3.org/2002/07/owl#Class> ; rdfs:label 'x'@de ;",
            "Term-label",
        ),
    ],
)
def test_each_kind_of_data_has_its_shapes(file: str, old: str, new: str, shape: str, miniature: Sources) -> None:
    """Articles, what they share, cross-links, the dataset's description, the ontology, and the whole graph."""
    replace(miniature.articles.parent / file, old, new)
    assert shapes_of(build(miniature).results) == {shape}


def test_a_crosslink_in_an_articles_own_file_is_found(miniature: Sources) -> None:
    """The same statement is right in crosslinks.ttl and wrong beside the article."""
    fact = (
        "\n<https://w3id.org/battlegraph/id/place/ford> <http://www.w3.org/2004/02/skos/core#closeMatch> <urn:ford> .\n"
    )
    for name in ("crosslinks.ttl", "claims.ttl"):
        file = miniature.articles / "skirmish" / name
        file.write_text((file.read_text("utf-8") if file.exists() else "") + fact, "utf-8")
        assert shapes_of(build(miniature).results) == (set() if name == "crosslinks.ttl" else {"PlaceShape"})


def test_a_shared_thing_that_articles_only_lead_to_is_validated_too(miniature: Sources) -> None:
    """It would otherwise slip through, because validation is per article."""
    file = miniature.shared / "things.ttl"
    text = file.read_text("utf-8").replace("a bg:Viewpoint ;", "a bg:Viewpoint ;\n    rdfs:seeAlso place:hill ;")
    file.write_text(text + "\nplace:hill a bg:Place .\n", "utf-8")
    assert "Place-label" in shapes_of(build(miniature).results)


def test_a_shared_thing_that_no_article_speaks_of_is_not_published(miniature: Sources) -> None:
    """The registry knows more than one dataset speaks of; nothing of it changes a byte that is published."""
    before = build(miniature)
    file = miniature.shared / "things.ttl"
    file.write_text(file.read_text("utf-8") + "\nplace:hill a bg:Place .\n", "utf-8")
    after = build(miniature)
    assert after.results == before.results == ()
    assert after.quads == before.quads


def test_warnings_do_not_stop_a_build(miniature: Sources) -> None:
    """They are published with the data, as SHACL's own report."""
    replace(miniature.articles.parent / CLAIMS, 'rdfs:label "2 carts burnt, per the North"@en ;', "")
    built = build(miniature)
    assert [result.severity for result in built.results] == ["Warning"]
    assert violations(built.results) == ()
    quads = set(ox.parse(built.quads, format=ox.RdfFormat.N_QUADS))
    graph = f"{CANONICAL_BASE}graph/report"
    report = {q.triple for q in quads if q.graph_name == ox.NamedNode(graph)}
    node = ox.NamedNode(f"{graph}#{built.results[0].name}")
    assert report == {quad.triple for quad in report_quads(built.results)}
    assert ox.Triple(ox.NamedNode(f"{graph}#report"), ox.NamedNode(SH + "result"), node) in report
    assert ox.Triple(node, ox.NamedNode(SH + "sourceShape"), ox.NamedNode(f"{BGSH}Claim-label")) in report
    # SHACL, section 3.6.1.1: conforms only where there is no result at all.
    assert any(t.predicate.value == SH + "conforms" and t.object == ox.Literal(False) for t in report)


def test_what_results_point_at_is_published(miniature: Sources) -> None:
    """Checks are described in the graph of the shapes, so that a result's shape leads somewhere."""
    quads = set(ox.parse(build(miniature).quads, format=ox.RdfFormat.N_QUADS))
    check = ox.NamedNode(f"{BGSH}check-certainty-once")
    said = {q.predicate.value: q.object for q in quads if q.subject == check}
    assert said[RDF + "type"] == ox.NamedNode(SH + "SPARQLSelectExecutable")
    assert said[SH + "description"] == ox.Literal(
        "A reader could not tell how the words put it, and queries would count the claim twice.", language="en"
    )
    assert "SELECT ?claim" in str(said[SH + "select"])


def test_a_term_that_no_file_declares_is_found_in_a_query(miniature: Sources) -> None:
    """A check that asks for it would never find anything."""
    replace(miniature.shapes / "checks" / "certainty-once.rq", "?claim bg:certainty", "?claim bg:certianty")
    with pytest.raises(InvalidSources, match=r"certainty-once\.rq, line 9: bg:certianty is no term .*\n.*bg:certainty"):
        lay_ground(miniature)


def test_a_row_about_no_node_is_about_the_dataset(miniature: Sources) -> None:
    """As an aggregate over nothing gives one."""
    (miniature.shapes / "checks" / "any.rq").write_text(
        "# Problem: None.\n# Why: It matters.\n# Fix: Add one.\n"
        "SELECT ?none (COUNT(?thing) AS ?n) WHERE { ?thing <urn:nothing> ?value BIND (?value AS ?none) }\n"
        "GROUP BY ?none\n"
    )
    assert build(miniature).results == ()
    (miniature.shapes / "checks" / "any.rq").write_text(
        "# Problem: None.\n# Why: It matters.\n# Fix: Add one.\nSELECT ?none ?n { BIND (0 AS ?n) }\n"
    )
    (result,) = build(miniature).results
    assert result.focus == ox.NamedNode(f"{CANONICAL_BASE}dataset")


def test_a_check_tells_what_it_found(miniature: Sources) -> None:
    """The problem, the fix, and what stands in the row."""
    replace(miniature.articles.parent / CLAIMS, "bg:certainty bg:Asserted", "bg:certainty bg:Asserted , bg:Attributed")
    (result,) = build(miniature).results
    assert result.message == (
        "A claim has two certainties. Keep the one that the words bear out. (one: bg:Asserted; other: bg:Attributed)"
    )
    assert result.file is not None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# Problem: A.\n# Fix: B.\nSELECT * { ?s ?p ?o }", r"x\.rq, line 1: a check has no header line for why"),
        ("# Problem: A.\n# Why: B.\n# Fix: C.\n# Severity: Bad\nSELECT * {}", "'Bad' is no severity"),
        ("# Problem: A.\n# Why: B.\n# Fix: C.\nASK {}", "Write a SELECT query"),
        ("# Problem: A.\n# Why: B.\n# Fix: C.\nSELECT * {", r"x\.rq, line 4: no valid SPARQL at 4:11"),
    ],
)
def test_a_check_that_is_none(text: str, message: str, tmp_path: Path) -> None:
    """The message names the file and what is missing."""
    (tmp_path / "x.rq").write_text(text)
    with pytest.raises(InvalidSources, match=message):
        read_checks(tmp_path)


def test_shapes_are_parsed_once_and_used_often() -> None:
    """A mutation test validates hundreds of graphs against them, a few nodes at a time."""
    shapes = Shapes(triples(":S a sh:NodeShape ; sh:targetClass :C ; sh:property :P . :P sh:path :p ; sh:minCount 1 ."))
    data = to_rdflib(triples(":a a :C . :b a :C . :c a :C ; :p 1 ."))
    assert {str(r.focus) for r in shapes.results(data)} == {"<urn:a>", "<urn:b>"}
    assert [str(r.focus) for r in shapes.results(data, focus=["urn:a", "urn:c"])] == ["<urn:a>"]
    assert not list(shapes.results(data, only=["urn:other"]))


def test_focus_nodes_do_not_narrow_what_a_value_is_held_against() -> None:
    """The engine's own focus option lets any value pass that is not a focus node itself."""
    shapes = Shapes(
        triples(
            ":S a sh:NodeShape ; sh:targetClass :C ; sh:property :P . :P a sh:PropertyShape ; sh:path :p ; sh:node :N ."
            ":N a sh:NodeShape ; sh:property :Q . :Q a sh:PropertyShape ; sh:path :q ; sh:minCount 1 ."
        )
    )
    (result,) = shapes.results(to_rdflib(triples(":a a :C ; :p :b . :b :r 1 .")), focus=["urn:a"])
    assert (result.shape, result.path, str(result.value)) == ("urn:P", "urn:p", "<urn:b>")


def test_a_result_has_all_its_parts() -> None:
    """As SHACL, section 3.6.2 has them; a literal keeps its lexical form."""
    shapes = Shapes(
        triples(
            ":S a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property :P . :P a sh:PropertyShape ; sh:path :p ;"
            "sh:datatype xsd:date ; sh:severity sh:Info ; sh:message 'Write a date.'@en ."
        )
    )
    (result,) = shapes.results(to_rdflib(triples(':a :p "01"^^xsd:integer .')))
    assert result == Result(
        focus=ox.NamedNode("urn:a"),
        shape="urn:P",
        component=SH + "DatatypeConstraintComponent",
        path="urn:p",
        value=ox.Literal("01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        severity="Info",
        message="Write a date.",
    )


def test_an_ill_typed_literal_is_a_result_and_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """A traceback, which rdflib logs for it, is nothing for a user."""
    shapes = Shapes(
        triples(
            ":S a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property :P . :P sh:path :p ; sh:datatype xsd:integer ."
        )
    )
    assert len(list(shapes.results(to_rdflib(triples(':a :p "x"^^xsd:integer .'))))) == 1
    assert not caplog.records


@pytest.mark.parametrize(
    "text",
    [
        ":S a sh:NodeShape ; sh:path :p .",
        ":S a sh:NodeShape ; sh:targetNode :x ; sh:sparql :q . :q sh:select 'SELECT nonsense' .",
        ":S a sh:NodeShape ; sh:targetNode :x ; sh:qualifiedValueShape :T ; sh:qualifiedMinCount 1 .",
    ],
    ids=["a node shape with a path", "broken SPARQL", "a constraint that would be left out"],
)
def test_shapes_that_cannot_be_used(text: str) -> None:
    """The engine's own words, as one message."""
    with pytest.raises(UnusableShapes, match="shapes/ holds a shape that cannot be used: "):
        list(Shapes(triples(text)).results(to_rdflib(triples(":x :p 1 ."))))


@pytest.mark.parametrize(
    "term",
    [
        ox.NamedNode("urn:a"),
        ox.BlankNode("b"),
        ox.Literal("a"),
        ox.Literal("a", language="hy"),
        ox.Literal("01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        ox.Literal("-0490-09-12", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
    ],
)
def test_terms_cross_to_rdflib_and_back(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> None:
    """Nothing is lost or rewritten on the way."""
    node = ox.NamedNode("urn:x")
    ((_, _, object_),) = to_rdflib([ox.Triple(node, node, term)])
    assert isinstance(object_, URIRef | BNode | Literal)
    assert from_rdflib(object_) == term


def test_results_have_an_order_and_come_once() -> None:
    """Violations first; the order of discovery does not matter."""
    warning = Result(ox.NamedNode("urn:a"), "urn:S", "urn:C", None, None, "Warning", "a")
    one = Result(ox.NamedNode("urn:b"), "urn:S", "urn:C", None, None, "Violation", "a")
    other = Result(ox.NamedNode("urn:c"), "urn:S", "urn:C", None, None, "Violation", "a")
    assert ordered([warning, other, one, other]) == ordered([one, warning, other]) == (one, other, warning)
    assert len({warning.name, one.name, other.name}) == 3


def test_a_dump_of_the_dataset_validates(miniature: Sources, tmp_path: Path) -> None:
    """What the build publishes is valid when it is read back from a file."""
    file = tmp_path / "dump.nq"
    file.write_bytes(build(miniature).quads)
    assert validate_file(file, lay_ground(miniature)) == ()


@pytest.mark.parametrize(
    ("name", "text", "shapes"),
    [
        ("x.ttl", "<urn:c> a bg:Claim ; bg:anchor <urn:a> ; rdfs:label 'a'@en .", set()),
        ("x.ttl", "<urn:c> a bg:Claim ; rdfs:label 'a'@en .", {"Claim-anchor"}),
        ("x.ttl", "[] a bg:Claim ; rdfs:label 'a'@en .", {"Claim-anchor"}),
        ("x.trig", "<https://w3id.org/battlegraph/graph/entities> { <urn:c> a bg:Place }", {"Place-label"}),
        ("x.trig", "<https://w3id.org/battlegraph/graph/crosslinks> { <urn:c> a bg:Place }", set()),
        (
            "x.trig",
            "<https://w3id.org/battlegraph/graph/crosslinks> { <urn:c> a bg:CrossLink }",
            {"CrossLink-evidence"},
        ),
        ("x.ttl", "<urn:c> bg:certainty bg:Asserted , bg:Attributed .", {"check-certainty-once"}),
    ],
)
def test_a_file_is_validated_by_its_graphs(
    name: str, text: str, shapes: set[str], miniature: Sources, tmp_path: Path
) -> None:
    """Statements in no graph, or in one of another name, are read as an article's; our own terms are known."""
    file = tmp_path / name
    file.write_text(PROLOGUE + text, "utf-8")
    assert shapes_of(validate_file(file, lay_ground(miniature))) == shapes


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.csv", "a,b", r"x\.csv: no RDF syntax has the suffix '\.csv'"),
        ("x.nq", "nonsense", r"x\.nq, line 1: no valid N-Quads"),
        ("x.ttl", "<urn:c> <https://w3id.org/battlegraph/ontology#quote> 'a' .", "as files do that authors write"),
    ],
)
def test_a_file_that_cannot_be_validated(
    name: str, content: str, message: str, miniature: Sources, tmp_path: Path
) -> None:
    """Each has a message that says what to give instead."""
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(InvalidSources, match=message):
        validate_file(tmp_path / name, lay_ground(miniature))
