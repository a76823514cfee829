"""One contract, three stores: embedded, Oxigraph's server, and Virtuoso answer alike.

Where an engine cannot, it is listed here with the reason, and the test fails where it can.
`pytest -rP tests/test_stores.py` prints the table.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
import specimen
import stores
from addresses import sample
from flask.testing import FlaskClient
from store_questions import GRAPHS, QUERIES

from graph.store import Dataset
from server.app import make_app
from server.config import Config
from server.query.evaluation import evaluate
from server.query.failures import QueryError
from server.query.pool import Queries
from server.query.wire import Answer, Request
from server.site import Site

Reply: TypeAlias = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""

_PATIENCE: Final = 60.0
_BOOLEANS: Final = "Virtuoso has integers, 1 and 0, for the truth values that an expression has"
DIFFERENCES: Final[Mapping[str, Mapping[str, str]]] = {
    "Oxigraph server": {},
    "Virtuoso": {
        "question order-of-events": "Virtuoso's MIN and MAX pass over what is unbound, and SPARQL's do not",
        "question unanchored-references": _BOOLEANS,
        "EXISTS in SELECT": _BOOLEANS,
        "comparison": _BOOLEANS,
        "path +, both ends open": "Virtuoso follows a path of any length from a term it knows, and refuses this one",
        "truth value of any property": "Virtuoso finds 1 where true is asked for",
        "AVG": "Virtuoso divides to another precision",
        "GROUP_CONCAT": "Virtuoso's has no language, even where all it joins has one",
        "division of integers": "Virtuoso's quotient of integers is an integer",
    },
}
DATASETS: Final = {
    "default-graph-uri": ("SELECT ?s { ?s a ?c }", (f"{GRAPHS}gaps",), ()),
    "default-graph-uri, nothing there": ("SELECT ?s { ?s a ?c }", ("http://example.org/none",), ()),
    "default-graph-uri before FROM": ("SELECT ?s FROM <http://example.org/none> { ?s a ?c }", (f"{GRAPHS}gaps",), ()),
    "default-graph-uri, no IRI": ("SELECT ?s { ?s a ?c }", ("gaps",), ()),
    "named-graph-uri": ("SELECT ?g ?s { GRAPH ?g { ?s a ?c } }", (), (f"{GRAPHS}gaps",)),
}


@dataclass(frozen=True, slots=True)
class Embedded:
    """Queries about the embedded store, answered in this process."""

    dataset: Dataset
    engine: str = "memory"

    def run(
        self,
        query: str,
        *,
        results: str | None,
        rdf: str | None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        has_gone: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """Return the answer to a query."""
        assert not has_gone()
        request = Request(query, results, rdf, tuple(default_graphs), tuple(named_graphs))
        base = f"{self.dataset.base}sparql"
        return evaluate(self.dataset.store, request, base=base, most_bytes=1 << 26)  # type: ignore[arg-type]  # pyoxigraph's


@pytest.fixture(scope="module")
def config(dataset_file: Path) -> Config:
    """Return what all sites here are configured with; a query has time enough on a busy machine."""
    return Config(dataset_file, cache_bytes=0, query_deadline=60)


@pytest.fixture(scope="module")
def embedded(config: Config, dataset: Dataset) -> Site:
    """Return the site of the embedded store."""
    return Site(config, dataset, Embedded(dataset))


@pytest.fixture(scope="module", params=stores.STORES)
def remote(
    request: pytest.FixtureRequest, config: Config, embedded: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Site]]:
    """Return a store's name and its site, of the same dataset, loaded on the command line."""
    with stores.STORES[request.param](tmp_path_factory.mktemp("store")) as store:
        loaded = stores.load(store, config.dataset.parent)
        assert loaded.returncode == 0, loaded.stderr
        site = stores.open_site(store, config)
        # A digest of the code as well, which somebody may be writing.
        site.__dict__["edition"] = embedded.edition
        yield request.param, site


