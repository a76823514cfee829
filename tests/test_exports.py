"""The exports as files: addresses, headers, options, and the command line that writes the same bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import specimen
from click.testing import CliRunner
from flask.testing import FlaskClient

from graph.namespaces import BG, CANONICAL_BASE, RDF
from graph.store import Dataset, merged_store
from server.cli import export, main
from server.config import Config
from server.site import Site
from server.wikidata import catalogue, exports, paste, sending
from server.wikidata.claim_columns import CLAIM_COLUMNS, COLUMNS
from server.wikidata.creation import Creation
from server.wikidata.items import Items

TSV = "text/tab-separated-values; charset=utf-8"
FILES = {
    "/exports/quickstatements.tsv": TSV,
    "/exports/needs-review.tsv": TSV,
    "/exports/mixnmatch.tsv": TSV,
    "/exports/claims.csv": "text/csv; charset=utf-8",
    "/exports/claims.csv-metadata.json": "application/csvm+json",
    "/exports/battle.shex": "text/shex; charset=utf-8",
    "/exports/quickstatements/event/battle-of-hadrut.tsv": TSV,
    "/exports/needs-review/event/battle-of-hadrut.tsv": TSV,
}


@pytest.fixture(scope="module")
def client(dataset_file: Path) -> FlaskClient:
    """Return a client of the project's own dataset."""
    return specimen.make_client(dataset_file)


@pytest.mark.parametrize(("path", "type_"), FILES.items())
def test_a_file_has_its_type_name_and_tag(client: FlaskClient, path: str, type_: str) -> None:
    """To be kept under its name, read from any site, and not sent again where it is known; HEAD is GET."""
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, type_)
    assert response.headers["Content-Disposition"] == f"attachment; filename={path.rpartition('/')[2]}"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert 'rel="license"' in response.headers["Link"]
    again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(path)
    assert (head.status_code, head.data, head.content_length) == (200, b"", len(response.data))


def test_the_reader_s_language_changes_no_file(client: FlaskClient) -> None:
    """Files are the same for all."""
    for path in FILES:
        assert client.get(path, headers={"Accept-Language": "hy"}).data == client.get(path).data
        assert client.get(f"{path}?lang=az").data == client.get(path).data


def test_the_files_of_a_thing_are_the_part_about_it(client: FlaskClient) -> None:
    """Of an event, an article, a claim or a place; a number alone is the item of what the file is about."""
    of_article = client.get("/exports/quickstatements/article/battle-of-hadrut.tsv").text
    assert of_article == client.get("/exports/quickstatements.tsv").text == ""
    guarded = client.get("/exports/quickstatements/article/battle-of-hadrut.tsv?new=guarded").text
    assert guarded.startswith("CREATE /* ")
    assert guarded == client.get("/exports/quickstatements.tsv?new=guarded").text
    assert guarded == client.get("/exports/quickstatements/event/battle-of-hadrut.tsv?new=guarded").text
    with_item = client.get("/exports/quickstatements.tsv?item=battle-of-hadrut=Q1001").text
    assert client.get("/exports/quickstatements/article/battle-of-hadrut.tsv?item=Q1001").text == with_item
    claim = client.get("/exports/quickstatements/claim/battle-of-hadrut/battle-begin.tsv?item=battle-of-hadrut=Q1001")
    assert [row.split("\t")[:2] for row in claim.text.splitlines()][-1] == ["Q1001", "P580"]
    assert len(claim.text.splitlines()) == 1
    place = client.get("/exports/needs-review/place/hadrut.tsv").text.splitlines()
    assert {row.split("\t")[0].rpartition("/")[2] for row in place[1:]} == {
        "hadrut-part-of-hadrut-province",
        "hadrut-seat-of-khojavend-district",
        "hadrut-town",
    }


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/exports/quickstatements.tsv?item=battle-of-hadrut=42", 400, "gives no item"),
        ("/exports/quickstatements.tsv?item=nothing=Q42", 400, "names no thing"),
        ("/exports/quickstatements.tsv?new=some", 400, "none, guarded"),
        ("/exports/quickstatements.tsv?new=all", 400, "none, guarded"),
        ("/exports/quickstatements.tsv?new=none&new=guarded", 400, "given 2 times"),
        ("/exports/quickstatements.tsv?names=yes", 400, "1, to add our names"),
        ("/exports/quickstatements/article/battle-of-hadrut.tsv?item=", 400, "gives no item"),
        ("/exports/quickstatements.tsv?item=battle-of-hadrut=Q227", 400, "another thing"),
        ("/exports/quickstatements.tsv?item=place/hadrut=Q42", 400, "recorded is Q157919"),
        ("/exports/quickstatements.tsv?items=Q42", 400, "no option"),
        ("/exports/needs-review.tsv?new=", 400, "none, guarded"),
        ("/exports/quickstatements/event/nowhere.tsv", 404, "has no"),
        ("/exports/quickstatements/viewpoint/azerbaijan.tsv", 404, "article, claim, event, place, polity"),
        ("/exports/quickstatements/event/a%3Cb%3E%20c.tsv", 404, "has no"),
        ("/exports/quickstatements/place/hadrut%00.tsv", 404, "has no"),
        ("/exports/nothing.tsv", 404, "no export"),
    ],
)
def test_what_is_asked_wrongly_is_told(client: FlaskClient, path: str, status: int, words: str) -> None:
    """As a problem, with what there is."""
    response = client.get(path)
    assert response.status_code == status
    assert words in response.get_json()["detail"]


