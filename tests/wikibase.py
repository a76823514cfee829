"""A Wikibase and a reconciliation service on this machine, which answer as the real ones do, or as told.

Shapes are those of `wbgetentities` (format version 2) and of the Reconciliation API 0.2.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer as it goes over the wire, whatever was asked."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"
    pause: float = 0.0
    """Seconds between the parts of an endless body."""
    endless: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came in."""

    method: str
    fields: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(slots=True)
class Service:
    """A running service; `canned` answers come first, in turn."""

    address: str = ""
    entities: dict[str, Json] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    proposals: dict[str, list[Json]] = field(default_factory=dict)
    """By name."""
    canned: list[Canned] = field(default_factory=list)
    always: Canned | None = None
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Canned:
        """Return what to say to a request."""
        self.asked.append(asked)
        if self.always or self.canned:
            return self.always or self.canned.pop(0)
        found = self._reconcile(asked.fields) if "queries" in asked.fields else self._get_entities(asked.fields)
        return Canned(json.dumps(found).encode())

    def _get_entities(self, fields: Mapping[str, str]) -> Json:
        assert fields["action"] == "wbgetentities"
        assert fields["format"] == "json"
        assert fields["formatversion"] == "2"
        ids = fields["ids"].split("|")
        if len(ids) > 50:
            return error("toomanyvalues", 'Too many values supplied for parameter "ids". The limit is 50.')
        languages = fields["languages"].split("|")
        return {"entities": {id_: self._entity(id_, languages) for id_ in ids}, "success": 1}

    def _entity(self, asked: str, languages: list[str]) -> Json:
        target = self.redirects.get(asked, asked)
        if target not in self.entities:
            return {"id": asked, "missing": ""}
        found = dict(self.entities[target])
        for name in ("labels", "aliases"):
            found[name] = {language: value for language, value in found[name].items() if language in languages}
        if target != asked:
            found["redirects"] = {"from": asked, "to": target}
        return found

    def _reconcile(self, fields: Mapping[str, str]) -> Json:
        queries = json.loads(fields["queries"])
        return {
            key: {"result": self.proposals.get(query["query"], [])[: query["limit"]]} for key, query in queries.items()
        }


def entity(
    id_: str, labels: Mapping[str, str], *, aliases: Mapping[str, list[str]] | None = None, **claims: Any
) -> Json:
    """Return an item or property in Wikibase's JSON; claims are lists of values, by property."""
    return {
        "type": "item" if id_.startswith("Q") else "property",
        "id": id_,
        "lastrevid": 1,
        "labels": {language: {"language": language, "value": value} for language, value in labels.items()},
        "aliases": {
            language: [{"language": language, "value": value} for value in values]
            for language, values in (aliases or {}).items()
        },
        "claims": {
            property_: [statement(property_, value) for value in values] for property_, values in claims.items()
        },
    }


def statement(property_: str, value: Any, rank: str = "normal") -> Json:
    """Return a statement with an item (`Q…`), a point (latitude, longitude), a string, or None for an unknown value."""
    snak: Json = {"snaktype": "somevalue" if value is None else "value", "property": property_, "hash": "0" * 40}
    if isinstance(value, tuple):
        globe = "http://www.wikidata.org/entity/Q2"
        point = {"latitude": value[0], "longitude": value[1], "altitude": None, "precision": 0.0001, "globe": globe}
        snak |= {"datatype": "globe-coordinate", "datavalue": {"type": "globecoordinate", "value": point}}
    elif isinstance(value, str) and value.startswith("Q"):
        id_ = {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}
        snak |= {"datatype": "wikibase-item", "datavalue": {"type": "wikibase-entityid", "value": id_}}
    elif value is not None:
        snak |= {"datatype": "external-id", "datavalue": {"type": "string", "value": value}}
    return {"mainsnak": snak, "type": "statement", "id": f"x${property_}", "rank": rank}


def error(code: str, info: str, **more: Any) -> Json:
    """Return a refusal in MediaWiki's JSON."""
    return {"error": {"code": code, "info": info, **more, "docref": "See the API's help."}, "servedby": "mw1"}


LAGGED = Canned(
    json.dumps(error("maxlag", "Waiting for 10.0.0.1: 6.2 seconds lagged.", host="10.0.0.1", lag=6.2)).encode(),
    headers={"Retry-After": "5", "X-Database-Lag": "6"},
)


@contextlib.contextmanager
def running() -> Iterator[Service]:
    """Run a service on a free port."""
    service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service.answer))
    server.daemon_threads = True
    service.address = f"http://127.0.0.1:{server.server_port}/w/api.php"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(answer: Callable[[Asked], Canned]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Says what `answer` tells it to."""

        def do_GET(self) -> None:
            """Answer a query in the URL."""
            self._say("GET", urlsplit(self.path).query)

        def do_POST(self) -> None:
            """Answer a form."""
            self._say("POST", self.rfile.read(int(self.headers["Content-Length"])).decode())

        def log_message(self, *_: object) -> None:
            """Stay silent."""

        def _say(self, method: str, form: str) -> None:
            fields = {name: values[0] for name, values in parse_qs(form, keep_blank_values=True).items()}
            canned = answer(Asked(method, fields, dict(self.headers)))
            self.send_response(canned.status)
            for name, value in {"Content-Type": canned.content_type, **canned.headers}.items():
                self.send_header(name, value)
            if not canned.endless:
                self.send_header("Content-Length", str(len(canned.body)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(canned.body)
                while canned.endless:
                    self.wfile.write(b" " * (1 if canned.pause else 1 << 16))
                    time.sleep(canned.pause)

    return Handler
