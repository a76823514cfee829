"""A few of the kills that `killing.py` does by the hundred: that it kills, and that it would see what a kill breaks."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from killing import Broken, Checkout, Tally, digest, kill, kill_builds


def test_builds_are_killed_and_nothing_is_broken() -> None:
    """Some of them before they were done, or none would have been killed."""
    tally = Tally()
    kill("build", 3, 1, tally)
    assert tally.killed["build"] + tally.finished["build"] == 3


def test_a_broken_dataset_is_seen(tmp_path: Path) -> None:
    """Whatever the reason is that it is not what the sources give."""
    checkout = Checkout(tmp_path / "checkout")
    kills = kill_builds(checkout, random.Random(1), 2)  # noqa: S311  nothing secret
    next(kills)
    (checkout.dataset / "current").unlink()
    with pytest.raises(Broken, match="no current dataset"):
        digest(checkout)
