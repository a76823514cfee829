"""`battlegraph draft`: the authored form of an article, for a person to correct."""

# ruff: noqa: PLC0415  the pipeline is imported by the commands that need it, so that `serve` starts without it.

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.iris import is_slug
from graph.issues import Fault, shown
from graph.workforce.opening import open_workforce
from server.cli.outcome import CALL_AT_FAULT, DATA_AT_FAULT, stop
from server.cli.progress import told
from server.cli.workforce_options import workforce_options

if TYPE_CHECKING:
    from graph.drafting.draft import Draft
    from graph.drafting.running.batch import Outcome
    from graph.drafting.running.tasks import Task
    from graph.workforce.force import Workforce


@click.command()
@click.argument("article", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder for the draft, named by its slug; for a folder of articles, where a folder for each goes.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the losses as JSON; of a folder, write a file for each.")
@click.option("--force", is_flag=True, help="Draft anew what is drafted already. What is reviewed stays.")
@click.option("--title", help="Title of the article, where its text does not have it.")
@click.option("--source", metavar="URL", help="Address of the page that the text is from.")
@workforce_options
def draft(
    *,
    article: Path,
    output: Path | None,
    as_json: bool,
    force: bool,
    title: str | None,
    source: str | None,
    scheduler: str | None,
    workers: int | None,
) -> None:
    """Draft ARTICLE, wikitext or the text of a page; or every .wiki, .wikitext and .txt in a folder, on all cores.

    The draft is marked as unreviewed. What was read says by which rule; what was not is there as unread words.
    A JSON file beside an article, of its name, may give its "title" and "url".
    """
    from graph.drafting.running.tasks import task_of

    if article.is_dir():
        if output is None:
            raise click.UsageError("a folder of articles needs -o: the folder that the drafts go to")
        if title or source:
            raise click.UsageError(
                "--title and --source are of one article; put NAME.json with title and url beside each"
            )
        with open_workforce(scheduler, workers) as workforce:
            _draft_all(_tasks(article, output, as_json=as_json), workforce, force=force)
        return
    if scheduler or workers:
        raise click.UsageError("--scheduler and --workers are for a folder of articles; one is drafted by this process")
    if output is None and not as_json:
        raise click.UsageError("say with -o where the draft goes, or print its losses with --json")
    task = task_of(article, _folder(output) if output else None)
    task = replace(task, title=title or task.title, source=source or task.source)
    _draft_one(task, as_json=as_json, force=force)


def _folder(output: Path) -> Path:
    """Return the folder for one draft; its name is what everything in the draft is named after."""
    from graph.drafting.draft import slug_of

    folder = output.resolve()
    if not is_slug(folder.name):
        proposed = shown(folder.with_name(slug_of(folder.name)))
        raise click.UsageError(
            f"-o {output}: the folder's name is the article's slug, of lower-case ASCII letters, digits and single "
            f"hyphens; take {proposed}"
        )
    return folder


def _tasks(articles: Path, output: Path, *, as_json: bool) -> list[Task]:
    from graph.drafting.running.tasks import SUFFIXES, tasks_in

    if output.exists() and not output.is_dir():
        raise click.UsageError(f"-o {output} is a file; name a folder")
    if as_json and output.resolve() == articles.resolve():
        raise click.UsageError(
            "-o is the folder of the articles; what is beside them says things of them: name another"
        )
    try:
        tasks = tasks_in(articles, output, only_losses=as_json)
    except OSError as error:
        stop(f"{shown(articles)}: {error.strerror}", CALL_AT_FAULT)
    if not tasks:
        raise click.UsageError(f"{articles} holds no article: no file ends in {', '.join(SUFFIXES)}")
    return tasks


def _draft_one(task: Task, *, as_json: bool, force: bool) -> None:
    from graph.drafting.running.batch import losses_json
    from graph.drafting.running.folders import DraftInTheWay, check_free, place_draft

    try:
        if task.folder:
            check_free(task.folder, force=force)
        drafted = _read(task)
        if task.folder:
            place_draft(drafted.files, task.folder, force=force)
    except DraftInTheWay as error:
        stop(str(error), CALL_AT_FAULT)
    except OSError as error:
        stop(f"{error.filename or task.folder}: {error.strerror}; nothing was written", CALL_AT_FAULT)
    if as_json:
        click.echo(losses_json(drafted), nl=False)
    if task.folder:
        for line in (*drafted.summary, *_next_steps(task.folder, task.source)):
            click.echo(line, err=as_json)


def _next_steps(folder: Path, source: str | None) -> list[str]:
    steps = [f"{shown(folder)}: an unreviewed draft; correct it, then say bg:reviewStatus bg:Reviewed in source.ttl"]
    if source is None:
        steps.append("source.ttl lacks dcterms:source, the page that the text is from: add it, or draft with --source")
    return steps


def _read(task: Task) -> Draft:
    from graph.drafting.running.batch import draft_file

    try:
        return draft_file(task)
    except Fault as error:
        raise Fault(f"{shown(task.file)}: {error}") from error


def _draft_all(tasks: list[Task], workforce: Workforce, *, force: bool) -> None:
    from graph.drafting.running.batch import Fate, run

    failed: list[Outcome] = []
    counts: Counter[Fate] = Counter()
    for outcome in told(run(tasks, workforce, force=force), len(tasks), "drafting"):
        counts[outcome.fate] += 1
        if outcome.fate is Fate.FAILED:
            failed.append(outcome)
    for outcome in sorted(failed, key=lambda one: one.task.file):
        click.echo(f"battlegraph: {shown(outcome.task.file)}: {outcome.message}", err=True)
    click.echo(", ".join(f"{fate.value}: {counts[fate]}" for fate in Fate))
    if failed:
        sys.exit(DATA_AT_FAULT)
