"""The query pages in a real browser: without script, in the editor, on a phone, in the dark, and for everybody.

Whatever a page does here, it may ask no other host and log no error.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

import live
import pytest
from browsing import assert_is_for_everybody, marks, page_of
from playwright.sync_api import Browser, Page, expect

from graph.namespaces import CANONICAL_BASE
from graph.queries import questions
from server.query.yasgui import has_editor

pytestmark = marks
needs_editor = pytest.mark.skipif(
    not has_editor(), reason="the query editor could not be brought when this was installed"
)

QUESTION: Final = "opposing-side-losses"
DESCRIBE: Final = f"DESCRIBE <{CANONICAL_BASE}id/place/hadrut>"
REFUSED: Final = "/sparql?query=SELECT%20%7B"
PAGES: Final = (
    "/sparql",
    f"/queries/open?question={QUESTION}",
    "/sparql?query=ASK%20%7B%7D",
    f"/sparql?query={quote(DESCRIBE)}",
    REFUSED,
    "/queries/",
    f"/queries/{QUESTION}",
    "/sparql/editor",
)


def write(page: Page, query: str) -> None:
    """Put a query into the editor as typing would, with the cursor where a | stands."""
    page.evaluate(
        """(query) => {
            const editor = document.querySelector(".tabPanel.active .CodeMirror").CodeMirror;
            editor.setValue(query.replace("|", ""));
            editor.setCursor(editor.posFromIndex(Math.max(query.indexOf("|"), 0)));
            editor.focus();
        }""",
        query,
    )


def written(page: Page) -> str:
    """Return the query in the editor."""
    return str(page.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()"))


# The form.


def test_an_example_runs_and_shows_its_table_without_script(browser: Browser, server: live.Server) -> None:
    """From the menu by its button, with the question in words above its query."""
    with page_of(browser, server, java_script_enabled=False) as page:
        page.goto("/sparql")
        page.get_by_label("Examples").select_option(QUESTION)
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".asked")).to_contain_text("What did the opposing side lose, and who says so?")
        expect(page.locator(".answer tbody tr")).to_have_count(18)
        row = page.locator(".answer tbody tr", has_text="14 T-72s destroyed")
        expect(row).to_have_count(1)
        row.get_by_role("link").click()
        expect(page.locator("h1")).to_contain_text("14 T-72s destroyed")
        assert page.url.startswith(f"{server.address}/page/claim/")


def test_a_query_of_ones_own_runs_without_script(browser: Browser, server: live.Server) -> None:
    """And a mistake is told above it, for mending."""
    with page_of(browser, server, java_script_enabled=False, refused=1) as page:
        page.goto("/sparql")
        page.get_by_label("Query").fill('SELECT ("Հադրութ"@hy AS ?name) { }')
        page.get_by_role("button", name="Run").click()
        expect(page.locator(".answer td")).to_have_text("Հադրութ hy")
        page.get_by_label("Query").fill("SELECT * { ?s foaf:name ?name }")
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("alert")).to_contain_text("PREFIX foaf: <http://xmlns.com/foaf/0.1/>")
        expect(page.get_by_label("Query")).to_have_value("SELECT * { ?s foaf:name ?name }")


def test_a_long_answer_scrolls_within(browser: Browser, server: live.Server) -> None:
    """By keyboard too; its heading stays in sight."""
    query = quote("SELECT * { ?s ?p ?o } LIMIT 500")
    with page_of(browser, server) as page:
        page.goto(f"/sparql?query={query}")
        region = page.get_by_role("region", name="Rows of the answer")
        assert region.evaluate("(region) => region.clientHeight < region.scrollHeight")
        region.focus()
        page.keyboard.press("End")
        expect(page.locator(".answer tbody tr").last).to_be_in_viewport()
        expect(page.locator(".answer thead th").first).to_be_in_viewport()


# The questions.


def test_a_question_leads_to_its_answer_and_to_the_form(browser: Browser, server: live.Server) -> None:
    """Without script."""
    question = next(question for question in questions() if question.name == QUESTION)
    with page_of(browser, server, java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_role("navigation", name="Site").get_by_role("link", name="Questions").click()
        page.get_by_role("link", name=question.summary).click()
        expect(page.locator(".answer tbody tr")).to_have_count(18)
        expect(page.get_by_text("curl -H 'Accept: text/csv'")).to_be_visible()
        page.get_by_text("pandas", exact=False).first.click()
        expect(page.get_by_text("import pandas as pd")).to_be_visible()
        page.get_by_role("link", name="Open in SPARQL").click()
        expect(page.get_by_label("Query", exact=True)).to_have_value(question.text)


# The editor.


@needs_editor
def test_the_editor_opens_examples_and_runs_them(browser: Browser, server: live.Server) -> None:
    """Each in a tab of its own, with its words at its head."""
    with page_of(browser, server) as page:
        page.goto("/sparql")
        page.get_by_role("link", name="Open the editor").click()
        page.wait_for_selector(".yasqe .CodeMirror")
        page.get_by_label("Examples").select_option(QUESTION)
        page.get_by_role("button", name="Open").click()
        expect(page.locator(".yasr table tbody tr")).to_have_count(18)
        expect(page.get_by_role("tab", name=QUESTION)).to_be_visible()
        assert written(page).startswith("#+ summary: What did the opposing side lose")
        # What the data calls by its IRI is opened here.
        page.get_by_label("Ellipse").uncheck()
        with page.context.expect_page() as opened:
            page.locator(".yasr a.iri", has_text="opposing-loss-t-72").click()
        expect(opened.value.locator("h1")).to_contain_text("14 T-72s destroyed")
        assert opened.value.url.startswith(server.address)


@needs_editor
def test_the_editor_takes_a_query_along_to_the_letter(browser: Browser, server: live.Server) -> None:
    """And no endpoint that a link may name."""
    query = 'SELECT ("ü+%25 &#|" AS ?x) { ?s <http://x/p>+|<http://x/q>* ?o } LIMIT 1'
    with page_of(browser, server) as page:
        page.goto(f"/sparql/editor?query={quote(query)}&endpoint=http%3A%2F%2Fevil.example%2Fsparql")
        expect(page.locator(".yasr table tbody")).to_contain_text("ü+%25 &#|")
        assert written(page) == query
        assert page.url == f"{server.address}/sparql/editor"


@needs_editor
def test_the_editor_completes_what_the_dataset_has(browser: Browser, server: live.Server) -> None:
    """Classes and properties by name or label, each with the prefix it takes; nobody else is asked."""
    bg = f"PREFIX bg: <{CANONICAL_BASE}ontology#>\n"
    with page_of(browser, server) as page:
        page.goto("/sparql/editor")
        page.wait_for_selector(".yasqe .CodeMirror")
        for before, hint, after in (
            ("SELECT * { ?s a lossc| }", "bg:LossClaim  loss claim (", bg + "SELECT * { ?s a bg:LossClaim }"),
            (bg + "SELECT * { ?s a bg:LossC| }", "bg:LossClaim", bg + "SELECT * { ?s a bg:LossClaim }"),
            (
                bg + "SELECT * { ?s overlap| }",
                "bg:mayOverlapWith  may overlap with (",
                bg + "SELECT * { ?s bg:mayOverlapWith }",
            ),
            ("PREFIX fab|", "fabio: <http://purl.org/spar/fabio/>", "PREFIX fabio: <http://purl.org/spar/fabio/>"),
        ):
            write(page, before)
            page.keyboard.press("Control+Space")
            expect(page.locator(".CodeMirror-hint").first).to_contain_text(hint)
            page.keyboard.press("Enter")
            assert written(page) == after


@needs_editor
@pytest.mark.parametrize("query", ["SELECT * { ?s | }", "SELECT * { ?s a | }"])
def test_the_editor_lists_what_there_is_before_anything_is_written(
    browser: Browser, server: live.Server, query: str
) -> None:
    """Our own terms first, and the space around stays."""
    with page_of(browser, server) as page:
        page.goto("/sparql/editor")
        page.wait_for_selector(".yasqe .CodeMirror")
        write(page, query)
        page.keyboard.press("Control+Space")
        hints = page.locator(".CodeMirror-hint")
        expect(hints.first).to_contain_text("bg:")
        assert hints.count() > 20
        chosen = (hints.first.text_content() or "").split()[0]
        page.keyboard.press("Enter")
        assert written(page).endswith(query.replace("|", chosen))


@needs_editor
def test_the_editor_tells_a_refusal_in_words(browser: Browser, server: live.Server) -> None:
    """Those of the endpoint."""
    with page_of(browser, server, refused=1) as page:
        page.goto("/sparql/editor")
        page.wait_for_selector(".yasqe .CodeMirror")
        write(page, "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".errorResult")).to_contain_text("this endpoint sends no query to other servers")


@needs_editor
def test_the_editor_posts_what_is_too_long_for_an_address(browser: Browser, server: live.Server) -> None:
    """And the query may be shared in a link all the same."""
    with page_of(browser, server) as page:
        page.goto("/sparql/editor")
        page.wait_for_selector(".yasqe .CodeMirror")
        write(page, "SELECT (1 AS ?x) {} #" + "x" * 20_000)
        with page.expect_request("**/sparql") as sent:
            page.keyboard.press("Control+Enter")
        assert sent.value.method == "POST"
        expect(page.locator(".yasr table tbody tr")).to_have_count(1)
        page.locator(".yasqe_share").click()
        expect(page.locator(".yasqe_sharePopup input")).to_be_visible()


@needs_editor
def test_without_script_the_editor_leads_to_the_form(browser: Browser, server: live.Server) -> None:
    """In words."""
    with page_of(browser, server, java_script_enabled=False) as page:
        page.goto("/sparql/editor")
        page.get_by_role("link", name="The form", exact=True).click()
        expect(page.get_by_label("Query", exact=True)).to_be_visible()


# Everybody.


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits(browser: Browser, server: live.Server, path: str) -> None:
    """Axe finds nothing on it, YASGUI's own part aside, and nothing is wider than the screen; light and dark."""
    if path == "/sparql/editor" and not has_editor():
        pytest.skip("the query editor could not be brought when this was installed")
    with page_of(browser, server, refused=1 if path == REFUSED else 0) as page:
        page.goto(path)
        if path == "/sparql/editor":
            page.wait_for_selector(".yasqe .CodeMirror")
        assert_is_for_everybody(page, outside="#editor .yasgui")
