"""Writing a copy of the site: all files, the index, the configurations, in a folder that appears whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from flask import Flask, render_template

from server.http.formats import HTML
from server.site import EXTENSION, Site
from server.static_site import apache, nginx
from server.static_site.asking import Asker
from server.static_site.crawl import Crawl, Found, Written
from server.static_site.families import Families
from server.static_site.folder import date_files, staged, write_file, write_record
from server.static_site.names_index import names_in_order, write_index
from server.static_site.own_pages import own_pages
from server.static_site.places import file_of

_NOWHERE = "/nothing-is-at-this-address"


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy came to."""

    files: int
    size: int
    """Bytes of all files."""
    addresses: int


def export_site(app: Flask, folder: Path, address: str = "") -> Copied:
    """Write a copy of what the app serves to a folder, whole or not at all.

    `address` is where the copy will be, as `https://host`; empty: where the data's IRIs say. Raises
    `UnusableFolder`, `UnwritableCopy`, and `UnusableAnswer` where the app has no answer for an address of its own.
    """
    site: Site = app.extensions[EXTENSION]
    asker, families = Asker(app, address), Families()
    files = size = addresses = 0
    with staged(folder) as place:
        for each in _everything(asker, site):
            if isinstance(each, Found):
                families.add(each)
                addresses += 1
                continue
            write_file(place, each.name, each.content)
            files, size = files + 1, size + len(each.content)
        families.ask_more(asker)
        (place / nginx.FILE).write_text(nginx.write(families), "utf-8")
        (place / apache.FILE).write_text(apache.write(families), "utf-8")
        write_record(
            place,
            {
                "version": site.publication.version,
                "modified": site.publication.modified,
                "base": site.dataset.base,
                "dataset": site.dataset.digest,
                "edition": site.edition,
                "software": site.software,
                "address": address or None,
                "files": files,
                "addresses": addresses,
            },
        )
        date_files(place, site.publication.modified, site.edition)
    return Copied(files, size, addresses)


def _everything(asker: Asker, site: Site) -> Iterator[Found | Written]:
    crawl = Crawl(asker, site)
    with asker.app.test_request_context():
        names = names_in_order(site)
        yield from write_index(site, names)
    yield from crawl.adopt(list(own_pages(asker, site, names)))
    moved = []
    for each in crawl.walk():
        yield each
        if isinstance(each, Found):
            if len(each.answers) > 1:
                yield from _pointer(asker, site, each)
            elif each.answers[0][2] is None:
                moved.append(each)
    # Two addresses that differ in a slash have one file; where one leads to the other, that is its page.
    for each in {file_of(each.path, HTML.media_type): each for each in moved}.values():
        location = each.answers[0][1].location or ""
        if location.rstrip("/") != each.path.rstrip("/"):
            yield from _pointer(asker, site, each)
    nowhere = asker.ask(_NOWHERE, HTML.media_type)
    yield Written("404.html", crawl.rewritten("/", nowhere.body.decode()))


def _pointer(asker: Asker, site: Site, found: Found) -> Iterator[Written]:
    """Yield the page that leads on from an address which has no page of its own."""
    if any(file is not None and answer.media_type == HTML.media_type for _, answer, file in found.answers):
        return
    is_choice = len(found.answers) > 1
    files = [file for _, _, file in found.answers if file is not None]
    if files and not is_choice:
        return
    targets = [
        {
            "href": answer.location or f"/{file}",
            "title": offer.label if offer and is_choice else "",
            "type": offer.media_type if offer and is_choice else "",
        }
        for offer, answer, file in found.answers
    ]
    # The page first: whoever opens this is a person.
    targets.sort(key=lambda target: target["type"] != HTML.media_type)
    status = found.answers[0][1].status
    iri = f"{site.dataset.base}{found.path[1:]}" if status in (HTTPStatus.SEE_OTHER, HTTPStatus.OK) else ""
    with asker.app.test_request_context():
        text = render_template("copy_pointer.html", path=found.path, iri=iri, targets=targets)
    yield Written(file_of(found.path, HTML.media_type), text.encode())
