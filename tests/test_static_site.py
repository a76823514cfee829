"""A copy of the site that needs no server: what is in it, how it is written, and how damage to it is found."""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import copies
import pyoxigraph as ox
import pytest
import releasing
import specimen
import test_negotiate
from browsing import marks as browser_marks
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from server.app import create_app
from server.bench.processes import find_program
from server.cli import main
from server.config import Config
from server.http.formats import HTML, RDF_FORMATS
from server.static_site.asking import Asker
from server.static_site.crawl import UnusableAnswer
from server.static_site.export import export_site
from server.static_site.folder import UnreadableCopy, UnusableFolder, UnwritableCopy, staged, write_record
from server.static_site.rewriting import fragments_of, links_of, rewrite
from server.static_site.verify import problems

THING: Final = "place/hadrut"
NEGOTIATED: Final = (
    f"/id/{THING}",
    f"/data/{THING}",
    f"/id/{specimen.CLAIM}",
    f"/data/{specimen.CLAIM}",
    "/",
    "/.well-known/void",
    "/article/battle-of-hadrut",
    "/dataset",
    "/dumps/0.1.0/",
    "/graph/",
    "/graph/viewpoint/azerbaijan",
    "/ontology",
    "/ontology/0.1.0",
    "/prefixes",
    "/queries/",
    "/shapes",
    "/validation",
    "/queries/?format=ttl",
    f"/data/{THING}?format=application/ld+json",
    f"/data/{THING}?format=nt",
)
FIXED: Final = (
    f"/page/{THING}",
    f"/data/{THING}.ttl",
    f"/data/{specimen.CLAIM}.rdf",
    "/article/battle-of-hadrut.txt",
    "/articles",
    "/dumps/0.1.0/SHA256SUMS",
    "/dumps/0.1.0/battlegraph-0.1.0.ttl",
    "/dumps/latest/",
    "/exports/claims.csv",
    "/feed.atom",
    "/graph/entities.trig",
    "/linkset.json",
    "/map/battle-of-hadrut.geojson",
    "/ontology.jsonld",
    f"/page/{THING}/",
    "/prefixes.json",
    "/queries/contradictions.rq",
    "/sitemap.xml",
    "/static/icon.svg",
    "/static/style.css",
    "/timeline/battle-of-hadrut",
    "/viewpoints/battle-of-hadrut.csv",
)
HEADERS: Final = ("Content-Location", "Access-Control-Allow-Origin", "X-Content-Type-Options",
                  "Content-Security-Policy", "Referrer-Policy", "Cache-Control")  # fmt: skip
TABLE: Final = [row[1] for row in test_negotiate.ROWS]


