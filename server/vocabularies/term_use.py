"""How the data uses a term: how often, a query that shows some of it, and one instance.

The instance is looked up by pattern and the numbers are the site's, so that none of it
costs more where there is more data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from graph.namespaces import SKOS
from server.site import Site
from server.terms.labels import Shown
from server.terms.taxonomy import TYPE
from server.vocabularies.samples import MOST, members_query, scheme_query, triples_query, uses_query

_LOOKED_AT: Final = 1_000
"""Members or triples up to which the instance is the first of all by name."""
_OF_MANY: Final = 20
"""Of more, the first of so many, as the store yields them."""
_LONGEST: Final = 100
"""Characters of a value that is shown as an instance."""
_IN_SCHEME: Final = ox.NamedNode(SKOS + "inScheme")


@dataclass(frozen=True, slots=True)
class Use:
    """What a page says of the use of a term."""

    count: int
    text: str
    """How often, in words."""
    href: str | None = None
    """The query that shows some of it; None where there is nothing to show."""
    link: str = ""
    """What the link to the query says."""
    instance: tuple[Shown, ...] = ()
    """A member; or a subject and its value."""


def use_of_class(site: Site, iri: str, *, with_instance: bool = True) -> Use:
    """Return how many members a class has."""
    count = site.usage.members.get(iri, 0)
    if not count:
        return Use(0, _("No member in this data"))
    text = ngettext("%(n)s member", "%(n)s members", count, n=format_decimal(count))
    instance = _instance(site, TYPE, ox.NamedNode(iri), count)[:1] if with_instance else ()
    return _use(site, count, text, members_query(iri), instance)


def use_of_property(site: Site, iri: str, *, with_instance: bool = True) -> Use:
    """Return how many triples a property has."""
    count = site.usage.triples.get(iri, 0)
    if not count:
        return Use(0, _("Not used in this data"))
    text = ngettext("%(n)s triple", "%(n)s triples", count, n=format_decimal(count))
    instance = _instance(site, ox.NamedNode(iri), None, count) if with_instance else ()
    return _use(site, count, text, triples_query(iri), instance)


def use_of_concept(site: Site, iri: str) -> Use:
    """Return how often something leads to a concept, or to another individual of the vocabulary."""
    by_property: Mapping[str, int] = site.usage.values.get(iri, {})
    count = sum(by_property.values())
    if not count:
        return Use(0, _("Not used in this data"))
    text = ngettext("Used once", "Used %(n)s times", count, n=format_decimal(count))
    most = max(by_property, key=lambda property_: (by_property[property_], property_))
    instance = _instance(site, ox.NamedNode(most), ox.NamedNode(iri), by_property[most])[:1]
    return _use(site, count, text, uses_query(iri, by_property), instance)


def use_of_scheme(site: Site, iri: str) -> Use:
    """Return how many concepts a scheme has."""
    count = sum(
        1 for _quad in site.dataset.store.quads_for_pattern(None, _IN_SCHEME, ox.NamedNode(iri), ox.DefaultGraph())
    )
    if not count:
        return Use(0, _("No concept in this data"))
    text = ngettext("%(n)s concept", "%(n)s concepts", count, n=format_decimal(count))
    return _use(site, count, text, scheme_query(iri), ())


def _use(site: Site, count: int, text: str, query: str, instance: tuple[Shown, ...]) -> Use:
    href = site.links.to(f"/sparql?{urlencode({'query': query, 'format': 'html'})}")
    link = _("query for %(n)s of them", n=MOST) if count > MOST else _("query for them")
    return Use(count, text, href, link, instance)


def _instance(site: Site, predicate: ox.NamedNode, value: ox.NamedNode | None, count: int) -> tuple[Shown, ...]:
    """Return the subject and the value of one of so many triples: the first by name, with a name if any has one."""
    found = site.dataset.store.quads_for_pattern(None, predicate, value, ox.DefaultGraph())
    quads = found if count <= _LOOKED_AT else islice(found, _OF_MANY)
    pairs = [(q.subject, q.object) for q in quads if isinstance(q.subject, ox.NamedNode)]
    pairs.sort(key=lambda pair: (str(pair[0]), str(pair[1])))
    first = next((pair for pair in pairs if site.labels.has_label(pair[0].value)), pairs[0] if pairs else ())
    return tuple(_plain(site.labels.show(term)) for term in first)


def _plain(shown: Shown) -> Shown:
    text = shown.text if len(shown.text) <= _LONGEST else shown.text[: _LONGEST - 1].rstrip() + "…"
    return replace(shown, text=text, hint=None)
