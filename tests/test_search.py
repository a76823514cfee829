"""Things are found by their names, in any script, and the search never ends in nothing."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
import specimen
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from indexing import index_names

from graph.namespaces import BG
from server.search.finder import Finder
from server.search.search_index import MOST_NAMES, How, Kind, Name, SearchIndex
from server.search.suggestions import near, shorter, suggest, words_of_path
from server.site import EXTENSION

BROWSER = {"Accept": "text/html"}
PLACE = Kind((BG + "Place",), frozenset(("place",)))
CLAIM = Kind((BG + "LossClaim",), frozenset(("lossclaim", "claim")), merit=3)
ANCHOR = Kind(("http://www.w3.org/ns/oa#SpecificResource",), frozenset(("specificresource",)), merit=5, is_part=True)
HADRUT = f"{specimen.BASE}id/place/hadrut"
BATTLE = f"{specimen.BASE}id/{specimen.EVENT}"


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of an app that serves the project's own dataset."""
    return specimen.make_client(dataset_file)


def ask(client: FlaskClient, query: str, **arguments: str) -> dict[str, Any]:
    """Return what `/search.json` tells."""
    response = client.get("/search.json", query_string={"q": query, **arguments})
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    told: dict[str, Any] = response.get_json()
    return told


def index_of(*names: tuple[str, Kind]) -> SearchIndex:
    """Return an index of things that are called like their names."""
    return index_names(Name(text, text, "en", kind) for text, kind in names)


def found(index: SearchIndex, query: str, kind: str = "") -> list[str]:
    """Return the things found, in order."""
    return [hit.iri for hit in index.find(query, kind).hits]


# The index.


@pytest.mark.parametrize(
    ("query", "way"),
    [
        ("hadrut valley", How.EXACT),
        ("HADRUT, Valley!", How.EXACT),
        ("hadr", How.BEGINNING),
        ("hadrut val", How.BEGINNING),
        ("val hadr", How.WORDS),
        ("valley", How.WORDS),
        ("adru", How.INSIDE),
        ("alley hadr", How.INSIDE),
        ("hədrut", How.SPELLING),
        ("Հադրութ", How.SPELLING),
        ("Гадрут", How.SPELLING),
        ("ГАДРУТ", How.SPELLING),
    ],
)
def test_a_name_answers_in_the_nearest_way(query: str, way: How) -> None:
    """Exactly, by its beginning, by its words, by parts of them, by another spelling."""
    [hit] = index_of(("Hadrut valley", PLACE)).find(query).hits
    assert hit.how is way


@pytest.mark.parametrize("query", ["hadrut town", "xadrut", "dr", "", "?", "NEAR", '"', "words:hadrut", "had*x"])
def test_a_name_does_not_answer_what_it_is_not(query: str) -> None:
    """All words have to be there; a part of a word has three letters; the index's own syntax means nothing."""
    assert found(index_of(("Hadrut valley", PLACE)), query) == []


def test_a_name_in_one_script_is_found_from_another() -> None:
    """Both ways, and after those in the script that was written."""
    index = index_of(("Հադրութ", PLACE), ("Hadrut valley", PLACE))
    assert found(index, "hadrut") == ["Hadrut valley", "Հադրութ"]
    assert found(index, "հադրութ") == ["Հադրութ", "Hadrut valley"]


def test_the_nearest_comes_first_then_what_people_look_for_then_the_shorter() -> None:
    """Words quoted from an article come after everything that is called something."""
    index = index_of(
        ("“Hadrut”", ANCHOR),
        ("Hadrut was lost", CLAIM),
        ("The town of Hadrut", PLACE),
        ("Hadrut Province", PLACE),
        ("Hadrut", PLACE),
        ("Hadrut valley", PLACE),
    )
    assert found(index, "hadrut") == [
        "Hadrut", "Hadrut valley", "Hadrut Province", "Hadrut was lost", "The town of Hadrut", "“Hadrut”"
    ]  # fmt: skip


