"""The project's dataset, as commands need it: built, told about, brought up to date."""

# ruff: noqa: PLC0415  the pipeline is imported by those who build, so that `serve` on a built dataset does not
# carry the SHACL engine into each of its processes.

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.issues import Fault, shown
from graph.namespaces import CANONICAL_BASE
from graph.releases import QUADS_FILE, UnreadableDataset, current
from graph.results import InvalidDataset, violations
from graph.sources import Sources, is_current
from server.cli.outcome import tell

if TYPE_CHECKING:
    from graph.build import Built


def build_valid(sources: Sources, base: str = CANONICAL_BASE) -> Built:
    """Return a valid build and tell its warnings; raise `InvalidDataset` where it has violations."""
    from graph.build import build

    built = build(sources, base)
    found = violations(built.results)
    if found:
        raise InvalidDataset(found)
    tell(built.results)
    return built


def own_dataset(sources: Sources | None = None) -> Path:
    """Return the file of the dataset of these sources, by default the project's own.

    It is built first where the last one that was built is not what these sources give.
    """
    sources = sources or Sources()
    if not is_current(sources=sources):
        from graph.build import write

        click.echo("battlegraph builds the dataset", err=True)
        try:
            return write(build_valid(sources)) / QUADS_FILE
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
