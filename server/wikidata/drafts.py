"""The rules by which the words of a claim become a statement: losses, dates, and claims of one triple.

Each returns a draft or raises `Withheld` with the first reason that applies. Nothing is
rounded, added up or read into the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from graph.namespaces import BG, RDF, SKOS
from server.viewpoints.losses import Extent, read_figure
from server.wikidata import values
from server.wikidata.catalogue import is_nameable
from server.wikidata.items import Items
from server.wikidata.mapping import CIRCA, NOT_EXPORTED, SOLDIERS, Role, property_of
from server.wikidata.reasons import Reason
from server.wikidata.records import Record, is_in, objects, read_record, subjects
from server.wikidata.statements import Draft, Withheld
from server.wikidata.values import Snak

_CITATION_MARKS: Final = re.compile(r"(?:\[\d+\])+$")
_EXTENTS: Final = {
    Extent.IMPLIED: Reason.NO_COUNT,
    Extent.RANGE: Reason.RANGE,
    Extent.AT_LEAST: Reason.OPEN_COUNT,
    Extent.AT_MOST: Reason.OPEN_COUNT,
}
_PARTIAL: Final = tuple(BG + name for name in ("includedIn", "scope", "phase"))


def draft(items: Items, claim: Record) -> Draft:
    """Return what a claim comes to; raise `Withheld` where it cannot be said in Wikidata's terms."""
    rule = next((rule for class_, rule in _RULES.items() if claim.is_a(class_)), None)
    if rule is None:
        raise no_property(claim)
    return rule(items, claim)


def no_property(claim: Record) -> Withheld:
    """Return that nothing says what this claim says, with the property that comes near where there is one."""
    near = [term for term in claim.iris(RDF + "predicate") if term in NOT_EXPORTED]
    return Withheld(Reason.NOT_MAPPED, cites=near) if near else Withheld(Reason.NO_PROPERTY)


def value_item(items: Items, thing: str, missing: Reason = Reason.VALUE_WITHOUT_ITEM) -> str:
    """Return the item of a thing that a statement needs; raise `Withheld` where none may be used."""
    item = items.find(thing)
    if item is None:
        raise without_item(items, thing, missing)
    return item


def without_item(items: Items, thing: str, missing: Reason) -> Withheld:
    """Return why a thing has no item that may be used."""
    recorded = items.why_not(thing)
    if recorded is None and not is_nameable(items.store, thing):
        return Withheld(Reason.DESCRIBED)
    return Withheld(recorded or missing, thing)


def _loss(items: Items, claim: Record) -> Draft:
    name = property_of(claim.first(BG + "effect") or "")
    if name is None:
        is_stated = claim.first(BG + "effect") not in (None, BG + "EffectNotStated")
        raise Withheld(Reason.EFFECT if is_stated else Reason.EFFECT_NOT_STATED)
    count = _count(items, claim)
    event = claim.first(BG + "inEvent")
    if event is None:
        raise Withheld(Reason.NO_PROPERTY)
    circa = (("P1480", CIRCA),) if claim.first(BG + "certainty") == BG + "Approximate" else ()
    words = _CITATION_MARKS.sub("", min(claim.texts(BG + "lexical"), key=lambda text: (len(text), text), default=""))
    if name != "P3082":
        return Draft(event, name, count, (*_people(items, claim), *circa), words)
    kind = claim.first(BG + "lossType")
    if kind is None:
        raise Withheld(Reason.NO_PROPERTY)
    item, members = _destroyed(items, kind)
    side = _side(items, claim)
    return Draft(event, name, item, (("P1114", count), *members, *side, *circa), words)


def _count(items: Items, claim: Record) -> str:
    """Return the number of a loss, where it is one that stands by itself."""
    others = {*claim.iris(BG + "mayOverlapWith"), *subjects(items.store, BG + "mayOverlapWith", claim.iri)}
    if others:
        raise Withheld(Reason.OVERLAP, cites=sorted(others))
    if any(name in claim.terms for name in _PARTIAL):
        raise Withheld(Reason.PART_OF_COUNT)
    figure = read_figure(*(claim.texts(BG + name) for name in ("minCount", "maxCount", "countStated")))
    if figure is None:
        raise Withheld(Reason.NO_COUNT)
    if figure.extent in _EXTENTS:
        raise Withheld(_EXTENTS[figure.extent])
    return str(figure.least)


