"""`battlegraph bench`: the endpoint measured beside its peers."""

# ruff: noqa: PLC0415  the bench is imported by the command that needs it.

from __future__ import annotations

import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from graph.generator_names import MOST_NAMES
from graph.releases import QUADS_FILE
from graph.sources import Sources
from server.cli.outcome import DATA_AT_FAULT, explained, stop


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
def bench(*, sizes: tuple[int, ...]) -> None:
    """Measure this endpoint beside what is installed of rdflib-endpoint, Oxigraph and Virtuoso.

    All of them answer the same questions about the same made-up articles, in turn. A
    ratio is the other's median by ours: above 1, ours is faster.
    """
    from graph.generator import write_generated
    from graph.ground import lay_ground
    from server.bench.pages import REMEDY, measure_pages
    from server.bench.peers import Missing, find_peers
    from server.bench.processes import NotStarted
    from server.bench.report import report
    from server.bench.run import Bounds, measure

    # So that SIGTERM stops all that was started, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    peers, missing = find_peers()
    ground, bounds = lay_ground(Sources()), Bounds()
    for size in sizes:
        with TemporaryDirectory(prefix="battlegraph-") as folder:
            dataset = Path(folder) / QUADS_FILE
            write_generated(dataset, ground, size)
            with dataset.open("rb") as lines:
                click.echo(f"{size:,} made-up articles, {sum(1 for _ in lines):,} quads")
            try:
                measured = measure(dataset, peers, Path(folder), bounds)
                pages = measure_pages(dataset, Path(folder) / "pages", bounds)
            except NotStarted as error:
                stop(explained(error), DATA_AT_FAULT)
        absent = [*missing, *([] if pages is not None else [Missing("nginx", REMEDY)])]
        for line in report(measured, pages, peers, absent):
            click.echo(line)
        click.echo()