def test_a_thing_without_anything_to_export_has_its_files(client: FlaskClient) -> None:
    """The commands are none, and the review has a head."""
    assert client.get("/exports/quickstatements/polity/armenia.tsv").data == b""
    assert client.get("/exports/needs-review/polity/armenia.tsv").text.startswith("claim\tlabel\t")


def test_a_thing_s_page_leads_to_its_files(client: FlaskClient) -> None:
    """With how many claims are in each; a thing that no claim is about has no such line."""
    page = client.get("/page/event/battle-of-hadrut", headers={"Accept": "text/html"}).text
    for file, words in re.findall(r'href="(/exports/[^"]+)"[^>]*>([^<]+)</a>', page):
        assert client.get(file).status_code == 200
        rows = client.get(file).text.splitlines()
        is_review = "needs-review" in file
        assert words == (f"needs review ({len(rows) - 1})" if is_review else "commands (0)")
    assert page.count('href="/exports/') == 2
    assert "/exports/" not in client.get("/page/equipment/t-72", headers={"Accept": "text/html"}).text


def test_a_page_counts_no_more_claims_than_it_has_time_for(dataset_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a thing with very many the files are linked without a number."""
    monkeypatch.setattr(paste, "MOST_COUNTED", 3)
    page = specimen.make_client(dataset_file).get("/page/event/battle-of-hadrut", headers={"Accept": "text/html"}).text
    assert re.findall(r'href="/exports/[^"]+"[^>]*>([^<]+)</a>', page) == ["commands", "needs review"]


def test_no_cell_is_a_formula(dataset: Dataset) -> None:
    """Words of the article that begin like one get an apostrophe, in the table and in the review."""
    claim = ox.NamedNode(f"{CANONICAL_BASE}id/claim/battle-of-hadrut/result")
    words = ox.Literal('=HYPERLINK("https://example.org")')
    quads = dataset.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    added = [ox.Quad(claim, ox.NamedNode(BG + "lexical"), words), ox.Quad(claim, ox.NamedNode(RDF + "object"), words)]
    own = [q for q in quads if (q.subject, q.predicate) not in {(one.subject, one.predicate) for one in added}]
    site = Site(Config(Path("unused.nq")), Dataset(merged_store([*own, *added]), "1"), None)
    table = next(
        row for row in csv.DictReader(io.StringIO("".join(exports.claims(site)))) if row["claim"] == claim.value
    )
    assert table["value"] == f"'{words.value}"
    review = "".join(exports.needs_review(site, Items(site.dataset.store), Creation.NONE))
    assert f"\t'{words.value}\t" in review
    assert f"\t{words.value}" not in review


def test_the_folder_leads_to_the_page(client: FlaskClient) -> None:
    """Which lists the files."""
    response = client.get("/exports/")
    assert (response.status_code, response.headers["Location"]) == (308, "/wikidata#files")


def test_the_catalogue_has_each_named_thing_once(client: FlaskClient) -> None:
    """With the columns that Mix'n'match wants, no person, and no place that is only described."""
    head, *rows = (row.split("\t") for row in client.get("/exports/mixnmatch.tsv").text.splitlines())
    assert tuple(head) == catalogue.COLUMNS == ("id", "name", "desc", "url", "type")
    assert all(len(row) == 5 and row[0] and row[1] and row[3].endswith(f"/id/{row[0]}") for row in rows)
    ids = [row[0] for row in rows]
    assert len(ids) == len(set(ids))
    assert {"event/battle-of-hadrut", "place/hadrut", "place/jabrayil-district", "equipment/t-72"} <= set(ids)
    assert not [one for one in ids if one.startswith("person/") or "valley-north" in one or "next-valley" in one]
    assert rows[0][:3] == ["event/battle-of-hadrut", "Battle of Hadrut", "battle, part of Second Nagorno-Karabakh War"]
    assert rows[0][4] == "Q178561"


def test_the_table_has_a_row_for_each_claim(client: FlaskClient) -> None:
    """An unknown figure is an empty one, and its status says why."""
    rows = list(csv.DictReader(io.StringIO(client.get("/exports/claims.csv").text)))
    assert tuple(rows[0]) == COLUMNS
    by_name = {row["claim"].rpartition("/")[2]: row for row in rows}
    assert len(by_name) == len(rows) == 81
    tanks = by_name["opposing-loss-t-72-per-azerbaijan"]
    assert (tanks["min_count"], tanks["max_count"], tanks["viewpoint_name"]) == ("14", "14", "Azerbaijan")
    assert (tanks["quotes"], tanks["offsets"], tanks["source_status"]) == (
        "14 T-72s destroyed",
        "848-866",
        "reference blank",
    )
    assert (tanks["subject"], tanks["wikidata_property"]) == ("Battle of Hadrut", "P3082")
    assert tanks["subject_id"].endswith("/id/event/battle-of-hadrut")
    assert tanks["loss_type_id"].endswith("/id/equipment/t-72")
    place = by_name["battle-place-hadrut"]
    assert (place["wikidata_property"], place["value_id"].rpartition("/id/")[2]) == ("P276", "place/hadrut")
    assert all(row["subject"] and row["subject_id"] for row in rows if row["loss_of"])
    lost = by_name["azerbaijan-loss-per-azerbaijan"]
    assert (lost["min_count"], lost["max_count"], lost["value_status"]) == ("", "", "missing from the copy")
    assert by_name["reference-3-soldiers-killed"]["reference_titles"].startswith("Azerbaijan says 2,783")


def test_the_table_says_what_must_not_be_added(client: FlaskClient) -> None:
    """Overlaps and rivals by the names of the claims, remarks, whose words a title reports, when, what is implied."""
    rows = {
        row["claim"].partition("/id/claim/")[2]: row
        for row in csv.DictReader(io.StringIO(client.get("/exports/claims.csv").text))
    }
    head = "battle-of-hadrut"
    several = rows[f"{head}/opposing-loss-artillery-pieces-per-azerbaijan"]["may_overlap_with"].split(" | ")
    assert len(several) == 3
    assert f"{head}/opposing-loss-2s1-gvozdika-per-azerbaijan" in several
    assert set(several) <= rows.keys()
    rivals = [f"{head}/presence-in-hadrut-per-{party}" for party in ("azerbaijan", "opposing-party")]
    assert [rows[rival]["incompatible_with"] for rival in rivals] == rivals[::-1]
    for column, number in {
        "may_overlap_with": 8, "incompatible_with": 2, "reading_note": 31, "reported_claimant": 7, "when_words": 22,
        "count_stated": 19,
    }.items():  # fmt: skip
        assert sum(bool(row[column]) for row in rows.values()) == number, column
    assert rows[f"{head}/opposing-loss-su-25-per-azerbaijan"]["count_stated"] == "false"
    assert "on 14 or 15 October" in {row["when_words"] for row in rows.values()}
    assert COLUMNS[:2] + COLUMNS[25:28] == ("claim", "label", "quotes", "offsets", "may_overlap_with")


def test_the_table_is_described(client: FlaskClient, dataset: Dataset) -> None:
    """As CSV on the Web has it (W3C Recommendation, 2015): every cell is of its datatype, and the terms are there."""
    table = client.get("/exports/claims.csv")
    address = "/exports/claims.csv-metadata.json"
    assert f'<{address}>; rel="describedby"; type="application/csvm+json"' in table.headers["Link"]
    described = client.get(address).get_json(force=True)
    publication = Site(Config(Path("unused.nq")), dataset, None).publication
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    assert (described["url"], described["dcat:version"]) == ("claims.csv", publication.version)
    assert (described["dc:license"], described["dc:rights"]) == ({"@id": publication.license}, publication.attribution)
    columns = described["tableSchema"]["columns"]
    head, *rows = csv.reader(io.StringIO(table.text))
    assert head == [column["titles"] for column in columns] == [column.name for column in CLAIM_COLUMNS]
    forms = {
        "anyURI": r"https?://\S+", "boolean": "true|false", "date": r"\d{4}-\d\d-\d\d", "integer": r"\d+",
        "string": r"[\s\S]+",
    }  # fmt: skip
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            separator = column.get("separator")
            for value in cell.split(separator) if separator else [cell]:
                assert not value or re.fullmatch(forms[column["datatype"]], value), (column["name"], value)
    keys = [row[head.index(described["tableSchema"]["primaryKey"])] for row in rows]
    assert all(keys)
    assert len(keys) == len(set(keys))


def test_a_large_file_is_sent_piece_by_piece(
    client: FlaskClient, dataset_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes, without a length, so that it is neither held in memory nor kept in the cache."""
    whole = {path: client.get(path).data for path in FILES if path.count("/") == 2}
    monkeypatch.setattr(sending, "_WHOLE", 0)
    other = specimen.make_client(dataset_file)
    for path, content in whole.items():
        with other.get(path, buffered=False) as response:
            assert ("Content-Length" in response.headers) == path.endswith((".shex", ".json"))
            assert response.data == content
        assert other.head(path).data == b""


@pytest.fixture
def run(dataset_file: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Return a runner of commands on the project's dataset, as it was built for the tests."""
    monkeypatch.setattr(export, "own_dataset", lambda: dataset_file)
    return CliRunner()


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (["quickstatements"], "/exports/quickstatements.tsv"),
        (["quickstatements", "--needs-review"], "/exports/needs-review.tsv"),
        (["quickstatements", "--new", "none"], "/exports/quickstatements.tsv?new=none"),
        (["quickstatements", "--new", "guarded"], "/exports/quickstatements.tsv?new=guarded"),
        (
            ["quickstatements", "--names", "--item", "battle-of-hadrut=Q7"],
            "/exports/quickstatements.tsv?names=1&item=battle-of-hadrut=Q7",
        ),
        (["quickstatements", "--item", "battle-of-hadrut=Q7"], "/exports/quickstatements.tsv?item=battle-of-hadrut=Q7"),
        (["mixnmatch"], "/exports/mixnmatch.tsv"),
        (["claims"], "/exports/claims.csv"),
    ],
)
def test_the_command_line_writes_the_same_bytes(
    run: CliRunner, client: FlaskClient, tmp_path: Path, arguments: list[str], path: str
) -> None:
    """To standard output, or to a file."""
    done = run.invoke(main, ["export", *arguments])
    assert (done.exit_code, done.stdout_bytes) == (0, client.get(path).data)
    file = tmp_path / "out.tsv"
    assert run.invoke(main, ["export", *arguments, "-o", str(file)]).exit_code == 0
    assert file.read_bytes() == done.stdout_bytes
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_gets_both_files(run: CliRunner, tmp_path: Path, dataset: Dataset) -> None:
    """And the command says how the claims divide."""
    done = run.invoke(main, ["export", "quickstatements", "-o", str(tmp_path / "for-wikidata")])
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith("0 of 81 claims are in the command file; 81 need review\n")
    assert "--item battle-of-hadrut=Q" in done.stderr
    one = run.invoke(
        main, ["export", "quickstatements", "--item", "battle-of-hadrut=Q7", "-o", str(tmp_path / "q.tsv")]
    )
    assert one.stderr == "2 of 81 claims are in the command file; 79 need review\n"
    review = run.invoke(main, ["export", "quickstatements", "--needs-review", "-o", str(tmp_path / "r.tsv")])
    assert review.stderr == "81 of 81 claims need review, and are listed; 0 can be exported\n"
    written = sorted(file.name for file in (tmp_path / "for-wikidata").iterdir())
    assert written == ["needs-review.tsv", "quickstatements.tsv"]
    assert dataset.digest


@pytest.mark.parametrize(
    "arguments",
    [
        ["quickstatements", "--item", "battle-of-hadrut=42"],
        ["quickstatements", "--item", "battle-of-hadrut=Q227"],
        ["quickstatements", "--item", "place/hadrut=Q42"],
        ["quickstatements", "--new", "all"],
        ["quickstatements", "-o", "/nowhere/to/write.tsv"],
        ["claims", "-o", "/nowhere/to/write.csv"],
        ["quickstatements", "-o", "/dev/null/folder"],
    ],
)
def test_a_call_that_cannot_be_done_ends_with_2(run: CliRunner, arguments: list[str]) -> None:
    """And a message."""
    done = run.invoke(main, ["export", *arguments])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr


def test_a_file_that_cannot_be_finished_stays_as_it_was(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never half a file."""

    def stop_half_way(*_: object) -> Iterator[str]:
        yield "half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exports, "claims", stop_half_way)
    file = tmp_path / "claims.csv"
    file.write_text("what was there")
    done = run.invoke(main, ["export", "claims", "-o", str(file)])
    assert done.exit_code == 2
    assert "No space left" in done.stderr
    assert file.read_text() == "what was there"
    assert list(tmp_path.iterdir()) == [file]
