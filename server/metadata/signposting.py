"""FAIR Signposting: the typed links by which a machine finds its way around the data (signposting.org/FAIR).

Level 1 stands in the Link header and the head of each landing page, which are `/` for the
dataset, `/dumps/<version>/` for a release and `/page/…` for a thing, and in the header of
each file. A header names the files that somebody comes for: the whole in every format, the
claims as a table, the places for a map, and all of it in one bag; `server.metadata.linkset`
names all but those of one named graph each (level 2).

No link says `author`. Its target has to be a persistent identifier of whoever wrote the data
(an ORCID, a ROR), and nobody who made it has one: the dataset names its makers in words, and
the article's editors are named by its page history. A link to something else would be taken
for an identifier.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final

from server.description.file_kind import kind_of
from server.http.formats import HTML, JSON_LD, LINKSET, N_QUADS, RDF_FORMATS, TURTLE
from server.http.headers import Link, license_links
from server.metadata.schema_things import type_of
from server.metadata.subjects import read_subject
from server.releases.built_file import find_built_file
from server.releases.media_types import media_type
from server.releases.release import Release, ReleaseFile
from server.site import Site
from server.terms.links import encode_path

DESCRIPTION: Final = "/.well-known/void"
"""Path of the description of the dataset."""
_TYPES: Final = "https://schema.org/"
# Its media type says no more than JSON-LD.
_PROFILES: Final = MappingProxyType(
    {"schema-org.jsonld": _TYPES, "ro-crate-metadata.json": "https://w3id.org/ro/crate/1.2"}
)
_METADATA: Final = (
    "description.ttl", "description.jsonld", "schema-org.jsonld", "datacite.json", "CITATION.cff",
    "ro-crate-metadata.json",
)  # fmt: skip


def dataset_links(site: Site) -> list[Link]:
    """Return the links of the dataset's landing page besides those of a page: files of the newest release above all."""
    root = site.links.root
    releases = site.releases[:1]
    built = None if releases else find_built_file(site)
    return [
        *([Link(site.publication.iri, "cite-as")] if site.publication.iri else []),
        *(Link(f"{root}/graph/dataset.{x.name}", "describedby", type=x.media_type) for x in (TURTLE, JSON_LD)),
        *(link for release in releases for link in _items(site, release, _main(release))),
        *([Link(f"{root}{built.path}", "item", type=N_QUADS.media_type)] if built else []),
        *_types("Dataset"),
        linkset_link(site),
    ]


def release_links(site: Site, release: Release) -> list[Link]:
    """Return all links of the page of a release, canonical and licence among them."""
    license_iri = site.archive.license_of(release)
    return [
        Link(release.iri, "canonical"),
        Link(release.iri, "cite-as"),
        *_metadata(site, release),
        *_items(site, release, _main(release)),
        *license_links(license_iri),
        *_types("Dataset"),
        Link(f"{site.links.root}/", "collection", type=HTML.media_type),
        _linkset_of(site, release),
    ]


def file_links(site: Site, release: Release, file: ReleaseFile) -> list[Link]:
    """Return the links of a file of a release: the page it belongs to, its licence and its type."""
    page = f"{site.links.root}{release.path}"
    is_metadata = file.name in _METADATA
    kind = kind_of(release, file.name)
    license_iri = kind.license or site.archive.license_of(release)
    return [
        *([Link(page, "describes", type=HTML.media_type)] if is_metadata else []),
        Link(page, "collection", type=HTML.media_type),
        *license_links(license_iri),
        Link(f"{_TYPES}{'DataDownload' if kind.is_data else 'DigitalDocument'}", "type"),
        *([_linkset_of(site, release)] if kind.graph is None else []),
    ]


def thing_links(site: Site, name: str) -> list[Link]:
    """Return the links of the page of a thing besides those of all documents about it."""
    return [
        *(Link(site.links.data(name, x.name), "describedby", type=x.media_type) for x in (TURTLE, JSON_LD)),
        *_types(_type_of_thing(site, name)),
        Link(f"{site.links.root}/linkset/{encode_path(name)}.json", "linkset", type=LINKSET.media_type),
    ]


def data_links(site: Site, name: str) -> list[Link]:
    """Return the links of a document of data about a thing to the thing's page."""
    page = site.links.page(name)
    return [Link(page, rel, type=HTML.media_type) for rel in ("describes", "collection")]


def description_link(site: Site) -> Link:
    """Return the link to the description of the dataset, which every page has."""
    return Link(f"{site.links.root}{DESCRIPTION}", "describedby", type=TURTLE.media_type)


def linkset_link(site: Site) -> Link:
    """Return the link to the linkset of the dataset and of its releases in short."""
    return Link(f"{site.links.root}/linkset.json", "linkset", type=LINKSET.media_type)


def every_item(site: Site, release: Release) -> Iterator[Link]:
    """Yield a link to each file of a release that does not describe the release, those of one graph each left out."""
    names = [name for name in release.by_name if name not in _METADATA and kind_of(release, name).graph is None]
    return _items(site, release, names)


def _linkset_of(site: Site, release: Release) -> Link:
    return Link(f"{site.links.root}/linkset/dumps/{release.version}.json", "linkset", type=LINKSET.media_type)


def _main(release: Release) -> list[str]:
    """Return the names of the files that a person would want first, as far as they are there."""
    suffixes = [x.name for x in (N_QUADS, *(x for x in RDF_FORMATS if x is not N_QUADS))]
    dumps = [f"{release.stem}.{suffix}" for suffix in suffixes]
    names = [*dumps, "claims.csv", "places.geojson", release.record.bag]
    return [name for name in names if name in release.by_name]


def _items(site: Site, release: Release, names: Sequence[str]) -> Iterator[Link]:
    for name in names:
        yield Link(f"{site.links.root}{release.path}{name}", "item", type=media_type(name))


def _metadata(site: Site, release: Release) -> Iterator[Link]:
    for name in _METADATA:
        if name in release.by_name:
            href = f"{site.links.root}{release.path}{name}"
            yield Link(href, "describedby", type=media_type(name), profile=_PROFILES.get(name))


def _types(kind: str) -> list[Link]:
    """Return the links that say what a landing page is about, and that it is a landing page."""
    return [Link(f"{_TYPES}{name}", "type") for name in (kind, "AboutPage")]


def _type_of_thing(site: Site, name: str) -> str:
    subject = read_subject(site, site.links.entity(name))
    return type_of(subject) if subject is not None else "Thing"
