"""The pages of the ontology and the shapes: complete, true to the data, with queries that run."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Final, cast
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
import specimen
from flask.testing import FlaskClient

from graph.iris import ONTOLOGY_IRI, SHAPES_IRI, graph_iri
from graph.namespaces import BG, RDFS, SKOS, curie
from graph.store import Dataset
from server.vocabularies.samples import FIRST_QUERY, MOST
from server.vocabularies.shape import name_in_words
from server.vocabularies.usage import read_usage

BROWSER: Final = "text/html"
# Compressed, as the contract of the site's pages has it.
HEAVIEST: Final = 60_000
_PREFIXES: Final = (
    "@prefix bg: <https://w3id.org/battlegraph/ontology#> .\n"
    "@prefix bgsh: <https://w3id.org/battlegraph/shapes#> .\n"
    "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of an app that serves the project's own dataset."""
    return specimen.make_client(dataset_file)


@pytest.fixture(scope="module")
def ontology(client: FlaskClient) -> str:
    """Return the page of the ontology."""
    return client.get("/ontology", headers={"Accept": BROWSER}).text


@pytest.fixture(scope="module")
def shapes(client: FlaskClient) -> str:
    """Return the page of the shapes."""
    return client.get("/shapes", headers={"Accept": BROWSER}).text


def subjects(dataset: Dataset, graph: str) -> set[str]:
    """Return the IRIs that a named graph speaks of."""
    quads = dataset.store.quads_for_pattern(None, None, None, ox.NamedNode(graph_iri(graph)))
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def section(page: str, fragment: str) -> str:
    """Return what a page says under a fragment."""
    return page.partition(f' id="{fragment}">')[2].partition("</section>")[0]


def queries_on(page: str) -> list[str]:
    """Return the queries that a page links to."""
    hrefs = map(unescape, re.findall(r'href="(/sparql\?[^"]+)" rel="nofollow"', page))
    return [parse_qs(urlsplit(href).query)["query"][0] for href in hrefs]


def served(tmp_path: Path, trig: str) -> FlaskClient:
    """Return a client of an app that serves this dataset."""
    file = tmp_path / "made.trig"
    file.write_text(_PREFIXES + trig)
    return specimen.make_client(file)


@pytest.mark.parametrize("path", ["/ontology", "/shapes"])
def test_a_page_is_light(path: str, client: FlaskClient) -> None:
    """However much it documents."""
    assert len(gzip.compress(client.get(path).data, 6)) < HEAVIEST


def test_a_glossary_comes_before_the_names_of_other_vocabularies(ontology: str) -> None:
    """The few words that every page uses, each with its definition and the way to all that is said of it."""
    glossary = ontology.partition('<dl class="glossary">')[2].partition("</dl>")[0]
    for name in ("Claim", "Viewpoint", "Gap", "anchor"):
        assert f'<dt><a href="#{name}">{name.lower()}</a></dt><dd>' in glossary
    assert "One assertion by one viewpoint" in glossary
    before = ontology[: ontology.index('<dl class="glossary">')]
    main = before[before.index("<main") :]
    assert not re.search("SEM|PROV|SPAR", main)


def test_a_shape_without_a_label_is_called_by_its_name_in_words(shapes: str) -> None:
    """As its author wrote it together."""
    assert name_in_words("AlignedEntryShape") == "aligned entry"
    assert name_in_words("Claim-certainty") == "claim certainty"
    assert name_in_words("Shape") == "Shape"
    assert ">aligned entry</a>" in shapes
    assert ">AlignedEntryShape</a>" not in shapes


@pytest.mark.parametrize("page", ["ontology", "shapes"])
def test_each_fragment_is_there_once(page: str, request: pytest.FixtureRequest) -> None:
    """And every link within the page leads to one."""
    text = request.getfixturevalue(page)
    found = Counter(re.findall(r'\sid="([^"]+)"', text))
    assert [fragment for fragment, count in found.items() if count > 1] == []
    assert {unescape(x) for x in re.findall(rf'href="(?:/{page})?#([^"]+)"', text)} <= found.keys()


