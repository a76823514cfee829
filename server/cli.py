"""The command line, on top of everything: the only module that sees both pipeline and server.

Exit codes: 0 done, 1 the data is at fault, 2 the call is at fault. What is known to go
wrong ends as one message on stderr, in one place; what is not known keeps its traceback.
"""

# ruff: noqa: PLC0415  pipeline and web server are imported by the commands that need them, so that `serve` on a
# built dataset does not carry the SHACL engine into each of its processes.

from __future__ import annotations

import signal
import sys
from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

import click

from graph.anchors import quoted
from graph.generator_names import MOST_NAMES
from graph.issues import Fault, shown
from graph.namespaces import CANONICAL_BASE
from graph.paths import ARTICLES
from graph.releases import QUADS_FILE, UnreadableDataset, UnwritableDataset, current
from graph.results import InvalidDataset, Result, violations
from graph.sources import Sources, is_current
from server import supervisor
from server.config import Config, InvalidSetting
from server.failures import QueryError
from server.formats import RDF_BY_NAME, RESULTS_BY_NAME
from server.supervisor import QueryServiceFailed

if TYPE_CHECKING:
    from graph.build import Built
    from graph.coverage import Coverage

_DATA_AT_FAULT: Final = 1
_CALL_AT_FAULT: Final = 2

_DEFAULTS: Final = {setting.name: setting.default for setting in fields(Config)}
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


class _Commands(click.Group):
    """The one place where what is known to go wrong becomes a message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (Fault, UnreadableDataset, UnwritableDataset, QueryServiceFailed) as error:
            _stop("\n".join((str(error), *getattr(error, "__notes__", ()))), _DATA_AT_FAULT)
        except (InvalidSetting, QueryError) as error:
            _stop(str(error), _CALL_AT_FAULT)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="battlegraph")
def main() -> None:
    """Battle articles as linked data: who asserts what, on what source, in which words."""


@main.command()
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
@click.option("--dataset", type=_FILE, help="N-Quads or TriG file to serve instead of the project's own dataset.")
def serve(*, dataset: Path | None, **settings: Any) -> None:
    """Serve the dataset over HTTP; build it first where it is missing or stale."""
    from server.serve import UnusableAddress, run

    # The call is looked at before anything is built.
    config = Config(dataset=dataset or Path(QUADS_FILE), **settings)
    try:
        run(replace(config, dataset=dataset or _own_dataset()))
    except UnusableAddress as error:
        _stop(str(error), _CALL_AT_FAULT)


@main.command()
@click.option("--check", is_flag=True, help="Build in memory and compare with tests/golden.sha256; write nothing.")
@click.option("--update", is_flag=True, help="With --check: make this build's digest the golden one.")
@click.option("--base", default=CANONICAL_BASE, show_default=True, help="Base of the data's IRIs.")
@click.option("--articles", type=_FOLDER, help="Folder with a folder for each article, instead of the project's own.")
def build(*, check: bool, update: bool, base: str, articles: Path | None) -> None:
    """Build the dataset from its sources; where they are at fault, the last good one stays."""
    from graph.build import write
    from graph.golden import check_golden, write_golden

    if not (base.startswith(("http://", "https://")) and base.endswith("/")):
        raise click.BadParameter(f"{base!r} must start with http:// or https:// and end with /", param_hint="--base")
    if update and not check:
        raise click.UsageError("--update goes with --check")
    if check and (base != CANONICAL_BASE or articles):
        raise click.UsageError("--check is about the project's own articles on the canonical base")
    built = _build(Sources(articles=articles or ARTICLES), base)
    if update:
        write_golden(built.digest)
        click.echo(f"golden digest is now {built.digest}")
    elif check:
        check_golden(built.digest)
        click.echo(f"the build gives the golden digest {built.digest}")
    else:
        file = write(built) / QUADS_FILE
        click.echo(f"{shown(file)}: version {built.manifest.version}, SHA-256 {built.digest}")


@main.command()
@click.argument("files", nargs=-1, type=_FILE)
def validate(*, files: tuple[Path, ...]) -> None:
    """Validate the project's sources, or RDF FILES of any syntax, against the shapes and checks."""
    if not files:
        click.echo(f"valid ({_counted(_build(Sources()).results)})")
        return
    from graph.foreign import validate_file
    from graph.ground import lay_ground

    ground = lay_ground(Sources())
    found = {file: validate_file(file, ground) for file in files}
    for file, results in found.items():
        _tell(results)
        click.echo(f"{file}: {_counted(results)}")
    if any(violations(results) for results in found.values()):
        sys.exit(_DATA_AT_FAULT)


@main.command()
def coverage() -> None:
    """Show which share of each article's text statements rest on, and why the rest is left out."""
    from graph.build import assemble
    from graph.coverage import measure
    from graph.ground import lay_ground

    sources = Sources()
    measured = [measure(part) for part in assemble(sources, lay_ground(sources))]
    for one in measured:
        click.echo(_table(one))
    if any(one.unexplained for one in measured):
        _stop("unexplained words: state what they say, or give them a bg:Omission with the reason", _DATA_AT_FAULT)


