"""The language of names: chosen by `?lang=`, which every link carries, else by Accept-Language, else English."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import kinds
import pytest
import specimen
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from server.http.languages import LANGUAGES, choose_language, prefer

HTML = {"Accept": "text/html"}
PAGE = f"/page/{specimen.EVENT}"
NAMES = {"en": "Battle of Hadrut", "az": "Hadrut döyüşü", "hy": "Հադրութի ճակատամարտ"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app of its own."""
    return specimen.make_client()


def title(client: FlaskClient, path: str, accept_language: str | None = None) -> str:
    """Return the heading of a page, markup included."""
    headers = HTML if accept_language is None else {**HTML, "Accept-Language": accept_language}
    found = re.search(r"<h1[^>]*>.*?</h1>", client.get(path, headers=headers).text, re.DOTALL)
    assert found
    return unescape(found[0])


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("hy", "hy"), ("HY", "hy"), (" az ", "az"), ("hy-AM", "hy"), ("az_AZ", "az"), ("az-Cyrl-AZ", "az"),
        ("en", "en"), ("", None), ("ru", None), ("hyy", None), ("-", None), ("hy,en", None), ("\0", None),
        ("<b>", None), ("h" * 9000, None),
    ],
)  # fmt: skip
def test_a_tag_names_a_language_of_ours_or_none(wanted: str, language: str | None) -> None:
    """By its first part, in any case."""
    assert choose_language(wanted) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"), ("", "en"), ("hy", "hy"), ("hy-AM", "hy"), ("HY-am,en;q=0.5", "hy"), ("de, az;q=0.7", "az"),
        ("en-GB,en;q=0.9,hy;q=0.8", "en"), ("hy;q=0.2, az;q=0.9", "az"), ("ru-RU,ru;q=0.9", "en"), ("*", "en"),
        ("hy;q=0", "en"), ("hy;q=0, az", "az"), ("nonsense;;q=x,,", "en"), ("hy;q=2", "en"), (",", "en"),
    ],
)  # fmt: skip
def test_the_header_is_read_as_browsers_write_it(header: str | None, language: str) -> None:
    """Quality, region, wildcard, refusals and nonsense (RFC 9110 section 12.5.4)."""
    assert prefer(header) == language


