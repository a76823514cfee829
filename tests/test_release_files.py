"""The files of a release over HTTP, on a real server: byte for byte, in part, compressed, and nothing else."""

from __future__ import annotations

import contextlib
import email
import gzip
import hashlib
import html
import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import live
import pytest
import two_releases
from flask.testing import FlaskClient
from two_releases import FIRST, SECOND, Released

from server.http.cache import AnswerCache
from server.http.formats import content_type
from server.releases.media_types import media_type
from server.releases.release import Release, list_releases
from server.releases.sums import SUMS_FILE

DUMP = f"battlegraph-{SECOND}.nq"
PATH = f"/dumps/{SECOND}/{DUMP}"
BAG = f"/dumps/{SECOND}/battlegraph-{SECOND}.bag.zip"
BASH, CURL, SHA256SUM, WGET = (shutil.which(name) or name for name in ("bash", "curl", "sha256sum", "wget"))
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture(scope="module")
def released(both: Released) -> Released:
    """Return two releases with all their parts."""
    return both


@pytest.fixture(scope="module")
def newest(released: Released) -> Release:
    """Return the second of them."""
    return list_releases(released.root)[0]


@pytest.fixture(scope="module")
def content(newest: Release) -> bytes:
    """Return the canonical N-Quads of the second."""
    return (newest.folder / DUMP).read_bytes()


@pytest.fixture(scope="module")
def server(released: Released, tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.Server]:
    """Return a server of them."""
    scratch = tmp_path_factory.mktemp("server")
    with live.running(scratch, "--releases", str(released.root), dataset=released.dataset) as running:
        yield running


@pytest.fixture
def copied(released: Released, tmp_path: Path) -> Released:
    """Return a copy of both, free to be damaged."""
    return Released(Path(shutil.copytree(released.root, tmp_path / "released")), released.dataset)


def test_every_file_is_the_one_on_the_disk(server: live.Server, newest: Release) -> None:
    """With its type, its length, its digest for a tag; to the ends of the earth and for a year."""
    assert len(newest.files) > 100
    for file in newest.files:
        answer, body = server.request("GET", f"{newest.path}{file.name}")
        assert (answer.status, len(body)) == (200, file.size), file.name
        assert hashlib.sha256(body).hexdigest() == file.sha256
        assert answer.headers["ETag"] == f'"{file.sha256}"'
        assert answer.headers["Content-Length"] == str(file.size)
        assert answer.headers["Content-Type"] == content_type(media_type(file.name))
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.headers["Last-Modified"] == two_releases.MOMENTS[SECOND]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert file.name.rpartition("/")[2] in answer.headers["Content-Disposition"]
        links = answer.headers["Link"]
        for rel in ("collection", "license", "type", "describedby", "original timegate"):
            assert f'rel="{rel}"' in links, (file.name, rel)


def test_the_checksums_verify_what_came_through_the_server(
    server: live.Server, newest: Release, tmp_path: Path
) -> None:
    """All files by curl, compressed on the way where they can be, against SHA256SUMS by sha256sum."""
    names = [SUMS_FILE, *newest.by_name]
    config = "".join(f'url = "{server.address}{newest.path}{name}"\noutput = "{name}"\n' for name in names)
    curl = [CURL, "--fail-early", "-fsS", "--compressed", "--create-dirs", "-K", "-"]
    subprocess.run(curl, cwd=tmp_path, check=True, input=config.encode())
    checked = subprocess.run([SHA256SUM, "-c", "--strict", SUMS_FILE], cwd=tmp_path, check=True, capture_output=True)
    assert checked.stdout.count(b": OK\n") == len(newest.files)