@pytest.mark.parametrize(("page", "iri"), [("ontology", ONTOLOGY_IRI), ("shapes", SHAPES_IRI)])
def test_everything_is_documented(page: str, iri: str, dataset: Dataset, request: pytest.FixtureRequest) -> None:
    """Every term, every shape, every check and every cell of a list has its place under its own fragment."""
    ours = {x.partition("#")[2] for x in subjects(dataset, page) if x.startswith(iri + "#")}
    assert ours <= set(re.findall(r'\sid="([^"]+)"', request.getfixturevalue(page)))


def test_borrowed_terms_are_documented_apart(ontology: str, dataset: Dataset) -> None:
    """With name, short name and meaning, under the vocabulary that owns them."""
    text = ontology.partition('id="borrowed"')[2]
    explained = {
        quad.subject.value
        for quad in dataset.store.quads_for_pattern(
            None, ox.NamedNode(SKOS + "definition"), None, ox.NamedNode(graph_iri("ontology"))
        )
        if isinstance(quad.subject, ox.NamedNode) and not quad.subject.value.startswith(BG)
    }
    assert len(explained) > 100
    for term in explained:
        short = curie(term) or ""
        assert f'id="{short.replace(":", "-")}"' in text, term
        assert f'<a href="{term}"><code class="name">{short}</code></a>' in text, term
    assert '<h3><a href="http://semanticweb.cs.vu.nl/2009/11/sem/">Simple Event Model (SEM)</a></h3>' in text


def test_every_query_on_the_page_has_rows(ontology: str, dataset: Dataset) -> None:
    """Whoever runs one sees how the term is used, and never more than a screenful."""
    queries = queries_on(ontology)
    assert len(queries) > 200
    assert FIRST_QUERY in queries
    for query in queries:
        rows = len(list(cast(ox.QuerySolutions, dataset.store.query(query))))
        assert 0 < rows <= MOST, query


def test_every_used_term_has_a_query_and_every_other_says_so(ontology: str, dataset: Dataset) -> None:
    """No term is left without a word on its use."""
    usage = read_usage(dataset)
    used = usage.members.keys() | usage.triples.keys() | usage.values.keys()
    for term in re.findall(r'<section class="term" id="([^"]+)"', ontology):
        text = section(ontology, term)
        if BG + term in used:
            assert 'class="query"' in text, term
        else:
            assert re.search(r'<p class="use">(Not used in|No member in|[0-9]+ concepts?)', text), term


