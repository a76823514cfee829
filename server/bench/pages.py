"""Pages and data beside nginx, which sends the same bytes as files.

What is asked for has been asked for before, so ours is an answer from the cache.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote

from server.bench import nginx, throughput
from server.bench.answers import RESULTS
from server.bench.asking import Bounds, take_turns
from server.bench.client import Client
from server.bench.endpoints import OURS
from server.bench.grid import Grid
from server.bench.processes import Endpoint
from server.bench.questions import Terms, battle_path, read_questions
from server.bench.table import Table
from server.bench.throughput import Target, measure_throughput

_PATIENCE: Final = 10


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of answer: where ours is, and the file that nginx sends."""

    path: str
    accept: str
    file: str


def measure_pages(
    ours: tuple[Endpoint, Client], terms: Sequence[Terms], folder: Path, bounds: Bounds
) -> tuple[Table | None, Grid | None]:
    """Return the tables of times and of throughput; None where nginx, or wrk, is not installed."""
    if not nginx.is_installed():
        return None, None
    endpoint, client = ours
    kinds = _kinds(terms[0])
    files = {kind.file: client.get(kind.path, kind.accept).body for kind in kinds.values()}
    with nginx.sending(files, folder) as sender, Client(sender.port, seconds=_PATIENCE) as other:
        rows = [
            take_turns(
                name,
                {
                    OURS: partial(client.get, kind.path, kind.accept),
                    nginx.NAME: partial(other.get, f"/{kind.file}", kind.accept),
                },
                bounds,
            )
            for name, kind in kinds.items()
        ]
        targets = {
            name: (Target(endpoint, kind.path, kind.accept), Target(sender, f"/{kind.file}", kind.accept))
            for name, kind in kinds.items()
        }
        rates = measure_throughput(targets) if throughput.is_installed() else None
    return Table("Answers that were given before, beside the same bytes as files", OURS, [nginx.NAME], rows), rates


def _kinds(terms: Terms) -> Mapping[str, _Kind]:
    thing = battle_path(terms)
    query = next(one for one in read_questions() if one.name == "words-of-claims").filled(terms, 0)
    return {
        "page of a battle": _Kind(f"/page/{thing}", "text/html", "page.html"),
        "Turtle of a battle": _Kind(f"/data/{thing}.ttl", "text/turtle", "data.ttl"),
        "result of a query": _Kind(f"/sparql?query={quote(query)}", RESULTS, "result.json"),
    }
