"""The competency questions: `ontology/questions/*.rq`, each with the words that head it.

They say what the graph is for, are the examples on the query page, and are answered
in the tests. The head of a file is grlc's: `#+ summary:`, `#+ description:`, `#+ tags:`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from graph.paths import QUESTIONS

_HEAD = re.compile(r"^#\+ (\w+): (.+)$", re.MULTILINE)


class UnreadableQuestion(ValueError):
    """A question lacks a part of its head; the message names the file and the part."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words and in SPARQL."""

    name: str
    """The file's name without its suffix."""
    summary: str
    """The question in English; ends with a question mark."""
    description: str
    tags: tuple[str, ...]
    text: str
    """The query, without the head."""


def read_question(file: Path) -> Question:
    """Return the question of a file; raise `UnreadableQuestion` where its head lacks a part."""
    text = file.read_text("utf-8")
    head = dict(_HEAD.findall(text))
    for part in ("summary", "description", "tags"):
        if part not in head:
            raise UnreadableQuestion(f"{file}: no line '#+ {part}: …' at the head; add one")
    return Question(
        name=file.stem,
        summary=head["summary"],
        description=head["description"],
        tags=tuple(tag.strip() for tag in head["tags"].split(",")),
        text=_HEAD.sub("", text).lstrip("\n"),
    )


def questions(folder: Path = QUESTIONS) -> tuple[Question, ...]:
    """Return every question, in the order of their names."""
    return tuple(read_question(file) for file in sorted(folder.glob("*.rq")))
