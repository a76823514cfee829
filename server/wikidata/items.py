"""Which item of Wikidata a thing is: by a published exact match, or because the contributor says so.

A link that is contradicted or unconfirmed is never used; it is told apart from no link at
all, because the remedy differs. What a contributor gives is used where nothing is
published; it must not be the item of anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from graph.iris import is_slug
from graph.namespaces import BG, PREFIXES, RDF, SKOS
from graph.store import Store
from server.wikidata.mapping import CIRCA, CLASS_ITEMS, LANGUAGE_ITEMS, PROJECTS
from server.wikidata.reasons import Reason
from server.wikidata.records import read_record, subjects

MOST_GIVEN: Final = 200
_ITEM: Final = re.compile(r"Q[1-9][0-9]{0,11}")
_WRITTEN: Final = re.compile(
    r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/)?([Qq][1-9][0-9]{0,11})(?:#.*)?"
)
_SAME: Final = (SKOS + "exactMatch", SKOS + "closeMatch")
_RELATION: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WD: Final = PREFIXES["wd"]
_MATCHES: Final = frozenset(SKOS + f"{name}Match" for name in ("exact", "close", "broad", "narrow", "related"))
_OTHER_USES: Final = {
    CIRCA: "circa",
    **dict.fromkeys(CLASS_ITEMS.values(), "a class"),
    **dict.fromkeys(LANGUAGE_ITEMS.values(), "a language"),
    **{project: "a Wikipedia" for project, _ in PROJECTS.values()},
}
_HELD_BACK: Final = {
    BG + "Contradicted": Reason.LINK_CONTRADICTED,
    BG + "Unconfirmed": Reason.LINK_UNCONFIRMED,
}


class InvalidItem(ValueError):
    """An item that was given cannot be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that is recorded for a thing, and how it stands."""

    item: str
    relation: str
    """IRI of the mapping property."""
    confidence: str
    """IRI of the confidence, empty where none is stated."""
    evidence: str
    """What was found for and against it."""

    @property
    def words(self) -> str:
        """The item with its relation and its standing, as `Q920182 (broad match, unconfirmed)`."""
        relation = _RELATION.sub(" ", self.relation.rpartition("#")[2])
        confidence = _RELATION.sub(" ", self.confidence.rpartition("#")[2])
        return f"{self.item} ({', '.join(filter(None, (relation, confidence))).lower()})"


@dataclass(frozen=True, slots=True)
class Items:
    """The items of one dataset's things, with those that a contributor gives."""

    store: Store
    given: Mapping[str, str] = field(default_factory=dict)
    """QIDs by the IRI of the thing."""

    def find(self, thing: str) -> str | None:
        """Return the QID of a thing, None where none may be used."""
        return self.given.get(thing) or _published(self.store, thing)

    def why_not(self, thing: str) -> Reason | None:
        """Return what speaks against the item that is recorded for a thing; None where none is recorded.

        A broader item is not the thing's own, however sure it is.
        """
        for candidate in self.candidates(thing):
            if candidate.relation in _SAME and candidate.confidence in _HELD_BACK:
                return _HELD_BACK[candidate.confidence]
        return None

    def candidates(self, thing: str) -> tuple[Candidate, ...]:
        """Return the items that are recorded for a thing and may not be used, in one order."""
        found = []
        for link in sorted(subjects(self.store, RDF + "subject", thing)):
            record = read_record(self.store, link)
            for value in record.iris(RDF + "object"):
                confidence = record.first(BG + "confidence") or ""
                relation = record.first(RDF + "predicate") or ""
                is_used = relation == _SAME[0] and confidence not in _HELD_BACK
                if _ITEM.fullmatch(item := value.removeprefix(_WD)) and not is_used:
                    evidence = " ".join(record.texts(BG + "evidence"))
                    found.append(Candidate(item, relation, confidence, evidence))
        return tuple(found)


def _published(store: Store, thing: str) -> str | None:
    matches = store.quads_for_pattern(ox.NamedNode(thing), ox.NamedNode(SKOS + "exactMatch"), None, ox.DefaultGraph())
    found = {quad.object.value.removeprefix(_WD) for quad in matches if isinstance(quad.object, ox.NamedNode)}
    items = sorted(name for name in found if _ITEM.fullmatch(name))
    # Two exact matches contradict each other.
    return items[0] if len(items) == 1 else None


def read_given(store: Store, base: str, options: Iterable[str], of: str | None = None) -> dict[str, str]:
    """Return the QIDs by IRI of options like `place/hadrut=Q157919`.

    `battle-of-hadrut=Q…` is the event of that name; a QID alone is the item of the thing
    `of`, where there is one. A QID may be in lower case, or the address of its page. Raises
    `InvalidItem` for what is no QID, names no thing of the data, contradicts another option
    or a published link, or is known to be the item of something else.
    """
    given: dict[str, str] = {}
    options = list(options)
    if len(options) > MOST_GIVEN:
        raise InvalidItem(f"{len(options)} items were given; {MOST_GIVEN} at most are read")
    for option in options:
        name, sign, written = (part.strip() for part in option.rpartition("="))
        matched = _WRITTEN.fullmatch(written)
        if matched is None:
            raise InvalidItem(f"{option!r} gives no item: write the thing and its item, as battle-of-hadrut=Q42")
        item = matched[1].upper()
        thing = _thing(store, base, name) if sign else of
        if thing is None:
            raise InvalidItem(f"{option!r} names no thing of the data: write what follows /id/ in its address")
        _require_free(store, thing, item, option)
        if given.setdefault(thing, item) != item:
            raise InvalidItem(f"{name or option} is given two items, {given[thing]} and {item}")
    repeated = sorted(item for item in set(given.values()) if list(given.values()).count(item) > 1)
    if repeated:
        raise InvalidItem(f"{repeated[0]} is given for two things, and one item cannot be both")
    return given


def _require_free(store: Store, thing: str, item: str, option: str) -> None:
    """Raise `InvalidItem` where the item is known to be something else than the thing."""
    recorded = _published(store, thing)
    if recorded is not None and recorded != item:
        raise InvalidItem(f"{option!r} contradicts the link that is published: recorded is {recorded}")
    if (use := _OTHER_USES.get(item)) is not None:
        raise InvalidItem(f"{option!r} cannot be: {item} is used here for {use}")
    for quad in store.quads_for_pattern(None, None, ox.NamedNode(_WD + item), ox.DefaultGraph()):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        link = read_record(store, quad.subject.value) if quad.predicate.value == RDF + "object" else None
        about = link.first(RDF + "subject") if link else quad.subject.value
        relation = link.first(RDF + "predicate") if link else quad.predicate.value
        if about != thing:
            raise InvalidItem(f"{option!r} cannot be: {item} is used here for another thing, {about}")
        if relation not in _SAME and relation in _MATCHES:
            kind = _RELATION.sub(" ", relation.rpartition("#")[2]).lower()
            raise InvalidItem(f"{option!r} cannot be: {item} is recorded as its {kind}, which is not the thing itself")


def _thing(store: Store, base: str, name: str) -> str | None:
    name = name if "/" in name else f"event/{name}"
    if not all(is_slug(part) for part in name.split("/")):
        return None
    thing = ox.NamedNode(f"{base}id/{name}")
    is_there = next(store.quads_for_pattern(thing, None, None, ox.DefaultGraph()), None) is not None
    return thing.value if is_there else None