def test_the_numbers_are_those_of_the_data(dataset: Dataset) -> None:
    """What the dataset says of itself is what the engine counts, and the concepts are counted where they are used."""
    described = read_usage(dataset)
    nameless = ox.Store()
    nameless.bulk_extend(dataset.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    counted = read_usage(Dataset(nameless, ""))
    assert described.members == counted.members
    assert described.triples == counted.triples
    effect = ox.NamedNode(BG + "effect")
    for concept in ("Killed", "Destroyed"):
        found = list(dataset.store.quads_for_pattern(None, effect, ox.NamedNode(BG + concept), ox.DefaultGraph()))
        assert described.values[BG + concept] == {effect.value: len(found)}


def test_a_class_is_told_from_both_ends(ontology: str) -> None:
    """Its superclasses and subclasses, the properties from it and to it, and a member."""
    text = section(ontology, "Claim")
    for words in (
        '<dt>A kind of</dt><dd><a href="/ontology#prov-Entity">entity</a> <small class="hint">prov:Entity</small></dd>',
        '<a href="/ontology#LossClaim">loss claim</a>',
        '<dt>Its properties</dt><dd><a href="/ontology#accordingTo">according to</a>',
        '<dt>Value of</dt><dd><a href="/ontology#includedIn">included in</a>, <a href="/ontology#incompatibleWith">',
        '<code class="name">bg:Claim</code>',
        "Used to ask:",
    ):
        assert words in text
    assert re.search(r'<p class="use">\d+ members: <a href="/page/claim/[^"]+">', text)


def test_a_property_says_what_it_leads_from_and_to(ontology: str) -> None:
    """How many values it has, and one of its triples."""
    text = section(ontology, "accordingTo")
    assert '<dt>From</dt><dd><a href="/ontology#Claim">claim</a></dd>' in text
    assert '<dt>To</dt><dd><a href="/ontology#Viewpoint">viewpoint</a></dd>' in text
    assert "<dt>Values</dt><dd><span>one at most</span></dd>" in text
    assert re.search(r'triples: <a href="/page/claim/[^"]+">[^<]+</a> → <a href="/page/viewpoint/', text)
    assert "<dt>From</dt><dd><span>anything</span></dd>" in section(ontology, "anchor")
    assert "stated in both directions" in section(ontology, "mayOverlapWith")


def test_alignments_lead_to_where_the_term_is_at_home(ontology: str) -> None:
    """Wikidata's by its own address, those of a vocabulary that is explained here by way of that."""
    text = section(ontology, "Battle")
    assert '<dt>Same elsewhere</dt><dd><a href="http://www.wikidata.org/entity/Q178561">wd:Q178561</a></dd>' in text
    assert '<a href="/ontology#crm-E7_Activity">activity</a> <small class="hint">crm:E7_Activity</small>' in text


def test_the_diagram_can_be_read_and_walked_without_seeing_it(ontology: str) -> None:
    """It has a title, each class in it is a link, and the list beside it has them all."""
    svg = ontology.partition("<svg role=")[2].partition("</svg>")[0]
    assert '<title id="diagram-title">' in svg
    drawn = set(re.findall(r'<a href="#([^"]+)"><rect class="hit"[^>]+/><text class="class"', svg))
    assert {"Claim", "LossClaim", "Viewpoint", "Reference", "Place", "Side", "Article", "sem-Event"} <= drawn
    tree = ontology.partition('<div class="tree">')[2].partition("</div>")[0]
    listed = set(re.findall(r'<li><a href="/ontology#([^"]+)"', tree))
    assert {fragment for fragment in drawn if "-" not in fragment} <= listed
    assert {"sem-Event", "sem-Actor"} <= listed
    assert "style=" not in svg


def test_the_page_begins_with_how_to_ask(ontology: str) -> None:
    """What it is, how to query, how it hangs together, the terms."""
    heads = ["How to query", "How it hangs together", "Start here", "Classes", "Terms borrowed from others"]
    places = [ontology.index(f">{head}<") for head in heads]
    assert places == sorted(places)
    starters = ontology.partition('<ul class="starters">')[2].partition("</ul>")[0]
    assert starters.count("<li>") == 12
    assert 'href="#accordingTo"' in starters


@pytest.mark.parametrize("name", ["ontology", "shapes"])
def test_a_slash_at_the_end_leads_to_the_page(name: str, client: FlaskClient) -> None:
    """Without the host of the request, and with the reader's language."""
    response = client.get(f"/{name}/")
    assert (response.status_code, response.headers["Location"]) == (308, f"/{name}")
    assert client.get(f"/{name}/?lang=hy").headers["Location"] == f"/{name}?lang=hy"


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/ontology/LossClaim", "/ontology#LossClaim"),
        ("/ontology/accordingTo", "/ontology#accordingTo"),
        ("/ontology/Killed", "/ontology#Killed"),
        ("/shapes/LossClaimShape", "/shapes#LossClaimShape"),
        ("/shapes/Claim-certainty", "/shapes#Claim-certainty"),
        ("/ontology/LossClaim?lang=az", "/ontology?lang=az#LossClaim"),
    ],
)
def test_a_term_written_with_a_slash_is_found(path: str, location: str, client: FlaskClient) -> None:
    """Though the terms are hash IRIs."""
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (303, location)


