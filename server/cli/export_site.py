"""`battlegraph export-site`: the site as files that need no server, and the check of them."""

# ruff: noqa: PLC0415  the app is imported by the command that needs it.

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.parse import urlsplit

import click

from graph import paths
from server.cli.outcome import CALL_AT_FAULT, DATA_AT_FAULT, stop
from server.cli.own_dataset import own_dataset
from server.config import Config
from server.query import supervisor
from server.releases.release import list_releases


@click.command("export-site")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--verify", "is_check", is_flag=True, help="Check the copy in DIR instead of writing one.")
@click.option(
    "--address", default="", help="Where the copy will be, as https://example.org.  [default: the data's base]"
)
@click.option(
    "--dataset",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="N-Quads or TriG file to copy the site of instead of the project's own dataset.",
)
@click.option(
    "--releases",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of releases to take along instead of the project's own.",
)
@click.option("--contact", help="E-mail or web address that the pages name for reports of wrong statements.")
def export_site(
    *, folder: Path, is_check: bool, address: str, dataset: Path | None, releases: Path | None, contact: str | None
) -> None:
    """Write every page and all data to DIR, as files for any host, with the configuration for nginx and Apache."""
    if is_check:
        _verify(folder)
        return
    _require_host(address)
    if releases is None and dataset is None:
        releases = paths.RELEASED
    # Nothing is asked twice, so nothing is kept.
    config = Config(dataset=dataset or own_dataset(), releases=releases, contact=contact, cache_bytes=0)
    if config.releases is not None:
        # A server does without a release that is damaged; a copy would be without it for good.
        list_releases(config.releases)
    _write(folder, config, address.rstrip("/"))


def _write(folder: Path, config: Config, address: str) -> None:
    from server.app import create_app
    from server.static_site.crawl import UnusableAnswer
    from server.static_site.export import export_site as write
    from server.static_site.folder import UnusableFolder, UnwritableCopy

    started = monotonic()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="battlegraph-")))
        config = replace(config, query_socket=scratch / "queries", query_workers=1)
        process = supervisor.start(config)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        try:
            copied = write(create_app(config), folder, address)
        except (UnusableAnswer, UnwritableCopy) as error:
            stop(str(error), DATA_AT_FAULT)
        except UnusableFolder as error:
            stop(str(error), CALL_AT_FAULT)
    click.echo(
        f"{folder}: {copied.files:,} files, {copied.size:,} bytes, of {copied.addresses:,} addresses, "
        f"in {monotonic() - started:.0f} s",
        err=True,
    )


def _verify(folder: Path) -> None:
    from server.static_site.folder import UnreadableCopy
    from server.static_site.verify import problems

    count = 0
    try:
        for problem in problems(folder):
            click.echo(problem)
            count += 1
    except UnreadableCopy as error:
        stop(str(error), CALL_AT_FAULT)
    if count:
        stop(f"{folder}: {count:,} problems", DATA_AT_FAULT)
    click.echo(f"{folder}: whole", err=True)


def _require_host(address: str) -> None:
    parts = urlsplit(address)
    if address and not (parts.scheme in ("http", "https") and parts.netloc and parts.path in ("", "/")):
        raise click.BadParameter(
            f"{address!r} is not the address of a host: write https:// and its name, without a path, "
            "because the pages link from the root",
            param_hint="--address",
        )
