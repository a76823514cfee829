"""Claims into statements: each claim becomes exactly one statement, or needs review for exactly one reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.namespaces import BG, RDF
from server.terms.review import is_unreviewed
from server.wikidata import values
from server.wikidata.creation import Creation, may_create
from server.wikidata.drafts import draft, value_item, without_item
from server.wikidata.items import Items
from server.wikidata.reasons import Reason
from server.wikidata.records import Record, objects, read_record
from server.wikidata.references import cites_something, references_of
from server.wikidata.statements import Draft, Held, Statement, Withheld
from server.wikidata.values import Snak

MOST_WORDS: Final = 100
"""Characters that are quoted at most: a few words of a list are no work of their own, a sentence may be."""

_BY_CLASS: Final = {BG + "TitleClaim": Reason.TITLE_CLAIM, BG + "ControlClaim": Reason.PRESENCE_OR_CONTROL}
_BY_STATUS: Final = {BG + "LostInSource": Reason.VALUE_LOST, BG + "StatedUnspecified": Reason.VALUE_UNSPECIFIED}
_PLAIN: Final = frozenset(BG + name for name in ("Asserted", "Attributed", "Approximate"))


@dataclass(frozen=True, slots=True)
class Translation:
    """What some claims come to, in the order of the claims."""

    statements: tuple[Statement, ...]
    held: tuple[Held, ...]


def translate(items: Items, claims: Iterable[str], creation: Creation) -> Translation:
    """Return what these claims come to; those with equal statements are judged among themselves."""
    outcomes = [_translate(items, read_record(items.store, iri), creation) for iri in sorted(set(claims))]
    keys = Counter(_key(outcome) for outcome in outcomes if isinstance(outcome, Statement))
    statements, held = [], []
    for outcome in outcomes:
        if isinstance(outcome, Held):
            held.append(outcome)
        elif keys[_key(outcome)] > 1:
            held.append(Held(outcome.claim, Reason.SAME_VALUE))
        else:
            statements.append(outcome)
    return Translation(tuple(statements), tuple(held))


def _key(statement: Statement) -> tuple[str, str, str]:
    return statement.subject, statement.property, statement.value


def _translate(items: Items, claim: Record, creation: Creation) -> Statement | Held:
    try:
        _require_expressible(items, claim)
        drafted = draft(items, claim)
        is_there = _has_item(items, drafted.subject, creation)
        claimant = _claimant(items, claim, None if is_there else drafted.subject)
        return Statement(
            claim.iri,
            drafted.subject,
            drafted.property,
            drafted.value,
            (*drafted.qualifiers, *claimant, *_stated_as(drafted)),
            references_of(items, claim),
        )
    except Withheld as withheld:
        return Held(claim.iri, withheld.reason, _needed(items, claim, creation, withheld), withheld.cites)


def _needed(items: Items, claim: Record, creation: Creation, withheld: Withheld) -> tuple[str, ...]:
    """Return every thing whose item is missing, what it is about first; nothing where no item would help."""
    if not withheld.things:
        return ()
    subject = claim.first(RDF + "subject") or claim.first(BG + "inEvent")
    body = None if _is_own_voice(items, claim) else _speaks_for(items, claim)
    is_missing = subject and items.find(subject) is None and not may_create(items, subject, creation)
    about = [subject] if subject and is_missing else []
    claimant = [body] if body and items.find(body) is None else []
    return tuple(dict.fromkeys((*about, *withheld.things, *claimant)))


def _require_expressible(items: Items, claim: Record) -> None:
    """Raise `Withheld` where what kind of claim it is, or how it is put forward, rules it out."""
    if is_unreviewed(items.store, claim.iri):
        raise Withheld(Reason.UNREVIEWED)
    for class_, reason in _BY_CLASS.items():
        if claim.is_a(class_):
            raise Withheld(reason)
    status = claim.first(BG + "valueStatus")
    if status in _BY_STATUS:
        raise Withheld(_BY_STATUS[status])
    certainty = claim.first(BG + "certainty")
    if certainty == BG + "Contested" or BG + "incompatibleWith" in claim.terms or BG + "doubt" in claim.terms:
        rivals = claim.iris(BG + "incompatibleWith")
        raise Withheld(Reason.CONTESTED, cites=rivals)
    # That a date is one of several is what earliest and latest date are for.
    is_dated = claim.is_a(BG + "DateClaim") and certainty == BG + "Alternatives"
    if certainty not in _PLAIN and not is_dated:
        raise Withheld(Reason.NOT_PLAIN, cites=claim.iris(BG + "certainty"))
    is_own = _speaks_for(items, claim) is None and _is_own_voice(items, claim)
    if claim.is_a(BG + "LossClaim") and is_own and not cites_something(items, claim):
        raise Withheld(Reason.UNATTRIBUTED)


def _has_item(items: Items, subject: str, creation: Creation) -> bool:
    """Tell whether the subject has an item already; raise `Withheld` where it has none and gets none."""
    is_there = items.find(subject) is not None
    if not is_there and not may_create(items, subject, creation):
        raise without_item(items, subject, Reason.SUBJECT_WITHOUT_ITEM)
    return is_there


def _claimant(items: Items, claim: Record, new: str | None) -> tuple[Snak, ...]:
    """Return who is said to assert it; nobody in particular where the article speaks.

    `new` is what it is about, where that has no item yet.
    """
    if _is_own_voice(items, claim):
        return ()
    body = _speaks_for(items, claim)
    if body is not None:
        return (("P3680", value_item(items, body, Reason.CLAIMANT_WITHOUT_ITEM)),)
    # Somebody unnamed is an unknown value, which version 2 cannot write into an item that it creates.
    if new is not None:
        raise Withheld(Reason.UNKNOWN_CLAIMANT, new)
    return (("P3680", values.SOME_VALUE),)


def _speaks_for(items: Items, claim: Record) -> str | None:
    return next(iter(objects(items.store, _viewpoint(claim), BG + "viewpointOf")), None)


def _is_own_voice(items: Items, claim: Record) -> bool:
    return claim.first(BG + "inArticle") in objects(items.store, _viewpoint(claim), BG + "voiceOf")


def _viewpoint(claim: Record) -> str:
    return claim.first(BG + "accordingTo") or claim.iri


def _stated_as(drafted: Draft) -> tuple[Snak, ...]:
    if drafted.words is None:
        return ()
    words = values.text(drafted.words) if len(drafted.words) <= MOST_WORDS else None
    if words is None:
        raise Withheld(Reason.WORDS)
    return (("P1932", words),)