@pytest.fixture(scope="module")
def releases(dataset_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a release of the project's own dataset."""
    root = tmp_path_factory.mktemp("releases")
    releasing.release(dataset_file, root)
    return root


@pytest.fixture(scope="module")
def copy(dataset_file: Path, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the site of the project's own dataset."""
    folder = tmp_path_factory.mktemp("site") / "copy"
    done = copies.export(folder, "--dataset", str(dataset_file), "--releases", str(releases))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def live(dataset_file: Path, releases: Path) -> Asker:
    """Return the app that the copy is of, as a server asks it."""
    return Asker(create_app(Config(dataset_file, releases=releases)))


def replace(file: Path, content: bytes) -> None:
    """Put another file in the place of one that others may share."""
    file.unlink()
    file.write_bytes(content)


def test_nothing_is_wrong_with_a_copy(copy: Path) -> None:
    """No dead link, every thing with its page and data, every file readable, all sums right."""
    assert list(problems(copy)) == []
    result = CliRunner().invoke(main, ["export-site", str(copy), "--verify"])
    assert (result.exit_code, result.stdout) == (0, "")


def test_every_thing_is_there_in_every_way(copy: Path, live: Asker) -> None:
    """Each thing of the sitemap has its page in each language, its data in each format, and a page for its name."""
    pages = re.findall(r"<loc>[^<]*?/page/([^<]*)</loc>", live.ask("/sitemap-1.xml").body.decode())
    assert len(pages) > 300
    for name in pages:
        for file in ("index.html", "index.az.html", "index.hy.html"):
            assert (copy / "page" / name / file).is_file()
        for offer in RDF_FORMATS:
            assert (copy / "data" / f"{name}.{offer.name}").is_file()
        assert (copy / "id" / name / "index.html").is_file()


@pytest.mark.parametrize(
    "path", [path for path in FIXED if "." in path.rpartition("/")[2] or path.endswith("SHA256SUMS")]
)
def test_data_are_the_bytes_of_the_server(copy: Path, live: Asker, path: str) -> None:
    """Whatever is no page is in the copy as the server sends it."""
    assert (copy / path[1:]).read_bytes() == live.ask(path, for_copy=False).body


def test_a_page_is_that_of_the_server(copy: Path, live: Asker) -> None:
    """Word for word, its foot aside, where it says that it is a copy; links lead to files."""
    page, ours = (copy / "page" / THING / "index.html").read_text("utf-8"), live.ask(f"/page/{THING}", for_copy=False)
    main_parts = [re.search(r"<main.*</main>", text, re.DOTALL) for text in (page, ours.body.decode())]
    words = [re.sub(r"<[^>]*>", "", part[0]) for part in main_parts if part]
    assert len(words) == 2
    assert words[0] == words[1]
    assert "This is a copy without a server" in page
    assert "This is a copy without a server" not in ours.body.decode()
    assert "?lang=" not in page
    assert f'href="/page/{THING}/index.hy.html"' in page
    armenian = (copy / "page" / THING / "index.hy.html").read_text("utf-8")
    assert "Հադրութ" in armenian
    assert 'href="/about/index.hy.html"' in armenian


def test_a_name_leads_to_the_page_and_the_data(copy: Path) -> None:
    """Without negotiation, a person gets to the page and a program finds the data."""
    page = (copy / "id" / THING / "index.html").read_text("utf-8")
    assert f'<meta http-equiv="refresh" content="0; url=/page/{THING}">' in page
    assert f'<link rel="canonical" href="{specimen.BASE}id/{THING}">' in page
    assert {f"/data/{THING}.{offer.name}" for offer in RDF_FORMATS} < set(links_of(page))


def test_what_needs_a_server_says_so(copy: Path) -> None:
    """The addresses of services explain themselves, and nothing asks them."""
    for name in ("sparql", "reconcile"):
        page = (copy / name / "index.html").read_text("utf-8")
        assert "battlegraph query" in page
        assert "<form" not in page.partition("<main")[2]
    for name in ("search.json", "health", "queries/open", "sparql/editor"):
        assert not (copy / name).exists()
    assert "<form" not in (copy / "wikidata" / "index.html").read_text("utf-8").partition("<main")[2]
    # The answers of the questions are there.
    assert "<td" in (copy / "queries" / "opposing-side-losses" / "index.html").read_text("utf-8")


def test_the_same_sources_give_the_same_bytes(copy: Path, dataset_file: Path, releases: Path, tmp_path: Path) -> None:
    """In another folder and process; the times of the files are the data's, too."""
    again = tmp_path / "again"
    assert copies.export(again, "--dataset", str(dataset_file), "--releases", str(releases)).returncode == 0
    names = [file.relative_to(copy).as_posix() for file in copy.rglob("*") if file.is_file()]
    assert sorted(names) == sorted(file.relative_to(again).as_posix() for file in again.rglob("*") if file.is_file())
    assert filecmp.cmpfiles(copy, again, names, shallow=False)[1:] == ([], [])
    times = {(folder / name).stat().st_mtime for folder in (copy, again) for name in names}
    assert len(times) == 1
    modified = json.loads((copy / "copy.json").read_bytes())["modified"]
    assert time.strftime("%Y-%m-%d", time.gmtime(times.pop())) == modified


DAMAGE: Final[dict[str, tuple[Callable[[Path], object], tuple[str, ...]]]] = {
    "a page that is missing": (
        lambda folder: (folder / "page" / THING / "index.html").unlink(),
        (f"links /page/{THING}, which is not there", f"id/{THING}: has no page", "tells of"),
    ),
    "a file of Turtle that is cut off": (
        lambda folder: replace(folder / "data" / f"{THING}.ttl", (folder / "data" / f"{THING}.ttl").read_bytes()[:-40]),
        (f"data/{THING}.ttl: not Turtle: ",),
    ),
    "a format with a triple less": (
        lambda folder: replace(
            folder / "shapes.nt", b"".join((folder / "shapes.nt").read_bytes().splitlines(keepends=True)[1:])
        ),
        ("shapes.nt: holds other triples than shapes.jsonld",),
    ),
    "a link that leads nowhere": (
        lambda folder: replace(
            folder / "about" / "index.html",
            (folder / "about" / "index.html").read_bytes().replace(b"</main>", b'<a href="/nowhere">x</a></main>'),
        ),
        ("about/index.html: links /nowhere, which is not there",),
    ),
    "a link to no place on a page": (
        lambda folder: replace(
            folder / "prefixes" / "index.html",
            (folder / "prefixes" / "index.html").read_bytes().replace(b"</main>", b'<a href="/#nowhere">x</a></main>'),
        ),
        ("prefixes/index.html: links /#nowhere, and there is no place of this name on that page",),
    ),
    "data that name what is not there": (
        lambda folder: replace(
            folder / "prefixes.ttl",
            (folder / "prefixes.ttl").read_bytes() + f"<{specimen.BASE}id/x> a <{specimen.BASE}id/y> .\n".encode(),
        ),
        (f"prefixes.ttl: names <{specimen.BASE}id/x>", f"prefixes.ttl: names <{specimen.BASE}id/y>"),
    ),
    "JSON that is none": (
        lambda folder: replace(folder / "prefixes.json", b'{"bg": '),
        ("prefixes.json: not JSON: ",),
    ),
    "a release with another byte": (
        lambda folder: replace(folder / "dumps" / "0.1.0" / "claims.csv", b"claim\r\n"),
        ("dumps/0.1.0/claims.csv: not the bytes that dumps/0.1.0/SHA256SUMS tells of",),
    ),
    "a release without a file": (
        lambda folder: (folder / "dumps" / "0.1.0" / "LICENSE.txt").unlink(),
        ("LICENSE.txt is not there",),
    ),
    "a file too many": (lambda folder: (folder / "other.txt").write_text("x"), ("files, and there are",)),
}


@pytest.fixture(scope="module")
def told(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the command tells of a copy with all of this damage."""
    folder = tmp_path_factory.mktemp("damaged") / "copy"
    # Links to the same files, which are replaced and not written into.
    shutil.copytree(copy, folder, copy_function=os.link)
    for damage, _ in DAMAGE.values():
        damage(folder)
    result = CliRunner().invoke(main, ["export-site", str(folder), "--verify"])
    assert result.exit_code == 1
    assert f"{len(result.stdout.splitlines())} problems" in result.stderr
    return result.stdout


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_told(told: str, kind: str) -> None:
    """Each problem is a line that names the file."""
    for words in DAMAGE[kind][1]:
        assert words in told


def test_what_is_no_copy_is_not_checked(tmp_path: Path) -> None:
    """A folder of anything else is refused, not found whole."""
    with pytest.raises(UnreadableCopy, match="no copy of a site"):
        list(problems(tmp_path))
    assert CliRunner().invoke(main, ["export-site", str(tmp_path), "--verify"]).exit_code == 2


def test_an_address_that_fails_ends_the_copy(dataset_file: Path, tmp_path: Path) -> None:
    """Without its query service the app has no answers to the questions, so there is no copy, and none is left half."""
    app = create_app(Config(dataset_file))
    with pytest.raises(UnusableAnswer, match=r"^/queries/[\w-]+, linked from .*, answers with"):
        export_site(app, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    """Whatever is in it stays, and so does a file; an empty folder is taken."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("mine")
    for name in ("mine", "file", "link"):
        with pytest.raises(UnusableFolder, match=name), staged(tmp_path / name):
            pytest.fail("nothing is written")
    assert (tmp_path / "mine" / "letter.txt").read_text() == "x"
    (tmp_path / "empty").mkdir()
    with staged(tmp_path / "empty") as place:
        write_record(place, {})
    assert (tmp_path / "empty" / "copy.json").is_file()


def test_a_copy_is_replaced_whole(tmp_path: Path) -> None:
    """Of the one before nothing is left, and nothing of the writing."""
    for number in range(2):
        with staged(tmp_path / "copy") as place:
            write_record(place, {"number": number})
            (place / f"{number}.txt").write_text("x")
    assert sorted(file.name for file in (tmp_path / "copy").iterdir()) == ["1.txt", "copy.json"]
    assert [file.name for file in tmp_path.iterdir()] == ["copy"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("x")])
def test_what_fails_leaves_the_copy_that_was_there(tmp_path: Path, error: Exception) -> None:
    """A full disk is told of as what it is."""
    with staged(tmp_path / "copy") as place:
        write_record(place, {"number": 1})
    wanted = UnwritableCopy if isinstance(error, OSError) else RuntimeError

    def fail() -> None:
        with staged(tmp_path / "copy") as place:
            write_record(place, {"number": 2})
            raise error

    with pytest.raises(wanted):
        fail()
    assert json.loads((tmp_path / "copy" / "copy.json").read_bytes())["number"] == 1
    assert [file.name for file in tmp_path.iterdir()] == ["copy"]


def test_a_killed_export_leaves_the_copy_that_was_there(dataset_file: Path, tmp_path: Path) -> None:
    """What it had written is cleared away by the next one."""
    with staged(tmp_path / "copy") as place:
        write_record(place, {"number": 1})
    process = subprocess.Popen(
        [*copies.COMMAND, str(tmp_path / "copy"), "--dataset", str(dataset_file)], start_new_session=True
    )
    written = tmp_path / ".copy.writing"
    try:
        until = time.monotonic() + 60
        while not (written / "search").is_dir():
            assert time.monotonic() < until
            time.sleep(0.02)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert json.loads((tmp_path / "copy" / "copy.json").read_bytes())["number"] == 1
    assert [file.name for file in (tmp_path / "copy").iterdir()] == ["copy.json"]
    assert written.is_dir()
    with staged(tmp_path / "copy") as place:
        assert list(place.iterdir()) == []
        write_record(place, {"number": 2})
    assert [file.name for file in tmp_path.iterdir()] == ["copy"]


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://example.org/site", "https://"])
def test_a_copy_is_at_the_root_of_a_host(address: str, tmp_path: Path) -> None:
    """An address with a path is refused, because pages link from the root."""
    result = CliRunner().invoke(main, ["export-site", str(tmp_path / "copy"), "--address", address])
    assert result.exit_code == 2
    assert not (tmp_path / "copy").exists()


def test_links_are_changed_and_nothing_else() -> None:
    """Attributes of start tags, whatever the quotation marks; not text, and not what scripts hold."""
    page = (
        "<a href=\"/a?x=1&amp;y=2\" title='a > b'>href=\"/t\"</a><img src='/i'><form action=/f >"
        '<script type="x" src="/s">"<a href=\'/n\'>"</script><p data-href="/d" id="p">'
    )
    assert list(links_of(page)) == ["/a?x=1&y=2", "/i", "/f", "/s"]
    assert fragments_of(page) == {"p"}
    changed = rewrite(page, lambda href: href.upper())
    assert changed == (
        '<a href="/A?X=1&amp;Y=2" title=\'a > b\'>href="/t"</a><img src="/I"><form action="/F" >'
        '<script type="x" src="/S">"<a href=\'/n\'>"</script><p data-href="/d" id="p">'
    )


@pytest.fixture(scope="module")
def of_nginx(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of an nginx that sends the copy."""
    if find_program("nginx") is None:
        pytest.skip("nginx is not installed")
    with copies.nginx(copy, tmp_path_factory.mktemp("nginx")) as port:
        yield port


@pytest.fixture(scope="module")
def of_apache(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of an Apache that sends the copy and reads `.htaccess` for each request."""
    if find_program("apache2") is None:
        pytest.skip("apache2 is not installed")
    with copies.apache(copy, tmp_path_factory.mktemp("apache"), is_included=False) as port:
        yield port


@pytest.fixture(scope="module")
def of_fast_apache(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of an Apache that has read `.htaccess` once."""
    if find_program("apache2") is None:
        pytest.skip("apache2 is not installed")
    with copies.apache(copy, tmp_path_factory.mktemp("apache"), is_included=True) as port:
        yield port


def compare(port: int, live: Asker, path: str, accept: str | None, *, headers: tuple[str, ...], bodies: bool) -> None:
    """Hold the answer of a server of files against the live one."""
    expected = live.ask(path, accept, for_copy=False)
    response, body = copies.get(port, path, {} if accept is None else {"Accept": accept})
    said = f"{path} {accept}"
    assert response.status == expected.status, said
    location = response.headers.get("Location")
    assert (location and location.removeprefix(f"http://127.0.0.1:{port}")) == expected.location, said
    if expected.status == 406 and expected.media_type != "application/problem+json":
        # Errors have one form here.
        return
    if expected.status == 200 or bodies:
        assert response.headers.get("Content-Type") == expected.headers.get("Content-Type"), said
        # A host of files has no other times to offer.
        assert _vary(response.headers.get_all("Vary", [])) == expected.vary - {"accept-datetime"}, said
        for name in headers:
            assert response.headers.get(name) == expected.headers.get(name), (said, name)
        if "Content-Disposition" in expected.headers:
            assert (
                response.headers["Content-Disposition"].partition(";")[0]
                == expected.headers["Content-Disposition"].partition(";")[0]
            )
    if (expected.status == 200 or bodies) and expected.media_type != HTML.media_type:
        assert body == expected.body, said
    if expected.media_type == HTML.media_type:
        assert _title(body) == _title(expected.body), said


def _vary(values: list[str]) -> frozenset[str]:
    return frozenset(name.strip().lower() for value in values for name in value.split(",") if name)


def _title(page: bytes) -> str:
    found = re.search(r"<title>.*</title>", page.decode())
    return found[0] if found else ""


@pytest.mark.parametrize("path", NEGOTIATED)
def test_nginx_negotiates_as_the_server_does(of_nginx: int, live: Asker, path: str) -> None:
    """The whole Accept table: status, Location, media type, Vary, other headers, and the bytes of all but pages."""
    for accept in TABLE:
        compare(of_nginx, live, path, accept, headers=HEADERS, bodies=True)


@pytest.mark.parametrize("path", FIXED)
def test_nginx_sends_what_the_server_sends(of_nginx: int, live: Asker, path: str) -> None:
    """Files, pages and redirects at addresses where nothing is negotiated."""
    compare(of_nginx, live, path, "*/*", headers=HEADERS, bodies=True)


@pytest.mark.parametrize("path", NEGOTIATED)
def test_apache_negotiates_as_the_server_does(of_fast_apache: int, live: Asker, path: str) -> None:
    """For the whole Accept table: status, Location, and of what it sends media type, Vary and bytes."""
    for accept in TABLE:
        compare(of_fast_apache, live, path, accept, headers=HEADERS[1:], bodies=False)


@pytest.mark.parametrize("path", FIXED)
def test_apache_sends_what_the_server_sends(of_apache: int, live: Asker, path: str) -> None:
    """Files, pages and redirects at addresses where nothing is negotiated."""
    expected = live.ask(path, for_copy=False)
    response, body = copies.get(of_apache, path, {})
    assert response.status == expected.status
    if expected.status == 200:
        assert response.headers.get("Content-Type") == expected.headers.get("Content-Type")
        assert expected.media_type == HTML.media_type or body == expected.body


@pytest.mark.parametrize("server", ["of_nginx", "of_apache", "of_fast_apache"])
def test_languages_and_errors(request: pytest.FixtureRequest, copy: Path, server: str) -> None:
    """By Accept-Language and by `?lang=`; what is not there is not found, nor is the configuration."""
    port = request.getfixturevalue(server)
    armenian = (copy / "page" / THING / "index.hy.html").read_bytes()
    for path, headers in (
        (f"/page/{THING}", {"Accept-Language": "fr, hy-AM;q=0.7, en;q=0.6"}),
        (f"/page/{THING}?lang=hy", {"Accept-Language": "en"}),
        (f"/page/{THING}/index.hy.html", {}),
    ):
        assert copies.get(port, path, headers)[1] == armenian
    for path in ("/nowhere", "/page/nowhere", "/data/nowhere", "/id/nowhere", "/nginx.conf", "/data/nowhere.ttl"):
        response, body = copies.get(port, path, {})
        assert response.status == 404, path
        assert b"<title>" in body
    for path in (f"/data/{THING}?format=foo", "/ontology?format=foo"):
        assert copies.get(port, path, {})[0].status == 400
    assert copies.get(port, f"/page/{THING}", {"Accept-Encoding": "gzip"})[0].headers["Content-Encoding"] == "gzip"


def test_nginx_knows_a_file_again(of_nginx: int) -> None:
    """A conditional request costs no body, and a part of a file can be had."""
    response, body = copies.get(of_nginx, f"/data/{THING}.ttl", {})
    tag = response.headers["ETag"]
    assert copies.get(of_nginx, f"/data/{THING}.ttl", {"If-None-Match": tag})[0].status == 304
    part, some = copies.get(of_nginx, f"/data/{THING}.ttl", {"Range": "bytes=0-9"})
    assert (part.status, some) == (206, body[:10])


def test_data_of_a_plain_host_parse(copy: Path) -> None:
    """Which knows no media types of RDF: the suffix tells."""
    with copies.plain(copy) as port:
        response, body = copies.get(port, f"/data/{THING}.ttl", {})
        assert response.status == 200
        assert list(ox.parse(body, format=ox.RdfFormat.TURTLE))
        assert copies.get(port, f"/page/{THING}/", {})[0].status == 200


@pytest.mark.browser
@browser_marks[1]
def test_a_plain_host_shows_the_whole_site(browser: Browser, copy: Path, live: Asker) -> None:
    """No error in the console, no answer missing; the search finds what the server's finds first, in every script."""
    with copies.plain(copy) as port, browser.new_context(base_url=f"http://127.0.0.1:{port}") as context:
        wrong: list[str] = []
        context.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
        page = context.new_page()
        for path in ("/", "/about", "/dumps/", "/ontology", "/queries/contradictions"):
            page.goto(path, wait_until="networkidle")
        for section in ("article", "map", "timeline", "viewpoints"):
            page.goto(f"/{section}/battle-of-hadrut", wait_until="networkidle")
        page.goto(f"/id/{THING}")
        expect(page.locator("h1")).to_contain_text("Hadrut")
        for query in ("Հադրութ", "hadrut", "Гадрут", "Hadrut döyüşü", "t72", "servicemen killed", "Artsakh"):
            found = json.loads(live.ask(f"/search.json?q={query}").body)["results"]
            page.goto(f"/search?q={query}")
            expect(page.locator("ol.found li a").first).to_have_text(found[0]["label"])
            expect(page.locator("ol.found li a").first).to_have_attribute("href", found[0]["page"])
        page.goto("/search?q=zzzz")
        expect(page.locator("[data-part=none]")).to_be_visible()
        page.goto("/about")
        page.get_by_role("combobox").fill("Հադ")
        expect(page.get_by_role("option").first).to_contain_text("Hadrut")
        page.goto("/queries/contradictions")
        page.get_by_role("link", name="Open in SPARQL").click()
        expect(page.locator("#asked-in-copy code")).to_contain_text("SELECT ?claim")
        assert wrong == []


@pytest.mark.browser
@browser_marks[1]
def test_names_are_listed_without_script(browser: Browser, copy: Path) -> None:
    """All names by kind, each a link."""
    with (
        copies.plain(copy) as port,
        browser.new_context(base_url=f"http://127.0.0.1:{port}", java_script_enabled=False) as context,
    ):
        page = context.new_page()
        page.goto("/search")
        page.locator("main").get_by_role("link", name="place", exact=True).click()
        page.locator("main").get_by_role("link", name="Հադրութ", exact=True).click()
        expect(page.locator("h1")).to_contain_text("Hadrut")
