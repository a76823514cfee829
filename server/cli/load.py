"""`battlegraph load`: a built dataset into a SPARQL server, for `serve --store`."""

# ruff: noqa: PLC0415  what writes to a store is imported by the command that needs it.

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click

from graph.releases import UnreadableDataset, current, short_digest

_SECONDS: Final = 600.0
_MOST_BYTES: Final = 1 << 30


@click.command()
@click.argument("store", metavar="sparql:URL")
@click.option("--update-url", help="Where the store takes updates; by default beside its query endpoint.")
@click.option("--graph-store", "graph_store_url", help="Where its Graph Store Protocol is; by default beside it too.")
@click.option(
    "--dataset",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder that `battlegraph build` wrote, instead of the last one.",
)
def load(*, store: str, update_url: str | None, graph_store_url: str | None, folder: Path | None) -> None:
    """Load the built dataset into a SPARQL 1.1 server, and switch to it when it is there whole.

    User and password come from BATTLEGRAPH_LOAD_USER and BATTLEGRAPH_LOAD_PASSWORD, or from
    the netrc file; never from an address.
    """
    from server.remote.addresses import writing_addresses
    from server.remote.connection import Connection
    from server.remote.credentials import find_credentials
    from server.remote.endpoint import Endpoint, Limits, read_address
    from server.remote.loading import Loading
    from server.remote.samples import read_source
    from server.remote.writing import Writer

    url = read_address(store)
    addresses = writing_addresses(url, update_url, graph_store_url)
    folder = folder or current()
    if folder is None:
        raise UnreadableDataset("nothing has been built yet; run `battlegraph build`")
    source = read_source(folder)
    credentials = find_credentials(url, "LOAD", os.environ)
    endpoint = Endpoint(url, find_credentials(url, "STORE", os.environ), Limits(_SECONDS, _MOST_BYTES))
    connection = Connection(endpoint.name, credentials)
    writer = Writer(connection, update_url=addresses.update, graph_store_url=addresses.graph_store)

    def tell(line: str) -> None:
        click.echo(f"battlegraph loads: {line}", err=True)

    loaded = Loading(endpoint, writer, tell).load(source)
    done = "had it already" if loaded.was_there else f"has {loaded.quads:,} quads, counted"
    click.echo(
        f"{endpoint.name}: {done}; it serves {short_digest(source.manifest.quads)}, version {source.manifest.version}"
    )
    if loaded.kept:
        click.echo(f"it does not know literals of {', '.join(sorted(loaded.kept))}: it keeps them as they are")
