"""The files of `/exports/` as answers: whole or piece by piece, with the ways to what describes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from flask import Response

from graph.namespaces import BG
from server.http.formats import HTML, Format
from server.http.headers import Link, license_links
from server.http.piecewise import send_pieces
from server.site import Site
from server.wikidata.claim_schema import SCHEMA_FILE

_WHOLE: Final = 50
"""Articles up to which a file is made before it is sent, with its length; of more it is sent as it is made."""
_FILES: Final = (
    "quickstatements.tsv",
    "needs-review.tsv",
    "mixnmatch.tsv",
    "claims.csv",
    SCHEMA_FILE,
    "battle.shex",
    "nanopubs.trig",
    "places.geojson",
)


def send_file(
    site: Site,
    format_: Format,
    parts: Callable[[], Iterator[str]],
    *,
    is_small: bool = False,
    further: Sequence[Link] = (),
) -> Response:
    """Answer with a file: whole where the dataset is small, else piece by piece, so that it holds up nobody."""
    is_whole = is_small or site.counts.classes.get(BG + "Article", 0) <= _WHOLE
    page = Link(f"{site.links.root}/wikidata", "describedby", type=HTML.media_type)
    links = [page, *further, *license_links(site.publication.license)]
    return send_pieces(site, format_, parts, links, is_whole=is_whole)


def available_files(site: Site) -> list[dict[str, str]]:
    """Return the files there are, and the page about them, as a problem offers them."""
    files = [{"href": f"{site.links.root}/exports/{name}", "title": name} for name in _FILES]
    return [{"href": site.links.to("/wikidata"), "title": "For Wikidata contributors"}, *files]
