"""Rows of properties and values: what pages of things and of vocabularies are made of.

Quads come in; plain records that a template walks over go out, in one order for all
readers, with every term shown by its label and every anchor by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import pyoxigraph as ox
from flask_babel import gettext as _

from server.site import Site
from server.terms.anchors import ANCHOR, Anchor, read_anchor
from server.terms.labels import Shown, foreign_language
from server.terms.values import Value, show_language, show_literal

MOST_SHOWN: Final = 50
"""Values of one property, or things that point here by one property, that a page lists."""

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_NUMBER: Final = re.compile(r"([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words a statement rests on, and where they stand."""

    text: str
    href: str
    """The words in the article."""
    anchor: Shown


@dataclass(frozen=True, slots=True)
class Note:
    """Where values come from that the article does not state: a rule, or a source outside it."""

    text: str
    href: str | None = None
    evidence: tuple[str, ...] = ()
    """What the outside source is, and what speaks against it."""
    basis: tuple[Shown, ...] = ()
    """The claims that a rule restates."""
    claimed: tuple[Shown, ...] = ()
    """The claims that somebody makes of the same property, where a rule restates none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One property with its values, in one order for all readers."""

    property: Shown
    values: tuple[Value | Quote, ...]
    graphs: tuple[Shown, ...]
    """The named graphs the values stand in."""
    count: int
    """How many values there are; more than shown where the list is capped."""
    definition: str | None = None
    """What the property means, in a sentence."""
    note: Note | None = None
    """Where the values come from, where that is not the article."""
    more: str | None = None
    """Where all values are listed, where the list is capped."""


def property_rows(site: Site, quads: Iterable[ox.Quad]) -> tuple[Row, ...]:
    """Return one row for each property of these quads, by the property's name."""
    rows = [make_row(site, predicate, found, [q.object for q in found]) for predicate, found in by_predicate(quads)]
    return tuple(sorted(rows, key=lambda row: row.property.text))


def show_quote(site: Site, anchor: Anchor) -> Quote:
    """Return the words of an anchor with the way to them in the article."""
    name = site.links.entity_name(anchor.article) or ""
    href = site.links.to(f"/article/{name.removeprefix('article/')}{anchor.reference}")
    return Quote(anchor.quote, href, site.labels.show_iri(anchor.iri))


def by_predicate(quads: Iterable[ox.Quad]) -> list[tuple[str, list[ox.Quad]]]:
    """Return the quads of each property, in the order in which the properties first come."""
    grouped: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        grouped.setdefault(quad.predicate.value, []).append(quad)
    return list(grouped.items())


def make_row(site: Site, predicate: str, quads: Sequence[ox.Quad], terms: Iterable[Term]) -> Row:
    """Return the row of a property with these values, which these quads state."""
    kept = sorted(set(terms), key=order_of)
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    return Row(
        property=site.labels.show_iri(predicate),
        values=tuple(show_value(site, predicate, term) for term in kept[:MOST_SHOWN]),
        graphs=tuple(show_graph(site, graph) for graph in sorted(graphs)),
        count=len(kept),
    )


def show_value(site: Site, predicate: str, term: Term) -> Value | Quote:
    """Return one value of a property as a page shows it: an anchor by its words, a date in words."""
    if isinstance(term, ox.Literal):
        return show_literal(term, site.labels.show(term))
    if isinstance(term, ox.BlankNode):
        return Shown(_("something without a name"))
    if predicate == ANCHOR.value and isinstance(term, ox.NamedNode):
        anchor = read_anchor(site.dataset.store, term.value)
        if anchor is not None:
            return show_quote(site, anchor)
    shown = site.labels.show(term)
    if isinstance(term, ox.NamedNode) and shown.text.startswith("#"):
        # A part of a thing, which has no name of its own.
        kinds = [site.labels.show(kind).text for kind in site.taxonomy.kinds_of(term)]
        return replace(shown, text=", ".join(kinds) or shown.text, hint=shown.text if kinds else shown.hint)
    return show_language(shown)


def order_of(term: Term) -> tuple[bool, str, list[str | int]]:
    """Return a sort key: literals before IRIs, English before other languages, numbers inside names by their value."""
    if isinstance(term, ox.Literal):
        return (False, foreign_language(term) or "", natural_key(term.value))
    return (True, "", natural_key(str(term)))


def natural_key(text: str) -> list[str | int]:
    """Return a sort key that puts 9 before 10 inside names."""
    # Words and numbers take turns, so two keys never compare one with the other.
    return [int(part) if place % 2 else part for place, part in enumerate(_NUMBER.split(text))]


def show_graph(site: Site, iri: str) -> Shown:
    """Return a named graph under its short name, its label as the hint."""
    name, shown = site.links.graph_name(iri), site.labels.show_iri(iri)
    return Shown(name or shown.text, href=shown.href, iri=iri, hint=shown.text if shown.text != name else None)
