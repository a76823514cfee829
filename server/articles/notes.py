"""Notes: what was stated from each anchored phrase of a text, left out of it or found missing.

Read from the data by the anchors of one text, so that the cost is that of one article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG
from server.http.languages import Reading, page_language, present_reading
from server.site import Site
from server.terms.anchors import Anchor, anchored, anchors_in
from server.terms.claims import ACCORDING_TO, Claim, read_claim
from server.terms.facts import nodes
from server.terms.labels import Label, Shown, foreign_language
from server.terms.rows import natural_key

_GAP: Final = ox.NamedNode(BG + "Gap")
_UNREAD: Final = ox.NamedNode(BG + "UnreadText")
_OMISSIONS: Final = frozenset((ox.NamedNode(BG + "Omission"), _UNREAD))
_REASON: Final = ox.NamedNode(BG + "omissionReason")
_GAP_IN: Final = ox.NamedNode(BG + "gapIn")


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
    speakers: frozenset[str] = frozenset()
    """IRIs of the viewpoints whose claim it is, or in whose claim the value is missing."""
    reason: Label | None = None
    """Why this stretch is left out, where it is."""
    is_unread: bool = False
    """Whether it is left out because nobody has read it yet."""

    @property
    def is_named_by_reason(self) -> bool:
        """Whether its name says why it is left out, so that the reason need not be told beside it."""
        return self.reason is not None and self.reason.text.rstrip(".").casefold() in self.shown.text.casefold()

    @property
    def is_stated(self) -> bool:
        """Tell whether the text states it, rather than lacks it or has it left out."""
        return not self.is_gap and self.reason is None

    @property
    def is_plain(self) -> bool:
        """Tell whether it is a name, an event, a reference and the like, which nobody disputes."""
        return self.is_stated and self.claim is None


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

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing but names, events, references and the like rests here."""
        return all(statement.is_plain for statement in self.statements)

    @property
    def claims(self) -> frozenset[str]:
        """The IRIs of the claims that rest here."""
        return frozenset(statement.claim.iri for statement in self.statements if statement.claim is not None)

    @property
    def context(self) -> tuple[Note, ...]:
        """The narrowest of the wider notes that have a claim which this one does not; several where they cross.

        What these lie within is in their own context.
        """
        telling: list[Note] = []
        known = {self.anchor.iri}
        for wide in reversed(self.wider):
            if wide.anchor.iri not in known and not wide.claims <= self.claims:
                telling.append(wide)
                known.update(wider.anchor.iri for wider in wide.wider)
        return tuple(telling)


def read_notes(site: Site, text: str, length: int) -> Sequence[Note]:
    """Return the notes of the text with this IRI and length, the wider of those that begin together first.

    They come in the order of the text. Of several anchors at the same words, one stands for all.
    """
    # A text has a page for each of its viewpoints and each of its phrases, and the same notes on all of them.
    return site.kept(_read_notes, text, length, present_reading(), page_language())


def _read_notes(site: Site, text: str, length: int, *_reader: Reading | str) -> tuple[Note, ...]:
    read: dict[str, Statement] = {}
    notes = []
    anchors = anchors_in(site.dataset.store, text, length)
    known = {anchor.iri: anchor for anchor in anchors}
    for _place, alike in groupby(anchors, key=lambda anchor: (anchor.start, anchor.end)):
        same = tuple(alike)
        statements = []
        for iri in dict.fromkeys(iri for anchor in same for iri in anchored(site.dataset.store, anchor.iri)):
            if iri not in read:
                read[iri] = _read_statement(site, iri, known)
            statements.append(read[iri])
        notes.append(Note(same[0], tuple(sorted(statements, key=_order))))
    return tuple(join(notes))


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


def _read_statement(site: Site, iri: str, known: Mapping[str, Anchor]) -> Statement:
    node, store, labels = ox.NamedNode(iri), site.dataset.store, site.labels
    shown = labels.show_iri(iri)
    # Most things are no claims, and reading all of a thing to find that out costs more than this look-up.
    is_claim = any(True for _ in store.quads_for_pattern(node, ACCORDING_TO, None, ox.DefaultGraph()))
    if is_claim and (claim := read_claim(site, iri, known)) is not None:
        return Statement(shown, claim=claim, speakers=frozenset((claim.viewpoint.iri or "",)))
    kinds = site.taxonomy.kinds_of(node)
    if _GAP in kinds:
        holders = nodes(store, node, _GAP_IN)
        speakers = frozenset(x.value for holder in holders for x in nodes(store, holder, ACCORDING_TO))
        return Statement(shown, is_gap=True, speakers=speakers)
    reason = None
    if not _OMISSIONS.isdisjoint(kinds):
        quads = store.quads_for_pattern(node, _REASON, None, ox.DefaultGraph())
        reasons = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
        best = min(reasons, key=lambda literal: (foreign_language(literal) or "", literal.value), default=None)
        reason = Label(best.value, foreign_language(best)) if best else Label("")
    return Statement(shown, tuple(map(labels.show, kinds)), reason=reason, is_unread=_UNREAD in kinds)


def _order(statement: Statement) -> tuple[bool, list[str | int]]:
    return (statement.claim is None, natural_key(statement.shown.text))