def test_the_lines_of_the_page_work(server: live.Server, tmp_path: Path) -> None:
    """Fetch into a folder of their own, verify, compare with what identifies the data: pasted as they are."""
    page = server.request("GET", f"/dumps/{SECOND}/", {"Accept": "text/html"})[1].decode()
    lines = page.partition('<code id="verify-lines">')[2].partition("</code>")[0]
    done = subprocess.run([BASH, "-ec", html.unescape(lines)], cwd=tmp_path, check=True, capture_output=True, text=True)
    alone = "graphs/viewpoint/artsakh.ttl"
    fetched = [DUMP, f"battlegraph-{SECOND}.ttl", alone]
    assert done.stdout.splitlines() == [f"{name}: OK" for name in (*fetched, DUMP)]
    assert [entry.name for entry in tmp_path.iterdir()] == [f"battlegraph-{SECOND}"]


@pytest.mark.parametrize("path", [PATH, f"/dumps/{SECOND}/battlegraph-{SECOND}.ttl"])
def test_what_was_compressed_beforehand_is_sent_as_it_is(server: live.Server, newest: Release, path: str) -> None:
    """The bytes of the .gz, under a tag of their own; the .gz itself is a file like any other."""
    name = path.removeprefix(newest.path)
    kept = (newest.folder / f"{name}.gz").read_bytes()
    answer, body = server.request("GET", path, BROWSER)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert body == kept
    assert answer.headers["ETag"] == f'"{newest.by_name[name].sha256}-gzip"'
    assert answer.headers["Content-Type"] == content_type(media_type(name))
    assert answer.headers["Vary"] == server.request("GET", path)[0].headers["Vary"] == "Accept-Encoding"
    itself, body = server.request("GET", f"{path}.gz", BROWSER)
    assert (itself.headers["Content-Type"], itself.headers["Content-Encoding"]) == ("application/gzip", None)
    assert (body, itself.headers["ETag"]) == (kept, f'"{hashlib.sha256(kept).hexdigest()}"')


def test_texts_without_a_compressed_copy_are_compressed_on_the_way(server: live.Server, newest: Release) -> None:
    """Those of a packet or more; a package is not, and has one tag for everybody, so that a broken download goes on."""
    answer, body = server.request("GET", f"{newest.path}claims.csv", BROWSER)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert hashlib.sha256(gzip.decompress(body)).hexdigest() == newest.by_name["claims.csv"].sha256
    for path in (BAG, f"{newest.path}RDFC-1.0.sha256"):
        answer, _ = server.request("GET", path, BROWSER)
        assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == (None, None)
        assert not answer.headers["ETag"].endswith('-gzip"')
        again, body = server.request("GET", path, {**BROWSER, "If-None-Match": answer.headers["ETag"]})
        assert (again.status, body) == (304, b"")


@pytest.mark.parametrize("headers", [{}, BROWSER], ids=["plain", "gzip"])
def test_head_says_what_get_would(server: live.Server, headers: dict[str, str]) -> None:
    """Without a body, and without regard to a range."""
    for path in (PATH, BAG, f"/dumps/{SECOND}/README.txt", f"/dumps/{SECOND}/{SUMS_FILE}"):
        got, _ = server.request("GET", path, headers)
        head, body = server.request("HEAD", path, headers or {"Range": "bytes=0-1"})
        assert body == b""
        assert head.status == 200
        assert _of_every_answer(head) == _of_every_answer(got)


