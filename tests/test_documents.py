"""The documents about the dataset as a whole: start page, vocabularies, graphs, report, service."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import specimen
from flask.testing import FlaskClient

from graph.namespaces import PREFIXES
from graph.paths import CHECKS
from server.app import create_app
from server.config import Config
from server.documents.report import MOST_RESULTS
from server.documents.shelves import MOST_GRAPHS
from server.http.formats import N_QUADS, RDF_FORMATS, TRIG
from server.site import EXTENSION
from server.terms.hyperlinks import link_addresses

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PUBLISHED = list(ox.parse(specimen.FILE.read_bytes(), format=ox.RdfFormat.TRIG))
GRAPHS = sorted(
    {
        quad.graph_name.value.removeprefix(specimen.BASE)
        for quad in PUBLISHED
        if isinstance(quad.graph_name, ox.NamedNode)
    }
)
# The address, and the named graph that it answers with.
DOCUMENTS = [
    ("/", "graph/dataset"),
    ("/.well-known/void", "graph/dataset"),
    ("/graph/", "graph/dataset"),
    ("/ontology", "graph/ontology"),
    ("/shapes", "graph/shapes"),
    ("/validation", "graph/report"),
    *((f"/{name}", name) for name in GRAPHS),
]

DESCRIPTIONS = ("/", "/.well-known/void")
"""Which have more beside the graph: the endpoint and the releases."""


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app of its own."""
    return specimen.make_client()


@pytest.mark.parametrize(("path", "graph"), DOCUMENTS)
def test_a_document_is_a_page_for_people_and_a_graph_for_programs(client: FlaskClient, path: str, graph: str) -> None:
    """The page for browsers; for who asks for nothing, too, but where it is data: one named graph in every format."""
    is_data = path in ("/.well-known/void", *(f"/{name}" for name in GRAPHS))
    for accept in (BROWSER, "*/*", None):
        response = client.get(path, headers={"Accept": accept} if accept else {})
        assert response.status_code == 200
        assert response.mimetype == ("text/turtle" if is_data and accept is not BROWSER else "text/html")
    name = ox.NamedNode(specimen.BASE + graph)
    expected = {quad for quad in PUBLISHED if quad.graph_name == name}
    for target in RDF_FORMATS:
        response = client.get(path, headers={"Accept": target.media_type})
        assert response.status_code == 200
        assert response.mimetype == target.media_type
        written = ox.RdfFormat.from_media_type(target.media_type)
        assert written is not None
        quads = set(ox.parse(response.data, format=written))
        beside = {quad.triple for quad in quads} - {quad.triple for quad in expected}
        assert {quad.triple for quad in expected} <= {quad.triple for quad in quads}
        assert target not in (N_QUADS, TRIG) or expected <= quads
        assert any("DataService" in str(triple) for triple in beside) if path in DESCRIPTIONS else not beside
        location = response.headers["Content-Location"]
        assert client.get(location, headers={"Accept": "text/html"}).data == response.data
        assert client.get(f"{path}?format={target.name}").data == response.data


def test_the_datasets_description_is_there_without_a_redirect(client: FlaskClient) -> None:
    """Crawlers that look for it do not follow one."""
    response = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    assert "void:Dataset" in response.text


@pytest.mark.parametrize(
    ("accept", "location"),
    [(None, "/"), ("*/*", "/"), ("text/html, */*;q=0.8", "/"), ("text/turtle", "/.well-known/void")],
)
def test_the_datasets_iri_leads_to_its_page_or_description(
    client: FlaskClient, accept: str | None, location: str
) -> None:
    """303, as for every thing; the page is what cites it by that IRI."""
    response = client.get("/dataset", headers={"Accept": accept} if accept else {})
    assert response.status_code == 303
    assert response.headers["Location"] == location
    assert "Accept" in response.headers["Vary"]


def test_the_start_page_says_what_there_is(client: FlaskClient) -> None:
    """Counts, articles, and an entry for those who query, link and keep."""
    text = client.get("/").text
    assert f"<strong>{len(PUBLISHED)}</strong> quads" in text
    assert "<strong>3</strong> claims" in text
    assert '<a href="/article/battle-of-hadrut">' in text
    for target in (
        "/sparql",
        "/queries/",
        "/ontology",
        "/shapes",
        "/graph/",
        "/graph/crosslinks",
        "/dumps/",
        "/.well-known/void",
        "/validation",
    ):
        assert f'href="{target}"' in text


