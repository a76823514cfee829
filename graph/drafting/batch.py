"""Many articles drafted side by side: each in a process with bounds, and none stopping the others.

An article that is drafted already is kept, so that a run that was broken off goes on where
it stopped. What a person has reviewed is never overwritten.
"""

from __future__ import annotations

import json
import os
import resource
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import FrameType
from typing import Final

from graph.drafting.document import UnreadableArticle
from graph.drafting.draft import Draft, draft, slug_of
from graph.drafting.gold import gold_form
from graph.drafting.placing import DraftInTheWay, place_draft
from graph.issues import InvalidSources
from graph.turtle import read_text

SUFFIXES: Final = (".txt", ".wiki", ".wikitext")
"""Names of files that a folder of articles is searched for."""

_SECONDS: Final = 60
"""An article takes a fraction of a second; what takes this long is no article."""
_MEMORY: Final = 4 * 2**30
"""Address space of a process that drafts, in bytes. An article of 4 MB needs a tenth of it."""


class Fate(Enum):
    """What became of an article."""

    DRAFTED = "drafted"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Task:
    """An article to draft, and where to."""

    file: Path
    folder: Path | None
    """The folder for the authored form; its name is the slug. None where only the losses are asked for."""
    title: str | None = None
    source: str | None = None
    """The page that the text is from."""
    losses_file: Path | None = None
    """The file for the losses in the form that evaluations compare."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task; `message` says why where it failed or was kept."""

    task: Task
    fate: Fate
    message: str = ""


def tasks_in(folder: Path, output: Path, *, only_losses: bool = False) -> list[Task]:
    """Return a task for each article in a folder, by name: `battle_of_x.wiki` goes to `output/battle-of-x`.

    A JSON file of the same name beside an article may give its `title` and `url`.
    """
    tasks = []
    for file in sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file()):
        about = _about(file.with_suffix(".json"))
        own = None if only_losses else output / slug_of(file.stem)
        losses = output / f"{file.stem}.json" if only_losses else None
        tasks.append(Task(file, own, about.get("title"), about.get("url"), losses))
    return tasks


def run(tasks: Iterable[Task], *, force: bool = False, workers: int | None = None) -> Iterator[Outcome]:
    """Draft the articles and yield what became of each, as they are done.

    `workers` are processes, by default one a core.
    """
    lost: list[Task] = []
    with ProcessPoolExecutor(workers or os.cpu_count(), initializer=_bound) as pool:
        futures = {pool.submit(_attempt, task, force=force): task for task in tasks}
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenExecutor:
                lost.append(futures[future])
    # One of them killed its process, and the executor gave the others up with it. Alone, only that one fails.
    for task in lost:
        with ProcessPoolExecutor(1, initializer=_bound) as alone:
            try:
                yield alone.submit(_attempt, task, force=force).result()
            except BrokenExecutor:
                yield Outcome(task, Fate.FAILED, "the process that read it was killed, most likely for its memory")


def draft_file(task: Task) -> Draft:
    """Return the draft of a task's file.

    Raises `UnreadableArticle` where it is no UTF-8 text, cannot be read, or is no battle article.
    """
    try:
        source = read_text(task.file)
    except InvalidSources as error:
        raise UnreadableArticle(str(error)) from error
    slug = task.folder.name if task.folder else slug_of(task.file.stem)
    return draft(source, slug, title=task.title, source_url=task.source)


def losses_json(drafted: Draft) -> str:
    """Return the losses of a draft in the form that evaluations compare, as indented JSON."""
    told = {"slug": drafted.slug, "title": drafted.title, "losses": gold_form(drafted.reading)}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _attempt(task: Task, *, force: bool) -> Outcome:
    target = task.folder or task.losses_file
    if target and target.exists() and not force:
        return Outcome(task, Fate.KEPT, f"{target} is there already; --force drafts it anew")
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(_SECONDS)
    try:
        drafted = draft_file(task)
        if task.folder:
            place_draft(drafted, task.folder, force=force)
        if task.losses_file:
            task.losses_file.parent.mkdir(parents=True, exist_ok=True)
            task.losses_file.write_text(losses_json(drafted), "utf-8")
    except (UnreadableArticle, DraftInTheWay, OSError) as error:
        return Outcome(task, Fate.FAILED, str(error))
    except MemoryError:
        return Outcome(task, Fate.FAILED, f"reading it takes more than {_MEMORY >> 30} GiB of memory")
    finally:
        signal.alarm(0)
    return Outcome(task, Fate.DRAFTED)


def _bound() -> None:
    """Limit the memory of this process, and leave Ctrl-C to the one that started it."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise UnreadableArticle(f"reading it takes more than {_SECONDS} seconds; what is it, if not an article?")


def _about(file: Path) -> dict[str, str]:
    """Return what a file beside an article says of it."""
    if not file.is_file():
        return {}
    try:
        said = json.loads(file.read_bytes())
    except ValueError:
        return {}
    return {key: value for key, value in said.items() if isinstance(value, str)} if isinstance(said, dict) else {}
