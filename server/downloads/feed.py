"""The releases as an Atom feed (RFC 4287), for whoever wants to be told of the next one.

Identifiers are the IRIs of the releases and never change, wherever the feed is served;
links lead to the host it is fetched from. Times are the days of the data, at midnight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from server.description.publication import Publication
from server.http.formats import ATOM, HTML, RDF_FORMATS
from server.releases.media_types import media_type
from server.releases.release import Release
from server.site import Site
from server.terms.serialise import NOT_XML

PATH: Final = "/feed.atom"
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_TITLE: Final = "battlegraph: releases of the data"
_MAKER: Final = "battlegraph"
# RFC 4287 wants a time where there is neither a release nor a dated dataset; this one says that none is meant.
_NO_TIME: Final = "1970-01-01T00:00:00Z"


def write_feed(site: Site, releases: Sequence[tuple[Release, Publication]], server: str) -> str:
    """Return the feed of these releases, the newest first; `server` is what paths are put behind."""
    makers = [creator.name for creator in site.publication.creators] or [_MAKER]
    modified = releases[0][0].record.modified if releases else site.publication.modified
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="{_NAMESPACE}" xml:lang="en">',
        f"<id>{_text(site.dataset.base)}feed.atom</id>",
        f"<title>{_TITLE}</title>",
        f"<updated>{_time(modified)}</updated>",
        *(f"<author><name>{_text(name)}</name></author>" for name in makers),
        _link(f"{server}{PATH}", "self", ATOM.media_type),
        _link(f"{server}/dumps/", "alternate", HTML.media_type),
        *(line for release, publication in releases for line in _entry(release, publication, server)),
        "</feed>",
        "",
    ]
    return "\n".join(lines)


def _entry(release: Release, publication: Publication, server: str) -> Iterator[str]:
    record, page = release.record, f"{server}{release.path}"
    yield "<entry>"
    yield f"<id>{_text(release.iri)}</id>"
    yield f"<title>{_text(f'{publication.title or _MAKER}, version {release.version}')}</title>"
    yield f"<published>{_time(record.modified)}</published>"
    yield f"<updated>{_time(record.modified)}</updated>"
    yield from (f"<author><name>{_text(creator.name)}</name></author>" for creator in publication.creators)
    yield f'<summary type="text">{_text(_summary(release, publication))}</summary>'
    if publication.rights:
        yield f'<rights type="text">{_text(publication.rights)}</rights>'
    yield _link(page, "alternate", HTML.media_type)
    if publication.license:
        yield _link(publication.license, "license")
    if "changes.json" in release.by_name:
        yield _link(f"{page}changes", "related", HTML.media_type, title="What changed")
    for name in (*(f"{release.stem}.{x.name}" for x in RDF_FORMATS), release.record.bag):
        if name in release.by_name:
            yield _link(f"{page}{name}", "enclosure", media_type(name), length=release.by_name[name].size, title=name)
    yield "</entry>"


def _summary(release: Release, publication: Publication) -> str:
    record = release.record
    notes = publication.version_notes or f"Version {release.version} of the data."
    size = f"{record.quads:,} statements with their graphs (quads); {record.triples:,} if merged (triples)."
    return f"{notes} {size} Identity of the data (RDFC-1.0, SHA-256): {record.digest}."


def _link(href: str, rel: str, media: str | None = None, *, length: int | None = None, title: str | None = None) -> str:
    given = {"rel": rel, "type": media, "length": length, "title": title, "href": href}
    return f"<link {' '.join(f'{name}={_attribute(value)}' for name, value in given.items() if value is not None)}/>"


def _attribute(value: object) -> str:
    return quoteattr(NOT_XML.sub("\N{REPLACEMENT CHARACTER}", str(value)))


def _text(value: str) -> str:
    return escape(NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value))


def _time(day: str | None) -> str:
    """Return a day as RFC 3339 has it (RFC 4287 section 3.3)."""
    return f"{day}T00:00:00Z" if day else _NO_TIME
