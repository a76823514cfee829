"""The catalogue for Mix'n'match: one row a thing that an item may stand for (tab-separated values).

A place that is only described is none, and nor is a person: the people whom articles of
this kind name are mostly dead soldiers, whose families need no stranger's list.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, SCHEMA, SEM
from graph.store import Store
from server.terms.anchors import anchors_of, read_anchor
from server.terms.labels import Labels
from server.terms.links import Links
from server.terms.review import is_unreviewed
from server.terms.taxonomy import TYPE
from server.wikidata.mapping import CLASS_ITEMS
from server.wikidata.records import is_in, objects, subjects
from server.wikidata.rows import tsv_row

COLUMNS: Final = ("id", "name", "desc", "url", "type")
CLASSES: Final = tuple(BG + name for name in ("Battle", "War", "Place", "Polity", "Organisation", "LossType"))
"""What the catalogue is of, in its order."""


def catalogue_rows(store: Store, labels: Labels, links: Links) -> Iterator[str]:
    """Yield a row for each thing, by class and name, without the head and without line ends."""
    for class_ in CLASSES:
        quads = store.quads_for_pattern(None, TYPE, ox.NamedNode(class_), ox.DefaultGraph())
        for iri in sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}):
            name = links.entity_name(iri)
            if name is not None and is_nameable(store, iri):
                described = describe(store, labels, iri, class_)
                yield tsv_row((name, labels.label(iri).text, described, iri, CLASS_ITEMS.get(class_, "")))


def is_nameable(store: Store, iri: str) -> bool:
    """Tell whether a thing has a name of its own, unlike a place only described, or types counted together.

    Nothing of an unreviewed draft has one that could be vouched for.
    """
    if objects(store, iri, BG + "relativeTo") or is_in(store, iri, BG + "UnionType") or is_unreviewed(store, iri):
        return False
    # What belongs to one article and is written small there is described: "the next valley".
    is_local = iri.rpartition("/id/")[2].count("/") > 1
    found = (read_anchor(store, anchor) for anchor in anchors_of(store, ox.NamedNode(iri))) if is_local else ()
    quotes = [anchor.quote for anchor in found if anchor is not None]
    return not quotes or any(quote[:1].isupper() for quote in quotes)


def describe(store: Store, labels: Labels, thing: str, class_: str) -> str:
    """Return what a thing is and where it comes up, for somebody who has the name alone."""
    wider = [labels.label(iri).text for iri in objects(store, thing, SEM + "subEventOf")]
    kind = labels.label(class_).text
    if wider:
        return f"{kind}, part of {wider[0]}"
    mentions = chain.from_iterable(subjects(store, name, thing) for name in (SCHEMA + "about", SCHEMA + "mentions"))
    articles = sorted({iri for iri in mentions if "/id/article/" in iri})[:1]
    return ", in ".join((kind, *(labels.label(iri).text for iri in articles)))