def test_a_copy_that_is_still_good_is_not_sent_again(server: live.Server) -> None:
    """By its tag in either encoding, or by its date; another one's tag is refused where the client insists."""
    for headers in ({}, BROWSER):
        got, _ = server.request("GET", PATH, headers)
        tag = got.headers["ETag"]
        for condition in (
            {"If-None-Match": tag},
            {"If-None-Match": "*"},
            {"If-None-Match": f'"x", W/{tag}'},
            {"If-Modified-Since": got.headers["Last-Modified"]},
        ):
            answer, body = server.request("GET", PATH, {**headers, **condition})
            assert (answer.status, body, answer.headers["ETag"]) == (304, b"", tag), condition
        assert server.request("GET", PATH, {**headers, "If-Match": tag})[0].status == 200
        for condition in ({"If-Match": '"x"'}, {"If-Unmodified-Since": "Tue, 24 Nov 2020 00:00:00 GMT"}):
            assert server.request("GET", PATH, {**headers, **condition})[0].status == 412
        assert server.request("GET", PATH, {**headers, "If-None-Match": '"x"'})[0].status == 200


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("bytes=0-99", 0, 100), ("bytes=1000-", 1000, None), ("bytes=-50", -50, None), ("bytes=0-0", 0, 1)],
)
def test_a_part_can_be_had(server: live.Server, content: bytes, wanted: str, start: int, end: int | None) -> None:
    """Of the file itself, whatever encodings the client takes, and under the file's own tag."""
    whole, _ = server.request("GET", PATH)
    answer, body = server.request("GET", PATH, {**BROWSER, "Range": wanted})
    assert (answer.status, body) == (206, content[start:end])
    assert (answer.headers["ETag"], answer.headers["Content-Encoding"]) == (whole.headers["ETag"], None)
    first = start % len(content)
    assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(body) - 1}/{len(content)}"
    assert answer.headers["Content-Length"] == str(len(body))


def test_a_part_is_sent_only_while_the_file_is_the_same(server: live.Server, content: bytes) -> None:
    """If-Range: by strong tag, or by date; else the whole file is the answer."""
    whole, _ = server.request("GET", PATH)
    tag, date = whole.headers["ETag"], whole.headers["Last-Modified"]
    for condition, status in (
        (tag, 206), (date, 206), (f"W/{tag}", 200), ('"another"', 200), ("Tue, 24 Nov 2020 00:00:00 GMT", 200),
        (f'{tag[:-1]}-gzip"', 200), ("nonsense", 200),
    ):  # fmt: skip
        answer, body = server.request("GET", PATH, {"Range": "bytes=5-9", "If-Range": condition})
        assert (answer.status, body) == (status, content[5:10] if status == 206 else content), condition


def test_a_part_that_is_not_there_is_refused(server: live.Server, content: bytes) -> None:
    """With the size there is; what cannot be read as a range is as if it had not been sent."""
    answer, _ = server.request("GET", PATH, {"Range": "bytes=999999999-"})
    assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{len(content)}")
    for header in ("bytes=9-1", "lines=1-2", "bytes=0-9,5-9"):
        answer, body = server.request("GET", PATH, {"Range": header})
        assert (answer.status, body) == (200, content)


def test_several_parts_come_in_one_answer(server: live.Server, content: bytes) -> None:
    """As multipart/byteranges (section 14.6), small ones and large ones."""
    for asked in ([(0, 9), (100, 199), (50, 59)], [(0, 999_999), (1_000_000, 1_999_999)]):
        header = "bytes=" + ",".join(f"{first}-{last}" for first, last in asked)
        answer, body = server.request("GET", PATH, {"Range": header})
        assert (answer.status, answer.headers["Content-Length"]) == (206, str(len(body)))
        message = email.message_from_bytes(b"Content-Type: " + answer.headers["Content-Type"].encode() + b"\n\n" + body)
        parts = [part for part in message.walk() if not part.is_multipart()]
        assert [part.get_payload(decode=True) for part in parts] == [content[a : b + 1] for a, b in asked]
        assert [part["Content-Range"] for part in parts] == [f"bytes {a}-{b}/{len(content)}" for a, b in asked]
        assert {part.get_content_type() for part in parts} == {"application/n-quads"}


@pytest.mark.parametrize(
    "command", [[CURL, "-fsS", "-C", "-", "-O"], [CURL, "-fsS", "--compressed", "-C", "-", "-O"], [WGET, "-qc"]]
)
def test_a_broken_download_goes_on_where_it_stopped(
    server: live.Server, content: bytes, tmp_path: Path, command: list[str]
) -> None:
    """By the tools that people have."""
    part = tmp_path / DUMP
    part.write_bytes(content[:1_000_003])
    inode = part.stat().st_ino
    subprocess.run([*command, f"{server.address}{PATH}"], cwd=tmp_path, check=True)
    assert part.read_bytes() == content
    assert part.stat().st_ino == inode


