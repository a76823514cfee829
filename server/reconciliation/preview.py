"""What a preview or a flyout of a thing shows: names in all scripts, kind, when and where, and whose claim it is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox
from markupsafe import Markup

from server.reconciliation.columns import COLUMNS
from server.reconciliation.facts import Facts
from server.reconciliation.readers import NAMES
from server.reconciliation.reconciler import Reconciler

_SHOWN: Final = ("begins", "ends", "figure", "coordinates", "wikidata")
_MOST_NAMES: Final = 4
_FLYOUT: Final = Markup('<p style="font-size: 0.8em; color: black;"><b>{name}</b>, {description}</p>')


@dataclass(frozen=True, slots=True)
class Preview:
    """A thing in a few lines."""

    iri: str
    name: str
    description: str
    names: tuple[tuple[str, str], ...]
    """Its names in other languages, each with the tag of its language."""
    rows: tuple[tuple[str, str], ...]
    """Names of columns and what they hold."""


def read_preview(reconciler: Reconciler, iri: str) -> Preview:
    """Return the preview of a thing."""
    facts = Facts(reconciler.site)
    name = reconciler.site.english.label(iri).text
    found = (term for term in facts.objects(iri, *NAMES) if isinstance(term, ox.Literal) and term.value != name)
    names = dict.fromkeys((term.value, term.language or "") for term in found)
    cells = ((COLUMNS[key].name, next(COLUMNS[key].read(facts, iri), None)) for key in _SHOWN)
    rows = (
        (column, ", ".join(part for part in (fact.id or fact.text, fact.attribution) if part))
        for column, fact in cells
        if fact is not None
    )
    return Preview(
        iri, name, reconciler.describe(iri, reconciler.kind_of(iri)), tuple(islice(names, _MOST_NAMES)), tuple(rows)
    )


def flyout(name: str, description: str) -> str:
    """Return a few words as the HTML of a flyout, whose styles the interface has inline."""
    return str(_FLYOUT.format(name=name, description=description))
