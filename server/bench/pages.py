"""Pages and data beside nginx, which sends the same bytes as files: the least that an answer can cost.

What is asked for has been asked for before, so ours is an answer from the cache.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from server.bench.answers import RESULTS
from server.bench.client import Client
from server.bench.processes import Endpoint, await_answer, find_program, free_port, running
from server.bench.questions import draw_terms, read_questions
from server.bench.run import OURS, Bounds, start_ours, take_turns
from server.bench.table import Table

NGINX: Final = "nginx"
REMEDY: Final = "the Debian package nginx-light"

_PATIENCE: Final = 10
_CONFIGURATION: Final = """daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 64; }}
http {{
  access_log off;
  default_type text/html;
  types {{ text/turtle ttl; application/sparql-results+json json; }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; keepalive_requests 100000; }}
}}
"""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of answer: where ours is, and the file that nginx sends."""

    path: str
    accept: str
    file: str


def measure_pages(dataset: Path, folder: Path, bounds: Bounds) -> Table | None:
    """Return the table, None where nginx is not installed."""
    if find_program(NGINX) is None:
        return None
    own, files = folder / OURS, folder / "files"
    own.mkdir(parents=True)
    files.mkdir()
    with start_ours(dataset, own) as ours, Client(ours.port, seconds=_PATIENCE) as client:
        kinds = _kinds(dataset)
        for kind in kinds.values():
            (files / kind.file).write_bytes(client.get(kind.path, kind.accept).body)
        with _nginx(folder) as theirs, Client(theirs.port, seconds=_PATIENCE) as other:
            rows = [
                take_turns(
                    name,
                    {
                        OURS: partial(client.get, kind.path, kind.accept),
                        NGINX: partial(other.get, f"/{kind.file}", kind.accept),
                    },
                    bounds,
                )
                for name, kind in kinds.items()
            ]
    return Table("Answers that were given before, beside the same bytes as files", OURS, [NGINX], rows)


def _kinds(dataset: Path) -> Mapping[str, _Kind]:
    terms = draw_terms(dataset)[0]
    thing = urlsplit(terms["battle"].strip("<>")).path.partition("/id/")[2]
    query = next(one for one in read_questions() if one.name == "words-of-claims").filled(terms, 0)
    return {
        "page of a battle": _Kind(f"/page/{thing}", "text/html", "page.html"),
        "Turtle of a battle": _Kind(f"/data/{thing}.ttl", "text/turtle", "data.ttl"),
        "result of a query": _Kind(f"/sparql?query={quote(query)}", RESULTS, "result.json"),
    }


@contextlib.contextmanager
def _nginx(folder: Path) -> Iterator[Endpoint]:
    endpoint = Endpoint(NGINX, free_port(), "/page.html")
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, port=endpoint.port), "utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(configuration), "-e", str(folder / "errors")]
    with running(command, folder) as process:
        await_answer(endpoint, process)
        yield endpoint