def test_a_thing_comes_once_by_the_name_that_answers_best() -> None:
    """However many of its names answer."""
    index = index_names(
        Name("x", text, lang, PLACE)
        for text, lang in (("Battle of Hadrut", "en"), ("Hadrut döyüşü", "az"), ("Hadrut", ""))
    )
    [hit] = index.find("hadrut doy").hits
    assert index.name(hit.number) == Name("x", "Hadrut döyüşü", "az", PLACE)


def test_a_kind_is_counted_and_asked_for() -> None:
    """By its own name and by those of the kinds above it; the counts are of all."""
    index = index_of(("Hadrut", PLACE), ("Hadrut lost", CLAIM))
    assert found(index, "hadrut", "claim") == found(index, "hadrut", "lossclaim") == ["Hadrut lost"]
    assert index.find("hadrut", "claim").kinds == {PLACE: 1, CLAIM: 1}


def test_of_very_many_names_the_best_are_looked_at() -> None:
    """And it is said that there are more; a kind is found all the same."""
    many = [Name(f"{number}", f"Hadrut {number}", "en", PLACE) for number in range(MOST_NAMES + 5)]
    index = index_names([*many, Name("x", "Hadrut lost", "en", CLAIM)])
    assert not index.find("hadrut").is_all
    assert len(index.find("hadrut").hits) == MOST_NAMES
    assert found(index, "hadrut", "claim") == ["x"]
    assert found(index, "hadrut 77", "place")[0] == "77"


def test_a_query_of_many_words_is_answered() -> None:
    """As many as a query can have."""
    text = " ".join(f"abc{number}" for number in range(40))
    index = index_of((text, PLACE), *((f"xabc{number}y", PLACE) for number in range(500)))
    assert found(index, text) == [text]
    assert found(index, "a " * 100) == [text]
    assert found(index, "abc " * 50)[0] == text


def test_an_index_of_nothing_finds_nothing() -> None:
    """And has no examples."""
    assert found(index_of(), "hadrut") == []
    assert [*index_of().examples] == []


@given(st.text(max_size=60), st.text(max_size=10))
def test_no_query_makes_the_index_fail(query: str, kind: str) -> None:
    """Whatever is asked for."""
    index = index_of(("Hadrut", PLACE))
    index.find(query, kind)
    assert all(index.find(one.query).hits for one in suggest(index, query, 3))
    near(index, words_of_path(query), 5)


def test_many_threads_ask_at_once() -> None:
    """And each has its own answer."""
    index = index_of(*((f"name{number}", PLACE) for number in range(50)))
    wrong: list[int] = []

    def work(number: int) -> None:
        wrong.extend(_ for _ in range(50) if found(index, f"name{number}")[0] != f"name{number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


# The index while it is made.


def test_nobody_waits_long_for_an_index() -> None:
    """It is made once, beside, for all who ask."""
    gate, made = threading.Event(), []

    def make() -> SearchIndex:
        gate.wait(10)
        made.append(1)
        return index_of()

    finder = Finder(make)
    assert finder.within(0.01) is None
    assert finder.within(0.01) is None
    gate.set()
    assert finder.within(10) is finder.within(0)
    assert made == [1]


def test_an_index_that_cannot_be_made_says_why() -> None:
    """To everyone who asks."""

    def fail() -> SearchIndex:
        raise ValueError("broken")

    finder = Finder(fail)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            finder.within(10)


@pytest.fixture
def unready() -> Iterator[FlaskClient]:
    """Return a client of an app whose index takes its time."""
    app, gate = specimen.make_app(), threading.Event()
    site = app.extensions[EXTENSION]

    def make() -> SearchIndex:
        gate.wait(20)
        return index_of()

    site.__dict__["finder"] = Finder(make)
    yield app.test_client()
    gate.set()


def test_an_index_that_is_being_made_is_told_of(unready: FlaskClient) -> None:
    """Search says when to come back; a wrong address is answered soon, with a search to try then."""
    begun = time.monotonic()
    response = unready.get("/page/event/nothing", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert response.get_json()["search"] == "/search?q=nothing"
    assert time.monotonic() - begun < 2
    refused = unready.get("/search?q=hadrut", headers=BROWSER)
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0


# The page.


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Hadrut", HADRUT),
        ("HADRUT", HADRUT),
        ("hədrut", HADRUT),
        ("Հադրութ", HADRUT),
        ("ՀԱԴՐՈՒԹ", HADRUT),
        ("Гадрут", HADRUT),
        ("hadrut döyüşü", BATTLE),
        ("hadrut doyusu", BATTLE),
        ("HADRUT DÖYÜŞÜ", BATTLE),
        ("Հադրութի ճակատամարտ", BATTLE),
        ("hadruti chakatamart", BATTLE),
        ("battle of hadrut", BATTLE),
        ("t72", f"{specimen.BASE}id/equipment/t-72"),
        ("T\u00a072", f"{specimen.BASE}id/equipment/t-72"),
        ("loss claim", BG + "LossClaim"),
        ("killed", BG + "Killed"),
    ],
)
def test_a_thing_is_found_by_its_names(client: FlaskClient, query: str, first: str) -> None:
    """In any script, case and spelling; things, terms and concepts."""
    results = ask(client, query)["results"]
    assert results[0]["iri"] == first
    page = client.get("/search", query_string={"q": query}, headers=BROWSER).text
    assert f'href="{results[0]["page"]}"' in page


