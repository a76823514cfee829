"""A user's table is reconciled as OpenRefine does it, over HTTP, and what comes of it is measured."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import reconciliation_names
import reconciliation_schemas as schemas
from live import Server, running
from reconciliation_names import ABSENT, Cell

from graph.generator import write_generated
from graph.ground import lay_ground
from graph.sources import Sources
from graph.store import Dataset, open_dataset

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


FEWEST = {
    "exact": 30, "misspelt": 40, "shouted": 15, "bare": 1, "accented": 15, "cyrillic": 15, "armenian": 15, "turned": 5,
    "garbled": 15, "decorated": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """A column and the candidates of each of its cells."""

    cells: Sequence[Cell]
    candidates: Sequence[Sequence[dict[str, Any]]]
    seconds: float

    @property
    def matched(self) -> list[tuple[Cell, str]]:
        """The cells that were matched, and the ids they were matched to."""
        pairs = zip(self.cells, self.candidates, strict=True)
        return [(cell, one["id"]) for cell, found in pairs for one in found if one["match"]]

    @property
    def first(self) -> list[tuple[Cell, str]]:
        """The cells that have candidates, and the id of the first."""
        return [(cell, found[0]["id"]) for cell, found in zip(self.cells, self.candidates, strict=True) if found]


@pytest.fixture(scope="module")
def table(dataset_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dataset of the real article and many made-up ones."""
    file = tmp_path_factory.mktemp("table") / "table.nq"
    write_generated(file, lay_ground(Sources()), reconciliation_names.ARTICLES)
    with file.open("ab") as output:
        output.write(dataset_file.read_bytes())
    return file


@pytest.fixture(scope="module")
def server(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a real server of that dataset."""
    with running(tmp_path_factory.mktemp("server"), dataset=table) as server:
        yield server


@pytest.fixture(scope="module")
def done(dataset: Dataset, table: Path, server: Server) -> Round:
    """Reconcile the whole column in batches of the size that the manifest gives."""
    cells = reconciliation_names.column(dataset, open_dataset(table))
    size = fetch(server, "/reconcile")["batchSize"]
    candidates: list[Sequence[dict[str, Any]]] = []
    started = time.monotonic()
    for begin in range(0, len(cells), size):
        batch = {
            f"q{number}": {"query": cell.text, "limit": 5}
            | ({"type": cell.type, "type_strict": "should"} if cell.type else {})
            for number, cell in enumerate(cells[begin : begin + size])
        }
        answered = post(server, queries=batch)
        assert not schemas.faults(answered, schemas.RESULTS)
        assert list(answered) == list(batch)
        candidates += [answered[key]["result"] for key in batch]
    return Round(cells, candidates, time.monotonic() - started)


def fetch(server: Server, path: str) -> Any:
    """Return the JSON at an address."""
    response, body = server.request("GET", path)
    assert response.status == 200, body
    return json.loads(body)


def post(server: Server, **fields: object) -> Any:
    """Return the answer to a form whose fields are JSON, as OpenRefine sends it."""
    body = urlencode({name: json.dumps(value) for name, value in fields.items()}).encode()
    response, answer = server.request("POST", "/reconcile", FORM, body=body)
    assert response.status == 200, answer
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer)


def test_the_column_is_what_it_is_said_to_be(done: Round) -> None:
    """200 names that stand for something, changed in every way, and 40 that do not."""
    present = [cell for cell in done.cells if cell.thing]
    assert (len(present), len(ABSENT), len(set(ABSENT))) == (200, 40, 40)
    rules = Counter(cell.rule for cell in present)
    assert all(rules[rule] >= least for rule, least in FEWEST.items()), rules
    assert {bool(cell.type) for cell in present} == {True, False}


def test_a_match_is_right_and_most_names_get_theirs(done: Round) -> None:
    """Precision before recall: what is matched by itself is not looked at again. Printed with `pytest -s`."""
    right = [cell for cell, found in done.matched if cell.thing == found]
    wrong = [(cell, found) for cell, found in done.matched if cell.thing != found]
    first = [cell for cell, found in done.first if cell.thing == found]
    present = [cell for cell in done.cells if cell.thing]
    absent = len(done.cells) - len(present)
    false = sum(1 for cell, _found in wrong if not cell.thing)
    lines = [
        f"{len(present)} names that are in the data, {absent} that are not, {done.seconds:.2f} s in all",
        f"match: true: precision {len(right) / len(done.matched):.3f}, recall {len(right) / len(present):.3f}",
        f"  of the absent {false} of {absent}",
        f"first candidate: right {len(first) / len(present):.3f}",
    ]
    asked, got, best = (Counter(cell.rule for cell in cells) for cells in (present, right, first))
    for rule, count in asked.most_common():
        lines.append(f"  {rule:10}{count:4}   matched {got[rule] / count:.2f}   first {best[rule] / count:.2f}")
    lines += [f"  wrong: {cell.text!r} ({cell.rule}) → {found}" for cell, found in wrong]
    print("", *lines, sep="\n")  # noqa: T201  # the figures are what the test is for
    assert len(right) / len(done.matched) >= 0.99, wrong
    assert false == 0, wrong
    # The cells are drawn from the data, so a changed label changes some of them.
    assert len(right) / len(present) >= 0.88
    assert len(first) / len(present) >= 0.95
    assert done.seconds < 30


def test_what_was_matched_is_extended_and_looked_at(server: Server, done: Round) -> None:
    """The rest of a round: columns from what was matched, a preview and the thing's own page, by encoded ids."""
    ids = [found for _cell, found in done.matched][:10]
    proposed = fetch(server, "/reconcile/extend/propose?type=Place&limit=4")["properties"]
    told = post(server, extend={"ids": ids, "properties": [{"id": each["id"]} for each in proposed]})
    assert not schemas.faults(told, schemas.EXTENSION)
    assert list(told["rows"]) == ids
    assert all(row["name-en"] for row in told["rows"].values())
    manifest = fetch(server, "/reconcile")
    for template in (manifest["preview"]["url"], manifest["view"]["url"]):
        address = template.replace("{{id}}", quote(ids[0], safe="")).removeprefix(server.address)
        response, body = server.request("GET", address, {"Accept": "text/html"})
        assert response.status in (200, 303), body
