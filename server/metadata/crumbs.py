"""The way to a page from the home page: the breadcrumbs above it and in its metadata."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox
from flask_babel import gettext as _

from graph.iris import ONTOLOGY_IRI
from server.metadata.addresses import OF_ARTICLE
from server.metadata.subjects import Subject
from server.site import Site
from server.terms.anchors import IN_ARTICLE


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step on the way."""

    text: str
    path: str | None
    """Path of its page on the server, for `to`; None where it has none."""
    lang: str | None = None


def find_crumbs(site: Site, address: str, subject: Subject | None) -> tuple[Crumb, ...]:
    """Return the way from the home page to the page at this address below the base, itself left out.

    The page of a thing comes after its article and its kind, which leads to its definition.
    """
    home = Crumb(_("Home"), "/")
    section, _slash, name = address.partition("/")
    if section == "page" and subject is not None:
        return (home, *_articles(site, subject), *_kind(site, subject))
    if section == "article":
        return (home, Crumb(_("Articles"), "/#articles"))
    if section in OF_ARTICLE and subject is not None:
        return (home, _article(site, subject.iri))
    lists = {"graph": _("Graphs"), "queries": _("Questions"), "dumps": _("Downloads")}
    if section not in lists or not name:
        return (home,)
    return (home, Crumb(lists[section], f"/{section}/"), *(_release(name) if section == "dumps" else ()))


def _release(name: str) -> tuple[Crumb, ...]:
    """Return the step to a release from what is said of it on a page of its own."""
    version, _slash, rest = name.partition("/")
    return (Crumb(_("Version %(version)s", version=version), f"/dumps/{version}/"),) if rest else ()


def _kind(site: Site, subject: Subject) -> tuple[Crumb, ...]:
    for kind in site.taxonomy.kinds_of(ox.NamedNode(subject.iri)):
        if kind.value.startswith(f"{ONTOLOGY_IRI}#"):
            label = site.labels.label(kind.value)
            return (Crumb(label.text, f"/ontology#{kind.value.partition('#')[2]}", label.lang),)
    return ()


def _articles(site: Site, subject: Subject) -> tuple[Crumb, ...]:
    return tuple(_article(site, iri) for iri in subject.iris(IN_ARTICLE.value)[:1])


def _article(site: Site, iri: str) -> Crumb:
    label = site.labels.label(iri)
    return Crumb(label.text, f"/{site.links.entity_name(iri)}", label.lang)
