"""Every kind of page in a real browser: for everybody, light, whole without script; and the ways between them."""

from __future__ import annotations

import gzip
import re
from typing import Final

import live
import pytest
from browsing import assert_is_for_everybody, marks, page_of
from playwright.sync_api import Browser, expect

pytestmark = marks

CLAIM: Final = "claim/battle-of-hadrut/opposing-loss-t-72-per-azerbaijan"
PAGES: Final = (
    "/",
    "/about",
    "/about?statement=place/hadrut",
    "/article/battle-of-hadrut",
    "/dumps/",
    "/graph/",
    "/graph/viewpoint/azerbaijan",
    "/map/battle-of-hadrut",
    "/ontology",
    "/page/anchor/battle-of-hadrut/a6186f69/848-866",
    f"/page/{CLAIM}",
    "/page/equipment/t-72",
    "/page/event/battle-of-hadrut",
    "/page/gap/battle-of-hadrut/commanders",
    "/page/person/battle-of-hadrut/vahagn-asatryan",
    "/page/place/hadrut",
    "/page/polity/artsakh",
    "/page/reference/battle-of-hadrut/8",
    "/page/side/battle-of-hadrut/opposing",
    "/page/viewpoint/azerbaijan",
    "/prefixes",
    "/queries/",
    "/search?q=hadrut",
    "/shapes",
    "/sparql",
    "/timeline/battle-of-hadrut",
    "/validation",
    "/viewpoints/",
    "/viewpoints/battle-of-hadrut",
)
HEAVIEST: Final = 60_000
"""Bytes of a page's HTML, compressed."""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everybody(browser: Browser, server: live.Server, path: str) -> None:
    """Axe finds nothing on it, and nothing is wider than the screen."""
    with page_of(browser, server) as page:
        page.goto(path)
        assert_is_for_everybody(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_for_one_style_sheet_and_one_script(browser: Browser, server: live.Server, path: str) -> None:
    """Besides its icon, and its HTML is light."""
    with page_of(browser, server) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(server.address).partition("?")[0]))
        page.goto(path, wait_until="networkidle")
        assert sorted(asked[1:]) in (
            ["/static/script.js", "/static/style.css"],
            ["/static/icon.svg", "/static/script.js", "/static/style.css"],
        )
    _, body = server.request("GET", path, {"Accept": "text/html", "Accept-Encoding": "gzip"})
    assert len(body) < HEAVIEST
    assert gzip.decompress(body).startswith(b"<!doctype html>")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_without_script(browser: Browser, server: live.Server, path: str) -> None:
    """All the words that a page shows with script are there without; a script adds buttons that do something."""

    def words(*, has_script: bool) -> set[str]:
        with page_of(browser, server, java_script_enabled=has_script) as page:
            page.goto(path)
            page.wait_for_load_state("networkidle")
            return set(re.findall(r"\w+", page.locator("main").inner_text().casefold()))

    added = {"copy", "close", "copied"}
    assert words(has_script=True) - words(has_script=False) <= added


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_reaches_everything(browser: Browser, server: live.Server, path: str) -> None:
    """Whatever can be clicked takes the focus in its turn, or can be had by a link that does."""
    with page_of(browser, server) as page:
        page.goto(path)
        unreached = page.evaluate(
            """() => {
                const shown = (element) => element.checkVisibility({ visibilityProperty: true });
                const focusable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
                const stops = new Set(focusable.filter((element) => shown(element) && element.tabIndex >= 0)
                    .map((element) => element.href ?? element));
                return [...document.querySelectorAll("a[href], button, [onclick], [role=button]")]
                    .filter((element) => shown(element) && element.tabIndex < 0 && !stops.has(element.href ?? element))
                    .map((element) => element.outerHTML.slice(0, 120));
            }"""
        )
        assert unreached == []
        scrolling = page.evaluate(
            """() => [...document.querySelectorAll("main *")]
                .filter((e) => ["auto", "scroll"].includes(getComputedStyle(e).overflowX))
                .filter((e) => e.scrollWidth > e.clientWidth && e.tabIndex < 0 && !e.querySelector("a[href]"))
                .map((e) => e.outerHTML.slice(0, 120))"""
        )
        assert scrolling == []


def test_an_address_is_printed_once(browser: Browser, server: live.Server) -> None:
    """After a link with other words stands where it leads; after one whose text that is, nothing."""
    with page_of(browser, server) as page:
        page.emulate_media(media="print")
        printed: dict[bool, set[bool]] = {True: set(), False: set()}
        page.goto("/page/article/battle-of-hadrut")
        for link in page.locator('dd a[href^="http"]').all():
            after = link.evaluate("link => getComputedStyle(link, '::after').content")
            printed[link.inner_text() == link.get_attribute("href")].add("(" in after)
        assert printed == {True: {False}, False: {True}}


def test_from_the_viewpoints_to_a_source(browser: Browser, server: live.Server) -> None:
    """Viewpoint table to source: a figure, the claim it is, and the reference that the claim cites."""
    with page_of(browser, server) as page:
        page.goto("/viewpoints/battle-of-hadrut")
        page.locator("#claim-armenian-civilians-killed-per-artsakh a.claim").click()
        expect(page.locator("h1")).to_contain_text("11 Armenian civilians killed")
        page.locator("main").get_by_role("link", name="Reference 5").first.click()
        expect(page.locator("h1")).to_contain_text("Reference 5")
        expect(page.locator("main")).to_contain_text("Artsakh Ombudsman")


def test_from_a_page_to_a_query_and_its_answer(browser: Browser, server: live.Server) -> None:
    """Page to SPARQL result: the query about a thing opens filled in, with its answer, and can be changed."""
    with page_of(browser, server) as page:
        page.goto("/page/place/hadrut")
        page.get_by_role("link", name=re.compile("SPARQL")).last.click()
        expect(page.get_by_label("Query", exact=True)).to_have_value(re.compile("id/place/hadrut"))
        expect(page.locator(".answer tbody tr").first).to_be_visible()


def test_from_the_home_page_to_the_article_and_its_map(browser: Browser, server: live.Server) -> None:
    """Without script."""
    with page_of(browser, server, java_script_enabled=False) as page:
        page.goto("/")
        page.locator("main").get_by_role("link", name="Map").first.click()
        expect(page.locator("main svg").first).to_be_visible()
        page.locator("main").get_by_role("link", name=re.compile("article", re.IGNORECASE)).first.click()
        expect(page.locator(".text")).to_contain_text("14 T-72s destroyed")
