"""What a person meets who opens a file of ours: the order of things, their short names, and the same bytes always."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import hostile_quads
import pyoxigraph as ox
import pytest
from hostile_quads import EX

from graph.build import Built
from graph.namespaces import PREFIXES
from graph.paths import ROOT
from server.http.formats import (
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_BY_NAME,
    RDF_FORMATS,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
)  # fmt: skip
from server.terms.reading_order import ReadingOrder
from server.terms.serialise import WRITERS, UnwritableQuads, serialise

SOURCE: Final = """
@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <http://example.org/> .
e:claims { e:loss bg:minCount 14 ; bg:anchor e:words ; a bg:LossClaim , bg:Claim ; rdfs:label "14 tanks"@en ;
  bg:lexical "14\\n\\"tanks\\"" ; bg:asOf "2020-10-07"^^xsd:date ; bg:confirmed true ; bg:inEvent e:battle . }
e:terms { bg:Claim a owl:Class ; rdfs:label "claim"@en . }
e:things { e:words a oa:SpecificResource ; oa:hasSelector <http://example.org/words#quote> .
  <http://example.org/words#quote> a oa:TextQuoteSelector ; oa:exact "14" .
  e:battle skos:altLabel "the battle"@en ; a sem:Event ; rdfs:label "Բ"@hy , "battle"@en ; bg:place e:town .
  e:town rdfs:label "Town"@en . e:map a bg:Map . }
e:about { e:dataset a dcat:Dataset ; dcterms:title "All of it"@en . }
"""

TURTLE_FORM: Final = """\
# A dataset of six things
# Licence: none

@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# The dataset

<http://example.org/dataset> a dcat:Dataset ;
	dcterms:title "All of it"@en .

# Events

<http://example.org/battle> a sem:Event ;
	rdfs:label "battle"@en , "Բ"@hy ;
	skos:altLabel "the battle"@en ;
	bg:place <http://example.org/town> .

# Claims

<http://example.org/loss> a bg:Claim , bg:LossClaim ;
	rdfs:label "14 tanks"@en ;
	bg:anchor <http://example.org/words> ;
	bg:asOf "2020-10-07"^^xsd:date ;
	bg:confirmed true ;
	bg:inEvent <http://example.org/battle> ;
	bg:lexical "14\\n\\"tanks\\"" ;
	bg:minCount 14 .

# Anchors

<http://example.org/words> a oa:SpecificResource ;
	oa:hasSelector <http://example.org/words#quote> .

<http://example.org/words#quote> a oa:TextQuoteSelector ;
	oa:exact "14" .

# bg:Map

<http://example.org/map> a bg:Map .

# Classes

bg:Claim a owl:Class ;
	rdfs:label "claim"@en .

# Named here, without a class

<http://example.org/town> rdfs:label "Town"@en .
"""

TRIG_FORM: Final = """\
<http://example.org/about> {

	<http://example.org/dataset> a dcat:Dataset ;
		dcterms:title "All of it"@en .
}

<http://example.org/things> {

	# Events

	<http://example.org/battle> a sem:Event ;
		rdfs:label "battle"@en , "Բ"@hy ;
		skos:altLabel "the battle"@en ;
		bg:place <http://example.org/town> .

	# Anchors
