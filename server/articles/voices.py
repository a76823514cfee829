"""The viewpoints of one article, each with the form that its phrases are underlined in.

A form is a kind of line and a colour. The kinds go round before they come again, and a
viewpoint whose kind has been used already bears a letter too: colour alone tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.namespaces import BG
from server.articles.notes import Note
from server.articles.slugs import Article
from server.site import Site
from server.terms.facts import nodes
from server.terms.labels import Shown
from server.terms.rows import natural_key

LINES: Final = 5
"""Kinds of lines: solid, dashed, dotted, double, wavy."""
COLOURS: Final = 4
_VOICE_OF: Final = ox.NamedNode(BG + "voiceOf")
_KIND: Final = "viewpoint/"


@dataclass(frozen=True, slots=True)
class Voice:
    """A viewpoint of an article."""

    shown: Shown
    """It under its label, without the article's name behind it."""
    name: str
    """What `?viewpoint=` calls it."""
    said: str
    """That something is according to it, in words."""
    count: int
    """How many statements the article has from it."""
    is_title: bool
    """Whether it is the title of a cited work that speaks."""
    form: int

    @property
    def style(self) -> str:
        """The classes of its line and its colour."""
        return f"s{self.form % LINES} c{self.form % COLOURS}"

    @property
    def mark(self) -> str | None:
        """A letter, where its kind of line is not its own."""
        return letters(self.form) if self.form >= LINES else None


def read_voices(site: Site, article: Article, notes: Iterable[Note]) -> Mapping[str, Voice]:
    """Return the viewpoints of these notes by their IRI, sorted by name: none comes first by rank.

    The forms do not depend on the reader's language: the article's own voice has the first
    one, those that it names come next, then the titles that it cites, each by their IRI.
    """
    claims = {s.claim.iri: s.claim for note in notes for s in note.statements if s.claim is not None}
    counts: dict[str, int] = {}
    found: dict[str, Shown] = {}
    for claim in claims.values():
        iri = claim.viewpoint.iri or ""
        counts[iri] = counts.get(iri, 0) + 1
        found[iri] = claim.viewpoint
    speakers = {iri: next(iter(nodes(site.dataset.store, ox.NamedNode(iri), _VOICE_OF)), None) for iri in found}
    titles = {iri for iri, speaker in speakers.items() if speaker not in (None, article.node)}
    ranked = sorted(found, key=lambda iri: (iri in titles, speakers[iri] != article.node, natural_key(iri)))
    forms = {iri: form for form, iri in enumerate(ranked)}
    voices = {}
    for iri in sorted(found, key=lambda iri: (iri in titles, natural_key(found[iri].text), iri)):
        shown = article.shorten(found[iri])
        voices[iri] = Voice(
            shown,
            name=(site.links.entity_name(iri) or iri).removeprefix(_KIND),
            said=_("according to: %(viewpoint)s", viewpoint=shown.text),
            count=counts[iri],
            is_title=iri in titles,
            form=forms[iri],
        )
    return voices


def letters(place: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    text = ""
    while place >= 0:
        text = chr(ord("A") + place % 26) + text
        place = place // 26 - 1
    return text