def test_json_tells_what_was_found(client: FlaskClient) -> None:
    """Every member; the address it gives is there."""
    told = ask(client, "Հադրութ", limit="1")
    assert {name: value for name, value in told.items() if name != "results"} == {
        "query": "Հադրութ", "kind": None, "total": told["total"], "total_is_exact": True, "page": 1,
        "pages": told["total"],
    }  # fmt: skip
    assert told["results"] == [
        {
            "iri": HADRUT,
            "page": "/page/place/hadrut",
            "draft": False,
            "label": "Hadrut",
            "lang": "en",
            "matched": "Հադրութ",
            "matched_lang": "hy",
            "match": "exact",
            "kind": {"iri": BG + "Place", "label": "place", "lang": "en"},
            "according_to": None,
            "score": 1.0,
        }
    ]
    assert client.get(told["results"][0]["page"]).status_code == 200


def test_json_is_the_same_for_every_reader_unless_a_language_is_chosen(client: FlaskClient) -> None:
    """Accept-Language changes nothing; `lang` does, the links included."""
    address = "/search.json?q=hadrut+döyüşü&limit=1"
    response = client.get(address, headers={"Accept-Language": "hy"})
    assert response.get_json()["results"][0]["label"] == "Battle of Hadrut"
    assert "Accept-Language" not in response.vary
    [chosen] = client.get(f"{address}&lang=hy").get_json()["results"]
    assert (chosen["label"], chosen["lang"]) == ("Հադրութի ճակատամարտ", "hy")
    assert chosen["page"] == f"/page/{specimen.EVENT}?lang=hy"


def test_the_format_is_negotiated(client: FlaskClient) -> None:
    """By Accept, by `format` and by suffix, each alike."""
    by_accept = client.get("/search?q=hadrut", headers={"Accept": "application/json"})
    by_format = client.get("/search?q=hadrut&format=json", headers=BROWSER)
    by_suffix = client.get("/search.json?q=hadrut", headers=BROWSER)
    assert by_accept.get_json() == by_format.get_json() == by_suffix.get_json()
    assert "Accept" in by_accept.vary
    page = client.get("/search?q=hadrut", headers=BROWSER)
    assert page.mimetype == "text/html"
    assert {"Accept", "Accept-Language"} <= set(page.vary)
    assert '<link rel="alternate" href="/search.json?q=hadrut" type="application/json"' in page.text
    assert client.get("/search?q=hadrut", headers={**BROWSER, "If-None-Match": page.headers["ETag"]}).status_code == 304
    assert client.get("/search?q=x", headers={"Accept": "image/png"}).status_code == 406