def test_the_ontology_documents_each_term(client: FlaskClient) -> None:
    """Under its fragment, with label, definition, note, example and axioms."""
    text = client.get("/ontology").text
    terms = {quad.subject.value for quad in PUBLISHED if quad.graph_name.value.endswith("graph/ontology")}
    fragments = {term.partition("#")[2] for term in terms} - {""}
    assert len(fragments) >= 7
    assert fragments <= set(re.findall(r'<section class="term" id="([^"]+)">', text))
    term = text.partition('id="Claim"')[2].partition("</section>")[0]
    for words in (
        "claim",
        "One assertion by one viewpoint.",
        "Two viewpoints that agree",
        "For example:",
        "prov:Entity",
    ):
        assert words in term
    assert '<a href="/ontology#Claim">claim</a>' in text.partition('id="accordingTo"')[2].partition("</section>")[0]


def test_the_shapes_document_each_constraint(client: FlaskClient) -> None:
    """A list is shown as its members, and its cells still have a place."""
    text = client.get("/shapes").text
    shape = text.partition('id="Claim-certainty"')[2].partition("</section>")[0]
    assert "Say how certain the words are" in shape
    assert 'href="/ontology#Attributed"' in shape
    assert 'href="/ontology#Alternatives"' in shape
    assert 'id="Claim-certainty.in.1"' in text


def test_the_graphs_are_listed_with_their_counts(client: FlaskClient) -> None:
    """The counts are those of the data; the names break between their parts only."""
    text = client.get("/graph/").text
    for name in GRAPHS:
        count = sum(quad.graph_name.value == specimen.BASE + name for quad in PUBLISHED)
        item = text.partition(f'<a href="/{name}">')[2].partition("</li>")[0]
        assert f'<p class="size">{count} quad{"s" if count != 1 else ""}</p>' in item
        assert name.removeprefix("graph/").replace("/", "/<wbr>") in item


def test_a_graph_says_what_it_holds(client: FlaskClient) -> None:
    """In the data's words where it has some, else in ours; a viewpoint's is called by its name."""
    text = client.get("/graph/").text
    assert "exact words, its place in the article" in text
    page = client.get("/graph/viewpoint/azerbaijan", headers={"Accept": BROWSER}).text
    assert "<h1>According to: <span>Azerbaijan</span></h1>" in page
    assert f"curl -L -H 'Accept: text/turtle' {specimen.BASE}graph/viewpoint/azerbaijan<" in page


def test_the_lists_of_graphs_do_not_grow_with_the_articles(tmp_path: Path) -> None:
    """The first are shown, with how many there are and the way to all."""
    file = tmp_path / "many.nq"
    many = MOST_GRAPHS + 10
    names = [f"viewpoint/article-{number:03}/article" for number in range(many)]
    file.write_text("".join(f"<http://e/s> <http://e/p> <http://e/o> <{specimen.BASE}graph/{x}> .\n" for x in names))
    text = specimen.make_client(file).get("/graph/").text
    assert len(re.findall(r'href="/graph/viewpoint/', text)) == MOST_GRAPHS
    assert f"{MOST_GRAPHS} of {many} shown." in text
    assert 'href="/sparql?query=' in text


def test_a_viewpoints_graph_shows_its_claims(client: FlaskClient) -> None:
    """Each with its words and its standing."""
    text = client.get("/graph/viewpoint/azerbaijan", headers={"Accept": BROWSER}).text
    claim = text.partition('class="said-here"')[2].partition("</ul>")[0]
    assert f'href="/page/{specimen.CLAIM}"' in claim
    assert "14 T-72s destroyed" in claim
    assert 'href="/article/battle-of-hadrut?words=848-866#anchor-848-866"' in claim
    assert 'href="/page/reference/battle-of-hadrut/4"' in claim


