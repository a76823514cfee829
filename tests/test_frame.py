"""The frame of every page: its parts, its headings, where the reader is, and how it comes out on paper."""

from __future__ import annotations

import re
from itertools import pairwise

import kinds
import pytest
import specimen
from flask.testing import FlaskClient

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app of its own."""
    return specimen.make_client()


@pytest.fixture(scope="module")
def pages(client: FlaskClient) -> dict[str, str]:
    """Return every kind of page by its address, refusals included."""
    addresses = (*kinds.pages(client.application), *kinds.REFUSALS)
    return {path: client.get(path, headers=HTML).text for path in addresses}


def test_every_page_has_its_parts_and_one_heading_above_all(pages: dict[str, str]) -> None:
    """One title, one main part that the skip link leads to, one heading of the first level, no level left out."""
    for path, page in pages.items():
        elements = kinds.Elements(page)
        tags = [tag for tag, _ in elements.found]
        assert page[: page.index("</head>")].count("<title>") == 1, path
        for tag in ("main", "h1"):
            assert tags.count(tag) == 1, (path, tag)
        assert elements.all("main")[0]["id"] == "main"
        assert next(iter(elements.all("a")))["href"] == "#main", path
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        steps = [after - before for before, after in pairwise(levels)]
        assert levels[0] == 1, path
        assert max(steps, default=0) <= 1, (path, levels)


def test_no_two_elements_have_one_name(pages: dict[str, str]) -> None:
    """An `id` is there once, and what refers to one finds it; landmarks of one kind are told apart."""
    for path, page in pages.items():
        elements = kinds.Elements(page)
        names = [attributes["id"] for _, attributes in elements.found if "id" in attributes]
        assert len(names) == len(set(names)), path
        for tag, attributes in elements.found:
            for reference in ("aria-labelledby", "aria-describedby", "for"):
                missing = set(attributes.get(reference, "").split()) - set(names)
                assert not missing, (path, tag, missing)
            for href in [attributes["href"]] if attributes.get("href", "").startswith("#") else []:
                assert href[1:] in names, (path, href)
        labels = [x.get("aria-label") or x.get("aria-labelledby") for x in elements.all("nav")]
        assert all(labels), path
        assert len(labels) == len(set(labels)), path


def test_what_scrolls_can_be_reached_and_has_a_name(pages: dict[str, str]) -> None:
    """A wide table's place takes the focus and says what it is."""
    for path, page in pages.items():
        for tag, attributes in kinds.Elements(page).found:
            if "wide" in attributes.get("class", "").split():
                assert attributes.get("tabindex") == "0", (path, tag)
                assert attributes.get("aria-label") or attributes.get("aria-labelledby"), (path, tag)


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", {"/": "page"}),
        ("/ontology", {"/ontology": "page"}),
        ("/ontology/0.1.0", {"/ontology": "true"}),
        ("/article/battle-of-hadrut", {"/#articles": "true"}),
        ("/queries/", {"/queries/": "page"}),
        ("/queries/contradictions", {"/queries/": "true"}),
        ("/sparql", {"/sparql": "page"}),
        ("/about", {"/about": "page"}),
        (f"/page/{specimen.EVENT}", {}),
    ],
)
def test_the_reader_is_told_where_they_are(client: FlaskClient, path: str, current: dict[str, str]) -> None:
    """The page itself, or the part of the site that it belongs to, is marked in the navigation."""
    page = client.get(path, headers=HTML).text
    header = page[page.index('<header class="site">') : page.index('<nav class="tongues"')]
    marked = {x["href"]: x["aria-current"] for x in kinds.Elements(header).all("a") if "aria-current" in x}
    assert marked == current


def test_the_language_is_chosen_at_the_head_and_at_the_foot(client: FlaskClient) -> None:
    """The same choice; where the head has no room for it, a link leads to the foot."""
    page = client.get("/about?lang=hy", headers=HTML).text
    head = page[page.index('<nav class="tongues"') : page.index("</header>")]
    foot = page[page.index('<nav class="languages"') : page.index("</footer>")]
    chosen = [(x["href"], x.get("aria-current")) for x in kinds.Elements(head).all("a")]
    assert chosen == [("?lang=en", None), ("?lang=az", None), ("?lang=hy", "true")]
    assert [(x["href"], x.get("aria-current")) for x in kinds.Elements(foot).all("a")][:3] == chosen
    assert '<a href="#language">' in page[: page.index("</header>")]
    assert 'id="language"' in foot


def test_a_page_on_paper_says_where_and_when_it_is_from(client: FlaskClient) -> None:
    """Its canonical address, the version of the data and its date, in the foot."""
    page = client.get(f"/page/{specimen.EVENT}?lang=hy", headers=HTML).text
    foot = page[page.index('<footer class="site">') :]
    assert f"{specimen.BASE}page/{specimen.EVENT}<" in foot
    assert "Data version 0.1.0" in foot
    assert '<time datetime="2026-11-24">' in foot


def test_the_search_box_is_on_every_page(pages: dict[str, str]) -> None:
    """It has a label and asks by GET, so that it works without script."""
    for path, page in pages.items():
        searches = [x for x in kinds.Elements(page).all("form") if x.get("action") == "/search"]
        assert searches, path
        assert all(x.get("role") == "search" and x.get("method", "get") == "get" for x in searches), path
