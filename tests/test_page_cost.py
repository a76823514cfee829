"""What a page costs does not depend on how many other articles there are, and stays what it is.

Look-ups are counted, so these figures are the same on every machine. Processor time is
told in a unit that is measured beside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Final

import pytest
import specimen
from counted_store import CountedStore
from flask import Flask

from graph.generator import SEED, write_generated
from graph.generator_article import generate_article
from graph.ground import lay_ground
from graph.sources import Sources
from graph.store import Dataset, load
from server.app import make_app
from server.config import Config
from server.remembering import RememberingStore
from server.site import Site

FEW: Final = 2
MANY: Final = 40
SLUG: Final = generate_article(SEED, 0).slug
OTHER: Final = generate_article(SEED, 1).slug
PAGES: Final = {
    "/page/event/{slug}": (100, 14.0),
    "/page/article/{slug}": (40, 13.0),
    "/page/claim/{slug}/result": (30, 9.0),
    "/page/side/{slug}/1": (12, 7.0),
    "/article/{slug}": (32, 10.5),
    "/viewpoints/{slug}": (8, 16.0),
    "/timeline/{slug}": (5, 9.0),
    "/map/{slug}": (4, 4.6),
    "/data/claim/{slug}/result.ttl": (30, 3.1),
    "/data/event/{slug}.jsonld": (37, 4.6),
}
"""Addresses, each with the look-ups that it may cost, a quarter more than it does, and 1.7 times its processor time."""


@dataclass(frozen=True, slots=True)
class Served:
    """An app, and the store that its pages look things up in, nothing of which is remembered yet."""

    app: Flask
    store: CountedStore

    def get(self, path: str) -> bytes:
        """Return the page or the data at this path."""
        answer = self.app.test_client().get(path, headers={"Accept": "text/html, */*;q=0.1"})
        assert answer.status_code == HTTPStatus.OK, path
        return answer.get_data()


def serve(file: Path) -> Served:
    """Return an app that keeps no answers, with all the terms that the pages of the other article have shown."""
    store = CountedStore(load(file, file))
    app = make_app(Site(Config(file, cache_bytes=0), Dataset(RememberingStore(store), "0" * 64), None))
    app.test_client_class = specimen.BufferedClient
    served = Served(app, store)
    for path in PAGES:
        served.get(path.format(slug=OTHER))
    return served


def work() -> int:
    """Do a fixed piece of work of the kind that pages are made of, for half a millisecond: the unit of their cost."""
    words = [f"{number:04}-{number % 7}" for number in range(1_500)]
    grouped: dict[str, list[str]] = {}
    for word in words:
        grouped.setdefault(word.partition("-")[2], []).append(word)
    return len("".join(sorted(word for found in grouped.values() for word in found)))


def least_seconds(run: Callable[[], object], rounds: int = 12) -> float:
    """Return the processor time of the quickest of some runs."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return min(times)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Served]:
    """Return apps of a few and of many articles, of which the few are the first."""
    folder, ground = tmp_path_factory.mktemp("generated"), lay_ground(Sources())
    apps = {}
    for number in (FEW, MANY):
        write_generated(file := folder / f"{number}.nq", ground, number)
        apps[number] = serve(file)
    return apps


def test_a_page_costs_the_same_among_many_articles_as_among_few(served: dict[int, Served]) -> None:
    """The first time that it is asked for: as many look-ups, and hardly more quads from a war that has more battles."""
    for path in PAGES:
        costs, pages = {}, {}
        for number, app in served.items():
            before = app.store.look_ups, app.store.quads
            pages[number] = app.get(path.format(slug=SLUG))
            costs[number] = app.store.look_ups - before[0], app.store.quads - before[1]
        assert pages[FEW] == pages[MANY]
        assert costs[FEW][0] == costs[MANY][0] <= PAGES[path][0], (path, costs)
        assert costs[MANY][1] <= costs[FEW][1] * 1.1, (path, costs)


def test_a_page_takes_no_more_of_a_processor_than_it_did(served: dict[int, Served]) -> None:
    """Told in pieces of plain work measured beside it, so that a slow or busy machine makes no difference."""
    for path in PAGES:
        address = path.format(slug=SLUG)
        ratio = least_seconds(partial(served[MANY].get, address)) / least_seconds(work)
        assert ratio <= PAGES[path][1], (path, ratio)