def _people(items: Items, claim: Record) -> tuple[Snak, ...]:
    """Return the part of the battle's people that the number is of, none where it is of all.

    Raises `Withheld` where it is of some and no item says of whom: it would seem the total.
    """
    sufferer, kind = claim.first(BG + "lossOf"), claim.first(BG + "lossType")
    side = _side(items, claim)
    if not side and _is_side(items, sufferer):
        raise Withheld(Reason.SIDE_WITHOUT_ITEM, sufferer or "")
    population = None if _is_side(items, sufferer) or sufferer == BG + "SideNotStated" else sufferer
    # Of a side, soldiers are what its number is of; civilians or medical workers are some of its people only.
    narrower = None if side and kind and kind.endswith(f"/id/{SOLDIERS}") else kind
    parts = tuple(part for part in (population, narrower) if part)
    found = tuple(dict.fromkeys(item for part in parts if (item := items.find(part))))
    if parts and not found:
        raise Withheld(Reason.PART_OF_PEOPLE, parts[-1])
    return (*side, *(("P518", item) for item in found))


def _side(items: Items, claim: Record) -> tuple[Snak, ...]:
    """Return the side whose loss it is: its item, or its one member's; none where there is none."""
    sufferer = claim.first(BG + "lossOf")
    if sufferer is None or not _is_side(items, sufferer):
        return ()
    members = objects(items.store, sufferer, BG + "member")
    candidates = (sufferer, *(members if len(members) == 1 else ()))
    item = next(filter(None, map(items.find, candidates)), None)
    return (("P518", item),) if item else ()


def _is_side(items: Items, sufferer: str | None) -> bool:
    is_stated = sufferer not in (None, BG + "SideNotStated")
    return is_stated and is_in(items.store, sufferer or "", BG + "Side")


def _destroyed(items: Items, kind: str) -> tuple[str, tuple[Snak, ...]]:
    """Return the item of what was destroyed; of several types counted together the wider one, including each."""
    record = read_record(items.store, kind)
    members = record.iris(BG + "unionMember")
    wider = record.first(SKOS + "broader") if members else kind
    if wider is None:
        raise Withheld(Reason.VALUE_WITHOUT_ITEM, kind)
    missing = [part for part in (wider, *members) if items.find(part) is None]
    if missing:
        first = without_item(items, missing[0], Reason.VALUE_WITHOUT_ITEM)
        raise Withheld(first.reason, *missing)
    return value_item(items, wider), tuple(("P1012", value_item(items, member)) for member in members)


def _date(_items: Items, claim: Record) -> Draft:
    subject, name = claim.first(RDF + "subject"), property_of(claim.first(RDF + "predicate") or "")
    if subject is None or name is None:
        raise no_property(claim)
    span = values.span(claim.text(BG + "earliestDate"), claim.text(BG + "latestDate"))
    if span is None:
        raise Withheld(Reason.DATE)
    return Draft(subject, name, span.value, span.bounds, None if span.is_exact else claim.text(BG + "whenLexical"))


def _triple(items: Items, claim: Record) -> Draft:
    subject, name = claim.first(RDF + "subject"), property_of(claim.first(RDF + "predicate") or "", Role.STATEMENT)
    value = claim.first(RDF + "object")
    if subject is None or name is None or value is None:
        raise no_property(claim)
    return Draft(subject, name, value_item(items, value))


_RULES: Final[Mapping[str, Callable[[Items, Record], Draft]]] = {
    BG + "LossClaim": _loss,
    BG + "DateClaim": _date,
    BG + "EventClaim": _triple,
    BG + "StatusClaim": _triple,
    BG + "OutcomeClaim": _triple,
}
