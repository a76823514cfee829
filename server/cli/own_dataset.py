"""The project's dataset, as commands need it: built, told about, brought up to date."""

# ruff: noqa: PLC0415  the pipeline is imported by those who build, so that `serve` on a built dataset does not
# carry the SHACL engine into each of its processes.

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from graph.issues import Fault, shown
from graph.namespaces import CANONICAL_BASE
from graph.paths import DATASET
from graph.releases import QUADS_FILE, UnreadableDataset, current
from graph.results import InvalidDataset, violations
from graph.sources import Sources, is_current
from server.cli.outcome import tell
from server.cli.progress import told

if TYPE_CHECKING:
    from graph.build import Built


_MOST_TOLD: Final = 200
"""Warnings that a build tells one by one."""


def build_valid(
    sources: Sources,
    base: str = CANONICAL_BASE,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    kept: bool = True,
) -> Built:
    """Return a valid build and tell its warnings; raise `InvalidDataset` where it has violations.

    What is made of each article is kept for the next build, unless that is not wanted.
    Raises `UnusableScheduler` where a cluster is named that cannot be worked with.
    """
    from graph.build import build
    from graph.phases import Phases
    from graph.workforce.opening import open_workforce
    from graph.workforce_for_many import ForMany

    root = DATASET if kept else None
    with open_workforce(scheduler, workers) as force:
        workforce = force if scheduler else ForMany(force)
        built = build(sources, base, workforce=workforce, root=root, phases=Phases(told))
    found = violations(built.results)
    if found:
        raise InvalidDataset(found)
    tell(built.results[:_MOST_TOLD])
    if len(built.results) > _MOST_TOLD:
        click.echo(f"and {len(built.results) - _MOST_TOLD:,} more, on the page /validation", err=True)
    return built


def write_version(built: Built) -> Path:
    """Make a built dataset the current one, with what a large one needs to be served, and return its folder."""
    from graph.build import write
    from server.cli.finishing import Finishing

    return write(built, finish=Finishing())


def own_dataset(sources: Sources | None = None) -> Path:
    """Return the file of the dataset of these sources, by default the project's own.

    It is built first where the last one that was built is not what these sources give.
    """
    sources = sources or Sources()
    if not is_current(sources=sources):
        click.echo("battlegraph builds the dataset", err=True)
        try:
            return write_version(build_valid(sources)) / QUADS_FILE
        except Fault as error:
            last = current()
            if last is not None:
                kept = f"The last good dataset is still there: battlegraph serve --dataset {shown(last / QUADS_FILE)}"
                error.add_note(kept)
            raise
    folder = current()
    if folder is None:
        raise UnreadableDataset("the dataset was removed while it was looked at; run `battlegraph build`")
    return folder / QUADS_FILE
