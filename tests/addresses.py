"""A sample of a site's addresses, one of every kind, found by following its own links."""

from __future__ import annotations

import html
import random
import re
from collections import deque
from collections.abc import Iterator
from typing import Final

from flask import Flask
from werkzeug.exceptions import HTTPException

_START: Final = (
    "/",
    "/.well-known/void",
    "/feed.atom",
    "/linkset.json",
    "/opensearch.xml",
    "/prefixes",
    "/reconcile",
    "/sitemap.xml",
    "/robots.txt",
    "/id/event/battle-of-hadrut",
    "/id/nothing/at-all",
    "/data/event/battle-of-hadrut?format=ttl",
    "/search?q=hadrut",
    "/search?q=%D5%80%D5%A1%D5%A4%D6%80",
)
_LINK: Final = re.compile(r'(?:href|src)="(/[^"#]*)"|<loc>https?://[^/<]+(/[^<]*)')
_HEADER: Final = re.compile(r"<(?:https?://localhost)?(/[^>]*)>")
_NOT_DATA: Final = ("/static/", "/sparql", "/health", "/metrics", "/queries/")
"""What no store has a part in, and what other tests ask."""


def sample(app: Flask) -> list[str]:
    """Return one address of each kind: of each view, family of names, suffix, and set of parameters."""
    client, chance = app.test_client(), random.Random(8)  # noqa: S311 - the same sample each time
    waiting, seen, found = deque(_START), set(_START), dict[object, str]()
    while waiting:
        address = waiting.popleft()
        kind = _kind(app, address)
        if kind is None or kind in found or address.startswith(_NOT_DATA):
            continue
        found[kind] = address
        links = [*_links(client.get(address, headers={"Accept": "text/html"}))]
        chance.shuffle(links)
        waiting.extend(link for link in links if link not in seen)
        seen.update(links)
    return sorted(found.values())


def _kind(app: Flask, address: str) -> object:
    path, _, query = address.partition("?")
    try:
        view, parts = app.url_map.bind("localhost").match(path)
    except HTTPException:
        return None
    name = next((part for part in parts.values() if isinstance(part, str)), "")
    suffix = path.rpartition("/")[2].rpartition(".")[2] if "." in path else ""
    return view, name.split("/")[0] if "/" in name else "", suffix, tuple(sorted(re.findall(r"(\w+)=", query)))


def _links(response: object) -> Iterator[str]:
    body: bytes = response.get_data()  # type: ignore[attr-defined]  # Flask's own answer, whose type the client hides
    for found in _LINK.finditer(body.decode("utf-8", "replace")):
        yield html.unescape(found[1] or found[2])
    header: str = response.headers.get("Link", "")  # type: ignore[attr-defined]  # the same
    yield from _HEADER.findall(header)
