"""What there is to draft: articles in files, and where their drafts go."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.drafting.draft import slug_of
from graph.issues import shown

SUFFIXES: Final = (".txt", ".wiki", ".wikitext")
"""Names of files that a folder of articles is searched for."""


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

    @property
    def slug(self) -> str:
        """What everything in the draft is named after."""
        return self.folder.name if self.folder else slug_of(self.file.stem)


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
