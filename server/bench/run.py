"""One run: every endpoint at once, asked in turn, so that what else the machine does meets all alike.

Comes in: a dataset and the peers. Goes out: a table for requests that nobody has sent
before, one for a request that is sent again and again, and where answers differ, which
is looked at before any is timed.
"""

from __future__ import annotations

import contextlib
import itertools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import quote

from server.bench.answers import RESULTS, TRIPLES, Answer, Unreadable, difference, read_answer
from server.bench.client import Client, NoAnswer, Reply
from server.bench.peers import Peer
from server.bench.processes import Endpoint, await_answer, free_port, running
from server.bench.questions import Question, Terms, draw_terms, read_questions, requests
from server.bench.table import Row, Table
from server.query.gate import query_form

OURS: Final = "battlegraph"

_LEAST: Final = 3
# A process that has just been forked copies each page of memory when it first counts a reader in it: ours takes a
# hundred queries to be as fast as it will be. So everybody reads everything before, each of its processes.
_EVERYTHING: Final = (
    "SELECT (COUNT(*) AS ?n) (SUM(STRLEN(STR(?o))) AS ?length) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) (SUM(STRLEN(STR(?o))) AS ?length) { GRAPH ?g { ?s ?p ?o } }",
)
_WARMINGS: Final = 5
_CHECKED: Final = 3
"""Requests of one kind whose answers are compared."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a run may take."""

    rounds: int = 200
    """Requests of one kind that an endpoint is sent at most."""
    seconds: float = 4.0
    """Time that an endpoint has for the requests of one kind; it is sent three at least."""
    patience: float = 60.0
    """Time that one answer may take."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run has found."""

    distinct: Table
    repeated: Table
    differences: Sequence[str]


@dataclass(slots=True)
class _Turn:
    """One endpoint while it is asked one question."""

    times: list[float] = field(default_factory=list)
    silent: str | None = None

    def is_over(self, bounds: Bounds) -> bool:
        is_late = len(self.times) >= _LEAST and sum(self.times) > bounds.seconds
        return self.silent is not None or is_late or len(self.times) >= bounds.rounds


def measure(dataset: Path, peers: Sequence[Peer], folder: Path, bounds: Bounds) -> Measured:
    """Start the endpoints, ask them, stop them, and return what was measured.

    Raises `NotStarted` where one that is installed does not come up, and `NothingToAsk`
    where the dataset has no battles.
    """
    terms, questions = draw_terms(dataset), read_questions()
    with contextlib.ExitStack() as stack:
        endpoints = [stack.enter_context(start_ours(dataset, _subfolder(folder, OURS)))]
        endpoints += [stack.enter_context(peer.start(dataset, _subfolder(folder, peer.name))) for peer in peers]
        clients = {one: stack.enter_context(Client(one.port, seconds=bounds.patience)) for one in endpoints}
        for endpoint, client in clients.items():
            _warm(client, endpoint, bounds)
        differences = [told for question in questions for told in _differences(question, terms, clients)]
        distinct, repeated = [], []
        for question in questions:
            distinct.append(_asked(question, partial(requests, question, terms), clients, bounds))
            same = question.filled(terms[0], 0)
            repeated.append(_asked(question, partial(itertools.repeat, same), clients, bounds))
    names = [peer.name for peer in peers]
    return Measured(
        Table("Requests that nobody has sent before", OURS, names, distinct),
        Table("One request, sent again and again", OURS, names, repeated),
        differences,
    )


def _warm(client: Client, endpoint: Endpoint, bounds: Bounds) -> None:
    """Have an endpoint read all of the data some times, as long as that takes no longer than a question."""
    spent = 0.0
    for number, query in itertools.product(range(_WARMINGS), _EVERYTHING):
        with contextlib.suppress(NoAnswer):
            spent += ask(client, endpoint, f"{query}# {number}\n").seconds
        if spent > bounds.seconds:
            return


@contextlib.contextmanager
def start_ours(dataset: Path, folder: Path) -> Iterator[Endpoint]:
    """Serve the dataset by this very project, in its default settings."""
    endpoint = Endpoint(OURS, free_port())
    command = [sys.executable, "-c", "from server.cli import main; main()", "serve", "--port", str(endpoint.port)]
    with running([*command, "--dataset", str(dataset)], folder) as process:
        await_answer(endpoint, process)
        yield endpoint


def take_turns(name: str, askers: Mapping[str, Callable[[], Reply]], bounds: Bounds) -> Row:
    """Have each endpoint answer once a round, as long as it is within the bounds."""
    turns = {endpoint: _Turn() for endpoint in askers}
    while waiting := [endpoint for endpoint, turn in turns.items() if not turn.is_over(bounds)]:
        for endpoint in waiting:
            try:
                reply = askers[endpoint]()
            except NoAnswer as error:
                turns[endpoint].silent = str(error)
                continue
            if reply.status == HTTPStatus.OK:
                turns[endpoint].times.append(reply.seconds)
            else:
                turns[endpoint].silent = f"status {reply.status}"
    times = {endpoint: turn.times for endpoint, turn in turns.items() if turn.silent is None}
    return Row(name, times, {endpoint: turn.silent for endpoint, turn in turns.items() if turn.silent is not None})


def _subfolder(folder: Path, name: str) -> Path:
    own = folder / name.replace(" ", "-")
    own.mkdir()
    return own


def _asked(
    question: Question, queries: Callable[[], Iterator[str]], clients: Mapping[Endpoint, Client], bounds: Bounds
) -> Row:
    """Ask every endpoint the same queries, each from the first on."""
    askers = {one.name: partial(_ask_next, client, one, queries()) for one, client in clients.items()}
    return take_turns(question.name, askers, bounds)


def _ask_next(client: Client, endpoint: Endpoint, queries: Iterator[str]) -> Reply:
    return ask(client, endpoint, next(queries))


def ask(client: Client, endpoint: Endpoint, query: str) -> Reply:
    """Return an endpoint's answer to a query, in the format that is compared; raise `NoAnswer` where there is none."""
    accept = TRIPLES if query_form(query) in ("CONSTRUCT", "DESCRIBE") else RESULTS
    return client.get(f"{endpoint.path}?query={quote(query)}", accept)


def _differences(question: Question, terms: Sequence[Terms], clients: Mapping[Endpoint, Client]) -> Iterator[str]:
    """Yield in which answers an endpoint is not of our opinion."""
    told: dict[str, str] = {}
    for query in itertools.islice(requests(question, terms), _CHECKED):
        answers: dict[str, Answer] = {}
        for endpoint, client in clients.items():
            try:
                answers[endpoint.name] = read_answer(ask(client, endpoint, query))
            except (NoAnswer, Unreadable) as error:
                told.setdefault(endpoint.name, str(error))
        for name, answer in answers.items():
            differs = difference(answers[OURS], answer) if OURS in answers else None
            if differs:
                told.setdefault(name, differs)
    for name, differs in told.items():
        yield f"{question.name}: {name}: {differs}"