def test_the_list_of_graphs_is_found_without_its_slash(client: FlaskClient) -> None:
    """The redirect names a path, never the host that was asked."""
    response = client.get("/graph")
    assert response.status_code == 308
    assert response.headers["Location"] == "/graph/"


def test_a_graph_lists_what_it_describes_by_kind(client: FlaskClient) -> None:
    """Each thing under its most exact class, with a link to its page."""
    text = client.get("/graph/viewpoint/azerbaijan", headers={"Accept": BROWSER}).text
    assert 'href="/ontology#LossClaim"' in text
    assert f'href="/page/{specimen.CLAIM}"' in text
    # What the graph itself does not class is listed too, here a place.
    text = client.get("/graph/crosslinks", headers={"Accept": BROWSER}).text
    assert 'href="/ontology#Place"' in text
    assert 'href="/page/place/hadrut"' in text


def test_validation_results_have_a_place_and_a_severity(client: FlaskClient) -> None:
    """Their IRIs dereference to the graph, and the page shows what to do."""
    text = client.get("/validation").text
    assert 'id="0123456789ab"' in text
    assert "Warning" in text
    assert "Give the claim a value status." in text
    assert 'href="/shapes#ClaimShape"' in text
    assert 'id="0123456789ab"' in client.get("/graph/report", headers={"Accept": BROWSER}).text


def test_validation_counts_its_results_by_severity_and_rule(client: FlaskClient) -> None:
    """And says in words what a severity means."""
    text = client.get("/validation").text
    assert "There is 1 result." in text
    assert "No rule is broken." in text
    found = text.partition('class="finding"')[2].partition("</ul>")[0]
    assert "Warnings" in found
    assert "probably wrong" in found
    assert re.search(r'href="/shapes#ClaimShape">claim</a>.*<span class="count">1</span>', found)


def test_validation_that_found_nothing_says_what_it_looked_at(dataset_file: Path) -> None:
    """A silence means something only where there were questions."""
    app = specimen.make_app(dataset_file)
    text = app.test_client().get("/validation").text
    assert "No rule is broken. There is no warning and no note either." in text
    counts = app.extensions[EXTENSION].counts.graphs
    unchecked = sum(counts[f"{specimen.BASE}graph/{name}"] for name in ("derived", "report", "shapes"))
    assert f"<strong>{sum(counts.values()) - unchecked:,}</strong> of the {sum(counts.values()):,} quads" in text
    checks = len([*CHECKS.glob("*.rq")])
    assert checks > 50
    assert f"<strong>{checks}</strong> checks" in text
    assert re.search(r"<strong>\d{2,}</strong> rules on kinds of things", text)
    assert 'href="/validation.ttl"' in text


def test_the_list_of_results_does_not_grow_with_them(tmp_path: Path) -> None:
    """The first of each severity, the gravest severity first, with how many there are and the way to all."""
    file = tmp_path / "faulty.trig"
    report = f"{specimen.BASE}graph/report"
    rows = [f"<{report}#r> a sh:ValidationReport ; sh:conforms false ."]
    for name, count in (("Info", 1), ("Violation", MOST_RESULTS + 5)):
        rows += [
            f"<{report}#{name}-{number}> a sh:ValidationResult ; sh:resultSeverity sh:{name} ; "
            f'sh:sourceShape <http://e/shape> ; sh:focusNode <http://e/{number}> ; sh:resultMessage "<i>no</i>" .'
            for number in range(count)
        ]
    file.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\n<" + report + "> {\n" + "\n".join(rows) + "\n}\n")
    text = specimen.make_client(file).get("/validation").text
    assert text.count('<li id="Violation-') == MOST_RESULTS
    assert f"{MOST_RESULTS} of {MOST_RESULTS + 5} shown." in text
    assert text.index("Violations") < text.index("Notes")
    assert "No rule is broken." not in text
    assert "&lt;i&gt;no" in text
    assert "<i>no" not in text