"""

JSON_FORM: Final = {
    "bg:anchor": {"@type": "@id"},
    "bg:asOf": {"@type": "xsd:date"},
    "bg:confirmed": {"@type": "xsd:boolean"},
    "bg:inEvent": {"@type": "@id"},
    "bg:minCount": {"@type": "xsd:integer"},
    "bg:place": {"@type": "@id"},
    "dcterms:title": {"@container": "@language"},
    "oa:hasSelector": {"@type": "@id"},
    "rdfs:label": {"@container": "@language"},
    "skos:altLabel": {"@container": "@language"},
}
HEADER: Final = ("A dataset\nof six things", "Licence: none")
QUADS: Final = frozenset(ox.parse(SOURCE, format=ox.RdfFormat.TRIG))
# A subject, its property and its value, one of each kind that a format has trouble with.
SUBJECT: Final = ox.NamedNode(EX + "s")
PROPERTY: Final = ox.NamedNode(EX + "p")


def read_back(content: bytes, target: Format) -> set[ox.Quad]:
    """Return the quads that the engine finds in a document."""
    return set(ox.parse(content, format=WRITERS[target.name]))


def held(quads: frozenset[ox.Quad], target: Format) -> set[ox.Quad]:
    """Return the quads that a format can hold of these."""
    return set(quads) if target in (N_QUADS, TRIG) else {ox.Quad(*quad.triple) for quad in quads}


def test_turtle_is_in_reading_order() -> None:
    """Kinds in the order of the data, each under its name; classes, names, the rest; parts after their whole."""
    assert serialise(QUADS, TURTLE, header=HEADER).decode() == TURTLE_FORM


def test_trig_is_in_reading_order_too() -> None:
    """Graph by graph; one of a single kind needs no heading for it."""
    text = serialise(QUADS, TRIG, header=HEADER).decode()
    assert text[: text.index("\n<")] == TURTLE_FORM[: TURTLE_FORM.index("\n# The dataset")]
    assert text[text.index("<http://example.org/about>") :].startswith(TRIG_FORM)
    assert text.rstrip().endswith("}")


PARTS: Final = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix g: <http://example.org/graph/> .
g:derived { <http://example.org/event/a/one> sem:hasPlace <http://example.org/place> . }
g:report { <http://example.org/report> rdfs:label "nothing" . }
<http://example.org/graph/viewpoint/one> { <http://example.org/claim> rdfs:label "claim" . }
g:entities { <http://example.org/event/a/one> a sem:Event . <http://example.org/event/a> a sem:Event . }
g:dataset {
  <http://example.org/dataset> a dcat:Dataset ; rdfs:label "all" ; void:classPartition <http://example.org/part> ;
    dcat:distribution <http://example.org/f#x.ttl.gz> , <http://example.org/f#x.ttl> .
  <http://example.org/part> void:class sem:Event .
  g:entities rdfs:label "What the\\narticles speak of"@en .
  <http://example.org/f#x.ttl.gz> a dcat:Distribution . <http://example.org/f#x.ttl> a dcat:Distribution .
}
"""


def test_wholes_stand_before_their_parts_and_counts_last() -> None:
    """A battle before its phases, a file before itself compressed; a dataset's long lists behind everything."""
    quads = list(ox.parse(PARTS, format=ox.RdfFormat.TRIG))
    written = serialise(quads, TURTLE).decode()
    subjects = [line.split()[0] for line in written.splitlines() if line.startswith("<")]
    order = ["dataset", "f#x.ttl", "f#x.ttl.gz", "event/a", "event/a/one", "claim", "graph/entities", "report"]
    assert subjects == [f"<http://example.org/{name}>" for name in (*order, "dataset", "part")]
    assert "<http://example.org/f#x.ttl> , <http://example.org/f#x.ttl.gz>" in written
    ids = [node["@id"] for node in json.loads(serialise(quads, JSON_LD))["@graph"]]
    assert len(ids) == len(set(ids))


def test_graphs_stand_in_the_order_in_which_to_read_them() -> None:
    """Things, claims, what follows, and last what describes and checks; each below its label, which is one line."""
    written = serialise(ox.parse(PARTS, format=ox.RdfFormat.TRIG), TRIG).decode()
    graphs = [line.split()[0] for line in written.splitlines() if line.endswith("{")]
    order = ("entities", "viewpoint/one", "derived", "dataset", "report")
    assert graphs == [f"<http://example.org/graph/{name}>" for name in order]
    assert "\n# What the articles speak of\n<http://example.org/graph/entities> {\n" in written
    assert written.count("# What the") == 1


def test_json_ld_is_compact_and_needs_nothing_from_elsewhere() -> None:
    """Short names, words by language, strings where the context says what they are."""
    document = json.loads(serialise(QUADS, JSON_LD, header=HEADER))
    context = document["@context"]
    prefixes = {name: iri for name, iri in context.items() if name in PREFIXES}
    assert prefixes == {
        name: PREFIXES[name] for name in ["bg", "dcat", "dcterms", "oa", "owl", "rdfs", "sem", "skos", "xsd"]
    }
    assert {name: form for name, form in context.items() if name not in PREFIXES} == JSON_FORM
    assert [node["@id"] for node in document["@graph"]] == [
        f"{EX}dataset", f"{EX}battle", f"{EX}loss", f"{EX}words", f"{EX}words#quote", f"{EX}map", "bg:Claim",
        f"{EX}town",
    ]  # fmt: skip
    assert document["@graph"][2] == {
        "@id": f"{EX}loss",
        "@type": ["bg:Claim", "bg:LossClaim"],
        "rdfs:label": {"en": "14 tanks"},
        "bg:anchor": f"{EX}words",
        "bg:asOf": "2020-10-07",
        "bg:confirmed": True,
        "bg:inEvent": f"{EX}battle",
        "bg:lexical": '14\n"tanks"',
        "bg:minCount": 14,
    }


