"""What the endpoints are asked: the queries of `queries/`, filled in from the data.

`$name` in a query stands for a term of the dataset, so that requests differ as those of
many readers do. A number in a comment makes each request one that nobody has sent before.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

import pyoxigraph as ox

_FOLDER: Final = Path(__file__).parent / "queries"
_PARAMETERS: Final = "parameters.rq"
_HEAD: Final = re.compile(r"^#\+ summary: (.+)\n")
_PLACE: Final = re.compile(r"\$(\w+)")

Terms = Mapping[str, str]
"""Values for the places of a query, as SPARQL writes them."""


class NothingToAsk(ValueError):
    """The dataset holds no battle with sides, dates and claimants."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query with places for terms."""

    name: str
    summary: str
    text: str

    def filled(self, terms: Terms, number: int) -> str:
        """Return the query about these terms; requests with different numbers differ."""
        return f"{_PLACE.sub(lambda place: terms[place[1]], self.text)}# {number}\n"


def read_questions() -> tuple[Question, ...]:
    """Return the questions in the order of their names."""
    return tuple(_read_question(file) for file in sorted(_FOLDER.glob("*.rq")) if file.name != _PARAMETERS)


def terms_query() -> str:
    """Return the query for what the questions may be asked about: a row for each of some battles."""
    return (_FOLDER / _PARAMETERS).read_text("utf-8")


def read_terms(results: bytes) -> Sequence[Terms]:
    """Return the terms of an answer to `terms_query`, which is SPARQL's JSON; raise `NothingToAsk` for no rows."""
    solutions = cast(ox.QuerySolutions, ox.parse_query_results(results, format=ox.QueryResultsFormat.JSON))
    names = [variable.value for variable in solutions.variables]
    rows = [{name: str(row[name]) for name in names} for row in solutions]
    if not rows:
        raise NothingToAsk("the dataset holds no battle with sides, dates and claimants to ask about")
    return rows


def battle_path(terms: Terms) -> str:
    """Return the path of the battle these terms are about: `event/` and its slug."""
    return urlsplit(terms["battle"].strip("<>")).path.partition("/id/")[2]


def requests(question: Question, terms: Sequence[Terms]) -> Iterator[str]:
    """Yield queries without end, no two alike."""
    for number in itertools.count(1):
        yield question.filled(terms[number % len(terms)], number)


def _read_question(file: Path) -> Question:
    text = file.read_text("utf-8")
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"{file}: the first line must be '#+ summary: …'")
    return Question(file.stem, head[1], text[head.end() :])
