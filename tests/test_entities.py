"""Every thing has an address that leads to a page for people and to data for programs."""

from __future__ import annotations

import hashlib
import json
import re
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import specimen
from flask.testing import FlaskClient
from rdflib.compare import isomorphic

from graph.releases import QUADS_FILE, Manifest, publish, software_version
from server.http.formats import N_QUADS, RDF_FORMATS, TRIG, Format
from server.terms.elements import mark_scripts
from server.terms.links import Links

NAMES = specimen.entity_names()
EX = "https://example.org/"
RDFLIB_NAMES = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld", "rdf": "xml"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app of its own."""
    return specimen.make_client()


def test_the_dataset_mentions_things_of_many_kinds() -> None:
    """So that the tests over all of them mean something."""
    kinds = {name.partition("/")[0] for name in NAMES}
    assert kinds >= {
        "event",
        "place",
        "claim",
        "anchor",
        "reference",
        "viewpoint",
        "article",
        "text",
        "side",
        "equipment",
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_thing_leads_to_its_page_and_to_its_data(client: FlaskClient, name: str) -> None:
    """303, because a thing is no document; a path, because the server need not know its name."""
    for accept, location in (
        ("text/html,*/*;q=0.8", f"/page/{name}"),
        ("*/*", f"/data/{name}.ttl"),
        ("text/turtle", f"/data/{name}.ttl"),
        ("application/n-triples", f"/data/{name}.nt"),
        ("application/n-quads", f"/data/{name}.nq"),
        ("application/trig", f"/data/{name}.trig"),
        ("application/ld+json", f"/data/{name}.jsonld"),
        ("application/rdf+xml", f"/data/{name}.rdf"),
    ):
        response = client.get(f"/id/{name}", headers={"Accept": accept})
        assert response.status_code == 303
        assert response.headers["Location"] == location
        assert client.get(location).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_every_format_of_a_thing_holds_the_same_graph(client: FlaskClient, name: str) -> None:
    """The quad formats keep the named graphs, the triple formats merge them; the triples are the same."""
    triples = {}
    for target in RDF_FORMATS:
        response = client.get(f"/data/{name}.{target.name}")
        assert response.mimetype == target.media_type
        quads = ox.parse(response.data, format=ox.RdfFormat.from_media_type(target.media_type))
        triples[target.name] = {quad.triple for quad in quads}
    thing = ox.NamedNode(f"{specimen.BASE}id/{name}")
    assert any(thing in (t.subject, t.object) for t in triples["ttl"])
    assert all(found == triples["ttl"] for found in triples.values())


@pytest.mark.parametrize("name", NAMES)
def test_the_quad_formats_keep_the_graph_of_each_statement(client: FlaskClient, name: str) -> None:
    """Everything but the words on the document itself stands in the graph it was published in."""
    published = set(ox.parse(specimen.FILE.read_bytes(), format=ox.RdfFormat.TRIG))
    document = ox.NamedNode(f"{specimen.BASE}data/{name}")
    for target in (N_QUADS, TRIG):
        quads = set(
            ox.parse(client.get(f"/data/{name}.{target.name}").data, format=ox.RdfFormat.from_extension(target.name))
        )
        about_document = {quad for quad in quads if quad.subject == document}
        assert {quad.graph_name for quad in about_document} == {ox.DefaultGraph()}
        assert quads - about_document <= published


# rdflib warns of its own attributes when it parses into its own Dataset.
@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
@pytest.mark.parametrize("name", [specimen.EVENT, specimen.CLAIM, specimen.ANCHOR])
def test_another_library_reads_the_same_graph(client: FlaskClient, name: str) -> None:
    """What rdflib reads is what the other library wrote."""
    graphs = []
    for suffix, parser in RDFLIB_NAMES.items():
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=client.get(f"/data/{name}.{suffix}").data, format=parser)
        merged = rdflib.Graph()
        for subject, predicate, object_ in dataset.triples((None, None, None)):
            merged.add((subject, predicate, object_))
        graphs.append(merged)
    assert len(graphs[0]) > 10
    assert all(isomorphic(graphs[0], graph) for graph in graphs[1:])


def test_a_description_is_whole(client: FlaskClient) -> None:
    """Own statements, what points here, anchors with selectors, labels, and the document's own."""
    triples = _triples(client.get(f"/data/{specimen.CLAIM}.ttl").data)
    published = {q.triple for q in ox.parse(specimen.FILE.read_bytes(), format=ox.RdfFormat.TRIG)}
    base, claim = specimen.BASE, ox.NamedNode(f"{specimen.BASE}id/{specimen.CLAIM}")
    anchor = f"{base}id/{specimen.ANCHOR}"
    assert {t for t in published if claim in (t.subject, t.object)} <= triples
    for part in (anchor, f"{anchor}#quote", f"{anchor}#position"):
        assert {t for t in published if t.subject == ox.NamedNode(part)} <= triples
    labels = {str(t.subject)[1:-1] for t in triples if t.predicate.value.endswith(("label", "prefLabel"))}
    assert labels >= {f"{base}id/viewpoint/azerbaijan", f"{base}id/equipment/t-72", f"{base}ontology#Destroyed"}
    document = ox.NamedNode(f"{base}data/{specimen.CLAIM}")
    assert {(t.predicate.value.rpartition("/")[2], str(t.object)) for t in triples if t.subject == document} == {
        ("22-rdf-syntax-ns#type", "<http://xmlns.com/foaf/0.1/Document>"),
        ("primaryTopic", str(claim)),
        ("void#inDataset", f"<{base}dataset>"),
        ("license", "<https://creativecommons.org/licenses/by-sa/4.0/>"),
    }


