"""The page for Wikidata contributors: how to use the desk, what is lost on the way, and what help is wanted."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import specimen
from flask.testing import FlaskClient

from graph.generator import write_generated
from graph.ground import lay_ground
from graph.sources import Sources
from server.wikidata.desk import MOST_ARTICLES, MOST_THINGS
from server.wikidata.mapping import TABLE
from server.wikidata.reasons import Reason


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of the project's own dataset."""
    return specimen.make_client(dataset_file)


def page_of(client: FlaskClient) -> str:
    """Return the page."""
    response = client.get("/wikidata", headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (200, "text/html")
    return response.text


def test_the_page_lists_every_export_and_each_is_there(client: FlaskClient) -> None:
    """Nothing is linked that does not answer."""
    files = set(re.findall(r'href="(/exports/[^"]+)"', page_of(client)))
    assert files == {
        f"/exports/{name}"
        for name in (
            "quickstatements.tsv", "needs-review.tsv", "mixnmatch.tsv", "claims.csv", "claims.csv-metadata.json",
            "nanopubs.trig", "battle.shex",
        )
    }  # fmt: skip
    assert {client.get(file).status_code for file in files} == {200}


def test_the_table_is_the_one_that_the_export_goes_by(client: FlaskClient) -> None:
    """A row for each of our terms, with the property and what is lost."""
    page = html.unescape(page_of(client))
    for row in TABLE:
        assert str(row.lost) in page
        if row.property.startswith("P"):
            address = f"https://www.wikidata.org/wiki/Property:{row.property}"
            assert f'<a href="{address}"><code>{row.property}</code></a>' in page


def test_the_counts_add_up_to_the_claims(client: FlaskClient) -> None:
    """By reason, with the names that the file gives them."""
    page = page_of(client)
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "81 claims: 0 in the command file, 81 to be reviewed." in text
    table = page[page.index('class="reasons"') : page.index("</table>")]
    numbers = [int(number) for number in re.findall(r'<td class="number">(\d+)</td>', table)]
    reasons = re.findall(r'<code class="hint">([a-z-]+)</code>', table)
    assert sum(numbers) == 81
    assert len(numbers) == len(set(reasons))
    assert set(reasons) <= set(Reason)


def test_a_battle_without_an_item_has_a_form_that_works(client: FlaskClient) -> None:
    """One gives the item that one found, and gets the commands for it."""
    form = re.search(r'<form class="item" action="([^"]+)" method="get">(.*?)</form>', page_of(client), re.DOTALL)
    assert form
    assert 'name="item"' in form[2]
    assert form[1] == "/wikidata#paste"
    assert '<input type="hidden" name="article" value="battle-of-hadrut">' in form[2]
    page = client.get("/wikidata", query_string={"article": "battle-of-hadrut", "item": " q1001 "}).text
    shown = re.search(r'<code id="rows">(.*?)</code>', page, re.DOTALL)
    assert shown
    rows = html.unescape(shown[1])
    links = [html.unescape(link) for link in re.findall(r'<a href="(/exports/quickstatements/article/[^"]+)"', page)]
    assert [client.get(link).text for link in links] == [rows]
    assert rows.startswith("Q1001\t")
    assert 'data-copy="rows"' in page
    address = re.search(r'href="(https://quickstatements\.toolforge\.org/#/v1=[^"]+)"', page)
    assert address
    assert unquote(address[1].partition("#/v1=")[2]) == rows.rstrip("\n")
    assert len(address[1]) < 8_000
    assert "do not rerun uncombined: " not in page


def test_the_page_warns_where_the_rows_make_an_item(client: FlaskClient) -> None:
    """Because version 3 offers, after a refusal, to fill a second one."""
    page = client.get("/wikidata?article=battle-of-hadrut&new=guarded").text
    assert "do not rerun uncombined: " in page
    assert "No commands" in client.get("/wikidata?article=battle-of-hadrut").text


@pytest.mark.parametrize(
    "query",
    ["article=nowhere", "article=", "article=battle-of-hadrut&item=", "article=battle-of-hadrut&item=Q227",
     "article=battle-of-hadrut&article=battle-of-hadrut", "article=battle-of-hadrut&unknown=1"],
)  # fmt: skip
def test_the_form_refuses_what_the_files_refuse(client: FlaskClient, query: str) -> None:
    """With a 400."""
    assert client.get(f"/wikidata?{query}").status_code == 400


def test_a_candidate_that_is_not_used_is_shown_with_the_objection(client: FlaskClient) -> None:
    """Not among those for which no evidence was found."""
    page = html.unescape(page_of(client))
    bare = page[page.index('id="unlinked"') : page.index('id="doubtful"')]
    doubtful = page[page.index('id="doubtful"') : page.index('id="back"')]
    for thing, item in (("khojavend-district", "Q330813"), ("jabrayil", "Q2394006"), ("t-72", "Q920182")):
        assert f'/{thing}"' not in bare
        assert f'/{thing}"' in doubtful
        assert item in doubtful
    assert "it may be the town" in doubtful
    assert "contradicted" in doubtful


def test_things_without_an_item_are_listed_and_people_are_not(client: FlaskClient) -> None:
    """Whoever knows an item can help with a battle, a place or a weapon."""
    page = page_of(client)
    wanted = page[page.index('id="unlinked"') : page.index('id="back"')]
    assert "/page/event/battle-of-hadrut" in wanted
    assert "/page/place/jabrayil" in wanted
    assert 'href="/page/place/hadrut"' not in wanted
    assert "/page/person/" not in wanted


def test_a_large_dataset_is_shown_in_part(tmp_path: Path) -> None:
    """A page's cost does not grow with the number of articles, and the page says what it left out."""
    file = tmp_path / "made-up.nq"
    write_generated(file, lay_ground(Sources()), MOST_ARTICLES + 5)
    page = page_of(specimen.make_client(file))
    assert f"Counted in the first {MOST_ARTICLES} of {MOST_ARTICLES + 5} articles." in page
    assert f"{MOST_THINGS} of {MOST_ARTICLES + 5}; mixnmatch.tsv has all." in page
    assert page.count('<form class="item"') == 5


def test_an_empty_dataset_has_a_page_too(tmp_path: Path) -> None:
    """With nothing to count."""
    file = tmp_path / "empty.nq"
    file.write_bytes(b"")
    client = specimen.make_client(file)
    assert "0 claims" in page_of(client)
    assert client.get("/exports/quickstatements.tsv").data == b""


def test_the_page_is_tagged_and_light(client: FlaskClient) -> None:
    """304 where it is known, and 60 kB compressed at most."""
    response = client.get("/wikidata", headers={"Accept-Encoding": "gzip"})
    assert len(response.data) < 60_000
    again = client.get("/wikidata", headers={"Accept-Encoding": "gzip", "If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