@pytest.mark.parametrize(
    "name",
    [
        "nothing", ".", "..", "../", "../released", f"../{FIRST}/release.json", "..%2f..%2f", "%2e%2e/%2e%2e/",
        "graphs/..", f"graphs/../{DUMP}", "graphs%2fentities.ttl%00", f"./{DUMP}", f"/{DUMP}",
        f"{DUMP}/", f"{DUMP}%20", f"{DUMP}%0a", DUMP.upper(), f"{DUMP}.gz.gz", f"battlegraph-{FIRST}.nq", ".lock",
        "%c3%28", "..\\", "SHA256SUMS.gz", "a" * 5000, "~root", "%2fetc%2fpasswd", "graphs//entities.ttl",
    ],
)  # fmt: skip
def test_nothing_but_what_the_checksums_name_is_there(server: live.Server, name: str) -> None:
    """However the address is written; and the answer says what there is instead."""
    answer, body = server.request("GET", f"/dumps/{SECOND}/{name}", {"Accept": "application/json"})
    assert answer.status in (400, 404), body[:200]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("folder", "group"),
    [
        ("graphs", "graphs"),
        ("graphs/", "graphs"),
        ("graphs/viewpoint/", "viewpoints"),
        ("graphs/viewpoint/battle-of-hadrut/", "voices"),
        ("ontology/", "vocabulary"),
        ("ontology/questions/", "questions"),
        ("shapes/", "shapes"),
    ],
)
def test_a_folder_leads_to_where_the_page_lists_it(client: FlaskClient, folder: str, group: str) -> None:
    """By what is right in it, in the reader's language, and to a place that is there."""
    answer = client.get(f"/dumps/{SECOND}/{folder}?lang=az")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/dumps/{SECOND}/?lang=az#{group}")
    assert f'id="{group}"' in client.get(answer.headers["Location"], headers={"Accept": "text/html"}).text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/dumps/latest/nothing.ttl", f"The newest release, {SECOND}, has no file nothing.ttl."),
        (f"/dumps/{FIRST}/nothing.ttl", f"Release {FIRST} has no file nothing.ttl."),
        ("/dumps/9.9.9/", "There is no version 9.9.9 here."),
        ("/dumps/9.9.9", "There is no version 9.9.9 here."),
        ("/dumps/9.9.9/README.txt", "There is no version 9.9.9 here."),
    ],
)
def test_what_is_missing_is_named(client: FlaskClient, path: str, words: str) -> None:
    """Not offered for it: the data that is served, a search for its name, the same in other languages."""
    answer = client.get(f"{path}?lang=hy", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert f'<p class="lead">{words}' in answer.text
    assert "/dumps/current/" not in answer.text
    assert 'name="q" value=""' in answer.text
    assert "hreflang" not in answer.text


@pytest.mark.parametrize("version", ["0.0.9", ".writing", "..", "%2e%2e", "0.1", "v0.1.0", "0.1.0+build", "released"])
def test_no_other_folder_is_a_release(copied: Released, version: str) -> None:
    """One that is being written, or that an address made up."""
    shutil.copytree(copied.root / FIRST, copied.root / ".writing")
    client = copied.app().test_client()
    for path in (f"/dumps/{version}/release.json", f"/dumps/{version}/", f"/dumps/{version}"):
        assert client.get(path).status_code == 404, path


def test_other_files_in_the_folder_are_not_served(copied: Released) -> None:
    """Nobody vouches for them."""
    (copied.root / SECOND / "notes.txt").write_text("not of the release")
    assert copied.app().test_client().get(f"/dumps/{SECOND}/notes.txt").status_code == 404


def _replace(file: Path, kind: str, secret: Path) -> None:
    content = file.read_bytes()
    file.unlink()
    if kind == "shorter":
        file.write_bytes(content[:-5])
    elif kind == "same size":
        file.write_bytes(content[:-1] + b"\0")
    elif kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "circle":
        file.symlink_to(file)
    elif kind == "link out":
        # Even where it is the right content: it may change without the release.
        secret.write_bytes(content)
        file.symlink_to(secret)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((DUMP, kind) for kind in ("gone", "shorter", "same size", "folder", "pipe", "circle", "link out")),
        *((SUMS_FILE, kind) for kind in ("gone", "shorter", "pipe", "link out")),
        ("claims.csv", "same size"),
    ],
)
def test_a_file_that_is_no_more_what_it_was_is_not_sent(copied: Released, tmp_path: Path, name: str, kind: str) -> None:
    """A fault of ours, told as one; who has the right bytes learns that they are right."""
    client = copied.app().test_client()
    path = f"/dumps/{SECOND}/{name}"
    tag = client.head(path).headers["ETag"]
    _replace(copied.root / SECOND / name, kind, tmp_path / "secret")
    for headers in ({}, {"Range": "bytes=0-9"}, {"Accept": "text/html"}):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 503, (kind, answer.data[:100])
        assert str(tmp_path) not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert client.head(path).status_code == 503
    if name != SUMS_FILE:
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"/dumps/{SECOND}/release.json").status_code == 200
    assert client.get(f"/dumps/{SECOND}/").status_code == 200
    assert client.get("/dumps/").status_code == 200
    assert client.get("/feed.atom").status_code == 200


