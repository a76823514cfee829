"""`battlegraph build`: from the sources to the published bytes."""

# ruff: noqa: PLC0415  the pipeline is imported by the commands that need it, so that `serve` starts without it.

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.issues import shown
from graph.namespaces import CANONICAL_BASE
from graph.releases import QUADS_FILE, current
from server.cli.article_folders import articles_option, sources_of
from server.cli.own_dataset import build_valid, write_version
from server.cli.workforce_options import workforce_options

if TYPE_CHECKING:
    from graph.build import Built


@click.command()
@click.option("--check", is_flag=True, help="Build in memory and compare with tests/golden.sha256; write nothing.")
@click.option("--update", is_flag=True, help="With --check: make this build's digest the golden one.")
@click.option("--base", default=CANONICAL_BASE, show_default=True, help="Base of the data's IRIs.")
@articles_option
@workforce_options
def build(
    *,
    check: bool,
    update: bool,
    base: str,
    articles: tuple[Path, ...],
    scheduler: str | None,
    workers: int | None,
) -> None:
    """Build the dataset from its sources; where they are at fault, the last good one stays.

    Only articles that have changed since the last build are built anew, side by side.
    """
    from graph.changelog import check_told
    from graph.golden import check_golden, write_golden

    if not (base.startswith(("http://", "https://")) and base.endswith("/")):
        raise click.BadParameter(f"{base!r} must start with http:// or https:// and end with /", param_hint="--base")
    if update and not check:
        raise click.UsageError("--update goes with --check")
    if check and (base != CANONICAL_BASE or articles):
        raise click.UsageError("--check is about the project's own articles on the canonical base")
    built = build_valid(sources_of(articles), base, scheduler=scheduler, workers=workers, kept=not check)
    if update:
        write_golden(built.digest)
        click.echo(f"golden digest is now {built.digest}")
        _tell_wanting(built)
    elif check:
        check_golden(built.digest)
        check_told(built.digest)
        click.echo(f"the build gives the golden digest {built.digest}")
    else:
        file = write_version(built) / QUADS_FILE
        click.echo(f"{shown(file)}: version {built.manifest.version}, SHA-256 {built.digest}")


def _tell_wanting(built: Built) -> None:
    """Say which line the changelog wants, and what changed since the last build as far as a program can tell."""
    from graph.changelog import UntoldChange, check_told
    from server.changes.since_build import lines_since

    try:
        check_told(built.digest)
    except UntoldChange as untold:
        click.echo(f"battlegraph: {untold}", err=True)
        last = current()
        for line in lines_since(last, built.quads, built.manifest) if last else ():
            click.echo(line, err=True)