def test_a_page_shows_what_was_found_and_by_which_name(client: FlaskClient) -> None:
    """In the reader's language, with the language of each other name, and what was asked for marked."""
    page = client.get("/search?q=hadrut+doy", headers=BROWSER).text
    assert '<a href="/page/event/battle-of-hadrut">Battle of Hadrut</a>' in page
    assert '<span lang="az"><mark>Hadrut döy</mark>üşü</span> <small class="tag">az</small>' in page
    armenian = client.get("/search?q=hadrut+doy&lang=hy", headers=BROWSER).text
    assert f'<a href="/page/{specimen.EVENT}?lang=hy" lang="hy">Հադրութի ճակատամարտ</a>' in armenian
    assert client.get("/search?q=Гадрут", headers=BROWSER).text.count("in another script or spelling") == 1


def test_results_are_kept_out_of_search_engines(client: FlaskClient) -> None:
    """There is no end of them; the form may be found."""
    assert '<meta name="robots" content="noindex">' in client.get("/search?q=hadrut", headers=BROWSER).text
    form = client.get("/search", headers=BROWSER).text
    assert "noindex" not in form
    assert f'<link rel="canonical" href="{specimen.BASE}search">' in form


def test_a_kind_can_be_asked_for(client: FlaskClient) -> None:
    """Each is a link with the number of things that it leads to; a kind above several is one, too."""
    page = client.get("/search?q=hadrut", headers=BROWSER).text
    kinds = re.findall(r'href="/search\?q=hadrut&amp;kind=(\w+)".*?class="count">(\d+)<', page)
    assert {"place", "claim", "controlclaim", "specificresource"} <= {name for name, _ in kinds}
    for name, count in kinds:
        assert ask(client, "hadrut", kind=name)["total"] == int(count), name
    for name in ("place", "Place", " PLACE "):
        assert {each["kind"]["iri"] for each in ask(client, "hadrut", kind=name)["results"]} == {BG + "Place"}
    assert 'aria-current="true"' in client.get("/search?q=hadrut&kind=place", headers=BROWSER).text


def test_results_are_paged(client: FlaskClient) -> None:
    """Twenty to a page, each thing once, with links to the next and the one before."""
    pages = [ask(client, "hadrut", page=str(number)) for number in range(1, ask(client, "hadrut")["pages"] + 1)]
    iris = [each["iri"] for page in pages for each in page["results"]]
    assert len(iris) == len(set(iris)) == pages[0]["total"]
    assert [len(page["results"]) for page in pages[:-1]] == [20] * (len(pages) - 1)
    second = client.get("/search?q=a&page=2&kind=claim&lang=az", headers=BROWSER).text
    assert 'href="/search?q=a&amp;kind=claim&amp;lang=az" rel="prev"' in second
    assert 'href="/search?q=a&amp;kind=claim&amp;page=3&amp;lang=az" rel="next"' in second
    first = client.get("/search?q=hadrut", headers=BROWSER).text
    assert 'href="/search?q=hadrut&amp;page=2" rel="next"' in first
    assert 'rel="prev"' not in first


def test_an_empty_search_shows_examples_of_the_data(client: FlaskClient) -> None:
    """The names of what is named in most languages; each finds something."""
    page = client.get("/search", headers=BROWSER).text
    examples = re.findall(r'<li><a href="(/search\?q=[^"]+)"', page)
    assert {"Հադրութի ճակատամարտ", "Hadrut döyüşü"} <= {
        unquote(href.partition("q=")[2]).replace("+", " ") for href in examples
    }
    for href in examples:
        assert ask(client, unquote(href.partition("q=")[2]).replace("+", " "))["total"] > 0
    assert ask(client, "")["results"] == []


