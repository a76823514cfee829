"""Pages in schema.org's words, as JSON-LD for search engines.

A page is a WebPage with its breadcrumbs; what it is about follows as a node of its own
under the IRI of the data. Addresses are those of the canonical host, whatever this server
is called. Nothing is said here that the data does not say.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from server.description.json_nodes import Node, compact
from server.description.schema_org import CONTEXT, describe_dataset
from server.http.formats import N_QUADS
from server.metadata.addresses import OF_ARTICLE
from server.metadata.crumbs import Crumb
from server.metadata.schema_things import describe_thing
from server.metadata.subjects import Subject
from server.releases.built_file import find_built_file
from server.site import Site

_WAYS_TO_LOOK: Final = tuple(section for section in OF_ARTICLE if section != "article")
# What could end the script element, or a line of JavaScript (JSON allows both everywhere in a string).
_ESCAPES: Final = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def write(data: Node) -> Markup:
    """Return JSON-LD as the content of a script element, which no text of the data can end."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))  # noqa: S704  # just escaped


def describe_page(
    site: Site,
    *,
    address: str,
    name: str,
    language: str,
    license_iri: str | None,
    subject: Subject | None,
    crumbs: Sequence[Crumb],
) -> Node:
    """Return the page at this address, which is under the base of the dataset, and what it is about."""
    base = site.dataset.base
    page = {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": name,
        "inLanguage": language,
        "isPartOf": {"@type": "WebSite", "@id": f"{base}#site", "name": "battlegraph", "url": base},
        "license": license_iri,
        "dateModified": site.publication.modified,
        "breadcrumb": _breadcrumbs(base, crumbs, name, address) if crumbs else None,
    }
    nodes: list[Node] = []
    if address == base:
        nodes.append(_describe_site(site))
    if site.schema_org is not None and site.schema_org["identifier"] == address:
        # The page of the release that is served: the dataset, with its files.
        page["mainEntity"] = {"@id": site.schema_org["@id"]}
        nodes.append(dict(site.schema_org))
    if subject is not None:
        is_main = subject.section not in _WAYS_TO_LOOK
        page["mainEntity" if is_main else "about"] = {"@id": subject.iri}
        nodes.append(_describe_subject(site, subject, address if is_main else None))
    return {"@context": CONTEXT, "@graph": [compact(page), *nodes]}


def _breadcrumbs(base: str, crumbs: Sequence[Crumb], name: str, address: str) -> Node:
    steps = [(crumb.text, f"{base}{crumb.path.removeprefix('/')}" if crumb.path else None) for crumb in crumbs]
    items = [
        compact({"@type": "ListItem", "position": place, "name": text, "item": item})
        for place, (text, item) in enumerate([*steps, (name, address)], 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _describe_site(site: Site) -> Node:
    base = site.dataset.base
    return {
        "@type": "WebSite",
        "@id": f"{base}#site",
        "name": "battlegraph",
        "url": base,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{base}search?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def _describe_subject(site: Site, subject: Subject, address: str | None) -> Node:
    """Return what a page is about, with the page's address where it is the thing's own page."""
    is_dataset = subject.iri == site.publication.iri
    node = _describe_dataset(site) if is_dataset else describe_thing(site, subject)
    return node | (compact({"mainEntityOfPage": address}) if not is_dataset else {})


def _describe_dataset(site: Site) -> Node:
    """Return the dataset as its release says it, where this is one; else with the file that it was built as."""
    if site.schema_org is not None:
        return dict(site.schema_org)
    return describe_dataset(site.publication, None, _describe_download(site))


def _describe_download(site: Site) -> list[Node]:
    download = find_built_file(site)
    if download is None:
        return []
    return [
        {
            "@type": "DataDownload",
            "name": download.name,
            "contentUrl": f"{site.dataset.base}{download.path.removeprefix('/')}",
            "encodingFormat": N_QUADS.media_type,
            "contentSize": f"{download.size} B",
            "sha256": download.manifest.quads,
        }
    ]
