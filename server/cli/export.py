"""`battlegraph export`: what the server offers for Wikidata contributors and spreadsheets, as files."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

import click

from graph.store import open_dataset
from server.cli.outcome import CALL_AT_FAULT, stop
from server.cli.own_dataset import own_dataset
from server.config import Config
from server.site import Site
from server.wikidata import exports
from server.wikidata.creation import Creation
from server.wikidata.items import InvalidItem, Items, read_given

_COMMANDS: Final = "quickstatements.tsv"
_REVIEW: Final = "needs-review.tsv"
_OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write instead of printing.")


@click.group()
def export() -> None:
    """Write the data in the formats of other people's tools."""


@export.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder for the command file and its companion, or a file for the command file alone.",
)
@click.option(
    "--new",
    "creation",
    type=click.Choice([one.value for one in Creation]),
    default=Creation.NONE.value,
    show_default=True,
    help="What to do with things that have no item: hold back what is said of them (none), or create the battles "
    "that have an article in Wikipedia, which keeps duplicates out (guarded). If refused, do not rerun uncombined.",
)
@click.option("--names", "with_names", is_flag=True, help="Add our Azerbaijani and Armenian names as aliases.")
@click.option(
    "--item", "given", multiple=True, metavar="NAME=QID", help="The item of a thing, as battle-of-hadrut=Q42."
)
@click.option("--needs-review", "is_review", is_flag=True, help="Print the claims that are left out instead.")
def quickstatements(
    *, output: Path | None, creation: str, with_names: bool, given: tuple[str, ...], is_review: bool
) -> None:
    """Write the claims as commands for QuickStatements, as far as they can be said in Wikidata."""
    site, wanted = _site(), Creation(creation)
    try:
        items = Items(site.dataset.store, read_given(site.dataset.store, site.dataset.base, given))
    except InvalidItem as error:
        raise click.BadParameter(str(error), param_hint="--item") from error
    if output is not None and (output.is_dir() or not output.suffix):
        _make(output)
        is_review = False
        _write(output / _COMMANDS, exports.quickstatements(site, items, wanted, with_names=with_names))
        _write(output / _REVIEW, exports.needs_review(site, items, wanted))
    elif is_review:
        _write(output, exports.needs_review(site, items, wanted))
    else:
        _write(output, exports.quickstatements(site, items, wanted, with_names=with_names))
    exported = held = 0
    for _, found in exports.translations(site, items, wanted):
        exported, held = exported + len(found.statements), held + len(found.held)
    told = (
        f"{held:,} of {exported + held:,} claims need review, and are listed; {exported:,} can be exported"
        if is_review
        else f"{exported:,} of {exported + held:,} claims are in the command file; {held:,} need review"
    )
    click.echo(told, err=True)
    if not exported and not is_review and not given and wanted is Creation.NONE:
        click.echo("give the item of a battle, as --item battle-of-hadrut=Q…; --needs-review says what else", err=True)


@export.command()
@_OUTPUT
def mixnmatch(*, output: Path | None) -> None:
    """Write the named things as a catalogue for Mix'n'match."""
    _write(output, exports.mixnmatch(_site()))


@export.command()
@_OUTPUT
def claims(*, output: Path | None) -> None:
    """Write every claim as a row of CSV: who says it, what, how surely, on what source, in which words."""
    _write(output, exports.claims(_site()))


@export.command()
@_OUTPUT
@click.option(
    "--key",
    "key_file",
    type=click.Path(path_type=Path),
    help="RSA private key (PEM, DER, or as nanopub tools keep it) to sign each with. Signed, they have other names.",
)
def nanopubs(*, output: Path | None, key_file: Path | None) -> None:
    """Write every claim as a nanopublication with a trusty URI (TriG)."""
    # Neither is needed by any other command, and both take long to import.
    from server.nanopublications.exports import nanopubs as written  # noqa: PLC0415
    from server.nanopublications.keys import UnusableKey, read_key  # noqa: PLC0415

    try:
        key = read_key(key_file) if key_file else None
    except UnusableKey as error:
        raise click.BadParameter(str(error), param_hint="--key") from error
    _write(output, written(_site(), key))


def _site() -> Site:
    file = own_dataset()
    return Site(Config(dataset=file), open_dataset(file), None)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"{folder}: {error.strerror}; choose another place with -o", CALL_AT_FAULT)


def _write(file: Path | None, parts: Iterable[str]) -> None:
    """Write to a file, which is whole or as it was, or to standard output."""
    if file is None:
        for part in parts:
            sys.stdout.buffer.write(part.encode())
        return
    try:
        with _replaced(file) as out:
            for part in parts:
                out.write(part.encode())
    except OSError as error:
        stop(f"{file}: {error.strerror}; choose another place with -o", CALL_AT_FAULT)


@contextlib.contextmanager
def _replaced(file: Path) -> Iterator[IO[bytes]]:
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as out:
        written = Path(out.name)
        try:
            yield out
            out.flush()
            os.chmod(written, 0o666 & ~_umask())  # noqa: PTH101  the temporary file is its writer's alone
            written.replace(file)
        finally:
            written.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
