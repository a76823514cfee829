"""`battlegraph draft`: the authored form of an article, for a person to correct."""

# ruff: noqa: PLC0415  the pipeline is imported by the commands that need it, so that `serve` starts without it.

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.issues import Fault, shown
from server.cli.outcome import CALL_AT_FAULT, DATA_AT_FAULT, stop

if TYPE_CHECKING:
    from graph.drafting.draft import Draft

    from graph.drafting.batch import Outcome, Task


@click.command()
@click.argument("article", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the draft; for a folder of articles, that of a folder for each.",
)
@click.option("--json", "only_losses", is_flag=True, help="Print the losses as JSON instead; of a folder, write them.")
@click.option("--force", is_flag=True, help="Draft anew what is drafted already. What is reviewed stays.")
@click.option("--title", help="Title of the article, where its text does not have it.")
@click.option("--source", help="Address of the page that the text is from.")
def draft(
    *, article: Path, output: Path | None, only_losses: bool, force: bool, title: str | None, source: str | None
) -> None:
    """Draft ARTICLE, wikitext or the text of a page; or every .wiki and .txt in a folder, on all cores.

    The draft is marked as unreviewed. What was read says by which rule; what was not is there as unread words.
    """
    from graph.drafting.batch import Task, losses_json, tasks_in

    if article.is_dir():
        if output is None:
            raise click.UsageError("a folder of articles needs -o: the folder that the drafts go to")
        if title or source:
            raise click.UsageError(
                "--title and --source are of one article; put NAME.json with title and url beside each"
            )
        _draft_all(tasks_in(article, output, only_losses=only_losses), force=force)
    elif only_losses:
        click.echo(losses_json(_read(Task(article, None, title, source))), nl=False)
    elif output is None:
        raise click.UsageError("say with -o where the draft goes, or print its losses with --json")
    else:
        _draft_one(Task(article, output, title, source), force=force)


def _draft_one(task: Task, *, force: bool) -> None:
    from graph.drafting.placing import DraftInTheWay, place_draft

    drafted = _read(task)
    folder = task.folder
    if folder is None:
        raise ValueError("a draft that is written needs a folder")
    try:
        place_draft(drafted, folder, force=force)
    except DraftInTheWay as error:
        stop(str(error), CALL_AT_FAULT)
    for line in drafted.summary:
        click.echo(line)
    click.echo(f"{shown(folder)}: an unreviewed draft; correct it, then say bg:reviewStatus bg:Reviewed in source.ttl")


def _read(task: Task) -> Draft:
    from graph.drafting.batch import draft_file

    try:
        return draft_file(task)
    except Fault as error:
        raise Fault(f"{shown(task.file)}: {error}") from error


def _draft_all(tasks: list[Task], *, force: bool) -> None:
    from graph.drafting.batch import Fate, run

    failed: list[Outcome] = []
    counts: Counter[Fate] = Counter()
    with click.progressbar(run(tasks, force=force), length=len(tasks), label="drafting", file=sys.stderr) as outcomes:
        for outcome in outcomes:
            counts[outcome.fate] += 1
            if outcome.fate is Fate.FAILED:
                failed.append(outcome)
    for outcome in sorted(failed, key=lambda one: one.task.file):
        click.echo(f"battlegraph: {shown(outcome.task.file)}: {outcome.message}", err=True)
    click.echo(", ".join(f"{fate.value}: {counts[fate]}" for fate in Fate))
    if failed:
        sys.exit(DATA_AT_FAULT)
