"""What a claim says, in rows with plain headings: who lost what, how many, where, when.

The heading of a row is ours; it links to the property of the vocabulary that it stands
for. A count that the words only imply is said to be implied, and one that is missing is
never a zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

import pyoxigraph as ox
from flask_babel import lazy_gettext as _

from graph.namespaces import BG, RDF, SCHEMA
from server.site import Site
from server.terms.facts import texts
from server.terms.labels import Shown
from server.terms.rows import MOST_SHOWN, Quote, Row, Term, order_of, show_value
from server.terms.values import Value, name_count, show_day
from server.things.glossary import define
from server.things.headings import head_property

Statements: TypeAlias = Mapping[str, Sequence[Term]]
"""The values of each property of one thing."""

# In the order of a reader's questions.
_BEFORE: Final = (
    (BG + "lossOf", _("Whose loss")),
    (BG + "lossType", _("What was lost")),
    (BG + "effect", _("What became of it")),
    (BG + "holder", _("Who")),
    (BG + "controlKind", _("Kind of hold")),
    (BG + "place", _("Where")),
)
_AFTER: Final = (
    (BG + "scope", _("The figure is limited to")),
    (BG + "phase", _("In the phase")),
    (BG + "includedIn", _("Already counted in")),
    (BG + "inEvent", _("In which event")),
    (BG + "listedIn", _("In which list")),
    (SCHEMA + "mentions", _("Names")),
)
_WHEN: Final = (
    (BG + "earliestDate", _("Not before")),
    (BG + "latestDate", _("Not after")),
)
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
TOLD: Final = frozenset(
    (
        *(iri for iri, _heading in (*_BEFORE, *_AFTER, *_WHEN)),
        *(
            BG + name
            for name in (
                "minCount", "maxCount", "countStated", "possibleDate", "whenLexical", "dateEdtf", "numberInTitle",
                "numberWords",
            )
        ),
        *(RDF + name for name in ("subject", "predicate", "object")),
    )
)  # fmt: skip
"""The properties whose values the rows tell."""


def figures(site: Site, said: Statements) -> tuple[Row, ...]:
    """Return the rows of what a claim, or another statement about a statement, says."""
    rows = [
        *_plain_rows(site, said, _BEFORE),
        *_triple(site, said),
        *_count(site, said),
        *_title_number(site, said),
        *_when(site, said),
        *_plain_rows(site, said, _AFTER),
    ]
    return tuple(rows)


def _row(site: Site, iri: str, heading: str, values: Sequence[Value | Quote]) -> Row:
    shown = site.labels.show_iri(iri)
    return Row(Shown(str(heading), href=shown.href, iri=iri), tuple(values), (), len(values), define(site, iri))


def _plain_rows(site: Site, said: Statements, asked: Sequence[tuple[str, str]]) -> list[Row]:
    return [
        _row(site, iri, str(heading), [show_value(site, iri, x) for x in sorted(said[iri], key=order_of)][:MOST_SHOWN])
        for iri, heading in asked
        if iri in said
    ]


def _triple(site: Site, said: Statements) -> list[Row]:
    """Return the rows of a claim that is one triple: what it is said of, then the property with its value."""
    predicates = [term for term in said.get(RDF + "predicate", ()) if isinstance(term, ox.NamedNode)]
    rows = _plain_rows(site, said, ((RDF + "subject", _("Of what")),))
    for predicate in predicates[:1]:
        values = [show_value(site, predicate.value, term) for term in said.get(RDF + "object", ())]
        if values:
            rows.append(_row(site, predicate.value, head_property(site, predicate.value).text, values))
        else:
            rows += _plain_rows(site, said, ((RDF + "predicate", _("What is said of it")),))
    return rows


def _count(site: Site, said: Statements) -> list[Row]:
    least, most = (_number(said, BG + name) for name in ("minCount", "maxCount"))
    text = name_count(least, most)
    if text is None:
        return []
    if [term.value for term in said.get(BG + "countStated", ()) if isinstance(term, ox.Literal)] == ["false"]:
        text = _("%(number)s; the number is implied, not stated", number=text)
    row = _row(site, BG + ("minCount" if least is not None else "maxCount"), _("How many"), [Shown(str(text))])
    if least is not None and most is not None:
        meaning = _("The number that the claim gives.") if least == most else _("The bounds that the claim gives.")
        return [replace(row, definition=str(meaning))]
    return [row]


def _title_number(site: Site, said: Statements) -> list[Row]:
    number, words = _number(said, BG + "numberInTitle"), texts(said, BG + "numberWords")
    if number is None:
        return []
    text = name_count(number, number) or ""
    quoted = _("%(number)s, in the words “%(words)s”", number=text, words=words[0]) if words else text
    return [_row(site, BG + "numberInTitle", _("Number in the title"), [Shown(str(quoted))])]


def _when(site: Site, said: Statements) -> list[Row]:
    """Return when it was: one day, one of several, or the bounds; then the article's words for it."""
    possible = texts(said, BG + "possibleDate")
    earliest, latest = texts(said, BG + "earliestDate"), texts(said, BG + "latestDate")
    if possible:
        heading = _("On one of these days") if len(possible) > 1 else _("When")
        rows = [_row(site, BG + "possibleDate", heading, [show_day(text) for text in possible])]
    elif earliest and earliest == latest:
        rows = [_row(site, BG + "earliestDate", _("When"), [show_day(text) for text in earliest])]
    else:
        rows = _plain_rows(site, said, _WHEN)
    # A word such as "was" or "now" is no date, and nothing else is said of when.
    heading = _("When, in the article's words") if rows else _("All that the words say of when")
    rows += [
        _row(site, BG + "whenLexical", heading, [Shown(str(_("“%(words)s”", words=text)))])
        for text in texts(said, BG + "whenLexical")
    ]
    rows += [_row(site, BG + "dateEdtf", _("In machine form"), [Shown(x)]) for x in texts(said, BG + "dateEdtf")]
    return rows


def _number(said: Statements, iri: str) -> int | None:
    found = [text for text in texts(said, iri) if _NUMBER.fullmatch(text)]
    return int(found[0]) if found else None
