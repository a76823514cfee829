"""Builds and releases killed at random moments: what stands afterwards is whole, and nothing goes on.

`python tests/killing.py --times 100` kills a hundred; `test_killing.py` kills a few. What is killed is one process of
those that work, whichever; a build that then ends by itself may do so.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import live

from graph.generator import write_sources
from graph.paths import ROOT
from graph.releases import current
from graph.store import open_dataset

_COMMAND: Final = [sys.executable, "-c", "from server.cli import main; main()"]
_ARTICLES: Final = 6
_PATIENCE: Final = 10.0
"""Seconds within which all that worked must have ended when one of them was killed, or a whole run within which it is
done."""
_RUN_SECONDS: Final = 300.0


class Broken(AssertionError):
    """Something that a kill must not leave behind; the message says what, and after which kill."""


@dataclass(slots=True)
class Tally:
    """What became of the runs."""

    killed: Counter[str] = field(default_factory=Counter)
    """Runs of each command that were killed before they were done."""
    finished: Counter[str] = field(default_factory=Counter)
    """Runs that were done before, or in spite of it."""


class Checkout:
    """A copy of the project with some made-up articles, which are built as one of two states."""

    def __init__(self, root: Path) -> None:
        """Make the copy."""
        skipped = shutil.ignore_patterns("__pycache__", "dataset", "released")
        for name in ("graph", "server", "ontology", "shapes"):
            shutil.copytree(ROOT / name, root / name, ignore=skipped)
        self.root = root
        self._more = root / "more"
        write_sources(self._more, _ARTICLES)
        self._changing = min(self._more.iterdir())

    @property
    def dataset(self) -> Path:
        """The folder of built versions."""
        return self.root / "graph" / "dataset"

    @property
    def released(self) -> Path:
        """The folder of releases."""
        return self.root / "graph" / "released"

    def change(self, *, there: bool) -> None:
        """Have one article among the sources, or not: the two states give other datasets."""
        hidden = self._changing.with_name("." + self._changing.name)
        if there and hidden.exists():
            hidden.rename(self._changing)
        elif not there and self._changing.exists():
            self._changing.rename(hidden)

    def start(self, *arguments: str, mark: str) -> subprocess.Popen[bytes]:
        """Start `battlegraph` in a process with this mark in its environment, and in those of all it starts."""
        return subprocess.Popen(
            [*_COMMAND, *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root), live.MARK: mark},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def build(self) -> tuple[str, ...]:
        """Return the arguments of a build of all articles."""
        return ("build", "--articles", str(self._more))


def run_whole(checkout: Checkout, *arguments: str) -> float:
    """Run a command to its end and return the seconds it took; raise `Broken` where it fails."""
    started = time.monotonic()
    process = checkout.start(*arguments, mark=uuid.uuid4().hex)
    if process.wait(_RUN_SECONDS):
        raise Broken(f"{arguments[0]}, not killed, ended with status {process.returncode}")
    return time.monotonic() - started


def run_killed(checkout: Checkout, chance: random.Random, seconds: float, *arguments: str) -> bool:
    """Run a command, kill one of its processes within so many seconds, and tell whether it was not done by then.

    Raises `Broken` where a process goes on.
    """
    mark = uuid.uuid4().hex
    process = checkout.start(*arguments, mark=mark)
    try:
        process.wait(chance.uniform(0, seconds))
    except subprocess.TimeoutExpired:
        victims = sorted(live.marked(mark))
        # As often the first as another, whose end the first may outlive.
        victim = process.pid if chance.random() < 0.5 or not victims else chance.choice(victims)
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        if victim != process.pid:
            process.wait(_RUN_SECONDS)
    process.wait()
    if not live.is_gone(mark, _PATIENCE):
        raise Broken(f"{arguments[0]}: a process went on for {_PATIENCE:g} s after a kill")
    return process.returncode != 0


def digests(checkout: Checkout) -> dict[bool, str]:
    """Build both states to their ends and return the digests of their datasets."""
    found = {}
    for there in (False, True):
        checkout.change(there=there)
        run_whole(checkout, *checkout.build())
        found[there] = digest(checkout)
    if len(set(found.values())) < len(found):
        raise Broken("the two states of the sources give the same dataset, so the check could not fail")
    return found


def digest(checkout: Checkout) -> str:
    """Return the digest of the current dataset; raise what a damaged one raises."""
    folder = current(checkout.dataset)
    if folder is None:
        raise Broken("there is no current dataset")
    return open_dataset(folder / "battlegraph.nq").digest


def kill_builds(checkout: Checkout, chance: random.Random, times: int) -> Iterator[bool]:
    """Kill builds of one state and the other in turn; yield for each whether it was not done."""
    expected = digests(checkout)
    shutil.rmtree(checkout.dataset)
    seconds = 1.2 * run_whole(checkout, *checkout.build())
    for number in range(times):
        checkout.change(there=bool(number % 2))
        if number % 4 == 0:
            # From nothing, as the first build is: all of the articles are to be done.
            for folder in checkout.dataset.iterdir():
                if folder.is_dir() and not folder.is_symlink() and folder != current(checkout.dataset):
                    shutil.rmtree(folder)
        yield run_killed(checkout, chance, seconds, *checkout.build())
        if digest(checkout) not in expected.values():
            raise Broken(f"after kill {number + 1} the dataset is of neither state")
    for there, wanted in expected.items():
        checkout.change(there=there)
        run_whole(checkout, *checkout.build())
        if digest(checkout) != wanted:
            raise Broken("a build after all the kills gives another dataset than before")


def kill_releases(checkout: Checkout, chance: random.Random, times: int) -> Iterator[bool]:
    """Kill releases; yield for each whether it was not done."""
    run_whole(checkout, *checkout.build())
    seconds = 1.1 * run_whole(checkout, "release")
    (version,) = (folder for folder in checkout.released.iterdir() if folder.name[0] != ".")
    shutil.rmtree(version)
    for number in range(times):
        yield run_killed(checkout, chance, seconds, "release")
        if version.exists():
            try:
                run_whole(checkout, "release", "--check", str(version))
            except Broken as error:
                raise Broken(f"after kill {number + 1} the release is not whole") from error
            shutil.rmtree(version)
    run_whole(checkout, "release")
    run_whole(checkout, "release", "--check", str(version))


KILLERS: Final[dict[str, Callable[[Checkout, random.Random, int], Iterator[bool]]]] = {
    "build": kill_builds,
    "release": kill_releases,
}


def kill(name: str, times: int, seed: int, tally: Tally) -> None:
    """Kill a command so many times; raise `Broken` at the first thing that is not whole afterwards."""
    with tempfile.TemporaryDirectory(prefix="battlegraph-") as folder:
        checkout = Checkout(Path(folder) / "checkout")
        chance = random.Random(f"{seed} {name}")  # noqa: S311  nothing secret
        for was_killed in KILLERS[name](checkout, chance, times):
            (tally.killed if was_killed else tally.finished)[name] += 1


def main() -> int:
    """Kill, and say how often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="runs of each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("commands", nargs="*", choices=[*KILLERS, []], help="by default all of them")
    given = parser.parse_args()
    for name in given.commands or KILLERS:
        tally = Tally()
        kill(name, given.times, given.seed, tally)
        told = f"{tally.killed[name]} ended by it, {tally.finished[name]} done before or in spite of it"
        print(f"{name}: {given.times} kills, {told}; nothing broken, nothing left running")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
