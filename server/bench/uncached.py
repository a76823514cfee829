"""Pages and data that nobody has asked for before: what each takes of the processors, and how long.

Processor time is that of all processes of the server, so work that goes on beside an
answer counts too.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Final

from server.bench.client import Client
from server.bench.footprint import processor_seconds
from server.bench.grid import Grid, shown
from server.bench.processes import Endpoint
from server.bench.questions import Terms, battle_path
from server.bench.table import percentile

_MOST: Final = 60
_WARMING: Final = 5
"""Pages of a kind that are not counted: the first of a process makes what all the others use."""
_LEAST: Final = 5

_HTML: Final = "text/html"
_TURTLE: Final = "text/turtle"
_KINDS: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = {
    "page of a battle": (_HTML, lambda slug: f"/page/event/{slug}"),
    "page of a claim": (_HTML, lambda slug: f"/page/claim/{slug}/result"),
    "page of a side": (_HTML, lambda slug: f"/page/side/{slug}/1"),
    "viewpoints of a battle": (_HTML, lambda slug: f"/viewpoints/{slug}"),
    "article": (_HTML, lambda slug: f"/article/{slug}"),
    "Turtle of a battle": (_TURTLE, lambda slug: f"/data/event/{slug}.ttl"),
    "Turtle of a claim": (_TURTLE, lambda slug: f"/data/claim/{slug}/result.ttl"),
    "search": (_HTML, lambda slug: f"/search?q={slug.rpartition('-')[2]}"),
}


def measure_uncached(ours: Endpoint, client: Client, terms: Sequence[Terms]) -> Grid | None:
    """Return the table, None where there are not enough battles."""
    slugs = [battle_path(one).partition("/")[2] for one in terms[1 : _MOST + 1]]
    if len(slugs) < _WARMING + _LEAST:
        return None
    rows = [_row(name, [path(slug) for slug in slugs], accept, ours, client) for name, (accept, path) in _KINDS.items()]
    heads = ["", "processor time, ms", "median, ms", "99th percentile, ms", "answers"]
    return Grid("Pages and data that nobody has asked for before", heads, rows)


def _row(name: str, paths: Sequence[str], accept: str, ours: Endpoint, client: Client) -> list[str]:
    for path in paths[:_WARMING]:
        client.get(path, accept)
    before = processor_seconds(ours.process)
    replies = [client.get(path, accept) for path in paths[_WARMING:]]
    spent = (processor_seconds(ours.process) - before) / len(replies)
    failed = next((reply.status for reply in replies if reply.status != HTTPStatus.OK), None)
    if failed is not None:
        return [name, f"status {failed}", "", "", ""]
    times = [reply.seconds for reply in replies]
    figures = (spent, statistics.median(times), percentile(times, 0.99))
    return [name, *(shown(1000 * figure) for figure in figures), str(len(times))]
