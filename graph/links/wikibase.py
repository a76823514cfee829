"""The part of a Wikibase's API that tells what its identifiers stand for: `wbgetentities`.

At most fifty identifiers a request, which is what the API allows a caller without rights;
`maxlag` leaves the service to people while its replicas lag (MediaWiki, API etiquette).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.links.client import Busy, Client, NoAnswer
from graph.links.entity import Entity, Missing, read_entity
from graph.links.wire import Misread, mapping, text

_BATCH: Final = 50
_LANGUAGES: Final = ("en", "az", "hy")
_MAXLAG: Final = 5
_LEVELS: Final = 4
"""Subclass steps that are climbed to find a class again."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What the service was asked for and did not tell."""

    reason: str


Answer = Entity | Missing | Unanswered


@dataclass(frozen=True, slots=True)
class Wikibase:
    """One Wikibase's API."""

    client: Client

    def entities(self, ids: Collection[str]) -> Mapping[str, Answer]:
        """Return what each identifier stands for; never raises for what the service does.

        After a request without an answer the rest is not asked for: a service in trouble is
        left alone.
        """
        answers: dict[str, Answer] = {}
        trouble: str | None = None
        for batch in _batches(ids):
            if trouble is None:
                try:
                    answers.update(self._ask(batch))
                except NoAnswer as error:
                    trouble = str(error)
            answers.update((id_, Unanswered(trouble)) for id_ in batch if trouble is not None)
        return answers

    def is_below(self, classes: Collection[str], wanted: Collection[str]) -> bool | None:
        """Tell whether one of the classes is a wanted one or a subclass of it; None where the service does not."""
        seen: set[str] = set()
        level = set(classes)
        for _ in range(_LEVELS):
            if level & set(wanted):
                return True
            seen |= level
            answers = self.entities(level).values()
            if any(isinstance(answer, Unanswered) for answer in answers):
                return None
            level = {id_ for answer in answers if isinstance(answer, Entity) for id_ in answer.superclasses} - seen
            if not level:
                return False
        return bool(level & set(wanted))

    def _ask(self, ids: Sequence[str]) -> Mapping[str, Answer]:
        answer = self.client.ask(
            "GET",
            {
                "action": "wbgetentities",
                "ids": "|".join(ids),
                "props": "info|labels|aliases|claims",
                "languages": "|".join(_LANGUAGES),
                "format": "json",
                "formatversion": "2",
                "maxlag": str(_MAXLAG),
            },
            _refusal,
        )
        try:
            entities = mapping(mapping(answer, "the answer").get("entities"), "entities")
        except Misread as error:
            raise NoAnswer(f"its answer is not Wikibase's: {error}") from error
        others = sorted(entities.keys() - set(ids))
        if others:
            raise NoAnswer(f"it was not asked about {text(others[0], 'entities')}, and answers about it")
        return {id_: _read(id_, entities) for id_ in ids}


def _read(id_: str, entities: Mapping[str, object]) -> Answer:
    if id_ not in entities:
        return Unanswered("it was asked about it, and does not answer")
    try:
        return read_entity(id_, entities[id_])
    except Misread as error:
        return Unanswered(f"its answer is not Wikibase's: {error}")


def _refusal(answer: object) -> NoAnswer | None:
    """Return what an answer refuses with: `error` with `code` and `info` (MediaWiki, API errors)."""
    if not isinstance(answer, dict) or "error" not in answer:
        return None
    try:
        error = mapping(answer["error"], "error")
        code, info = (text(error.get(name, ""), f"error.{name}") for name in ("code", "info"))
    except Misread as misread:
        return NoAnswer(f"its answer is not Wikibase's: {misread}")
    reason = f"it refuses: {code}, {info}"
    return Busy(reason) if code in ("maxlag", "ratelimited", "readonly") else NoAnswer(reason)


def _batches(ids: Collection[str]) -> Iterator[tuple[str, ...]]:
    ordered = sorted(set(ids), key=lambda id_: (id_[0], len(id_), id_))
    return (tuple(ordered[start : start + _BATCH]) for start in range(0, len(ordered), _BATCH))