def test_a_description_of_what_is_pointed_at_says_by_whom(client: FlaskClient) -> None:
    """The statements whose object it is are part of it."""
    triples = _triples(client.get("/data/viewpoint/azerbaijan.ttl").data)
    claim = ox.NamedNode(f"{specimen.BASE}id/{specimen.CLAIM}")
    assert any(t.subject == claim and t.predicate.value.endswith("#accordingTo") for t in triples)


def test_an_anchors_selectors_belong_to_its_description(client: FlaskClient) -> None:
    """A hash IRI dereferences to the document of what stands before the hash."""
    triples = _triples(client.get(f"/data/{specimen.ANCHOR}.ttl").data)
    quote = ox.NamedNode(f"{specimen.BASE}id/{specimen.ANCHOR}#quote")
    assert any(t.subject == quote and t.object == ox.Literal("14 T-72s destroyed") for t in triples)
    page = client.get(f"/page/{specimen.ANCHOR}").text
    assert 'id="quote"' in page
    assert 'id="position"' in page


@pytest.mark.parametrize("target", RDF_FORMATS, ids=lambda target: target.name)
def test_negotiated_data_says_where_the_same_bytes_always_are(client: FlaskClient, target: Format) -> None:
    """Content-Location names the address of the one format (RFC 9110 section 8.7)."""
    for query, accept in (
        ("", target.media_type),
        (f"?format={target.name}", "*/*"),
        (f"?format={target.media_type}", "text/html"),
    ):
        negotiated = client.get(f"/data/{specimen.EVENT}{query}", headers={"Accept": accept})
        assert negotiated.mimetype == target.media_type
        location = negotiated.headers["Content-Location"]
        assert location == f"/data/{specimen.EVENT}.{target.name}"
        assert client.get(location).data == negotiated.data


def test_the_format_parameter_works_on_a_thing_too(client: FlaskClient) -> None:
    """For those who cannot set a header."""
    response = client.get(f"/id/{specimen.EVENT}?format=jsonld", headers={"Accept": "text/html"})
    assert response.headers["Location"] == f"/data/{specimen.EVENT}.jsonld"
    response = client.get(f"/id/{specimen.EVENT}?format=html")
    assert response.headers["Location"] == f"/page/{specimen.EVENT}"


def test_an_alias_labels_the_answer_where_only_it_was_asked_for(client: FlaskClient) -> None:
    """Clients reject a type they did not ask for."""
    response = client.get(f"/data/{specimen.EVENT}", headers={"Accept": "application/json"})
    assert response.headers["Content-Type"] == "application/json"
    assert json.loads(response.data)["@graph"]


def test_data_starts_with_the_thing_itself(client: FlaskClient) -> None:
    """A person who reads Turtle meets what was asked for first, its kind first of all."""
    lines = client.get(f"/data/{specimen.CLAIM}.ttl").text.splitlines()
    assert next(x for x in lines if x.startswith("<")).startswith(f"<{specimen.BASE}id/{specimen.CLAIM}> a ")


def test_data_says_at_its_top_where_it_is_from_and_under_which_terms(client: FlaskClient) -> None:
    """A file is passed on without its headers."""
    lines = client.get(f"/data/{specimen.CLAIM}.ttl").text.splitlines()
    comments = lines[: lines.index("")]
    assert all(line.startswith("# ") for line in comments)
    assert f"# Document: {specimen.BASE}data/{specimen.CLAIM}" in comments
    assert any(line.startswith("# Licence: https://creativecommons.org/") for line in comments)
    assert b"<!--\n" in client.get(f"/data/{specimen.CLAIM}.rdf").data


def test_data_declares_the_prefixes_it_uses(client: FlaskClient) -> None:
    """And no others, each once."""
    text = client.get(f"/data/{specimen.EVENT}.ttl").text
    declared = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
    assert len(declared) == len(set(declared))
    assert {"bg", "rdfs", "oa", "foaf"} <= set(declared)
    assert not {"sh", "crm", "wd", "sd"} & set(declared)


def test_the_same_data_is_the_same_bytes(client: FlaskClient) -> None:
    """In another app too, whatever order its store gives."""
    other = specimen.make_client()
    for target in RDF_FORMATS:
        path = f"/data/{specimen.EVENT}.{target.name}"
        assert client.get(path).data == other.get(path).data


