"""`battlegraph links`: what leads to Wikidata, checked and proposed."""

# ruff: noqa: PLC0415  the pipeline and the HTTP client are imported by the commands that need them.

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.issues import shown
from graph.links import WIKIDATA_API, WIKIDATA_RECONCILIATION
from graph.sources import Sources
from server.cli.outcome import DATA_AT_FAULT, stop

if TYPE_CHECKING:
    from graph.links.client import Client

_REPORT = click.option(
    "-o",
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write the table to, whole or not at all, instead of standard output.",
)


@click.group()
def links() -> None:
    """Check the links to Wikidata, or look for new ones."""


@links.command()
@click.option("--endpoint", default=WIKIDATA_API, show_default=True, help="API of the Wikibase to ask.")
@click.option("--update", is_flag=True, help="Write what was seen, and when, into the authored cross-links.")
@_REPORT
def check(*, endpoint: str, update: bool, report: Path | None) -> None:
    """Ask whether each recorded item and property is still there, and still what was recorded.

    The table has a row for each thing that was found, what needs somebody first. Exit code 1
    where something no longer holds or could not be checked. With --update, what is gone or
    contradicted loses confidence; a redirect is told and never followed.
    """
    from graph.links.check import COLUMNS, register_of, rows, summary, table
    from graph.links.check import check as check_links
    from graph.links.holdings import read_holdings
    from graph.links.update import plan
    from graph.links.wikibase import Wikibase

    wikibase = Wikibase(_client(endpoint))
    holdings = read_holdings(Sources())
    verdicts = check_links(holdings, wikibase)
    _put(table(COLUMNS, rows(verdicts)), report)
    click.echo(summary(verdicts), err=True)
    if update:
        planned = plan(verdicts, holdings, register_of(wikibase), datetime.now(UTC).date())
        planned.write()
        for amended in planned.amended:
            click.echo(f"<{amended.link}>: {amended.told}", err=True)
        for file in planned.texts:
            click.echo(f"{shown(file.path)} was updated", err=True)
        if planned.texts:
            click.echo("look at the change, then run `battlegraph build --check --update`", err=True)
    if not all(verdict.holds for verdict in verdicts):
        sys.exit(DATA_AT_FAULT)


@links.command()
@click.option("--endpoint", default=WIKIDATA_RECONCILIATION, show_default=True, help="Reconciliation service to ask.")
@_REPORT
def suggest(*, endpoint: str, report: Path | None) -> None:
    """Propose items for what has none, or a doubtful one, for a person to accept; change nothing.

    A name alike is no evidence: look at the item before a link goes into crosslinks.ttl.
    """
    from graph.links.check import table
    from graph.links.holdings import read_holdings
    from graph.links.reconciliation import Reconciliation
    from graph.links.suggestion import COLUMNS, rows, wanting
    from graph.links.suggestion import suggest as suggest_items

    service = Reconciliation(_client(endpoint))
    things, left_out = wanting(read_holdings(Sources()))
    suggestions = suggest_items(things, service)
    _put(table(COLUMNS, rows(suggestions)), report)
    for reason, number in left_out.items():
        click.echo(f"not asked about: {number} {reason}", err=True)
    troubles = dict.fromkeys(one.trouble for one in suggestions if one.trouble)
    if troubles:
        stop(f"{endpoint}: {next(iter(troubles))}", DATA_AT_FAULT)


def _client(endpoint: str) -> Client:
    from graph.links.client import Client, InvalidEndpoint

    try:
        return Client(endpoint)
    except InvalidEndpoint as error:
        raise click.BadParameter(str(error), param_hint="--endpoint") from error


def _put(text: str, report: Path | None) -> None:
    from graph.links.whole_files import write_whole

    if report is None:
        click.echo(text, nl=False)
    else:
        write_whole({report: text})