def test_a_damaged_copy_that_was_compressed_beforehand_is_not_sent_either(copied: Released) -> None:
    """The file itself is, as it is."""
    (copied.root / SECOND / f"{DUMP}.gz").write_bytes(b"nonsense")
    client = copied.app().test_client()
    for headers in (BROWSER, {}):
        answer = client.get(PATH, headers=headers)
        assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, None)
        assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.data).hexdigest()}"'
    assert client.get(f"{PATH}.gz").status_code == 503


def test_a_file_that_is_repaired_is_sent_again(copied: Released) -> None:
    """Without a new start."""
    client, file = copied.app().test_client(), copied.root / SECOND / DUMP
    content = file.read_bytes()
    file.write_bytes(content[:-1] + b"\0")
    assert client.get(PATH).status_code == 503
    file.write_bytes(content)
    assert client.get(PATH).data == content


def test_a_file_cut_short_on_its_way_breaks_the_connection(copied: Released, tmp_path: Path) -> None:
    """So that nobody takes what has come for all there is."""
    file = copied.root / SECOND / DUMP
    whole = file.read_bytes()
    with live.running(tmp_path / "cut", "--releases", str(copied.root), dataset=copied.dataset) as running:
        for _ in range(10):
            file.write_bytes(whole)
            connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
            with contextlib.closing(connection):
                connection.connect()
                connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                connection.request("GET", PATH)
                response = connection.getresponse()
                os.truncate(file, 1000)
                try:
                    body = response.read()
                except (http.client.IncompleteRead, ConnectionError):
                    return
            # On a busy machine the system may have taken all of it before it was cut.
            assert body == whole
    pytest.fail("the file was never cut while it was on its way")