@pytest.mark.parametrize(
    "path", ["/ontology/NoSuchTerm", "/ontology/lossClaim", "/shapes/%3Cb%3E", "/ontology/9.9.9", "/shapes/a%00b"]
)
def test_what_is_no_term_is_refused(path: str, client: FlaskClient) -> None:
    """With the names that are most like it."""
    response = client.get(path, headers={"Accept": "application/problem+json"})
    assert response.status_code == 404
    assert any(link["title"] == "All terms" for link in response.get_json()["available"])


def test_a_mistaken_name_gets_the_likely_ones(client: FlaskClient) -> None:
    """By which the reader goes on."""
    found = client.get("/ontology/LosClaim", headers={"Accept": "application/problem+json"}).get_json()["available"]
    assert {"href": "/ontology#LossClaim", "title": "LossClaim"} in found


@pytest.mark.parametrize("name", ["ontology", "shapes"])
def test_the_version_iri_answers_as_the_page(name: str, client: FlaskClient) -> None:
    """As long as it is the version there is."""
    assert client.get(f"/{name}/0.1.0", headers={"Accept": BROWSER}).status_code == 200


def test_deprecated_terms_say_so(tmp_path: Path) -> None:
    """And what to use in their place."""
    client = served(
        tmp_path,
        """<https://w3id.org/battlegraph/graph/ontology> {
          bg:Old a owl:Class ; rdfs:label "old"@en ; owl:deprecated true ;
            skos:changeNote "0.2.0: replaced."@en ; dcterms:isReplacedBy bg:New .
          bg:New a owl:Class ; rdfs:label "new"@en .
        }""",
    )
    text = section(client.get("/ontology").text, "Old")
    assert "No longer to be used" in text
    assert '<a href="/ontology#New">new</a>' in text
    assert "0.2.0: replaced." in text
    assert "No member in this data" in text


def test_markup_in_a_vocabulary_is_text(tmp_path: Path) -> None:
    """In labels, definitions, patterns and queries alike, in the picture too."""
    evil = "<script>alert(1)</script>"
    client = served(
        tmp_path,
        f"""<https://w3id.org/battlegraph/graph/ontology> {{
          bg:A a owl:Class ; rdfs:label "{evil}"@en ; skos:definition "{evil}"@en .
          bg:p a owl:ObjectProperty ; rdfs:label "{evil}"@en ; rdfs:domain bg:A ; rdfs:range bg:B .
          bg:B a owl:Class ; rdfs:label "{evil}"@en .
        }}
        <https://w3id.org/battlegraph/graph/shapes> {{
          bgsh:AShape a sh:NodeShape ; sh:targetClass bg:A ; sh:property bgsh:A-p ; sh:name "{evil}"@en .
          bgsh:A-p a sh:PropertyShape ; sh:path bg:p ; sh:pattern "{evil}" ; sh:message "{evil}"@en .
          bgsh:check-c a sh:SPARQLSelectExecutable ; rdfs:label "{evil}"@en ; sh:select "{evil}" .
        }}
        <https://w3id.org/battlegraph/graph/entities> {{
          <https://w3id.org/battlegraph/id/a> rdfs:label "{evil}"@en .
          <https://w3id.org/battlegraph/id/a> a bg:A ; bg:p <https://w3id.org/battlegraph/id/b> .
          <https://w3id.org/battlegraph/id/b> a bg:B .
        }}""",
    )
    for path in ("/ontology", "/shapes"):
        text = client.get(path).text
        assert evil not in text
        assert "&lt;script&gt;" in text
    assert "<svg role=" in client.get("/ontology").text