@given(st.text())
def test_whatever_the_header_says_there_is_a_language(header: str) -> None:
    """And whatever the address says, it is one of ours or none."""
    assert prefer(header) in LANGUAGES
    assert choose_language(header) in {None, *LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_in_the_language_that_the_address_says(client: FlaskClient, language: str) -> None:
    """Whatever the header says; the words that are not in the page's language say in which they are."""
    heading = title(client, f"{PAGE}?lang={language}", "az, hy;q=0.5, en;q=0.2")
    assert NAMES[language] in heading
    assert (f'lang="{language}"' in heading) == (language != "en")


@pytest.mark.parametrize(("header", "language"), [("hy-AM, en;q=0.5", "hy"), ("az", "az"), ("de", "en"), ("", "en")])
def test_names_are_in_the_language_that_the_reader_prefers(client: FlaskClient, header: str, language: str) -> None:
    """Where the address says nothing, or nothing that we know."""
    for path in (PAGE, f"{PAGE}?lang=", f"{PAGE}?lang=xx", f"{PAGE}?lang=%00", f"{PAGE}?lang=xx&lang=hy"):
        assert NAMES[language] in title(client, path, header)


def test_what_has_no_name_in_a_language_has_its_english_one(client: FlaskClient) -> None:
    """Unmarked, because the page is in English."""
    heading = title(client, "/page/place/hadrut?lang=az")
    assert "Hadrut" in heading
    assert "lang=" not in heading


def test_each_language_is_a_representation_of_its_own(client: FlaskClient) -> None:
    """With its own entity tag; a cache is told by what they differ, unless the address tells it."""
    for path in (PAGE, "/ontology", "/graph/entities", "/"):
        answers = {lang: client.get(path, headers={**HTML, "Accept-Language": lang}) for lang in LANGUAGES}
        assert len({answer.headers["ETag"] for answer in answers.values()}) == len(LANGUAGES), path
        assert all("Accept-Language" in answer.vary for answer in answers.values()), path
        chosen = client.get(f"{path}?lang=hy", headers={**HTML, "Accept-Language": "az"})
        assert "Accept-Language" not in chosen.vary, path
        asked = {**HTML, "Accept-Language": "hy", "If-None-Match": answers["hy"].headers["ETag"]}
        assert client.get(path, headers=asked).status_code == 304, path
        assert client.get(path, headers={**asked, "Accept-Language": "az"}).status_code == 200, path
        assert client.get(path, headers=asked).headers["Vary"] == answers["hy"].headers["Vary"], path


@pytest.mark.parametrize("path", [f"/data/{specimen.EVENT}", "/ontology.ttl", "/graph/entities.nq", "/prefixes.json"])
def test_data_is_the_same_for_all_readers(client: FlaskClient, path: str) -> None:
    """And no cache is told otherwise."""
    answers = [client.get(path, headers={"Accept-Language": language}) for language in LANGUAGES]
    assert len({(answer.data, answer.headers["ETag"]) for answer in answers}) == 1
    assert not any("Accept-Language" in answer.vary for answer in answers)


def test_every_route_that_has_pages_is_looked_at(client: FlaskClient) -> None:
    """A route that answers a browser with a page is among the kinds of page."""
    known = {rule for rule in kinds.PAGES if "<" not in rule}
    for rule in client.application.url_map.iter_rules():
        if not rule.arguments and "GET" in (rule.methods or ()) and rule.rule not in known:
            answer = client.get(rule.rule, headers=HTML)
            # The editor is there only where the set-up brought it.
            assert answer.status_code != 200 or answer.mimetype != "text/html" or rule.rule == "/sparql/editor", rule


def test_every_link_to_a_page_carries_the_language_that_was_chosen(client: FlaskClient) -> None:
    """On every kind of page, once, and in forms as a field; where none was chosen, none is carried."""
    is_page: dict[str, bool] = {}
    for path in (*kinds.pages(client.application), *kinds.REFUSALS):
        chosen = client.get(f"{path}{'&' if '?' in path else '?'}lang=hy", headers=HTML)
        links = internal_links(chosen.text)
        assert links, path
        missing = [href for href in links if leads_to_page(client, href, is_page) and languages_in(href) != ["hy"]]
        assert not missing, path
        plain = client.get(path, headers=HTML).text
        assert not [href for href in internal_links(plain) if languages_in(href)], path
        for page, fields in ((chosen.text, ["hy"]), (plain, [])):
            for form in forms(page):
                assert form == fields, path


def internal_links(page: str) -> list[str]:
    """Return the addresses on this server that a page leads its reader to."""
    hrefs = [attributes.get("href", "") for attributes in kinds.Elements(page).all("a")]
    return [href for href in hrefs if href.startswith("/")]


def languages_in(href: str) -> list[str]:
    """Return the languages that an address names."""
    return parse_qs(urlsplit(href).query).get("lang", [])


def leads_to_page(client: FlaskClient, href: str, known: dict[str, bool]) -> bool:
    """Tell whether there is a page at an address."""
    address = href.partition("#")[0]
    if address not in known:
        answer = client.get(address, headers=HTML, follow_redirects=True)
        known[address] = answer.mimetype == "text/html"
    return known[address]


def forms(page: str) -> list[list[str]]:
    """Return the values of the field `lang` of each form on a page that asks this server."""
    found: list[list[str]] = []
    for tag, attributes in kinds.Elements(page).found:
        if tag == "form":
            found.append([])
        elif tag == "input" and attributes.get("name") == "lang" and found:
            found[-1].append(attributes.get("value", ""))
    return found


@pytest.mark.parametrize("query", ["", "words=848-866", "q=a%26b%3D%22&kind=x&kind=y", "lang=az&q=ə"])
def test_the_switch_keeps_the_page_and_its_query(client: FlaskClient, query: str) -> None:
    """Each language is named in itself; the present one is marked."""
    page = client.get(f"{PAGE}?{query}", headers=HTML).text
    switch = page[page.index('class="languages"') :]
    entries = kinds.Elements(switch[: switch.index("</nav>")]).all("a")
    assert [entry["hreflang"] for entry in entries] == list(LANGUAGES)
    asked = {name: values for name, values in parse_qs(query).items() if name != "lang"}
    for entry in entries:
        assert entry["href"].startswith("?")
        assert entry["lang"] == entry["hreflang"]
        assert parse_qs(entry["href"][1:]) == {**asked, "lang": [entry["hreflang"]]}
    current = "az" if "lang=az" in query else "en"
    assert [entry["hreflang"] for entry in entries if "aria-current" in entry] == [current]
    assert all(name in switch for name in LANGUAGES.values())
