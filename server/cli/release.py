"""`battlegraph release`: the dataset as files that an archive would keep, and whether such files still hold."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource

from graph.issues import shown
from graph.paths import RELEASED
from graph.store import open_dataset
from server.cli.outcome import CALL_AT_FAULT, DATA_AT_FAULT, stop
from server.cli.own_dataset import own_dataset
from server.config import Config
from server.releases.check.release_check import check_release
from server.releases.parts import PARTS
from server.releases.release import Release
from server.releases.warnings import read_warnings
from server.releases.writing import write_release
from server.site import Site

_MOST_PROBLEMS: Final = 200
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
@click.pass_context
def release(context: click.Context, *, wanted: str | None, output: Path, checked: Path | None) -> None:
    """Write the dataset as a release: every format, checksums, description, and a bag of it all."""
    if checked is not None:
        given = {name for name in ("wanted", "output") if context.get_parameter_source(name) is not _DEFAULT}
        if given:
            raise click.UsageError("--check looks at a release that is there; leave out --version and -o")
        _check(checked)
        return
    file = own_dataset()
    site = Site(Config(dataset=file), open_dataset(file), None)
    version = site.publication.version
    if wanted is not None and wanted != version:
        stop(
            f"the data is version {version}, not {wanted}; to release it as {wanted}, "
            "write that as dcat:version, and its day as dcterms:modified, in graph/shared/dataset.ttl",
            CALL_AT_FAULT,
        )
    written = write_release(site, output, PARTS, on_wait=_tell_waiting)
    for warning in read_warnings(site, written.release):
        click.echo(f"battlegraph warns: {warning}", err=True)
    _tell(written.release, is_new=written.is_new)


def _check(folder: Path) -> None:
    told = 0
    for problem in check_release(folder):
        told += 1
        click.echo(str(problem), err=True)
        if told == _MOST_PROBLEMS:
            click.echo(f"and perhaps more: it ended after {told} problems", err=True)
            break
    if told:
        stop(f"{shown(folder)}: {told} problems; this copy of the release does not hold", DATA_AT_FAULT)
    click.echo(
        f"{shown(folder)}: holds; every file is what SHA256SUMS says, every format holds the same dataset, "
        "and the bag and the descriptions agree with it"
    )


def _tell(found: Release, *, is_new: bool) -> None:
    size = sum(file.size for file in found.files)
    click.echo(
        f"{shown(found.folder)}: {'released' if is_new else 'released before with the same bytes; nothing changed'}"
    )
    click.echo(f"version {found.version} of {found.record.modified}, after {found.record.previous or 'none'}")
    click.echo(f"{found.record.quads:,} quads, {found.record.triples:,} triples merged, RDFC-1.0 {found.record.digest}")
    click.echo(f"{len(found.files)} files, {_megabytes(size)}")
    for file in found.files:
        if "/" not in file.name:
            click.echo(f"{_megabytes(file.size):>12}  {file.name}")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.3f} MB"


def _tell_waiting() -> None:
    click.echo("battlegraph waits: another process writes a release to the same folder", err=True)
