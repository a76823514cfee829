"""The options of commands whose work many processes or machines can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


def workforce_options(command: _Command) -> _Command:
    """Add `--scheduler` and `--workers`, as `graph.workforce.opening.open_workforce` takes them."""
    scheduler = click.option(
        "--scheduler", metavar="ADDRESS", help="Let a Dask cluster do the work: the address of its scheduler."
    )
    workers = click.option(
        "--workers",
        type=click.IntRange(min=1),
        metavar="N",
        help="Tasks in work at a time; by default one a core, of a cluster one a thread.",
    )
    return scheduler(workers(command))
