"""`battlegraph validate`: the sources, or any RDF files, against the shapes and checks."""

# ruff: noqa: PLC0415  the pipeline is imported by the commands that need it, so that `serve` starts without it.

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

import click

from graph.results import Result, violations
from graph.sources import Sources
from server.cli.article_folders import articles_option, sources_of
from server.cli.outcome import DATA_AT_FAULT, tell
from server.cli.own_dataset import build_valid
from server.cli.workforce_options import workforce_options


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@articles_option
@workforce_options
def validate(
    *, files: tuple[Path, ...], articles: tuple[Path, ...], scheduler: str | None, workers: int | None
) -> None:
    """Validate the project's sources, or RDF FILES of any syntax, against the shapes and checks."""
    if files and articles:
        raise click.UsageError("name RDF files or --articles, not both")
    if not files:
        built = build_valid(sources_of(articles), scheduler=scheduler, workers=workers)
        click.echo(f"valid ({_counted(built.results)})")
        return
    from graph.foreign import validate_file
    from graph.ground import lay_ground

    ground = lay_ground(Sources())
    found = {file: validate_file(file, ground) for file in files}
    for file, results in found.items():
        tell(results)
        click.echo(f"{file}: {_counted(results)}")
    if any(violations(results) for results in found.values()):
        sys.exit(DATA_AT_FAULT)


def _counted(results: Collection[Result]) -> str:
    numbers = {name: sum(result.severity == name for result in results) for name in ("Violation", "Warning", "Info")}
    return f"violations: {numbers['Violation']}, warnings: {numbers['Warning']}, notes: {numbers['Info']}"
