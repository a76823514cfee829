"""One run over one dataset: every endpoint at once, asked in turn.

Comes in: a dataset and the peers. Goes out: what starting took, a table for requests that
nobody has sent before, one for a request that is sent again and again, and where answers
differ, which is looked at before any is timed; then pages and data, beside nginx.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from server.bench.answers import Answer, Unreadable, difference, read_answer
from server.bench.asking import Bounds, ask, take_turns
from server.bench.client import Client, NoAnswer, Reply
from server.bench.endpoints import OURS, Endpoints, start_all
from server.bench.grid import Grid
from server.bench.pages import measure_pages
from server.bench.peers.peer import Peer
from server.bench.processes import Endpoint
from server.bench.questions import Question, Terms, read_questions, read_terms, requests, terms_query
from server.bench.table import Row, Table
from server.bench.uncached import measure_uncached

_CHECKED: Final = 3
"""Requests of one kind whose answers are compared."""

Tell = Callable[[str], None]
"""Says in a few words what is done now."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run has found."""

    endpoints: Endpoints
    distinct: Table
    repeated: Table
    differences: Sequence[str]
    pages: Table | None = None
    """Beside nginx; None where that is not installed."""
    throughput: Grid | None = None
    uncached: Grid | None = None
    """None where the dataset has too few articles."""


def measure(dataset: Path, peers: Sequence[Peer], folder: Path, bounds: Bounds, tell: Tell) -> Measured:
    """Start the endpoints, ask them, stop them, and return what was measured.

    Raises `NotStarted` where ours does not come up, and `NothingToAsk` where the dataset
    has no battles.
    """
    tell("starting " + ", ".join((OURS, *(peer.name for peer in peers))))
    with start_all(dataset, peers, folder, bounds) as endpoints:
        ours, client = endpoints.ours
        terms = read_terms(ask(client, ours, terms_query()).body)
        differences: list[str] = []
        distinct: list[Row] = []
        repeated: list[Row] = []
        for question in read_questions():
            tell(f"asking for {question.name}")
            silent, differs = _compared(question, terms, endpoints.clients)
            differences += (f"{question.name}: {name}: {told}" for name, told in differs.items())
            answering = {one: other for one, other in endpoints.clients.items() if one.name not in silent}
            asked = partial(_asked, question.name, clients=answering, silent=silent, bounds=bounds)
            distinct.append(asked(partial(requests, question, terms)))
            repeated.append(asked(partial(itertools.repeat, question.filled(terms[0], 0))))
        tell("asking for pages and data")
        pages, throughput = measure_pages((ours, client), terms, folder / "nginx", bounds)
        uncached = measure_uncached(ours, client, terms)
    return Measured(
        endpoints,
        Table("Requests that nobody has sent before", OURS, endpoints.names, distinct),
        Table("One request, sent again and again", OURS, endpoints.names, repeated),
        differences,
        pages,
        throughput,
        uncached,
    )


def _asked(
    name: str,
    queries: Callable[[], Iterator[str]],
    *,
    clients: Mapping[Endpoint, Client],
    silent: Mapping[str, str],
    bounds: Bounds,
) -> Row:
    """Ask the endpoints the same queries, each from the first on."""
    askers = {one.name: partial(_ask_next, client, one, queries()) for one, client in clients.items()}
    row = take_turns(name, askers, bounds)
    return Row(name, row.times, {**silent, **row.silent})


def _ask_next(client: Client, endpoint: Endpoint, queries: Iterator[str]) -> Reply:
    return ask(client, endpoint, next(queries))


def _compared(
    question: Question, terms: Sequence[Terms], clients: Mapping[Endpoint, Client]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return who gives no answer at all, and who is not of our opinion, each with what there is to say."""
    silent: dict[str, str] = {}
    differs: dict[str, str] = {}
    for query in itertools.islice(requests(question, terms), _CHECKED):
        answers: dict[str, Answer] = {}
        for endpoint, client in clients.items():
            # It would only be waited for again.
            if endpoint.name in silent:
                continue
            try:
                answers[endpoint.name] = read_answer(ask(client, endpoint, query))
            except NoAnswer as error:
                silent[endpoint.name] = str(error)
            except Unreadable as error:
                differs.setdefault(endpoint.name, str(error))
        for name, answer in answers.items():
            told = difference(answers[OURS], answer) if OURS in answers else None
            if told:
                differs.setdefault(name, told)
    return silent, differs