@main.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--format",
    "name",
    type=click.Choice((*RESULTS_BY_NAME, *RDF_BY_NAME)),
    help="Format of the answer.  [default: tsv, or ttl for CONSTRUCT and DESCRIBE]",
)
def query(*, file: IO[bytes], name: str | None) -> None:
    """Answer the SPARQL query in FILE or on standard input, within the limits of the endpoint."""
    from server.pool import QueryPool

    try:
        text = file.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"the query is not UTF-8: byte {error.start}", param_hint="FILE") from error
    # A named format that is of the other kind is refused by the query service, which lists those there are.
    results = (name if name in RESULTS_BY_NAME else None) if name else "tsv"
    rdf = (name if name in RDF_BY_NAME else None) if name else "ttl"
    with TemporaryDirectory(prefix="battlegraph-") as folder:
        socket = Path(folder) / "queries"
        config = Config(dataset=_own_dataset(), query_socket=socket, query_workers=1)
        process = supervisor.start(config)
        try:
            answer = QueryPool(socket, deadline=config.query_deadline).run(text, results=results, rdf=rdf)
        finally:
            process.terminate()
            process.wait()
    sys.stdout.buffer.write(answer.body)


@main.command()
@click.option(
    "--articles",
    "sizes",
    type=click.IntRange(1, MOST_NAMES),
    multiple=True,
    default=(1, 1000),
    show_default=True,
    help="Number of made-up articles to measure at; may be given more than once.",
)
def bench(*, sizes: tuple[int, ...]) -> None:
    """Measure this endpoint beside what is installed of rdflib-endpoint, Oxigraph and Virtuoso.

    All of them answer the same questions about the same made-up articles, in turn. A
    ratio is the other's median by ours: above 1, ours is faster.
    """
    from graph.generator import write_generated
    from graph.ground import lay_ground
    from server.bench.pages import REMEDY, measure_pages
    from server.bench.peers import Missing, find_peers
    from server.bench.processes import NotStarted
    from server.bench.report import report
    from server.bench.run import Bounds, measure

    # So that SIGTERM stops all that was started, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    peers, missing = find_peers()
    ground, bounds = lay_ground(Sources()), Bounds()
    for size in sizes:
        with TemporaryDirectory(prefix="battlegraph-") as folder:
            dataset = Path(folder) / QUADS_FILE
            write_generated(dataset, ground, size)
            with dataset.open("rb") as lines:
                click.echo(f"{size:,} made-up articles, {sum(1 for _ in lines):,} quads")
            try:
                measured = measure(dataset, peers, Path(folder), bounds)
                pages = measure_pages(dataset, Path(folder) / "pages", bounds)
            except NotStarted as error:
                _stop("\n".join((str(error), *getattr(error, "__notes__", ()))), _DATA_AT_FAULT)
        absent = [*missing, *([] if pages is not None else [Missing("nginx", REMEDY)])]
        for line in report(measured, pages, peers, absent):
            click.echo(line)
        click.echo()


def _own_dataset() -> Path:
    """Return the file of the project's dataset, built first where it is missing or stale."""
    if not is_current():
        from graph.build import write

        click.echo("battlegraph builds the dataset", err=True)
        try:
            return write(_build(Sources())) / QUADS_FILE
        except Fault as error:
            last = current()
            if last is not None:
                kept = f"The last good dataset is still there: battlegraph serve --dataset {shown(last / QUADS_FILE)}"
                error.add_note(kept)
            raise
    folder = current()
    if folder is None:
        raise UnreadableDataset("the dataset was removed while it was looked at; run `battlegraph build`")
    return folder / QUADS_FILE


def _build(sources: Sources, base: str = CANONICAL_BASE) -> Built:
    """Return a valid build and tell its warnings; raise `InvalidDataset` where it has violations."""
    from graph.build import build as build_dataset

    built = build_dataset(sources, base)
    found = violations(built.results)
    if found:
        raise InvalidDataset(found)
    _tell(built.results)
    return built


def _tell(results: Iterable[Result]) -> None:
    for result in results:
        click.echo(str(result), err=True)


def _counted(results: Collection[Result]) -> str:
    numbers = {name: sum(result.severity == name for result in results) for name in ("Violation", "Warning", "Info")}
    return f"violations: {numbers['Violation']}, warnings: {numbers['Warning']}, notes: {numbers['Info']}"


def _table(coverage: Coverage) -> str:
    unexplained = sum(len(leftover.words) for leftover in coverage.unexplained)
    shares = (("stated", coverage.stated), ("left out", coverage.left_out), ("unexplained", unexplained))
    lines = [f"{coverage.article}: {coverage.length:,} characters"]
    lines += [f"  {name:<12} {size:>7,} {size / max(coverage.length, 1):>7.1%}" for name, size in shares]
    lines += ["", "  not stated, by offsets in code points:"]
    for leftover in coverage.leftovers:
        place = f"{leftover.span.start}-{leftover.span.end}"
        lines.append(f"  {place:<12} {quoted(leftover.words):<32} {leftover.reason or 'UNEXPLAINED'}")
    return "\n".join(lines)


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"battlegraph: {message}", err=True)
    sys.exit(code)
