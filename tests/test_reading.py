"""The article in a real browser: a phrase shows its statements and a statement leads back, with and without script."""

from __future__ import annotations

import re

import live
import pytest
from browsing import DESKTOP, PHONE, assert_is_for_everybody, marks, page_of
from playwright.sync_api import Browser, ViewportSize, expect

from graph.paths import ARTICLES

pytestmark = marks

ARTICLE = "/article/battle-of-hadrut"
TEXT = (ARTICLES / "battle-of-hadrut" / "article.txt").read_text("utf-8")
CLAIM = "Opposing side: 14 T-72s destroyed, per Azerbaijan"


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_phrase_leads_to_its_statement_and_the_statement_back(
    server: live.Server, browser: Browser, viewport: ViewportSize, *, has_script: bool
) -> None:
    """The journey of a reader who asks what was made of these words, and comes back to them."""
    with page_of(browser, server, java_script_enabled=has_script) as page:
        page.set_viewport_size(viewport)
        page.goto(ARTICLE)
        page.locator(".text a", has_text="14 T-72s destroyed").click()
        note = page.locator("#words-848-866")
        expect(note).to_be_in_viewport()
        # What is read can be sent to somebody.
        expect(page).to_have_url(re.compile("#anchor-848-866$" if has_script else "#words-848-866$"))
        note.get_by_role("link", name=CLAIM).click()
        expect(page).to_have_url(re.compile("/page/claim/battle-of-hadrut/"))
        page.locator('main a[href*="/article/battle-of-hadrut?words=848-866"]').first.click()
        expect(page.locator(".text .marked")).to_have_text("14 T-72s destroyed")
        expect(page.locator(".text .marked")).to_be_in_viewport()
        if has_script and viewport == DESKTOP:
            expect(page.locator(".notes .shown")).to_have_id("words-848-866")


def test_pointing_at_a_phrase_shows_its_note(server: live.Server, browser: Browser) -> None:
    """All its words are lit, behind a crossing too, and the page does not move; a click holds the note until Escape."""
    with page_of(browser, server) as page:
        page.goto(ARTICLE)
        phrase = page.locator(".text a", has_text="on 14 or 15 October")
        phrase.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        phrase.hover()
        expect(page.locator("#words-2196-2266")).to_have_class(re.compile(r"\bshown\b"))
        expect(page.locator("#words-2196-2266")).to_be_in_viewport()
        lit = page.locator(".text .lit").all_text_contents()
        assert "".join(lit) == TEXT[2196:2266]
        assert page.evaluate("scrollY") == before
        phrase.click()
        page.locator(".text a", has_text="Heavy artillery").hover()
        page.wait_for_timeout(150)
        expect(page.locator(".notes .shown")).to_have_id("words-2196-2266")
        page.keyboard.press("Escape")
        expect(page.locator(".notes .shown")).to_have_count(0)


def test_the_keyboard_goes_from_phrase_to_note_and_back(server: live.Server, browser: Browser) -> None:
    """Focus shows the note, Enter goes into it, Escape comes back; nothing is a trap."""
    with page_of(browser, server) as page:
        page.goto(ARTICLE)
        first = page.locator('.text a[href="#words-819-843"]')
        first.focus()
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_have_text("14 T-72s destroyed")
        expect(page.locator(".notes .shown")).to_have_id("words-848-866")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(focused).to_have_text(CLAIM)
        page.keyboard.press("Escape")
        expect(focused).to_have_text("14 T-72s destroyed")
        page.keyboard.press("Tab")
        expect(focused).to_have_text("3 BMP-2s destroyed")


def test_the_skip_link_leads_from_the_choice_to_the_notes(server: live.Server, browser: Browser) -> None:
    """It is seen when it is focused, and the notes lead back to the text."""
    with page_of(browser, server) as page:
        page.goto(ARTICLE)
        skip = page.get_by_role("link", name="Skip the text, to the notes")
        skip.focus()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Back to the text")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_attribute("href", "#words-0-16")


@pytest.mark.parametrize("has_script", [True, False])
def test_one_viewpoint_can_be_read_alone(server: live.Server, browser: Browser, *, has_script: bool) -> None:
    """With script the page stays where it is; either way the address says what is shown."""
    with page_of(browser, server, java_script_enabled=has_script) as page:
        page.goto(ARTICLE)
        choice = page.locator(".voices").get_by_role("link", name="Artsakh", exact=True)
        choice.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"\?viewpoint=artsakh$"))
        expect(page.locator(".choice[aria-current]")).to_have_text("Artsakh")
        if has_script:
            expect(page.locator(".choice[aria-current]")).to_be_focused()
            assert page.evaluate("performance.getEntriesByType('navigation')[0].name").endswith(ARTICLE)
        expect(page.locator(".text a", has_text="14 T-72s destroyed")).to_have_count(0)
        page.locator(".text a", has_text="11 Armenian civilians killed").first.click()
        expect(page.locator("#words-1306-1354")).to_be_in_viewport()
        page.get_by_role("link", name="All viewpoints").click()
        expect(page.locator(".text a", has_text="14 T-72s destroyed")).to_have_count(1)


@pytest.mark.parametrize("has_script", [True, False])
def test_on_a_phone_a_note_lies_over_the_lower_edge(server: live.Server, browser: Browser, *, has_script: bool) -> None:
    """Its phrase stays in sight above it, and it goes away again; the page is not endlessly long."""
    with page_of(browser, server, java_script_enabled=has_script, has_touch=True, is_mobile=True) as page:
        page.set_viewport_size(PHONE)
        page.goto(ARTICLE)
        height = "document.documentElement.scrollHeight"
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert page.evaluate(height) < 12 * PHONE["height"]
        tapped = page.locator(".text a", has_text="22 other vehicles")
        tapped.tap()
        note = page.locator("#words-1287-1304")
        expect(note).to_be_in_viewport()
        expect(tapped).to_be_in_viewport()
        if has_script:
            note.get_by_role("button", name="Close").tap()
            expect(note).to_be_hidden()
            expect(tapped).to_be_focused()
        else:
            note.locator(".back").tap()
            expect(note).to_be_hidden()
            expect(tapped).to_be_in_viewport()
        page.get_by_role("link", name=re.compile("Show all .* notes")).tap()
        expect(page.locator(".notes > ol > li").last).to_be_visible()


def test_the_text_is_copied_as_it_is(server: live.Server, browser: Browser) -> None:
    """Without a word on what is missing, and line by line; only several blank lines become one."""
    with page_of(browser, server) as page:
        page.goto(ARTICLE)
        page.evaluate("getSelection().selectAllChildren(document.querySelector('.text'))")
        copied = page.evaluate("getSelection().toString()")
        assert copied.strip() == re.sub(r"\n{3,}", "\n\n", TEXT).strip()


def test_the_article_is_for_everybody(server: live.Server, browser: Browser) -> None:
    """Axe finds nothing, with a note open and all titles listed."""
    with page_of(browser, server) as page:
        page.goto(ARTICLE)
        page.locator(".voices summary").click()
        page.locator(".text a", has_text="14 T-72s destroyed").click()
        assert_is_for_everybody(page)