@pytest.mark.parametrize("path", ["/ontology", "/shapes"])
def test_an_empty_vocabulary_has_a_page(path: str, tmp_path: Path) -> None:
    """A graph that says nothing of terms is no reason to fail."""
    client = served(
        tmp_path,
        """<https://w3id.org/battlegraph/graph/ontology> { <https://w3id.org/battlegraph/ontology> a owl:Ontology }
        <https://w3id.org/battlegraph/graph/shapes> { <https://w3id.org/battlegraph/shapes> a owl:Ontology }""",
    )
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("sh:minCount 1 ; sh:maxCount 1", "exactly one"),
        ("sh:minCount 2 ; sh:maxCount 2", "exactly 2"),
        ("sh:minCount 1", "at least one"),
        ("sh:maxCount 1", "at most one"),
        ("sh:maxCount 0", "none"),
        ("sh:minCount 1 ; sh:maxCount 3", "1 to 3"),
        ("sh:datatype xsd:date", "of the type xsd:date"),
        ("sh:class bg:Side", "a member of side"),
        ("sh:nodeKind sh:IRI", "a thing, not words"),
        ("sh:nodeKind sh:Literal", "words or a number, not a thing"),
        ("sh:nodeKind sh:BlankNodeOrIRI", "BlankNodeOrIRI"),
        ("sh:hasValue bg:Side", "has the value side"),
        ("sh:uniqueLang true", "at most one in each language"),
        ("sh:minLength 1", "at least one character"),
        ("sh:maxLength 32", "at most 32 characters"),
        ("sh:minInclusive 0", "0 or more"),
        ('sh:pattern "^a+$"', "matches ^a+$"),
        ("sh:lessThan bg:q", "less than other"),
        ("sh:lessThanOrEquals bg:q", "not more than other"),
        ("sh:in bgsh:cell", "one of side, one"),
        ("sh:in bgsh:cell2", "only one"),
        ("sh:or bgsh:list", "any of: a member of side, other: at least one"),
        ("sh:not bgsh:IsSide", "not: a member of side"),
        ("sh:node bgsh:Day", "namely A day"),
        ("sh:qualifiedValueShape bgsh:IsSide ; sh:qualifiedMinCount 1", "at least one of this kind: a member of side"),
        ("sh:closed true ; sh:ignoredProperties bgsh:types", "nothing else may be said of it, except rdf:type"),
    ],
)
def test_a_constraint_is_told_in_words(constraint: str, words: str, tmp_path: Path) -> None:
    """What a shape demands can be read without knowing SHACL."""
    client = served(
        tmp_path,
        f"""<https://w3id.org/battlegraph/graph/ontology> {{
          bg:Side a owl:Class ; rdfs:label "side"@en . bg:q a owl:DatatypeProperty ; rdfs:label "other"@en .
        }}
        <https://w3id.org/battlegraph/graph/shapes> {{
          bgsh:P a sh:PropertyShape ; sh:path bg:p ; {constraint} .
          bgsh:IsSide a sh:NodeShape ; sh:class bg:Side .
          bgsh:Day a sh:NodeShape ; sh:description "A day."@en .
          bgsh:HasOther a sh:NodeShape ; sh:property bgsh:HasOther-q .
          bgsh:HasOther-q a sh:PropertyShape ; sh:path bg:q ; sh:minCount 1 .
          bgsh:cell rdf:first bg:Side ; rdf:rest bgsh:cell2 . bgsh:cell2 rdf:first "one" ; rdf:rest rdf:nil .
          bgsh:list rdf:first bgsh:IsSide ; rdf:rest bgsh:list2 .
          bgsh:list2 rdf:first bgsh:HasOther ; rdf:rest rdf:nil .
          bgsh:types rdf:first rdf:type ; rdf:rest rdf:nil .
        }}""",
    )
    text = section(client.get("/shapes").text, "P")
    told = [" ".join(unescape(re.sub("<[^>]+>", "", item)).split()) for item in re.findall(r"<li>(.*?)</li>", text)]
    assert words in told


