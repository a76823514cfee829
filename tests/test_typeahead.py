"""Search in a real browser: offers while typing, the keyboard all the way, and no script at all."""

from __future__ import annotations

import re
from typing import Final

import live
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import DESKTOP, PHONE, marks, page_of
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = marks

BATTLE: Final = re.compile(r"/page/event/battle-of-hadrut$")
# Two searches: the box in the head of a page, and the search page's own.
BOXES: Final = {"/about": "find", "/search": "query"}


def options(page: Page) -> list[str]:
    """Return the names of what is offered."""
    return page.get_by_role("option").locator("> span").all_text_contents()


def test_search_in_armenian_to_the_page_by_keyboard(browser: Browser, server: live.Server) -> None:
    """From the top of a page to a battle, without a mouse."""
    with page_of(browser, server) as page:
        page.goto("/about")
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "q":
                break
        box = page.get_by_role("combobox")
        expect(box).to_be_focused()
        page.keyboard.type("Հադրութի ճակ")
        expect(box).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("option").first).to_contain_text("Հադրութի ճակատամարտ")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(BATTLE)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Battle of Hadrut")


def test_search_in_armenian_to_the_page_without_script(browser: Browser, server: live.Server) -> None:
    """The form and its results do."""
    with page_of(browser, server, java_script_enabled=False) as page:
        page.goto("/about")
        page.get_by_role("searchbox").fill("Հադրութի ճակատամարտ")
        page.keyboard.press("Enter")
        page.locator("ol.found a").first.click()
        page.wait_for_url(BATTLE)


@pytest.mark.parametrize("path", BOXES)
def test_the_offers_are_a_combobox(browser: Browser, server: live.Server, path: str) -> None:
    """ARIA 1.2: the box keeps the focus and points at the option; the keys move around, and Escape closes."""
    with page_of(browser, server) as page:
        page.goto(path)
        box = page.locator(f"#{BOXES[path]}")
        box.focus()
        expect(box).to_have_attribute("aria-expanded", "false")
        page.keyboard.type("hadrut")
        expect(box).to_have_attribute("aria-expanded", "true")
        listed = page.get_by_role("option")
        expect(listed).to_have_count(8)
        assert box.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
        expect(page.locator(f"form:has(#{BOXES[path]}) [role=status]")).to_have_text("Search: 8")
        for key, place in (
            ("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("End", 7), ("Home", 0), ("ArrowUp", None),
            ("ArrowUp", 7), ("ArrowDown", None), ("ArrowDown", 0),
        ):  # fmt: skip
            page.keyboard.press(key)
            chosen = page.locator("[role=option][aria-selected=true]")
            expect(chosen).to_have_count(0 if place is None else 1)
            pointed = box.get_attribute("aria-activedescendant")
            assert pointed == (None if place is None else listed.nth(place).get_attribute("id")), key
            expect(box).to_be_focused()
        page.keyboard.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        expect(page.get_by_role("listbox")).to_be_hidden()
        assert box.get_attribute("aria-activedescendant") is None
        page.keyboard.press("ArrowDown")
        expect(box).to_have_attribute("aria-expanded", "true")


def test_enter_without_a_choice_searches(browser: Browser, server: live.Server) -> None:
    """As the form does."""
    with page_of(browser, server) as page:
        page.goto("/about")
        page.locator("#find").fill("hadrut")
        expect(page.get_by_role("option")).to_have_count(8)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=hadrut")


def test_an_offer_can_be_clicked(browser: Browser, server: live.Server) -> None:
    """And elsewhere, a click closes the list."""
    with page_of(browser, server) as page:
        page.goto("/about")
        page.locator("#find").fill("hadrut")
        expect(page.get_by_role("option")).to_have_count(8)
        page.get_by_role("heading", level=1).click()
        expect(page.get_by_role("listbox")).to_be_hidden()
        page.locator("#find").fill("battle of hadrut")
        page.get_by_role("option").first.click()
        page.wait_for_url(BATTLE)


def test_the_last_question_is_answered_and_no_other(browser: Browser, server: live.Server) -> None:
    """An answer that comes late is not shown; typing on asks once."""
    with page_of(browser, server) as page:
        asked: list[str] = []

        def delay(route: Route) -> None:
            asked.append(route.request.url)
            if "q=h&" in route.request.url:
                page.wait_for_timeout(600)
            route.continue_()

        page.route("**/search.json*", delay)
        page.goto("/about")
        box = page.locator("#find")
        box.press_sequentially("artsakh", delay=10)
        expect(page.get_by_role("option").first).to_be_visible()
        assert len(asked) == 1
        box.fill("goris")
        expect(page.get_by_role("option").first).to_contain_text("Goris")


def test_names_are_in_the_chosen_language_and_it_goes_along(browser: Browser, server: live.Server) -> None:
    """Each says its language."""
    with page_of(browser, server) as page:
        page.goto("/about?lang=hy")
        page.locator("#find").fill("battle of hadrut")
        first = page.get_by_role("option").first
        expect(first.locator("> span")).to_have_text("Հադրութի ճակատամարտ")
        expect(first.locator("> span")).to_have_attribute("lang", "hy")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/page/event/battle-of-hadrut?lang=hy")


def test_what_is_offered_is_text(browser: Browser, server: live.Server) -> None:
    """Even where a name looks like markup."""
    result = {"page": "/about", "label": "<img src=x>", "lang": "en", "matched": "<b>b</b>", "matched_lang": None}
    with page_of(browser, server) as page:
        page.route("**/search.json*", lambda route: route.fulfill(json={"results": [{**result, "kind": None}]}))
        page.goto("/about")
        page.locator("#find").fill("x")
        expect(page.get_by_role("option").first).to_be_visible()
        assert options(page) == ["<img src=x>"]
        assert page.locator("[role=option] img, [role=option] b").count() == 0


def test_a_server_that_fails_leaves_the_form(browser: Browser, server: live.Server) -> None:
    """Nothing is offered, and the search works when it does."""
    with page_of(browser, server, refused=1) as page:
        page.route("**/search.json*", lambda route: route.fulfill(status=429, body="later"))
        page.goto("/about")
        page.locator("#find").fill("hadrut")
        page.wait_for_timeout(500)
        expect(page.get_by_role("listbox")).to_be_hidden()
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=hadrut")


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/search", 0),
        ("/search?q=hadrut", 0),
        ("/search?q=hadrut&kind=claim&lang=hy", 0),
        ("/search?q=qwx", 0),
        ("/page/event/battle-of-hadrutt", 1),
    ],
)
def test_a_search_page_is_accessible_and_fits(
    browser: Browser,
    server: live.Server,
    path: str,
    refused: int,
) -> None:
    """Axe finds nothing on it, with and without the list, and nothing is wider than the screen; light and dark."""
    with page_of(browser, server, refused=refused) as page:
        page.goto(path)
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                for query in ("", "hadrut"):
                    page.get_by_role("combobox").last.fill(query)
                    expect(page.get_by_role("option")).to_have_count(8 if query else 0)
                    page.keyboard.press("ArrowDown")
                    found = Axe().run(page).response["violations"]
                    assert [
                        (rule["id"], rule["impact"], [node["html"] for node in rule["nodes"]]) for rule in found
                    ] == []
                    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
