"""Downloads: the dataset as a whole, as the file it was built as, and what a copy of it should keep.

The file is the canonical N-Quads (RDFC-1.0) whose SHA-256 identifies the version. Only
what the manifest of a build speaks of is offered as a file: of any other file that a
server was given, each named graph can be had, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, render_template, send_file

from graph.namespaces import BG
from graph.releases import Manifest, UnreadableDataset, read_manifest
from server.documents.graph_list import show_shelf
from server.http.endpoint import server_address
from server.http.errors import Problem
from server.http.formats import HTML, N_QUADS, RDF_FORMATS
from server.http.headers import Link, add_links
from server.http.negotiate import Choice
from server.http.representations import CACHE_CONTROL, moved, respond
from server.site import Site, current_site

blueprint = Blueprint("dumps", __name__)

_LATEST: Final = "latest"
_LATEST_FILE: Final = "battlegraph.nq"


@dataclass(frozen=True, slots=True)
class Download:
    """The file of the version that is served."""

    manifest: Manifest
    name: str
    """The file's name, which tells its version."""
    path: str
    address: str
    """Where a program of the present reader finds it."""
    size: int
    """Bytes."""


@blueprint.get("/dumps")
def redirect_to_downloads() -> Response:
    """Lead to the list of downloads."""
    return moved("/dumps/")


@blueprint.get("/dumps/")
def list_downloads() -> Response:
    """List what can be downloaded, with size, licence and checksum."""
    site = current_site()
    links = [
        Link(f"{site.dataset.base}dumps/", "canonical"),
        Link(f"{site.links.root}/.well-known/void", "describedby"),
        *([Link(site.publication.license, "license")] if site.publication.license else []),
    ]
    return respond(site, Choice(HTML, HTML.media_type), lambda: _page(site, links), negotiated=False, links=links)


@blueprint.get("/dumps/<version>/")
@blueprint.get("/dumps/<version>/<name>")
def send_download(version: str, name: str = "") -> Response:
    """Send the file of a version; from `latest`, lead to the version there is."""
    site = current_site()
    download = find_download(site)
    if download is None:
        raise Problem(
            404,
            "No such download",
            "This server was given a file that no build of ours speaks of, or that was replaced since; it has no "
            "whole dataset to download. Each named graph can be had.",
            extra={"available": _available(site, None)},
        )
    if not name and version in (_LATEST, download.manifest.version):
        return moved("/dumps/", status=307)
    if version == _LATEST and name in (_LATEST_FILE, download.name):
        return moved(download.path, status=307)
    if version != download.manifest.version or name != download.name:
        raise Problem(
            404,
            "No such download",
            f"There is no file {version}/{name} here. This server has version {download.manifest.version}, "
            f"the file {download.name}.",
            extra={"available": _available(site, download)},
        )
    response = send_file(
        site.config.dataset.absolute(),
        mimetype=N_QUADS.media_type,
        as_attachment=True,
        download_name=download.name,
        conditional=True,
        etag=download.manifest.quads,
    )
    response.headers["Cache-Control"] = CACHE_CONTROL
    add_links(response, [Link(site.publication.license, "license")] if site.publication.license else [])
    return response


def find_download(site: Site) -> Download | None:
    """Return the file of the served version, None where none on the disk is just what is served."""
    manifest, file = site.dataset.manifest, site.config.dataset
    if manifest is None:
        return None
    try:
        # A build may have put another version in the place of the one that is served.
        there, size = read_manifest(file.parent), file.stat().st_size
    except (OSError, UnreadableDataset):
        return None
    if there is None or there.quads != site.dataset.digest:
        return None
    name = f"battlegraph-{manifest.version}.nq"
    path = f"/dumps/{manifest.version}/{name}"
    return Download(manifest, name, path, f"{server_address(site)}{path}", size)


def _page(site: Site, links: Sequence[Link]) -> str:
    return render_template(
        "dumps.html",
        download=find_download(site),
        server=server_address(site),
        claims=site.counts.classes.get(BG + "Claim", 0),
        own=show_shelf(site, site.shelves.own),
        shared=show_shelf(site, site.shelves.shared),
        formats=RDF_FORMATS,
        links=links,
    )


def _available(site: Site, download: Download | None) -> list[dict[str, str]]:
    root, all_downloads = site.links.root, {"href": f"{site.links.root}/dumps/", "title": "All downloads"}
    if download is None:
        return [all_downloads]
    return [{"href": root + download.path, "type": N_QUADS.media_type, "title": download.name}, all_downloads]
