"""Where nanopublications are had: `/np/…`, each under its own name, and `/exports/nanopubs.trig`, all of them.

A nanopublication has no page: its claim's says the same to people, and a browser is led
there.
"""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response

from graph.iris import is_slug
from graph.namespaces import BG
from server.http.errors import Problem
from server.http.formats import HTML, TRIG, split_suffix
from server.http.headers import Link, license_links
from server.http.negotiate import Choice
from server.http.piecewise import send_pieces
from server.http.representations import alternates, choose, moved, respond, see_other
from server.nanopublications.exports import EXPORT_FILE, nanopubs, why_none
from server.nanopublications.names import split_name
from server.nanopublications.nanopublication import Nanopublication, make_nanopublication
from server.nanopublications.writing import FORMATS, write_nanopublication
from server.site import Site, current_site
from server.terms.claims import is_claim

blueprint = Blueprint("nanopublications", __name__)

_WHOLE: Final = 5
"""Articles up to which the file is made before it is sent, with its length; of more it is sent as it is made."""


@blueprint.get("/exports/nanopubs.trig")
def send_all() -> Response:
    """Send the nanopublications of all claims, unsigned."""
    site = current_site()
    licenses = license_links(site.publication.license)
    is_whole = site.counts.classes.get(BG + "Article", 0) <= _WHOLE
    return send_pieces(site, TRIG, lambda: nanopubs(site), licenses, is_whole=is_whole)


@blueprint.get("/np")
@blueprint.get("/np/")
def redirect_to_all() -> Response:
    """Lead to the file of all."""
    return moved("/exports/nanopubs.trig", status=307)


@blueprint.get("/np/<path:name>")
def send_one(name: str) -> Response:
    """Send a nanopublication, or lead from the name without a code to the one that there is now."""
    site = current_site()
    stem, fixed = split_suffix(name, FORMATS)
    claim, code = split_name(stem)
    found = _require(site, claim)
    path = f"{site.links.root}/np/{claim}/{found.code}"
    if code is None:
        ending = f".{fixed.name}" if fixed else ""
        return moved(f"/np/{claim}/{found.code}{ending}", status=307)
    if code != found.code:
        raise Problem(
            404,
            "Another nanopublication",
            f"The claim {claim} has a nanopublication here, and it is {found.code}, not {code}, which has other "
            "content: names change with each version of the data, and when one is signed. Each release keeps its own. "
            "What its holder has can be checked against its name.",
            extra={"available": [{"href": path, "title": found.iri}, *_of_releases(site)]},
        )
    page = Link(site.links.page(claim), "describedby", type=HTML.media_type)
    links = [
        *alternates([(x, f"{path}.{x.name}") for x in FORMATS]),
        Link(found.iri, "canonical"),
        page,
        *license_links(site.publication.license),
    ]
    choice = Choice(fixed, fixed.media_type) if fixed else choose((*FORMATS, HTML), links)
    if choice.format is HTML:
        return see_other(site.links.to(f"/page/{claim}"), links)
    location = f"{path}.{choice.format.name}"
    return respond(
        site,
        choice,
        lambda: write_nanopublication(found, choice.format),
        negotiated=fixed is None,
        links=links,
        content_location=location,
    )


def _require(site: Site, claim: str) -> Nanopublication:
    """Return the nanopublication of a claim; raise a 404 where there is no such claim, or none of it."""
    iri = site.links.entity(claim)
    if not all(map(is_slug, claim.split("/"))) or not is_claim(site.dataset.store, iri):
        raise Problem(
            404,
            "No such nanopublication",
            f"The data has no claim {claim!r}, and nanopublications are of claims: "
            "/np/claim/<article>/<claim> leads to one, /exports/nanopubs.trig has all.",
            extra={"available": _of_releases(site)},
        )
    obstacle = why_none(site.dataset.store, iri)
    if obstacle is not None:
        raise Problem(
            404,
            "No nanopublication of it",
            f"There is no nanopublication of the claim {claim}: {obstacle}. One would say that somebody is known to "
            "have said it, or that a person has read it in the article.",
            extra={"available": [{"href": site.links.to(f"/page/{claim}"), "title": "The page of the claim"}]},
        )
    return make_nanopublication(site, iri)


def _of_releases(site: Site) -> list[dict[str, str]]:
    """Return the files in which releases keep theirs, as a problem offers them."""
    return [
        {"href": f"{site.links.root}{release.path}{EXPORT_FILE}", "title": f"Version {release.version} has its own"}
        for release in site.releases
        if EXPORT_FILE in release.by_name
    ]