def test_data_that_one_format_cannot_hold_is_offered_in_the_others(tmp_path: Path) -> None:
    """A 406 for that format, not a failure."""
    file = tmp_path / "odd.nq"
    file.write_text(f'<{specimen.BASE}id/place/x> <{EX}1> "a" .\n')
    client = specimen.make_client(file)
    assert client.get("/data/place/x.rdf").status_code == 406
    assert client.get("/data/place/x.ttl").status_code == 200


def test_a_thing_under_another_base_dereferences_too(tmp_path: Path) -> None:
    """The server answers for the paths of the base that the build was told."""
    base = "http://127.0.0.1:9/b/"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    content = f'<{base}id/place/x> {label} "X"@en <{base}graph/entities> .\n'.encode()
    digest = hashlib.sha256(content).hexdigest()
    manifest = Manifest(software_version(), "0.1.0", "2026-11-24", base, digest, digest)
    client = specimen.make_client(publish({QUADS_FILE: content}, manifest, tmp_path / "dataset") / QUADS_FILE)
    assert client.get("/id/place/x").headers["Location"] == "/data/place/x.ttl"
    assert f"<{base}id/place/x>" in client.get("/data/place/x").text
    assert f">{base}id/place/x</code>" in client.get("/page/place/x").text
    assert client.get("/graph/entities").status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_every_page_links_only_to_pages_that_are_there(client: FlaskClient, name: str) -> None:
    """No link of ours is dead, and none leaves for a scheme other than the web's."""
    page = client.get(f"/page/{name}")
    assert page.status_code == 200
    for href in set(re.findall(r'href="([^"]*)"', page.text)):
        assert href.startswith(("/", "#", "?", "https://", "http://")), href
        if href.startswith(("/", "?")) and not href.startswith("/sparql"):
            path = unescape(href).partition("#")[0]
            address = f"/page/{name}{path}" if path.startswith("?") else path
            assert client.get(address, follow_redirects=True).status_code == 200, href


def test_a_page_names_the_thing_in_every_language(client: FlaskClient) -> None:
    """English as the title; the other names beside it, each marked with its language."""
    text = client.get(f"/page/{specimen.EVENT}").text
    assert "<title>Battle of Hadrut \u2013 battlegraph</title>" in text
    assert "<h1>Battle of Hadrut</h1>" in text
    assert '<span lang="az">Hadrut döyüşü</span>' in text
    assert 'lang="hy"' in text
    assert f">{specimen.BASE}id/{specimen.EVENT}</code>" in text


def test_markup_in_the_data_is_text(client: FlaskClient) -> None:
    """Labels are never HTML, and an IRI that a browser should not follow is no link."""
    for path in ("/page/place/markup", "/graph/entities"):
        text = client.get(path, headers={"Accept": "text/html"}).text
        assert "<script>" not in text
        assert "&lt;script&gt;" in text
    assert 'href="javascript' not in client.get("/page/place/markup").text


@pytest.mark.parametrize(
    ("iri", "href"),
    [
        (f"{specimen.BASE}id/place/hadrut", "/page/place/hadrut"),
        (f"{specimen.BASE}id/anchor/a/b/1-2#quote", "/page/anchor/a/b/1-2#quote"),
        (f"{specimen.BASE}graph/viewpoint/azerbaijan", "/graph/viewpoint/azerbaijan"),
        (f"{specimen.BASE}dataset", "/dataset"),
        ("https://w3id.org/battlegraph/ontology#Claim", "/ontology#Claim"),
        ("https://w3id.org/battlegraph/shapes#Claim-x.in.1", "/shapes#Claim-x.in.1"),
        ("http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q1"),
        (f"{specimen.BASE}id/place/Շուշի x", "/page/place/%D5%87%D5%B8%D6%82%D5%B7%D5%AB%20x"),
        ("javascript:alert(1)", None),
        ("urn:x", None),
    ],
)
def test_an_iri_leads_to_its_address_on_this_server(iri: str, href: str | None) -> None:
    """Ours lead to local paths in ASCII, others to themselves, and what is no web address nowhere."""
    assert Links(specimen.BASE).href(iri) == href


def test_terms_of_the_vocabulary_are_ours_under_any_base() -> None:
    """A build with another base keeps the vocabulary's names."""
    links = Links("http://localhost/")
    assert links.href("https://w3id.org/battlegraph/ontology#Claim") == "/ontology#Claim"
    assert links.href("http://localhost/id/place/x") == "/page/place/x"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("plain", "plain"),
        ("a < b", "a &lt; b"),
        ("Հադրութի ճակատամարտ", '<span lang="hy">Հադրութի ճակատամարտ</span>'),
        ("(Armenian: Հադրութ, romanized)", '(Armenian: <span lang="hy">Հադրութ</span>, romanized)'),
        ("döyüşü <Հ>", 'döyüşü &lt;<span lang="hy">Հ</span>&gt;'),
    ],
)
def test_armenian_words_say_that_they_are_armenian(text: str, marked: str) -> None:
    """So that they are spoken and set as what they are."""
    assert str(mark_scripts(text)) == marked


def _triples(turtle: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
