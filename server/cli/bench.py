"""`battlegraph bench`: the endpoint measured beside its peers."""

# ruff: noqa: PLC0415  the bench is imported by the command that needs it.

from __future__ import annotations

import shlex
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click

from graph.generator_names import MOST_NAMES
from server.cli.outcome import DATA_AT_FAULT, explained, stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from server.bench.asking import Bounds
    from server.bench.building import Building
    from server.bench.growth import Size
    from server.bench.peers.peer import Peer

_PATIENCE: Final = 180
_MOST_WITH_SHAPES: Final = 2_000
"""Articles up to which shapes are measured: then it is known what an article takes, which is much of it all."""


@click.command()
@click.option(
    "--articles",
    "sizes",
    type=click.IntRange(1, MOST_NAMES),
    multiple=True,
    default=(1, 1000),
    show_default=True,
    help="Number of made-up articles to measure at; may be given more than once.",
)
@click.option(
    "--patience",
    type=click.FloatRange(min=1),
    default=_PATIENCE,
    show_default=True,
    help="Seconds in which a peer must have loaded the data; one that has not is told of, and left out.",
)
@click.option(
    "--report",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write report.md with all tables, and figures of cost against size, into this folder.",
)
def bench(*, sizes: tuple[int, ...], patience: float, folder: Path | None) -> None:
    """Measure this endpoint beside what is installed of rdflib-endpoint, Trifid, Oxigraph and Virtuoso.

    All of them answer the same questions about the same made-up articles, in turn. A
    ratio is the other's median by ours: above 1, ours is faster.
    """
    from server.bench import nginx, throughput
    from server.bench.asking import Bounds
    from server.bench.peers.installed import find_peers
    from server.bench.peers.peer import Missing
    from server.bench.processes import NotStarted
    from server.bench.report import headline, introduction, tables, write_report
    from server.cli.measured_build import BuildFailed

    # So that SIGTERM stops all that was started, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    peers, missing = find_peers()
    missing += (Missing(one.NAME, one.REMEDY) for one in (nginx, throughput) if not one.is_installed())
    for line in introduction(peers, missing):
        click.echo(line)
    bounds = Bounds(loading=patience)
    measured: list[Size] = []
    for size in sorted(set(sizes)):
        try:
            found = _measured(size, peers, bounds)
        except (NotStarted, BuildFailed) as error:
            stop(explained(error), DATA_AT_FAULT)
        measured.append(found)
        click.echo(f"\n{headline(found)}")
        for table in tables(found, peers):
            click.echo("\n" + "\n".join(table.lines()))
    if folder is not None:
        command = shlex.join(("battlegraph", *sys.argv[1:]))
        click.echo(f"\n{write_report(folder, measured, peers, missing, command)}")


def _measured(size: int, peers: Sequence[Peer], bounds: Bounds) -> Size:
    """Return what there is to say of this number of articles."""
    from graph.generator import write_sources
    from server.bench.growth import Size
    from server.bench.run import measure
    from server.cli.measured_build import build_measured

    with TemporaryDirectory(prefix="battlegraph-") as name:
        folder = Path(name)
        write_sources(folder / "sources", size)
        buildings: list[Building] = []
        for with_shapes in (False, True) if size <= _MOST_WITH_SHAPES else (False,):
            _tell(f"{size:,} articles: building them {'with' if with_shapes else 'without'} shapes")
            root = folder / f"built-{with_shapes}"
            dataset, building = build_measured(folder / "sources", root, size, with_shapes=with_shapes)
            buildings.append(building)
        with dataset.open("rb") as lines:
            quads = sum(1 for _ in lines)
        measured = measure(dataset, peers, folder, bounds, lambda told: _tell(f"{size:,} articles: {told}"))
        return Size(size, quads, buildings, measured)


def _tell(told: str) -> None:
    click.echo(told, err=True)
