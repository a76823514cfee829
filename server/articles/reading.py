"""One article read: its text in passages, the notes to them, and whose statements they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from graph.namespaces import BG
from server.articles.extent import Extent, measure
from server.articles.notes import Note, Statement, read_notes, select
from server.articles.passages import Block, Passage, split_text
from server.articles.slugs import Article
from server.articles.voices import Voice, read_voices
from server.site import Site
from server.terms.anchors import Anchor
from server.terms.claims import Claim
from server.viewpoints.saying_readers import row_fragment

_MOST_LINES: Final = 3
"""Viewpoints that one passage is underlined for; its notes name them all."""
_GIVEN: Final = BG + "ReferenceGiven"
_PLAIN: Final = ("plain",)
_OMITTED: Final = ("omitted",)
_WIKITEXT: Final = re.compile(r"\{\{[^{}\n]+[|}]|\[\[[^\[\]\n]+\]\]")


@dataclass(frozen=True, slots=True)
class Text:
    """The text of an article, as the anchors count in it."""

    iri: str
    content: bytes
    """Its UTF-8."""
    digest: str
    """The SHA-256 of its content."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page of an article shows of its text."""

    blocks: Sequence[Block]
    notes: Sequence[Note]
    """Of the viewpoint that is read alone, or all of them."""
    entries: Sequence[Sequence[Note]]
    """The notes as they are listed: neighbours that name the same things are one entry."""
    numbers: Mapping[str, int]
    """The number of each note's entry, by the IRI of its anchor."""
    voices: Sequence[Voice]
    """All viewpoints of the article, by name."""
    alone: Voice | None
    """The viewpoint that is read alone, where one is."""
    marked: Anchor | None
    """The words that a link has led to."""
    cut: frozenset[str]
    """The anchors whose words stand in several elements, by IRI."""
    extent: Extent
    gaps: Sequence[tuple[Statement, Anchor]]
    omissions: Sequence[tuple[Statement, Sequence[Anchor]]]
    """What is left out, each with all its stretches of the text."""
    is_wikitext: bool
    """Whether the text has the marks of wikitext: its templates or links."""
    unread: Sequence[Statement]
    """The parts of the text that nobody has read; in the text they look like what is not underlined."""
    claims: int
    """How many claims there are, from all viewpoints."""
    plain: int
    """How many other things are stated: names, events, references."""
    standings: Mapping[str, str]
    """Who asserts each claim, how surely and on what source, in words, by its IRI."""
    rows: Mapping[str, str]
    """The fragment of each claim's row where viewpoints are compared, by its IRI."""
    missing: Mapping[str, Sequence[Statement]]
    """What is missing at an anchor, by its IRI."""
    marks: Mapping[str, str]
    """The letters before the words of an anchor, by its IRI, for viewpoints whose kind of line is not their own."""
    forms: Mapping[str, tuple[int, ...]]
    """The forms of the viewpoints that speak at an anchor, by its IRI; no entry where nothing is stated there."""
    classes: Mapping[int, str]
    """The classes of each form."""

    def groups(self, note: Note) -> Sequence[tuple[str, Sequence[Statement]]]:
        """Return the statements of a note by how they stand; that is empty for what is no claim, which comes last."""
        grouped: dict[str, list[Statement]] = {}
        for statement in note.statements:
            grouped.setdefault(self.standings[statement.claim.iri] if statement.claim else "", []).append(statement)
        return tuple(grouped.items())

    def styles(self, passage: Passage) -> tuple[str, ...]:
        """Return the classes of a passage's lines: one for each viewpoint, or what else it is."""
        here = [self.forms[anchor.iri] for anchor in passage.cover if anchor.iri in self.forms]
        if not here:
            return _OMITTED
        spoken = sorted({form for forms in here for form in forms})
        return tuple(self.classes[form] for form in spoken[:_MOST_LINES]) or _PLAIN


