"""The part of the Reconciliation API (0.2, section 4) that finds entities by name.

Queries go in batches by POST, as the form field `queries`; ten at a time, because services
may evaluate a batch one by one and then time out on it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.links.client import Client, NoAnswer
from graph.links.wire import Misread, items, mapping, number, text

_BATCH: Final = 10
_LIMIT: Final = 3


@dataclass(frozen=True, slots=True)
class Query:
    """A name, and what kind of thing bears it where that is known."""

    name: str
    type: str | None = None
    """Identifier of a class in the service's own terms."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a service proposes."""

    id: str
    name: str
    score: float
    match: bool
    """Whether the service is sure; a person decides all the same."""
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One reconciliation service."""

    client: Client

    def candidates(self, queries: Sequence[Query]) -> list[tuple[Candidate, ...] | str]:
        """Return for each query its candidates, the best first, or the reason why there is no answer.

        After a batch without an answer the rest is not asked for.
        """
        answers: list[tuple[Candidate, ...] | str] = []
        trouble: str | None = None
        for start in range(0, len(queries), _BATCH):
            batch = queries[start : start + _BATCH]
            if trouble is None:
                try:
                    answers += self._ask(batch)
                except NoAnswer as error:
                    trouble = str(error)
            if trouble is not None:
                answers += [trouble] * len(batch)
        return answers

    def _ask(self, queries: Sequence[Query]) -> list[tuple[Candidate, ...] | str]:
        asked = {
            f"q{number}": {"query": query.name, "limit": _LIMIT} | ({"type": query.type} if query.type else {})
            for number, query in enumerate(queries)
        }
        answer = self.client.ask("POST", {"queries": json.dumps(asked, ensure_ascii=False)})
        try:
            results = mapping(answer, "the answer")
        except Misread as error:
            raise NoAnswer(f"its answer is not the Reconciliation API's: {error}") from error
        if not results.keys() & asked.keys():
            raise NoAnswer("its answer is not the Reconciliation API's: it has none of the queries")
        return [_read(name, results) for name in asked]


def _read(name: str, results: Mapping[str, object]) -> tuple[Candidate, ...] | str:
    try:
        found = items(mapping(results.get(name), name).get("result"), f"{name}.result")
        candidates = [_candidate(one, f"{name}.result") for one in found[:_LIMIT]]
    except Misread as error:
        return f"its answer is not the Reconciliation API's: {error}"
    return tuple(sorted(candidates, key=lambda candidate: -candidate.score))


def _candidate(value: object, where: str) -> Candidate:
    found = mapping(value, where)
    types = [mapping(one, f"{where}.type") for one in items(found.get("type", []), f"{where}.type")]
    return Candidate(
        text(found.get("id"), f"{where}.id"),
        text(found.get("name"), f"{where}.name"),
        number(found.get("score"), f"{where}.score"),
        found.get("match") is True,
        tuple(text(one.get("name", one.get("id")), f"{where}.type.name") for one in types),
    )