def test_a_search_that_finds_nothing_leads_on(client: FlaskClient) -> None:
    """To shorter searches that find something, to other kinds, to examples and contents."""
    page = client.get("/search?q=hadrutqwxz", headers=BROWSER).text
    assert "Nothing has this name" in page
    assert '<a href="/search?q=hadrut">hadrut</a>' in page
    assert '<a href="/ontology">' in page
    other = client.get("/search?q=battle+of+hadrut&kind=place", headers=BROWSER).text
    assert "Nothing of this kind" in other
    assert 'href="/search?q=battle+of+hadrut"' in other
    garbage = client.get("/search?q=qqqq", headers=BROWSER).text
    assert re.search(r'class="examples">\s*<li><a href="/search\?q=', garbage)


def test_where_nothing_has_all_words_those_with_most_come_first(client: FlaskClient) -> None:
    """It is said so; numbers are whole, and a kind can be asked for all the same."""
    told = ask(client, "killed 9 October")
    assert {result["match"] for result in told["results"]} == {"some"}
    assert "9 October" in told["results"][0]["matched"]
    assert "Nothing has all of these words" in client.get("/search?q=killed+9+October", headers=BROWSER).text
    assert "Nothing has all of these words" not in client.get("/search?q=killed", headers=BROWSER).text
    claims = ask(client, "killed 9 October", kind="lossclaim")
    assert 0 < claims["total"] < told["total"]
    index = index_of(
        ("9 men", PLACE), ("19 October", PLACE), ("October 9", PLACE), ("90", PLACE), ("“9 October”", ANCHOR)
    )
    assert [hit.iri for hit in index.find_some("xyz 9 october").hits] == [
        "October 9",
        "“9 October”",
        "9 men",
        "19 October",
    ]


def test_a_claim_says_whose_it_is_and_its_words_are_not_listed_beside_it(client: FlaskClient) -> None:
    """They are where they alone are asked for, as the grounds of links to registers are."""
    told = ask(client, "T-72s", limit="100")
    [claim] = [result for result in told["results"] if result["iri"].endswith("opposing-loss-t-72-per-azerbaijan")]
    assert claim["according_to"]["label"] == "Azerbaijan"
    page = client.get("/search?q=T-72s", headers=BROWSER).text
    assert 'according to: <a href="/page/viewpoint/azerbaijan">Azerbaijan</a>' in page
    assert f"{specimen.BASE}id/{specimen.ANCHOR}" not in [result["iri"] for result in told["results"]]
    assert ask(client, "T-72s", kind="specificresource")["results"]
    every = {result["kind"]["iri"] for result in ask(client, "hadrut", limit="100")["results"]}
    assert BG + "CrossLink" not in every
    assert ask(client, "hadrut", kind="CrossLink")["results"]


@pytest.mark.parametrize(
    "query",
    [
        "", "q=", "q=%20", "q=...", "q=%22", "q='", "q=*", "q=%00", "q=a%00b", "q=%ED%A0%80", "q=%FF", "q=%0D%0A",
        "q=%", "q=AND", "q=NEAR(a+b)", "q=words:x", "q=x%22*+OR+%22", f"q={'x' * 10_000}", f"q={'a+' * 5_000}",
        "q=%F0%9F%98%80", "q=<script>alert(1)</script>", "q=a&q=b", "q=a&page=0", "q=a&page=-1", "q=a&page=x",
        "q=a&page=1e9", "q=a&page=99999999999999999999", "q=a&page=%D9%A3", "q=a&page=2.5", "q=a&page=",
        "q=a&kind=nothing", "q=a&kind=%00", "q=a&kind=%22*", f"q=a&kind={'k' * 9_000}", "q=a&lang=xx", "q=a&lang=%00",
        "q=a&limit=0", "q=a&limit=-5", "q=a&limit=1000000", "q=a&limit=x", "page=3", "kind=place", "Q=a", "q[]=a",
        "&&&", "=", f"q=a&page={'9' * 9_000}",
    ],
)  # fmt: skip
def test_odd_requests_have_sane_answers(client: FlaskClient, query: str) -> None:
    """Both as a page and as JSON; markup is text."""
    page = client.get(f"/search?{query}", headers=BROWSER)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert '<form class="search"' in page.text
    told = client.get(f"/search.json?{query}").get_json()
    assert len(told["results"]) <= 100
    assert 1 <= told["page"] <= told["pages"]