def test_many_at_once_each_get_the_whole(server: live.Server, content: bytes) -> None:
    """And those who read slowly keep nobody waiting, more of them than there are threads."""
    slow = []
    for _ in range(100):
        waiting = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        waiting.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        waiting.sendall(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        waiting.recv(64)
        slow.append(waiting)
    with ThreadPoolExecutor(20) as pool:
        bodies = list(pool.map(lambda _: server.request("GET", PATH)[1], range(60)))
    assert all(body == content for body in bodies)
    assert server.request("GET", "/health")[0].status == 200
    for waiting in slow:
        waiting.close()


def test_large_files_are_not_kept_in_memory(client: FlaskClient) -> None:
    """The system keeps them once for all processes; what is small comes from memory, the same as before."""
    cache = client.application.wsgi_app
    assert isinstance(cache, AnswerCache)
    before = cache._bytes
    assert client.get(PATH).status_code == client.get(BAG).status_code == 200
    assert cache._bytes == before
    first, second = (client.get(f"/dumps/{SECOND}/claims.csv", headers=BROWSER) for _ in range(2))
    assert cache._bytes > before
    assert (first.data, list(first.headers)) == (second.data, list(second.headers))


def test_a_release_without_compressed_copies_or_description_is_served_too(copied: Released) -> None:
    """As a later version, or another hand, may have made it."""
    folder = copied.root / SECOND
    lines = (folder / SUMS_FILE).read_text().splitlines(keepends=True)
    kept = [line for line in lines if not line.endswith((".gz\n", "description.ttl\n"))]
    (folder / SUMS_FILE).write_text("".join(kept))
    client = copied.app().test_client()
    answer = client.get(PATH, headers=BROWSER)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert hashlib.sha256(gzip.decompress(answer.data)).hexdigest() == client.get(PATH).headers["ETag"].strip('"')
    assert 'rel="describedby"; type="text/turtle"' not in answer.headers["Link"]
    assert client.get(f"/dumps/{SECOND}/", headers={"Accept": "text/turtle"}).status_code == 406


@pytest.fixture(scope="module")
def client(released: Released) -> FlaskClient:
    """Return a client of an app of its own."""
    return released.app().test_client()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("", ""),
        ("battlegraph.ttl", f"battlegraph-{SECOND}.ttl"),
        ("battlegraph.nq.gz", f"battlegraph-{SECOND}.nq.gz"),
        ("battlegraph.bag.zip", f"battlegraph-{SECOND}.bag.zip"),
        (DUMP, DUMP),
        (SUMS_FILE, SUMS_FILE),
        ("claims.csv", "claims.csv"),
        ("graphs/viewpoint/azerbaijan.ttl", "graphs/viewpoint/azerbaijan.ttl"),
        ("changes", "changes"),
    ],
)
def test_latest_leads_to_the_newest(client: FlaskClient, name: str, found: str) -> None:
    """By names with the version or without, for now only; and what it leads to is there."""
    answer = client.get(f"/dumps/latest/{name}")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/dumps/{SECOND}/{found}")
    assert "immutable" not in answer.headers["Cache-Control"]
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["nothing", "battlegraph-9.9.9.nq", f"battlegraph-{FIRST}.zip", "battlegraph", "../", "battlegraph.", "changes/"],
)
def test_latest_knows_what_is_not_there(client: FlaskClient, name: str) -> None:
    """404, with what is."""
    answer = client.get(f"/dumps/latest/{name}", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert {f"/dumps/{SECOND}/", "/dumps/"} <= {item["href"] for item in answer.get_json()["available"]}


def test_latest_leads_to_an_earlier_state_by_date(client: FlaskClient) -> None:
    """Memento: the answer without a date says that there may be others."""
    asked = {"Accept-Datetime": two_releases.MOMENTS[FIRST]}
    answer = client.get("/dumps/latest/battlegraph.nq", headers=asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/dumps/{FIRST}/battlegraph-{FIRST}.nq")
    plain = client.get("/dumps/latest/battlegraph.nq")
    assert "Accept-Datetime" in plain.headers["Vary"]
    assert 'rel="original timegate"' in plain.headers["Link"]
    memento = client.get(answer.headers["Location"])
    assert memento.headers["Memento-Datetime"] == two_releases.MOMENTS[FIRST]


def _of_every_answer(answer: http.client.HTTPResponse) -> list[tuple[str, str]]:
    """Return the headers without what each answer has of its own."""
    return [(name, value) for name, value in answer.getheaders() if name not in ("date", "x-request-id")]
