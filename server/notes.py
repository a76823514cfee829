"""Notes: what was stated from each anchored phrase of a text, left out of it or found missing.

Read from the data by the anchors of one text, so that the cost is that of one article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG
from server.anchors import Anchor, anchored, anchors_in
from server.claims import ACCORDING_TO, Claim, read_claim
from server.labels import Label, Shown, foreign_language
from server.rows import natural_key
from server.site import Site

_GAP: Final = ox.NamedNode(BG + "Gap")
_OMISSION: Final = ox.NamedNode(BG + "Omission")
_REASON: Final = ox.NamedNode(BG + "omissionReason")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that rests on a phrase."""

    shown: Shown
    """It under its label, with the way to its page."""
    kinds: tuple[Shown, ...] = ()
    """Its most exact classes, where it is no claim."""
    claim: Claim | None = None
    """What is asserted by whom, where it is a claim; otherwise a name, an event, a reference and the like."""
    is_gap: bool = False
    """Whether it says that a value is missing here."""
    reason: Label | None = None
    """Why this stretch is left out, where it is."""

    @property
    def is_stated(self) -> bool:
        """Tell whether the text states it, rather than lacks it or has it left out."""
        return not self.is_gap and self.reason is None


@dataclass(frozen=True, slots=True)
class Note:
    """What rests on one anchored phrase."""

    anchor: Anchor
    statements: tuple[Statement, ...]
    wider: tuple[Note, ...] = ()
    """The notes of the anchors that this one lies within, the widest first."""

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing but what is missing rests here."""
        return all(statement.is_gap for statement in self.statements)


def read_notes(site: Site, text: str) -> list[Note]:
    """Return the notes of the text with this IRI, in its order, the wider of those that begin together first."""
    read: dict[str, Statement] = {}
    notes = []
    for anchor in anchors_in(site.dataset.store, text):
        statements = []
        for iri in anchored(site.dataset.store, anchor.iri):
            if iri not in read:
                read[iri] = _read_statement(site, iri)
            statements.append(read[iri])
        notes.append(Note(anchor, tuple(sorted(statements, key=_order))))
    return join(notes)


def select(notes: Iterable[Note], keep: Callable[[Statement], bool]) -> list[Note]:
    """Return the notes with only the statements to keep, and no note without one."""
    kept = (replace(note, statements=tuple(filter(keep, note.statements))) for note in notes)
    return join(note for note in kept if note.statements)


def join(notes: Iterable[Note]) -> list[Note]:
    """Return the notes, each with those it lies within; they come in the order of the text."""
    joined: list[Note] = []
    enclosing: list[Note] = []
    for note in notes:
        enclosing = [wide for wide in enclosing if wide.anchor.end > note.anchor.start]
        wider = tuple(wide for wide in enclosing if wide.anchor.end >= note.anchor.end)
        joined.append(replace(note, wider=wider))
        enclosing.append(joined[-1])
    return joined


def _read_statement(site: Site, iri: str) -> Statement:
    node, store, labels = ox.NamedNode(iri), site.dataset.store, site.labels
    shown = labels.show_iri(iri)
    # Most things are no claims, and reading all of a thing to find that out costs more than this look-up.
    is_claim = any(True for _ in store.quads_for_pattern(node, ACCORDING_TO, None, ox.DefaultGraph()))
    if is_claim and (claim := read_claim(site, iri)) is not None:
        return Statement(shown, claim=claim)
    kinds = site.taxonomy.kinds_of(node)
    reason = None
    if _OMISSION in kinds:
        quads = store.quads_for_pattern(node, _REASON, None, ox.DefaultGraph())
        reasons = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
        best = min(reasons, key=lambda literal: (foreign_language(literal) or "", literal.value), default=None)
        reason = Label(best.value, foreign_language(best)) if best else Label("")
    return Statement(shown, tuple(map(labels.show, kinds)), is_gap=_GAP in kinds, reason=reason)


def _order(statement: Statement) -> tuple[bool, list[str | int]]:
    return (statement.claim is None, natural_key(statement.shown.text))
