"""Many articles drafted side by side by a workforce, and none stopping the others.

An article that is drafted already is kept, so that a run that was broken off goes on where
it stopped. What a person has reviewed is never overwritten. Texts are read and drafts put
in their places by this process alone, so that a cluster needs no folder in common.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from graph.drafting.document import UnreadableArticle
from graph.drafting.draft import Draft, draft
from graph.drafting.running.bounds import bounded
from graph.drafting.running.folders import DraftInTheWay, Standing, check_free, place_draft, place_file, standing_at
from graph.drafting.running.gold import gold_form
from graph.drafting.running.tasks import Task
from graph.drafting.running.text import read_content, text_of
from graph.issues import shown
from graph.workforce.force import Failed, Finished, Workforce


class Fate(Enum):
    """What became of an article."""

    DRAFTED = "drafted"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task; `message` says why where it failed or was kept."""

    task: Task
    fate: Fate
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Text:
    """An article on its way to who drafts it."""

    task: Task
    content: bytes


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A draft on its way back."""

    files: Mapping[str, bytes]
    losses: str


class ProgramMistake(RuntimeError):
    """An error that no reader should raise; the message says which, and where in the program."""


def run(tasks: Iterable[Task], workforce: Workforce, *, force: bool = False) -> Iterator[Outcome]:
    """Draft the articles and yield what became of each, as they are done; what is kept comes first."""
    left: list[Task] = []
    for task in tasks:
        if task.obstacle:
            yield Outcome(task, Fate.FAILED, task.obstacle)
        elif kept := _kept(task, force=force):
            yield Outcome(task, Fate.KEPT, kept)
        else:
            left.append(task)
    unread: list[Outcome] = []
    for done in workforce.each(_draft, _texts(left, unread, force=force), None):
        yield _outcome(done, force=force)
        while unread:
            yield unread.pop()
    yield from unread


def draft_file(task: Task) -> Draft:
    """Return the draft of a task's file, in bounded time and memory.

    Raises `UnreadableArticle` where it is no UTF-8 text, cannot be read, or is no battle article.
    """
    return _bounded_draft(task, read_content(task.file))


def losses_json(drafted: Draft) -> str:
    """Return the losses of a draft in the form that evaluations compare, as indented JSON."""
    told = {"slug": drafted.slug, "title": drafted.title, "losses": gold_form(drafted.reading)}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _texts(tasks: Iterable[Task], unread: list[Outcome], *, force: bool) -> Iterator[_Text]:
    """Yield the texts as they are asked for, and note the tasks that have none or no place to go."""
    for task in tasks:
        try:
            if task.folder:
                check_free(task.folder, force=force)
            yield _Text(task, read_content(task.file))
        except (UnreadableArticle, DraftInTheWay) as error:
            unread.append(Outcome(task, Fate.FAILED, str(error)))
        except OSError as error:
            unread.append(Outcome(task, Fate.FAILED, _refused(error, task.file)))


def _draft(_: None, text: _Text) -> _Drafted:
    """Draft an article, wherever the workforce has its processes."""
    try:
        drafted = _bounded_draft(text.task, text.content)
        return _Drafted(dict(drafted.files), losses_json(drafted))
    except UnreadableArticle:
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}, line {last.lineno}"
        raise ProgramMistake(f"a mistake of the program: {type(error).__name__}: {error} ({where})") from error


def _bounded_draft(task: Task, content: bytes) -> Draft:
    with bounded():
        return draft(text_of(content), task.slug, title=task.title, source_url=task.source)


def _outcome(done: Finished[_Text, _Drafted] | Failed[_Text], *, force: bool) -> Outcome:
    task = done.task.task
    if isinstance(done, Failed):
        return Outcome(task, Fate.FAILED, str(done.error))
    try:
        if task.folder:
            place_draft(done.result.files, task.folder, force=force)
        if task.losses_file:
            place_file(done.result.losses, task.losses_file)
    except DraftInTheWay as error:
        return Outcome(task, Fate.FAILED, str(error))
    except OSError as error:
        return Outcome(task, Fate.FAILED, _refused(error, task.file))
    return Outcome(task, Fate.DRAFTED)


def _refused(error: OSError, file: Path) -> str:
    return f"{error.filename or file}: {error.strerror}"


def _kept(task: Task, *, force: bool) -> str | None:
    """Return why the place of a task is left as it is, where one has been there before."""
    if task.losses_file and task.losses_file.is_file() and not force:
        return f"{shown(task.losses_file)} is there already; --force reads it anew"
    if task.folder:
        standing = standing_at(task.folder)
        if standing is Standing.REVIEWED or (standing is Standing.DRAFT and not force):
            return f"{shown(task.folder)} is {standing.value}"
    return None