def test_a_query_that_is_too_long_is_cut(client: FlaskClient) -> None:
    """With a note."""
    page = client.get(f"/search?q={'hadrut+' * 100}", headers=BROWSER).text
    assert "Only the first 200 characters" in page
    assert len(ask(client, "x" * 10_000)["query"]) == 200


def test_odd_values_are_as_if_they_were_not_there(client: FlaskClient) -> None:
    """A page past the last one is the last one; the length of a page is for programs to say."""
    plain = ask(client, "hadrut")
    assert 'rel="next"' in client.get("/search?q=hadrut&limit=100", headers=BROWSER).text
    for arguments in ({"page": "x"}, {"page": "0"}, {"kind": "nothing"}, {"lang": "xx"}, {"limit": "x"}):
        assert ask(client, "hadrut", **arguments) == plain
    assert ask(client, "hadrut", page="999")["page"] == plain["pages"]


@given(st.text(max_size=40), st.text(max_size=8), st.text(max_size=8), st.sampled_from(["en", "hy", "az", "x"]))
def test_no_search_makes_the_server_fail(client: FlaskClient, query: str, kind: str, page: str, lang: str) -> None:
    """Whatever is asked for."""
    for format_ in ("html", "json"):
        arguments = {"q": query, "kind": kind, "page": page, "lang": lang, "format": format_}
        asked = "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in arguments.items())
        assert client.get(f"/search?{asked}").status_code == 200


def test_browsers_can_be_told_of_the_search(client: FlaskClient) -> None:
    """OpenSearch: an address with a place for the words, which answers."""
    response = client.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    root = ET.fromstring(response.text)  # noqa: S314  # our own answer
    for url in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url"):
        template = url.attrib["template"]
        assert template.startswith(specimen.BASE)
        parts = urlsplit(template.replace("{searchTerms}", "hadrut").replace("{startPage?}", "1"))
        answer = client.get(f"/{parts.path.rpartition('/')[2]}?{parts.query}", headers=BROWSER)
        assert answer.mimetype == url.attrib["type"]


# Suggestions.


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/page/event/battle-of-hadrut", "battle of hadrut"),
        ("/page/event/Battle_of-Hadrutt.html", "Battle of Hadrutt"),
        ("/data/place/hadrut.ttl", "hadrut"),
        ("/id/event/battle-of-hadrut/", "battle of hadrut"),
        ("/Հադրութ", "Հադրութ"),
        ("/page/", ""),
        ("/", ""),
        ("", ""),
        ("/%00/\x00", "00"),
        ("/.env", "env"),
        (f"/{'x' * 5000}", "x" * 80),
    ],
)
def test_an_address_has_words(path: str, words: str) -> None:
    """Those of its last part that has some."""
    assert words_of_path(path) == words


def test_a_query_is_shortened_word_by_word_then_letter_by_letter() -> None:
    """Never to less than three letters."""
    assert [*shorter("Battle of Hadrut")] == [
        "battle of", "battle hadrut", "of hadrut", "battle", "hadrut", "battl", "batt", "bat"
    ]  # fmt: skip
    assert [*shorter("ab")] == []
    assert [*shorter("")] == []


def test_a_dataset_of_another_base_is_searched(tmp_path: Path) -> None:
    """What has an IRI under its base, and only that."""
    file = tmp_path / "other.trig"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    file.write_text(
        f'<{specimen.BASE}id/place/a> {label} "Alpha"@en . <http://x.example/b> {label} "Alpha"@en .', encoding="utf-8"
    )
    told = json.loads(specimen.make_client(file).get("/search.json?q=alpha").text)
    assert [each["iri"] for each in told["results"]] == [f"{specimen.BASE}id/place/a"]
    assert told["results"][0]["kind"] is None