def test_what_was_asked_for_stands_first() -> None:
    """With its parts, before any heading."""
    text = serialise(QUADS, TURTLE, first=ox.NamedNode(EX + "words")).decode()
    body = text[text.index("\n\n") :]
    assert body.startswith("\n\n<http://example.org/words> a ")
    assert body.index("words#quote> a ") < body.index("# The dataset")


def test_long_rows_of_values_are_broken() -> None:
    """One value a line."""
    quads = [ox.Quad(SUBJECT, PROPERTY, ox.NamedNode(f"{EX}{'x' * 60}{number}")) for number in range(3)]
    lines = serialise(quads, TURTLE).decode().splitlines()
    assert [line[:3] for line in lines[2:]] == ["\t\t<"] * 3
    assert max(map(len, lines)) < 120


def test_only_prefixes_that_are_used_are_declared() -> None:
    """In names of datatypes and graphs as well, and not for numbers that are written bare."""
    number, day = ox.Literal(5), ox.Literal("2020-10-14", datatype=ox.NamedNode(f"{PREFIXES['xsd']}date"))
    graph = ox.NamedNode(f"{PREFIXES['bg']}g")
    assert b"@prefix" not in serialise([ox.Quad(SUBJECT, PROPERTY, number, graph)], TURTLE)
    assert serialise([ox.Quad(SUBJECT, PROPERTY, day)], TURTLE).count(b"@prefix") == 1
    assert serialise([ox.Quad(SUBJECT, PROPERTY, day, graph)], TRIG).startswith(b"@prefix bg: ")


def test_elements_of_rdf_xml_have_short_names_of_ours() -> None:
    """Those of classes too."""
    text = serialise(QUADS, RDF_XML).decode()
    assert "<owl:Class rdf:about=" in text
    assert "<sem:Event rdf:about=" in text
    assert "oxprefix" not in text


@pytest.mark.parametrize("target", RDF_FORMATS, ids=lambda target: target.name)
def test_nothing_is_lost_and_nothing_added(target: Format, built: Built) -> None:
    """In the dataset, and where names and values look like syntax."""
    whole = frozenset(ox.parse(built.quads, format=ox.RdfFormat.N_QUADS))
    hostile = hostile_quads.for_xml() if target is RDF_XML else hostile_quads.for_text()
    dotted = frozenset({ox.Quad(ox.NamedNode("http://a/b/../c"), PROPERTY, ox.NamedNode("http://a/./b//c"))})
    for quads in (QUADS, whole, hostile, dotted, frozenset[ox.Quad]()):
        written = serialise(quads, target, header=HEADER)
        assert read_back(written, target) == held(quads, target)
        # Readers of XML make a line feed of it, though the engine's does not.
        assert b"\r" not in written


@pytest.mark.parametrize("target", RDF_FORMATS, ids=lambda target: target.name)
def test_nodes_without_names_are_written_too(target: Format) -> None:
    """A file that somebody else serves may have them: as subjects, values and classes."""
    node = ox.BlankNode("n1")
    quads = frozenset(
        ox.Quad(*triple)
        for triple in (
            ox.Triple(node, PROPERTY, ox.Literal("x")),
            ox.Triple(SUBJECT, PROPERTY, node),
            ox.Triple(SUBJECT, ox.NamedNode(f"{PREFIXES['rdf']}type"), node),
        )
    )
    found = ox.Dataset(read_back(serialise(quads, target), target))
    expected = ox.Dataset(quads)
    for dataset in (found, expected):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert found == expected


def test_prefixes_that_an_iri_begins_with_are_not_used_in_json_ld() -> None:
    """`geo:37.78,-122.40` is an IRI of its own, whatever `geo:` is short for elsewhere."""
    point = ox.NamedNode("geo:37.78,-122.40")
    kind = ox.NamedNode(f"{PREFIXES['geo']}Feature")
    quads = [ox.Quad(SUBJECT, PROPERTY, point), ox.Quad(SUBJECT, PROPERTY, kind)]
    document = json.loads(serialise(quads, JSON_LD))
    assert document["@context"] == {}
    assert document["@graph"][0][PROPERTY.value] == [{"@id": point.value}, {"@id": kind.value}]