def test_a_shape_that_contains_itself_ends(tmp_path: Path) -> None:
    """Its words go no deeper than a reader would."""
    client = served(
        tmp_path,
        """<https://w3id.org/battlegraph/graph/shapes> {
          bgsh:A a sh:NodeShape ; sh:node bgsh:A ; sh:not bgsh:B ; sh:property bgsh:P .
          bgsh:B a sh:NodeShape ; sh:node bgsh:A .
          bgsh:P a sh:PropertyShape ; sh:path bg:p ; sh:node bgsh:A ; sh:property bgsh:P .
        }""",
    )
    assert client.get("/shapes").status_code == 200


def test_shapes_stand_under_their_class(shapes: str) -> None:
    """With the shapes of its properties, those it shares, and what is demanded on a condition."""
    text = shapes.partition(' id="LossClaimShape">')[2].partition(' id="LossListShape">')[0]
    assert 'id="LossClaim-lossOf"' in text
    assert '<a href="#Thing-label">label</a>' in text
    assert '<a href="#Claim-minCount">minimum count</a>' in text
    assert re.search(r'<h3><a class="self" href="#[^"]+">count where known</a>', text)
    assert '<a class="path" href="/ontology#lossOf"><code>bg:lossOf</code></a>' in text


def test_results_of_the_report_are_told_at_their_shape() -> None:
    """And lead to the report."""
    text = specimen.make_client().get("/shapes").text
    assert "1 result in the published report" in text


def test_severities_are_told_in_words(shapes: str, dataset: Dataset) -> None:
    """All that does not stop publication is marked."""
    severity = ox.NamedNode("http://www.w3.org/ns/shacl#severity")
    graph = ox.NamedNode(graph_iri("shapes"))
    for name, word in (("Warning", "should"), ("Info", "could")):
        value = ox.NamedNode(f"http://www.w3.org/ns/shacl#{name}")
        marked = len(list(dataset.store.quads_for_pattern(None, severity, value, graph)))
        assert shapes.count(f'<small class="grade">{word}</small>') == marked


def test_checks_are_shown_with_their_query(shapes: str, dataset: Dataset) -> None:
    """By the class they are about, each with what is wrong, why that matters and what to do."""
    checks = {x for x in subjects(dataset, "shapes") if "#check-" in x}
    assert shapes.count('<section class="check"') == len(checks) > 90
    assert shapes.count("<details><summary>Query</summary>") == len(checks)
    label = next(iter(dataset.store.quads_for_pattern(ox.NamedNode(min(checks)), ox.NamedNode(RDFS + "label"), None)))
    assert isinstance(label.object, ox.Literal)
    assert label.object.value in unescape(shapes)


@pytest.mark.parametrize("path", ["/ontology", "/shapes"])
def test_the_readers_language_goes_along(path: str, client: FlaskClient) -> None:
    """In the links to terms, also where the page has been made in another language before."""
    assert '"/ontology#Claim"' in client.get(path).text
    text = client.get(f"{path}?lang=hy").text
    assert '"/ontology?lang=hy#Claim"' in text
    assert '"/ontology#Claim"' not in text
    assert '"/ontology#Claim"' in client.get(path).text


def test_short_names_in_notes_are_links(ontology: str, shapes: str) -> None:
    """A reader who meets a term in the words about another one goes on to it."""
    assert '<a href="/ontology#lossOf">bg:lossOf</a> is who suffered it' in section(ontology, "LossClaim")
    assert '<a href="/ontology#rdf-subject">rdf:subject</a>' in section(ontology, "Claim")
    assert '(<a href="/ontology#inEvent">bg:inEvent</a>)' in section(shapes, "LossClaim-inEvent")
    assert "http://www.w3.org/ns/" not in ontology.partition('id="how-to-query"')[2].partition("<svg")[0]