def read_text(site: Site, article: Article, text: Text, viewpoint: str = "", words: str = "") -> Reading:
    """Return a text with all that rests on it.

    `viewpoint` names the one to read alone, `words` those to mark by their offsets; what
    names neither is passed over.
    """
    characters = text.content.decode()
    whole = read_notes(site, text.iri, len(characters))
    every = select(whole, lambda statement: not statement.is_unread)
    voices = read_voices(site, article, every)
    alone = next((voice for voice in voices.values() if voice.name == viewpoint), None)
    notes = every if alone is None else select(every, lambda statement: alone.shown.iri in statement.speakers)
    entries = _entries(notes)
    missing = {note.anchor.iri: gaps for note in every if (gaps := [s for s in note.statements if s.is_gap])}
    # What is missing is marked whoever is read: the copy lacks it for all of them.
    heard = {note.anchor.iri for note in notes}
    anchors = [note.anchor for note in every if note.anchor.iri in heard or note.anchor.iri in missing]
    silent = missing.keys() - {note.anchor.iri for note in notes if not note.is_silent}
    blocks = split_text(characters, anchors, silent=silent)
    openings = [o for b in blocks for line in b.lines for p in line.passages for o in p.openings]
    forms = {n.anchor.iri: _forms(n, voices) for n in notes if any(s.is_stated for s in n.statements)}
    statements = {s.shown.iri: s for note in every for s in note.statements}.values()
    claims = [s.claim for s in statements if s.claim is not None]
    return Reading(
        blocks=blocks,
        notes=notes,
        entries=entries,
        numbers={note.anchor.iri: number for number, entry in enumerate(entries, 1) for note in entry},
        voices=tuple(voices.values()),
        alone=alone,
        marked=next((n.anchor for n in notes if f"{n.anchor.start}-{n.anchor.end}" == words), None),
        cut=frozenset(opening.anchor.iri for opening in openings if not opening.is_first),
        extent=measure(
            characters,
            (n.anchor for n in every if any(s.is_stated for s in n.statements)),
            (n.anchor for n in whole if any(s.reason is not None for s in n.statements)),
            (n.anchor for n in every if n.is_silent),
        ),
        gaps=[(s, note.anchor) for note in every for s in note.statements if s.is_gap],
        omissions=_omissions(every),
        is_wikitext=_WIKITEXT.search(characters) is not None,
        unread=tuple({s.shown.iri: s for note in whole for s in note.statements if s.is_unread}.values()),
        claims=len(claims),
        plain=sum(1 for s in statements if s.claim is None and s.is_stated),
        standings={c.iri: _standing(c, voices[c.viewpoint.iri or ""], article) for c in claims},
        rows={claim.iri: row_fragment(site, claim.iri, article.slug) for claim in claims},
        missing=missing,
        marks=_marks(notes, forms, voices.values()),
        forms=forms,
        classes={voice.form: voice.style for voice in voices.values()},
    )


def _entries(notes: Iterable[Note]) -> list[list[Note]]:
    entries: list[list[Note]] = []
    for note in notes:
        last = entries[-1][-1] if entries else None
        if last and note.is_plain and note.statements == last.statements and note.context == last.context:
            entries[-1].append(note)
        else:
            entries.append([note])
    return entries


def _forms(note: Note, voices: Mapping[str, Voice]) -> tuple[int, ...]:
    return tuple({voices[s.claim.viewpoint.iri or ""].form for s in note.statements if s.claim is not None})


def _standing(claim: Claim, voice: Voice, article: Article) -> str:
    parts = [voice.said, claim.certainty.text if claim.certainty else ""]
    if not claim.is_valued and claim.value_status:
        parts.append(claim.value_status.text)
    parts += [f"“{hedge}”" for hedge in claim.hedges]
    parts += [article.shorten(reference).text for reference in claim.references]
    if claim.source_status is None:
        parts.append(_("no source status"))
    elif not claim.references or claim.source_status.iri != _GIVEN:
        parts.append(claim.source_status.text)
    return " · ".join(filter(None, parts))


def _marks(notes: Iterable[Note], forms: Mapping[str, tuple[int, ...]], voices: Iterable[Voice]) -> dict[str, str]:
    letters = {voice.form: voice.mark for voice in voices if voice.mark}
    marks = {}
    for note in notes:
        # A wider phrase that begins with the same word has said it already.
        said = {form for w in note.wider if w.anchor.start == note.anchor.start for form in forms.get(w.anchor.iri, ())}
        here = sorted(form for form in forms.get(note.anchor.iri, ()) if form in letters and form not in said)
        if here:
            marks[note.anchor.iri] = " ".join(letters[form] for form in here)
    return marks


def _omissions(notes: Iterable[Note]) -> list[tuple[Statement, Sequence[Anchor]]]:
    found: dict[str, tuple[Statement, list[Anchor]]] = {}
    for note in notes:
        for statement in note.statements:
            if statement.reason is not None:
                found.setdefault(statement.shown.iri or "", (statement, []))[1].append(note.anchor)
    return list(found.values())
