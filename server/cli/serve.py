"""`battlegraph serve`: the dataset over HTTP."""

# ruff: noqa: PLC0415  the web server and the store's client are imported by the command that needs them.

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from graph import paths
from graph.releases import QUADS_FILE
from server.cli.article_folders import articles_option, sources_of
from server.cli.outcome import CALL_AT_FAULT, stop
from server.cli.own_dataset import own_dataset
from server.config import Config

if TYPE_CHECKING:
    from server.serving.origin import Origin

_DEFAULTS: Final = {setting.name: setting.default for setting in fields(Config)}


@click.command()
@click.option("--host", default=_DEFAULTS["host"], show_default=True, help="Address to listen on.")
@click.option("--port", default=_DEFAULTS["port"], show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option("--workers", default=_DEFAULTS["workers"], show_default=True, help="HTTP processes.")
@click.option(
    "--query-workers", default=_DEFAULTS["query_workers"], show_default=True, help="Processes that evaluate queries."
)
@click.option(
    "--query-deadline", default=_DEFAULTS["query_deadline"], show_default=True, help="Seconds a query may take."
)
@click.option(
    "--query-memory", default=_DEFAULTS["query_memory"], show_default=True, help="Bytes a query process may grow by."
)
@click.option(
    "--result-bytes", default=_DEFAULTS["result_bytes"], show_default=True, help="Bytes of the largest answer."
)
@click.option(
    "--cache-bytes", default=_DEFAULTS["cache_bytes"], show_default=True, help="Bytes of answers an HTTP process keeps."
)
@click.option("--log-requests", is_flag=True, help="Write a line of JSON on stderr for each request.")
@click.option("--contact", help="E-mail or web address that the pages name for reports of wrong statements.")
@click.option(
    "--dataset",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="N-Quads or TriG file to serve instead of the project's own dataset.",
)
@click.option(
    "--releases",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of releases to offer instead of the project's own.",
)
@click.option("--store", help="Serve from the SPARQL endpoint of another server instead: sparql:URL.")
@articles_option
def serve(
    *, dataset: Path | None, releases: Path | None, store: str | None, articles: tuple[Path, ...], **settings: Any
) -> None:
    """Serve the dataset over HTTP; build it first where it is missing or stale.

    One that `build --articles` wrote is served as it is with the same --articles. Whatever
    takes its place later is picked up without a restart.
    """
    from server.serve import TooFewDescriptors, UnusableAddress, run
    from server.serving.runtime_folder import NoRuntimeFolder

    if dataset is not None and (articles or store):
        raise click.UsageError("--dataset is served as it is; leave out --articles and --store")
    if store is not None and articles:
        raise click.UsageError("--store is served as it is; leave out --articles")
    # Other articles, or another file, are not what the project released.
    if releases is None and dataset is None and store is None and not articles:
        releases = paths.RELEASED

    # The call is looked at before anything is built.
    config = Config(dataset=dataset or paths.DATASET / QUADS_FILE, store=store, releases=releases, **settings)
    try:
        run(config, _origin_of(config, dataset, articles))
    except (UnusableAddress, TooFewDescriptors, NoRuntimeFolder) as error:
        stop(str(error), CALL_AT_FAULT)


def _origin_of(config: Config, dataset: Path | None, articles: tuple[Path, ...]) -> Origin:
    from server.serving.files import BuiltVersions, NamedFile

    if config.store is not None:
        from server.remote.opening import open_endpoint
        from server.remote.origin import RemoteOrigin

        return RemoteOrigin(open_endpoint(config.store, config))
    if dataset is not None:
        return NamedFile(dataset)
    own_dataset(sources_of(articles))
    return BuiltVersions(paths.DATASET)
