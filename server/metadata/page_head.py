"""What the head of a page says of it to search engines and to those who share it.

Found out from the canonical link that the page has among its links, and from the data,
so that a page has to say nothing of itself twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import request
from flask_babel import gettext as _
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from graph.namespaces import DCTERMS, RDFS, SKOS
from server.http.headers import Link
from server.http.languages import page_language
from server.metadata.addresses import OF_ARTICLE
from server.metadata.crumbs import Crumb, find_crumbs
from server.metadata.schema_org import describe_page, write
from server.metadata.subjects import Subject, find_subject
from server.site import Site, current_site
from server.terms.review import is_unreviewed

_SUFFIX: Final = " \u2013 battlegraph"
_DEFINITIONS: Final = tuple(map(ox.NamedNode, (SKOS + "definition", DCTERMS + "description", RDFS + "comment")))
# Addresses with a query that nobody should find by searching: there is no end of them.
_ASKED: Final = ("/search", "/sparql")
_OF_THINGS: Final = ("page", *OF_ARTICLE)
_LONGEST: Final = 300
"""Characters of a description; search engines show half of it."""


@dataclass(frozen=True, slots=True)
class PageHead:
    """The metadata of one page."""

    site: Site
    canonical: str | None
    """The page's address on the canonical host; None where it has none."""
    license: str | None
    """IRI of the licence that the page links."""
    subject: Subject | None
    """What the page is about, where the data knows it."""
    crumbs: tuple[Crumb, ...]
    """The way from the home page to the page, itself left out."""
    is_indexed: bool
    is_draft: bool
    """Whether its subject is of an unreviewed draft."""

    @property
    def open_graph_type(self) -> str:
        """The type of the page in the Open Graph protocol's words."""
        return "article" if self.subject is not None and self.subject.is_of_article else "website"

    def name(self, title: Markup) -> str:
        """Return the page's own part of its title."""
        return title.striptags().removesuffix(_SUFFIX)

    def description(self, title: Markup) -> str:
        """Return what the data says of the subject, else of the dataset, under the page's title."""
        site, subject = self.site, self.subject
        name = self.name(title)
        text = None
        if subject is not None and subject.iri != site.publication.iri:
            text = site.labels.text(subject.iri, _DEFINITIONS)
            if text is None and subject.section in _OF_THINGS:
                text = _("What is stated, who says so, on what source, in which words of the article.")
        text = text or site.publication.description or _("Battle articles as attributed statements.")
        words = " ".join((text if name in text else f"{name}: {text}").split())
        return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rpartition(" ")[0] + "…"

    def structured(self, title: Markup) -> Markup:
        """Return the page in schema.org's words, as the content of a script element that holds data."""
        return write(
            describe_page(
                self.site,
                address=self.canonical or "",
                name=self.name(title),
                language=page_language(),
                license_iri=self.license,
                subject=self.subject,
                crumbs=self.crumbs,
            )
        )


@pass_context
def page_head(context: Context) -> PageHead:
    """Return the metadata of the page that is being rendered, from the `links` it was given."""
    return read_head(current_site(), context.get("links", ()))


def read_head(site: Site, links: Sequence[Link]) -> PageHead:
    """Return the metadata of the page with these links."""
    canonical = next((link.href for link in links if link.rel == "canonical"), None)
    base = site.dataset.base
    address = canonical.removeprefix(base) if canonical is not None and canonical.startswith(base) else None
    subject = find_subject(site, address) if address is not None else None
    return PageHead(
        site=site,
        canonical=canonical,
        license=next((link.href for link in links if link.rel == "license"), None),
        subject=subject,
        crumbs=find_crumbs(site, address, subject) if address else (),
        is_indexed=canonical is not None and not (request.path in _ASKED and request.args),
        is_draft=subject is not None and is_unreviewed(site.dataset.store, subject.iri),
    )