@pytest.mark.parametrize("target", [TURTLE, TRIG, RDF_XML], ids=lambda target: target.name)
def test_a_header_can_be_nothing_but_a_comment(target: Format) -> None:
    """Whatever the texts hold that it is made of."""
    lines = (
        "a\n<x:a> <x:b> <x:c> .",
        "b --> <x:d/> <!-- --- -",
        "\r<x:a> <x:b> <x:c> .",
        "\x01\x85<x:a> <x:b> <x:c> .",
    )
    written = serialise(QUADS, target, header=lines)
    assert read_back(written, target) == held(QUADS, target)
    if target is RDF_XML:
        assert written.count(b"-->") == 1
    else:
        assert written.decode().split("\n")[:4] == [f"# {' '.join(line.split())}" for line in lines]


def test_formats_without_comments_have_no_header() -> None:
    """What is canonical stays so."""
    for target in (N_TRIPLES, N_QUADS, JSON_LD):
        assert serialise(QUADS, target, header=HEADER) == serialise(QUADS, target)


def test_bytes_depend_on_neither_order_nor_repetition() -> None:
    """A quad counts once."""
    for target in RDF_FORMATS:
        assert serialise(sorted(QUADS, key=str), target) == serialise([*sorted(QUADS, key=str)[::-1], *QUADS], target)


def test_bytes_are_the_same_in_every_process(built: Built, tmp_path: Path) -> None:
    """Whatever Python's hash seed, for every format of the whole dataset."""
    file = tmp_path / "whole.nq"
    file.write_bytes(built.quads)
    digests = {_digests(file, seed) for seed in ("0", "1", "42")}
    assert len(digests) == 1
    quads = list(ox.parse(built.quads, format=ox.RdfFormat.N_QUADS))
    ours = [hashlib.sha256(serialise(quads, target)).hexdigest() for target in RDF_BY_NAME.values()]
    assert digests.pop().split() == ours


def _digests(file: Path, seed: str) -> str:
    script = (
        "import hashlib, pyoxigraph as ox\n"
        "from server.http.formats import RDF_BY_NAME\n"
        "from server.terms.serialise import serialise\n"
        f"quads = list(ox.parse(path={str(file)!r}, format=ox.RdfFormat.N_QUADS))\n"
        "for target in RDF_BY_NAME.values():\n"
        "    print(hashlib.sha256(serialise(quads, target)).hexdigest())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_what_rdf_xml_cannot_write_is_said() -> None:
    """A property or an only class without an XML name and a control character: refused, never written wrongly."""
    kind = ox.NamedNode(f"{PREFIXES['rdf']}type")
    for predicate, value in (
        (ox.NamedNode(EX + "1"), ox.Literal("a")),
        (ox.NamedNode(EX), ox.Literal("a")),
        (PROPERTY, ox.Literal("a\x01b")),
        (kind, ox.NamedNode(EX)),
    ):
        quad = ox.Quad(SUBJECT, predicate, value)
        with pytest.raises(UnwritableQuads, match="RDF/XML cannot write"):
            serialise([quad], RDF_XML)
        assert read_back(serialise([quad], TURTLE), TURTLE) == {quad}


def test_what_json_ld_cannot_write_is_said() -> None:
    """A triple that is a value, as RDF 1.2 has them; Turtle can."""
    quad = ox.Quad(SUBJECT, PROPERTY, ox.Triple(SUBJECT, PROPERTY, ox.Literal("a", language="en")))
    with pytest.raises(UnwritableQuads, match="JSON-LD cannot write"):
        serialise([quad], JSON_LD)
    assert read_back(serialise([quad], TURTLE), TURTLE) == {quad}


def test_the_order_names_every_kind_by_one_of_our_prefixes(built: Built) -> None:
    """No heading of the whole dataset is an address, and few kinds stand under a name that no list gives."""
    quads = set(ox.parse(built.quads, format=ox.RdfFormat.N_QUADS))
    headings = [section.heading for section in ReadingOrder(quads).sections({quad.triple for quad in quads})]
    assert len(headings) == len(set(headings))
    assert not [heading for heading in headings if "://" in heading]
    assert len([heading for heading in headings if ":" in heading]) < 4
