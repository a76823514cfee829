"""Many articles drafted side by side, on all cores, and none stopping the others.

An article that is drafted already is kept, so that a run that was broken off goes on where
it stopped. What a person has reviewed is never overwritten.
"""

from __future__ import annotations

import json
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import traceback
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from graph.drafting.document import UnreadableArticle
from graph.drafting.draft import Draft, draft, slug_of
from graph.drafting.running.bounds import bounded
from graph.drafting.running.folders import DraftInTheWay, Standing, check_free, place_draft, place_file, standing_at
from graph.drafting.running.gold import gold_form
from graph.issues import shown

SUFFIXES: Final = (".txt", ".wiki", ".wikitext")
"""Names of files that a folder of articles is searched for."""

_LARGEST: Final = 16_000_000
"""Bytes of a file that are read: as many as four million characters can take."""
_AHEAD: Final = 2
"""Articles for each process that wait or are read at a time."""


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
    obstacle: str | None = None
    """Why it cannot be drafted, where that is known before it is read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task; `message` says why where it failed or was kept."""

    task: Task
    fate: Fate
    message: str = ""


def task_of(file: Path, folder: Path | None = None, losses_file: Path | None = None) -> Task:
    """Return the task for one file; a JSON file of its name beside it may give its `title` and `url`."""
    about = _about(file.with_suffix(".json"))
    return Task(file, folder, about.get("title"), about.get("url"), losses_file)


def tasks_in(folder: Path, output: Path, *, only_losses: bool = False) -> list[Task]:
    """Return a task for each article in a folder, by name: `battle_of_x.wiki` goes to `output/battle-of-x`.

    Files that would go to the same place are told apart by nobody, so none of them does.
    """
    files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and _is_readable(path))
    targets = {file: output / f"{file.stem}.json" if only_losses else output / slug_of(file.stem) for file in files}
    of_a_name = Counter(targets.values())
    tasks = []
    for file, target in targets.items():
        if of_a_name[target] > 1:
            others = ", ".join(shown(one) for one in files if targets[one] == target and one != file)
            tasks.append(Task(file, None, obstacle=f"{shown(target)} is where {others} goes too; rename one"))
        else:
            tasks.append(task_of(file, None, target) if only_losses else task_of(file, target))
    return tasks


def run(tasks: Iterable[Task], *, force: bool = False, workers: int | None = None) -> Iterator[Outcome]:
    """Draft the articles and yield what became of each, as they are done.

    `workers` are processes, by default one a core. Where one is killed, the articles that were
    in work are drafted again, each in a process of its own, so that only the killer fails.
    """
    left = deque(tasks)
    size = workers or len(os.sched_getaffinity(0))
    while left:
        suspects: list[Task] = []
        yield from _until_broken(left, suspects, size, force=force)
        for task in suspects:
            lost: list[Task] = []
            for outcome in _until_broken(deque([task]), lost, 1, force=force):
                # It was not there when it was first taken: its process had finished it when another one was killed.
                yield Outcome(task, Fate.DRAFTED) if outcome.fate is Fate.KEPT else outcome
            if lost:
                yield Outcome(task, Fate.FAILED, "the process that read it was killed, most likely for its memory")


def draft_file(task: Task) -> Draft:
    """Return the draft of a task's file, in bounded time and memory.

    Raises `UnreadableArticle` where it is no UTF-8 text, cannot be read, or is no battle article.
    """
    with bounded():
        slug = task.folder.name if task.folder else slug_of(task.file.stem)
        return draft(_text_of(task.file), slug, title=task.title, source_url=task.source)


def losses_json(drafted: Draft) -> str:
    """Return the losses of a draft in the form that evaluations compare, as indented JSON."""
    told = {"slug": drafted.slug, "title": drafted.title, "losses": gold_form(drafted.reading)}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _until_broken(left: deque[Task], suspects: list[Task], workers: int, *, force: bool) -> Iterator[Outcome]:
    """Take tasks from the left until none is left or a process was killed; `suspects` are then those in work."""
    with ProcessPoolExecutor(workers, initializer=_start) as pool:
        working: dict[Future[Outcome], Task] = {}
        try:
            while left or working:
                while left and len(working) < _AHEAD * workers:
                    task = left.popleft()
                    if kept := _kept(task, force=force):
                        yield Outcome(task, Fate.KEPT, kept)
                        continue
                    try:
                        working[pool.submit(_attempt, task, force=force)] = task
                    except BrokenExecutor:
                        left.appendleft(task)
                        break
                done, _ = wait(working, return_when=FIRST_COMPLETED)
                for future in done:
                    task = working.pop(future)
                    try:
                        outcome = future.result()
                    except BrokenExecutor:
                        suspects.append(task)
                    else:
                        yield outcome
                if suspects:
                    suspects += working.values()
                    # What is still in work must not be placed while it is drafted anew.
                    pool.shutdown(wait=True)
                    return
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _attempt(task: Task, *, force: bool) -> Outcome:
    if task.obstacle:
        return Outcome(task, Fate.FAILED, task.obstacle)
    try:
        if task.folder:
            check_free(task.folder, force=force)
        drafted = draft_file(task)
        if task.folder:
            place_draft(drafted, task.folder, force=force)
        if task.losses_file:
            place_file(losses_json(drafted), task.losses_file)
    except (UnreadableArticle, DraftInTheWay) as error:
        return Outcome(task, Fate.FAILED, str(error))
    except OSError as error:
        return Outcome(task, Fate.FAILED, f"{error.filename or task.file}: {error.strerror}")
    except Exception as error:  # noqa: BLE001 - a mistake in one reader must not keep the other articles from being drafted
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}, line {last.lineno}"
        return Outcome(task, Fate.FAILED, f"a mistake of the program: {type(error).__name__}: {error} ({where})")
    return Outcome(task, Fate.DRAFTED)


def _kept(task: Task, *, force: bool) -> str | None:
    """Return why the place of a task is left as it is, where one has been there before."""
    if task.losses_file and task.losses_file.is_file() and not force:
        return f"{shown(task.losses_file)} is there already; --force reads it anew"
    if task.folder:
        standing = standing_at(task.folder)
        if standing is Standing.REVIEWED or (standing is Standing.DRAFT and not force):
            return f"{shown(task.folder)} is {standing.value}"
    return None


def _start() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _text_of(file: Path) -> str:
    """Return a file's text, line ends untouched; no more of a file is read than an article can have."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
    except OSError as error:
        raise UnreadableArticle(f"{error.strerror}; put the text there, readable to you") from error
    if len(content) > _LARGEST:
        raise UnreadableArticle(
            f"it has more than {_LARGEST:,} bytes; no article is as long, so this is something else"
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableArticle(
            f"line {_line(content, error.start)}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from error
    if (nul := content.find(b"\0")) >= 0:
        raise UnreadableArticle(f"line {_line(content, nul)}: byte {nul} is NUL, which no text holds; save it as text")
    return text


def _line(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def _is_readable(path: Path) -> bool:
    """Tell whether a path is to be read: a file, or a link that leads nowhere, which is worth a message."""
    return path.is_file() or (path.is_symlink() and not path.exists())


def _about(file: Path) -> dict[str, str]:
    """Return what a file beside an article says of it."""
    try:
        said = json.loads(file.read_bytes()) if file.is_file() else None
    except (OSError, ValueError, RecursionError):
        return {}
    return {key: value for key, value in said.items() if isinstance(value, str)} if isinstance(said, dict) else {}
