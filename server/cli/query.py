"""`battlegraph query`: the endpoint's answers without the endpoint."""

# ruff: noqa: PLC0415  the query service's client is imported where a query is asked.

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import click

from server.cli.own_dataset import own_dataset
from server.config import Config
from server.http.formats import RDF_BY_NAME, RESULTS_BY_NAME
from server.query import supervisor


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--format",
    "name",
    type=click.Choice((*RESULTS_BY_NAME, *RDF_BY_NAME)),
    help="Format of the answer.  [default: tsv, or ttl for CONSTRUCT and DESCRIBE]",
)
def query(*, file: IO[bytes], name: str | None) -> None:
    """Answer the SPARQL query in FILE or on standard input, within the limits of the endpoint."""
    from server.query.pool import QueryPool

    try:
        text = file.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"the query is not UTF-8: byte {error.start}", param_hint="FILE") from error
    # A named format that is of the other kind is refused by the query service, which lists those there are.
    results = (name if name in RESULTS_BY_NAME else None) if name else "tsv"
    rdf = (name if name in RDF_BY_NAME else None) if name else "ttl"
    with TemporaryDirectory(prefix="battlegraph-") as folder:
        socket = Path(folder) / "queries"
        config = Config(dataset=own_dataset(), query_socket=socket, query_workers=1)
        process = supervisor.start(config)
        try:
            answer = QueryPool(socket, deadline=config.query_deadline).run(text, results=results, rdf=rdf)
        finally:
            process.terminate()
            process.wait()
    sys.stdout.buffer.write(answer.body)
