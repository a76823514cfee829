"""The desk's addresses: `/wikidata`, the page, and `/exports/…`, the files it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from graph.iris import is_slug
from graph.namespaces import BG
from graph.paths import ONTOLOGY
from server.http.endpoint import server_address
from server.http.errors import Problem
from server.http.formats import CSVM, HTML, RESULTS_CSV, RESULTS_TSV, SHEX
from server.http.headers import Link, license_links
from server.http.negotiate import Choice
from server.http.representations import respond
from server.memento.dumps import file_history
from server.memento.history import answer_in_time
from server.site import EXTENSION, Site, current_site
from server.wikidata import exports
from server.wikidata.claim_schema import SCHEMA_FILE as CLAIM_SCHEMA_FILE
from server.wikidata.claim_schema import claim_schema
from server.wikidata.desk import Desk
from server.wikidata.mapping import NOT_EXPORTED, TABLE, Role
from server.wikidata.parameters import read_creation, read_items, read_names, require_known
from server.wikidata.paste import Paste, meant, paste_article
from server.wikidata.records import is_in
from server.wikidata.selection import KINDS, is_known
from server.wikidata.sending import available_files, send_file

blueprint = Blueprint("wikidata", __name__)

SCHEMA_FILE: Final = ONTOLOGY / "battle.shex"
_DESK: Final = "wikidata"


@blueprint.record
def prepare(state: BlueprintSetupState) -> None:
    """Hang on the app what the page shows, to be found out when first asked for."""
    state.app.extensions[_DESK] = Desk(cast(Site, state.app.extensions[EXTENSION]))


@blueprint.get("/wikidata")
def show_desk() -> Response:
    """Show how to bring the statements to Wikidata, and what cannot go there."""
    site = current_site()
    links = [Link(f"{site.dataset.base}wikidata", "canonical"), *license_links(site.publication.license)]
    paste = _paste(site)

    def render() -> str:
        desk = cast(Desk, current_app.extensions[_DESK])
        return render_template(
            "wikidata.html",
            table=[(site.labels.show_iri(row.term), row) for row in TABLE],
            sorting=desk.sorting,
            unlinked=desk.unlinked(),
            battles=desk.wanted(),
            paste=paste,
            language=site.links.language,
            not_used=[(site.labels.show_iri(term), why) for term, why in NOT_EXPORTED.items()],
            more_battles=site.counts.classes.get(BG + "Article", 0) > 1,
            roles={
                Role.STATEMENT: _("statement"),
                Role.QUALIFIER: _("qualifier"),
                Role.REFERENCE: _("reference"),
                Role.NAME: _("name"),
            },
            server=server_address(site),
            links=links,
        )

    return respond(site, Choice(HTML, HTML.media_type), render, negotiated=False, links=links)


@blueprint.get("/exports/quickstatements.tsv")
def send_commands() -> Response:
    """Send the command file for QuickStatements."""
    site = current_site()
    require_known()
    items, creation, names = read_items(site), read_creation(), read_names()
    return send_file(site, RESULTS_TSV, lambda: exports.quickstatements(site, items, creation, with_names=names))


@blueprint.get("/exports/needs-review.tsv")
def send_review() -> Response:
    """Send the claims that the command file leaves out, with the reasons."""
    site = current_site()
    require_known()
    items, creation = read_items(site), read_creation()
    return send_file(site, RESULTS_TSV, lambda: exports.needs_review(site, items, creation))


@blueprint.get("/exports/quickstatements/<kind>/<path:slug>.tsv")
def send_commands_of_thing(kind: str, slug: str) -> Response:
    """Send the commands for the claims about one thing."""
    site = current_site()
    thing = _require_thing(site, kind, slug)
    items, creation, names = read_items(site, meant(site, thing)), read_creation(), read_names()

    def parts() -> Iterator[str]:
        return exports.quickstatements(site, items, creation, thing, with_names=names)

    return send_file(site, RESULTS_TSV, parts, is_small=True)


@blueprint.get("/exports/needs-review/<kind>/<path:slug>.tsv")
def send_review_of_thing(kind: str, slug: str) -> Response:
    """Send the claims about one thing that its command file leaves out."""
    site = current_site()
    thing = _require_thing(site, kind, slug)
    items, creation = read_items(site, meant(site, thing)), read_creation()
    return send_file(site, RESULTS_TSV, lambda: exports.needs_review(site, items, creation, thing), is_small=True)


@blueprint.get("/exports/mixnmatch.tsv")
def send_catalogue() -> Response:
    """Send the catalogue for Mix'n'match, whose address never changes."""
    site = current_site()
    return send_file(site, RESULTS_TSV, lambda: exports.mixnmatch(site))


@blueprint.get("/exports/claims.csv")
def send_claims() -> Response:
    """Send every claim as a row; by date, as a release has them."""
    site = current_site()
    schema = Link(f"{site.links.root}/exports/{CLAIM_SCHEMA_FILE}", "describedby", type=CSVM.media_type)
    return answer_in_time(
        file_history(site, "claims.csv"),
        lambda links: send_file(site, RESULTS_CSV, lambda: exports.claims(site), further=[schema, *links]),
    )


@blueprint.get(f"/exports/{CLAIM_SCHEMA_FILE}")
def send_claim_schema() -> Response:
    """Send the description of that table: its columns, licence and version."""
    site = current_site()
    return send_file(site, CSVM, lambda: iter((claim_schema(site),)), is_small=True)


@blueprint.get("/exports/battle.shex")
def send_schema() -> Response:
    """Send the ShEx schema of a battle with attributed losses, as Wikidata would have it."""
    return send_file(current_site(), SHEX, lambda: iter((SCHEMA_FILE.read_text("utf-8"),)), is_small=True)


@blueprint.get("/exports/")
def list_exports() -> Response:
    """Lead to the page that says what there is."""
    location = current_site().links.to("/wikidata#files")
    return Response(f"See {location}\n", status=308, headers={"Location": location}, mimetype="text/plain")


@blueprint.get("/exports/<path:name>")
def refuse(name: str) -> Response:
    """Say which files there are."""
    raise Problem(
        404, "No such export", f"There is no export {name!r}.", extra={"available": available_files(current_site())}
    )


def _paste(site: Site) -> Paste | None:
    """Return the commands of the article that the request names; None where it names none."""
    wanted = request.args.getlist("article")
    if not wanted:
        return None
    require_known("article")
    is_one = len(wanted) == 1 and is_slug(wanted[0])
    article = site.links.entity(f"article/{wanted[0] if is_one else '-'}")
    if not is_in(site.dataset.store, article, BG + "Article"):
        raise Problem(400, "No such article", f"There is no article {' and '.join(wanted)!r}; name one, once.")
    return paste_article(site, article, read_items(site, meant(site, article)), read_creation(), read_names())


def _require_thing(site: Site, kind: str, slug: str) -> str:
    """Return the IRI of a thing that claims are about; raise a 404 where there is none."""
    require_known()
    store = site.dataset.store
    if kind in KINDS:
        try:
            thing = ox.NamedNode(site.links.entity(f"{kind}/{slug}")).value
        except ValueError:
            thing = ""
        if thing and is_known(store, thing):
            return thing
    raise Problem(
        404,
        "Nothing to export",
        f"The data has no {kind}/{slug} that claims could be about. There are exports for each {', '.join(KINDS)}.",
        extra={"available": available_files(site)},
    )
