"""The check of a copy: every link leads somewhere, every thing has its page and its data, every file can be read.

It looks at nothing but the files, so it can be done by whoever has them, in thirty years too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

from server.http.formats import RDF_BY_NAME
from server.releases.sums import SUMS_FILE
from server.static_site.folder import RECORD, read_record
from server.static_site.holdings import Holdings
from server.static_site.rewriting import fragments_of, links_of
from server.static_site.verify_data import data_problems

_HOST: Final = "http://copy.invalid"
_JSON: Final = (".json", ".geojson", ".jsonld")
_THING: Final = "id/"


def problems(folder: Path) -> Iterator[str]:
    """Yield what is wrong with a copy, a line each, with the file it is in; nothing where it is whole.

    Raises `server.static_site.folder.UnreadableCopy` where the folder holds no copy.
    """
    record, copy = read_record(folder), Holdings(folder)
    base = str(record.get("base"))
    files = 0
    fragments: dict[str, frozenset[str]] = {}
    for name in copy.names():
        files += name not in (RECORD, "nginx.conf", ".htaccess")
        yield from _file_problems(copy, name, fragments)
    if files != record.get("files"):
        yield f"{RECORD}: tells of {record.get('files')} files, and there are {files}"
    yield from data_problems(copy, base)


def _file_problems(copy: Holdings, name: str, fragments: dict[str, frozenset[str]]) -> Iterator[str]:
    suffix = name[name.rfind(".") :]
    if suffix == ".html":
        yield from _page_problems(copy, name, fragments)
    elif suffix in _JSON:
        try:
            json.loads(copy.read(name))
        except ValueError as error:
            yield f"{name}: not JSON: {error}"
    elif name.rpartition("/")[2] == SUMS_FILE:
        yield from _sum_problems(copy, name)
    if name.startswith(_THING) and name.endswith("/index.html"):
        yield from _thing_problems(copy, name.removeprefix(_THING).removesuffix("/index.html"))


def _page_problems(copy: Holdings, name: str, fragments: dict[str, frozenset[str]]) -> Iterator[str]:
    try:
        page = copy.read(name).decode()
    except UnicodeDecodeError as error:
        yield f"{name}: not UTF-8: {error.reason} at byte {error.start}"
        return
    here = f"{_HOST}/{name.removesuffix('index.html')}"
    # One target may be linked a thousand times.
    for link in dict.fromkeys(links_of(page)):
        target = urlsplit(urljoin(here, link))
        if f"{target.scheme}://{target.netloc}" != _HOST:
            continue
        found = name if link.startswith("#") else copy.find(target.path)
        if found is None:
            yield f"{name}: links {link}, which is not there"
        elif target.fragment and found.endswith(".html") and ":~:" not in target.fragment:
            if found not in fragments:
                fragments[found] = fragments_of(copy.read(found).decode(errors="replace"))
            if target.fragment not in fragments[found]:
                yield f"{name}: links {link}, and there is no place of this name on that page"


def _thing_problems(copy: Holdings, thing: str) -> Iterator[str]:
    if copy.find(f"/page/{thing}") is None:
        yield f"id/{thing}: has no page"
    for suffix in RDF_BY_NAME:
        if copy.find(f"/data/{thing}.{suffix}") is None:
            yield f"id/{thing}: has no data as .{suffix}"


def _sum_problems(copy: Holdings, name: str) -> Iterator[str]:
    folder = name.removesuffix(SUMS_FILE)
    for number, line in enumerate(copy.read(name).decode("ascii", "replace").splitlines(), 1):
        digest, _, of = line.partition("  ")
        if copy.find(f"/{folder}{of}") != f"{folder}{of}":
            yield f"{name}, line {number}: {of} is not there"
            continue
        with (copy.folder / folder / of).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                yield f"{folder}{of}: not the bytes that {name} tells of"