@pytest.fixture(scope="module")
def expected(embedded: Site) -> Mapping[tuple[str, str], Reply]:
    """Return what the embedded store answers at an address of every kind, by address and media type."""
    assert embedded.finder.within(_PATIENCE)
    client = _client(embedded)
    asked = [(address, "text/html") for address in sample(client.application)]
    asked += [(address, "text/turtle") for address, _ in asked if address.startswith("/id/")]
    return {one: _answer(client, *one) for one in asked}


def test_every_kind_of_address_has_one_answer(
    remote: tuple[str, Site], expected: Mapping[tuple[str, str], Reply]
) -> None:
    """Status, headers and body, byte for byte, of pages, data, listings, exports, searches and errors."""
    name, site = remote
    assert site.finder.within(_PATIENCE)
    client = _client(site)
    kinds: Counter[str] = Counter()
    for (address, accept), reply in expected.items():
        assert _answer(client, address, accept) == reply, address
        kinds[address.split("?")[0].split("/")[1].split(".")[0] or "home"] += 1
    print(f"{name}: {sum(kinds.values())} addresses answered as by the embedded store")  # noqa: T201
    print("  " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))  # noqa: T201
    assert len(kinds) > 20


def test_a_query_has_one_answer(remote: tuple[str, Site], embedded: Site) -> None:
    """Solutions, truth values, triples, and the kind of failure."""
    name, site = remote
    asked = {**{query: (text, (), ()) for query, text in QUERIES.items()}, **DATASETS}
    differing = []
    for query, (text, default_graphs, named_graphs) in asked.items():
        expected, found = (_outcome(one.queries, text, default_graphs, named_graphs) for one in (embedded, site))
        if found != expected:
            differing.append(query)
        told = DIFFERENCES[name].get(query, f"differs: {str(found)[:200]}") if found != expected else "the same"
        print(f"{name:16} {query:34} {told}")  # noqa: T201
    assert differing == [query for query in asked if query in DIFFERENCES[name]]


def test_answers_come_in_every_format(remote: tuple[str, Site], embedded: Site) -> None:
    """As the endpoint writes them, headers and all."""
    _, site = remote
    query = "SELECT * { GRAPH ?g { ?s a <https://w3id.org/battlegraph/ontology#Person> } } ORDER BY ?s ?g"
    graph = "CONSTRUCT WHERE { ?s a <https://w3id.org/battlegraph/ontology#Person> }"
    for text, formats in ((query, ("json", "xml", "csv", "tsv")), (graph, ("nt", "ttl", "rdf", "jsonld", "trig"))):
        for wanted in formats:
            responses = [
                _client(one).get("/sparql", query_string={"query": text, "format": wanted}) for one in (embedded, site)
            ]
            assert responses[0].status_code == responses[1].status_code == 200
            assert responses[0].get_data() == responses[1].get_data()
            # Tags tell engines apart, for rows without an order may come in another one.
            assert [_told(response.headers, "ETag") for response in responses[:1]] == [
                _told(response.headers, "ETag") for response in responses[1:]
            ]


def _client(site: Site) -> FlaskClient:
    app = make_app(site)
    app.test_client_class = specimen.BufferedClient
    return app.test_client()


def _answer(client: FlaskClient, address: str, accept: str) -> Reply:
    response = client.get(address, headers={"Accept": accept})
    return response.status_code, _told(response.headers), response.get_data()


def _told(headers: Any, *others: str) -> dict[str, str]:
    return {name: value for name, value in headers if name not in ("Date", *others)}


def _outcome(queries: Queries | None, query: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> object:
    """Return what is the same for equal answers: rows in no order, and of a failure the kind."""
    assert queries is not None
    try:
        answer = queries.run(query, results="json", rdf="nt", default_graphs=default_graphs, named_graphs=named_graphs)
    except QueryError as error:
        return type(error).__name__
    if answer.kind == "triples":
        return sorted(answer.body.splitlines())
    told = json.loads(answer.body)
    with contextlib.suppress(KeyError):
        return told["boolean"]
    return told["head"]["vars"], sorted(json.dumps(row, sort_keys=True) for row in told["results"]["bindings"])
