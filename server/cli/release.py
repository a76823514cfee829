"""`battlegraph release`: the dataset as files that an archive would keep, and whether such files still hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource

from graph.issues import shown
from graph.paths import RELEASED
from graph.store import open_dataset
from graph.workforce.opening import open_workforce
from server.cli.outcome import CALL_AT_FAULT, DATA_AT_FAULT, stop
from server.cli.own_dataset import own_dataset
from server.cli.workforce_options import workforce_options
from server.config import Config
from server.releases.check.folder_of_releases import newest_inside
from server.releases.check.release_check import check_release
from server.releases.doubts import read_doubts
from server.releases.parts import parts_by
from server.releases.release import Release
from server.releases.writing import write_release
from server.remembering import RememberingStore
from server.site import Site

_MOST_PROBLEMS: Final = 200
_OF_WRITING: Final = ("wanted", "output", "scheduler", "workers")
_DEFAULT: Final = ParameterSource.DEFAULT


@click.command()
@click.option("--version", "wanted", metavar="V", help="The version that it has to be; another is refused.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=RELEASED,
    show_default="graph/released",
    help="Folder of releases, in which this one gets a folder of its version's name.",
)
@click.option(
    "--check",
    "checked",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Write nothing; tell whether the release in this folder is whole and holds one dataset.",
)
@workforce_options
@click.pass_context
def release(
    context: click.Context,
    *,
    wanted: str | None,
    output: Path,
    checked: Path | None,
    scheduler: str | None,
    workers: int | None,
) -> None:
    """Write the dataset as a release: every format, checksums, description, and a bag of it all."""
    if checked is not None:
        if any(context.get_parameter_source(name) is not _DEFAULT for name in _OF_WRITING):
            raise click.UsageError(
                "--check looks at a release that is there; leave out --version, -o, --scheduler and --workers"
            )
        _check(checked)
        return
    file = own_dataset()
    dataset = open_dataset(file)
    site = Site(Config(dataset=file), replace(dataset, store=RememberingStore(dataset.store)), None)
    version = site.publication.version
    if wanted is not None and wanted != version:
        stop(
            f"the data is version {version}, not {wanted}; to release it as {wanted}, "
            "write that as dcat:version, and its day as dcterms:modified, in graph/shared/dataset.ttl",
            CALL_AT_FAULT,
        )
    with open_workforce(scheduler, workers) as workforce:
        written = write_release(site, output, parts_by(workforce), on_wait=_tell_waiting)
    for doubt in read_doubts(site, written.release):
        click.echo(f"battlegraph warns: {doubt}", err=True)
    _tell(written.release, is_new=written.is_new, conforms=bool(site.publication.conforms_to))


def _check(folder: Path) -> None:
    inside = newest_inside(folder)
    if inside is not None:
        stop(
            f"{shown(folder)} is a folder of releases; check one of them: battlegraph release --check {shown(inside)}",
            CALL_AT_FAULT,
        )
    told = 0
    limits: list[str] = []
    for problem in check_release(folder, on_limit=limits.append):
        told += 1
        click.echo(str(problem), err=True)
        if told == _MOST_PROBLEMS:
            click.echo(f"and perhaps more: it ended after {told} problems", err=True)
            break
    if told:
        stop(f"{shown(folder)}: {told} problems; this copy of the release does not hold", DATA_AT_FAULT)
    click.echo(
        f"{shown(folder)}: holds; every file is what SHA256SUMS says, every format holds the same dataset, "
        "the other files are what it makes of them or agree with it, and so does the bag"
    )
    for limit in limits:
        click.echo(f"not compared: {limit}")


def _tell(found: Release, *, is_new: bool, conforms: bool) -> None:
    click.echo(
        f"{shown(found.folder)}: {'released' if is_new else 'released before with the same bytes; nothing changed'}"
    )
    click.echo(f"version {found.version} of {found.record.modified}, after {found.record.previous or 'none'}")
    click.echo(f"{found.record.quads:,} quads, {found.record.triples:,} triples merged, RDFC-1.0 {found.record.digest}")
    click.echo(f"{found.file_count} files, {_megabytes(found.size)}")
    click.echo(f"validation: {'it conforms to the shapes' if conforms else 'there are results, or no report'}")
    for file in found.files:
        if "/" not in file.name:
            click.echo(f"{_megabytes(file.size):>12}  {file.name}")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.3f} MB"


def _tell_waiting() -> None:
    click.echo("battlegraph waits: another process writes a release to the same folder", err=True)