def test_a_file_without_our_graphs_is_served_all_the_same(tmp_path: Path) -> None:
    """The conformance suites serve such files; nothing is claimed about their licence."""
    file = tmp_path / "foreign.nq"
    file.write_text('<http://e/s> <http://e/p> <http://e/o> .\n_:b <http://e/p> "x" <http://e/g> .\n')
    client = specimen.make_client(file)
    for path in ("/", "/graph/", "/about", "/prefixes", "/health"):
        response = client.get(path)
        assert response.status_code == 200
        assert "creativecommons.org/licenses/by-sa" not in response.text
    for path in ("/ontology", "/shapes", "/validation", "/.well-known/void", "/graph/entities"):
        assert client.get(path).status_code == 404
    assert client.get("/", headers={"Accept": "text/turtle"}).status_code == 406
    assert 'href="http://e/g"' in client.get("/graph/").text


def test_circles_in_the_data_end(tmp_path: Path) -> None:
    """Classes below each other and lists that run into themselves are shown once."""
    file = tmp_path / "circles.trig"
    file.write_text(
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix bg: <https://w3id.org/battlegraph/ontology#> .\n"
        "@prefix id: <https://w3id.org/battlegraph/id/> .\n"
        "<https://w3id.org/battlegraph/graph/ontology> {\n"
        "  bg:A a owl:Class ; rdfs:subClassOf bg:B , bg:A ; owl:oneOf bg:cell .\n"
        "  bg:B a owl:Class ; rdfs:subClassOf bg:A .\n"
        "  bg:cell rdf:first bg:A ; rdf:rest bg:cell .\n"
        "  <https://w3id.org/battlegraph/id/x> a bg:A , bg:B .\n"
        "}\n"
    )
    client = specimen.make_client(file)
    for path in ("/ontology", "/page/x", "/graph/ontology"):
        assert client.get(path).status_code == 200
    assert 'id="cell"' in client.get("/ontology").text


def test_the_ontologys_version_iri_answers(client: FlaskClient) -> None:
    """As long as it is the version there is."""
    assert client.get("/ontology/0.1.0", headers={"Accept": "text/turtle"}).status_code == 200
    assert client.get("/ontology/0.0.9").status_code == 404


def test_prefixes_come_as_a_page_as_json_and_as_declarations(client: FlaskClient) -> None:
    """All of them, in each."""
    assert client.get("/prefixes.json").get_json() == dict(PREFIXES)
    assert client.get("/prefixes", headers={"Accept": "application/json"}).get_json() == dict(PREFIXES)
    turtle = client.get("/prefixes", headers={"Accept": "text/turtle"}).data
    declared = {
        q.object.value for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE) if q.predicate.value.endswith("#prefix")
    }
    assert declared == set(PREFIXES)
    page = client.get("/prefixes", headers={"Accept": BROWSER}).text
    assert all(f"<code>{namespace}</code>" in page for namespace in PREFIXES.values())


def test_health_names_the_data_that_is_served(client: FlaskClient) -> None:
    """Its digest, version and size; never from a cache."""
    response = client.get("/health")
    health = json.loads(response.data)
    assert health["status"] == "ok"
    assert len(health["dataset"]) == 64
    assert health["version"] == "0.1.0"
    assert health["quads"] == len(PUBLISHED)
    assert health["queries"] == "unavailable"
    assert response.headers["Cache-Control"] == "no-store"


def test_about_tells_method_correction_licence_access_and_of_the_dead(client: FlaskClient) -> None:
    """Each under an address of its own, and every page leads there."""
    text = client.get("/about").text
    for fragment in ("method", "report", "licence", "accessibility", "dead"):
        assert f'id="{fragment}"' in text
    assert "Derived from an article, under the same licence." in text
    for path in ("/", f"/page/{specimen.EVENT}", "/ontology", "/article/battle-of-hadrut"):
        assert 'href="/about#report"' in client.get(path).text


@pytest.mark.parametrize("name", [f"{specimen.BASE}id/{specimen.CLAIM}", specimen.CLAIM, f"/page/{specimen.CLAIM}"])
def test_a_report_carries_the_statement_it_is_about(client: FlaskClient, name: str) -> None:
    """Its address, its claimant and its words, ready to copy; under its IRI or as its page's address ends."""
    text = html.unescape(client.get("/about", query_string={"statement": name}).text)
    lines = text.partition('class="reported"')[2].partition("</pre>")[0]
    assert f"Statement: {specimen.BASE}id/{specimen.CLAIM}\n" in lines
    assert "Said by: Azerbaijan\n" in lines
    assert "Words: “14 T-72s destroyed”\n" in lines
    assert "Data version: 0.1.0 (not released), 2026-11-24\n" in lines


