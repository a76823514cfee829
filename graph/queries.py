"""The competency questions: `ontology/questions/*.rq`, each with the words that head it.

They say what the graph is for, are the examples on the query page, and are answered
in the tests. The head of a file is grlc's: `#+ summary:`, `#+ description:`, `#+ tags:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from graph.iris import rebase
from graph.namespaces import CANONICAL_BASE
from graph.paths import QUESTIONS

AUDIENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "readers": "Readers",
        "researchers": "Researchers",
        "wikidata": "Wikidata contributors",
        "archivists": "Archivists",
    }
)
"""The kinds of user that questions are asked by: the tag, and what they are called. Other tags are topics."""

_HEAD = re.compile(r"^#\+ (\w+): (.+)$", re.MULTILINE)
_OURS = re.compile(rf"(?<=<){re.escape(CANONICAL_BASE)}[^<>]*(?=>)")


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

    @property
    def source(self) -> str:
        """The query with its head, as a file has it."""
        head = {"summary": self.summary, "description": self.description, "tags": ", ".join(self.tags)}
        return "".join(f"#+ {part}: {words}\n" for part, words in head.items()) + self.text

    @property
    def audiences(self) -> tuple[str, ...]:
        """The kinds of user who ask this, as `AUDIENCES` calls them."""
        return tuple(AUDIENCES[tag] for tag in AUDIENCES if tag in self.tags)

    @property
    def topics(self) -> tuple[str, ...]:
        """The tags that name no kind of user."""
        return tuple(tag for tag in self.tags if tag not in AUDIENCES)


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


def on_base(question: Question, base: str) -> Question:
    """Return the question as it is asked of a dataset on another base; the vocabulary keeps its names."""
    return replace(question, text=_OURS.sub(lambda iri: rebase(iri[0], base), question.text))


def by_audience(asked: Iterable[Question]) -> dict[str, list[Question]]:
    """Return the questions of each kind of user, each once: one that several ask stands with the first of them."""
    asked = [*asked]
    groups = {
        audience: [question for question in asked if question.audiences[:1] == (audience,)]
        for audience in AUDIENCES.values()
    }
    return {audience: found for audience, found in groups.items() if found}