@pytest.mark.parametrize(
    "name",
    [
        "claim/nothing",
        "http://evil.example/id/claim",
        "<script>alert(1)</script>",
        "a b",
        "javascript:alert(1)",
        "x" * 3000,
        "\u0000",
        f"{specimen.BASE}ontology",
        "\u0540",
    ],
)
def test_an_odd_statement_is_told_of_and_never_shown_as_markup(client: FlaskClient, name: str) -> None:
    """The way to report one is there all the same."""
    response = client.get("/about", query_string={"statement": name})
    assert response.status_code == 200
    main = response.text.partition("<main")[2].partition("</main>")[0]
    assert "This server knows no statement named" in main
    assert "<script>alert" not in response.text
    assert "x" * 200 not in main
    assert 'id="report"' in main


@pytest.mark.parametrize(
    ("contact", "link"),
    [("data@example.org", "mailto:data@example.org"), ("https://example.org/report", "https://example.org/report")],
)
def test_reports_go_to_whom_the_operator_names(contact: str, link: str) -> None:
    """On the page, and in the lines to copy."""
    client = create_app(Config(specimen.FILE, contact=contact)).test_client()
    text = client.get("/about", query_string={"statement": specimen.CLAIM}).text
    assert f'<a href="{link}">{contact}</a>' in text
    assert f"To: {contact}\nStatement: " in text.partition('id="report-text"')[2]
    assert "named no address" not in text


def test_where_nobody_is_named_the_page_says_so(client: FlaskClient) -> None:
    """And no link leads nowhere."""
    text = client.get("/about", query_string={"statement": specimen.CLAIM}).text
    assert "Whoever runs this server has named no address for reports" in text
    assert "mailto:" not in text
    assert '<code id="report-text">Statement: ' in text


def test_another_contact_is_another_page() -> None:
    """Copies that are kept are not taken for it."""
    tags = {
        create_app(Config(specimen.FILE, contact=contact)).test_client().get("/about").headers["ETag"]
        for contact in (None, "a@example.org", "b@example.org")
    }
    assert len(tags) == 3


def test_something_that_is_no_claim_can_be_reported_too(client: FlaskClient) -> None:
    """A place may be wrong as well; without a name there is nothing to say of one."""
    text = client.get("/about?statement=place/hadrut").text
    assert f"Statement: {specimen.BASE}id/place/hadrut\n" in text
    assert "Said by:" not in text.partition('class="reported"')[2].partition("</div>")[0]
    for path in ("/about", "/about?statement=", "/about?statement=%20"):
        assert 'class="reported"' not in client.get(path).text


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("at https://e.org/a; and more", ["https://e.org/a"]),
        ("(https://e.org/a_(b)).", ["https://e.org/a_(b)"]),
        ("<https://e.org/>", ["https://e.org/"]),
        ("https://e.org/a?b&c", ["https://e.org/a?b&amp;c"]),
        ('https://e.org/"onclick="x', ["https://e.org/"]),
        ("javascript:alert(1) ftp://e.org mailto:a@e.org", []),
        ("http://.", ["http://"]),
    ],
)
def test_addresses_in_rights_are_links_and_nothing_else_is_markup(text: str, links: list[str]) -> None:
    """What stands around an address stays text."""
    written = str(link_addresses(text))
    assert re.findall(r'<a href="([^"]*)"', written) == links
    assert html.unescape(re.sub(r"</?a\b[^>]*>", "", written)) == text


def test_robots_are_kept_out_of_queries_and_nothing_else(client: FlaskClient) -> None:
    """The data is there to be fetched."""
    text = client.get("/robots.txt").text
    closed = [line.removeprefix("Disallow: ") for line in text.splitlines() if line.startswith("Disallow")]
    assert "/sparql?" in closed
    assert [path for path in closed if not path.endswith("?")] == []
