"""The page of what changed in a version since the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from server.changes.changes_json import JSON_FILE, UnreadableChanges, read_json
from server.changes.changes_text import TEXT_FILE
from server.changes.comparison import Changes
from server.changes.patch import PATCH_FILE, ways_to_apply
from server.changes.sections import MOST_VIEWPOINTS, read_sections
from server.changes.summary import summarise
from server.changes.thing import Change, Thing
from server.http.copies import is_for_copy
from server.http.errors import Problem
from server.http.formats import HTML, TURTLE
from server.http.headers import Link, license_links
from server.http.negotiate import Choice
from server.http.representations import respond
from server.memento.data import memento_path
from server.releases.lookup import offer_downloads, require_release
from server.releases.media_types import media_type
from server.releases.release import Release
from server.site import Site, current_site
from server.terms.labels import Shown

blueprint = Blueprint("changes", __name__)

_FILES: Final = ((PATCH_FILE, "RDF Patch"), (JSON_FILE, "JSON"), (TEXT_FILE, "Markdown"))


@blueprint.get("/dumps/<version>/changes")
def show_changes(version: str) -> Response:
    """Show what changed in a version since the one before it."""
    site = current_site()
    release = require_release(site, version, _pages_of_changes(site))
    if JSON_FILE not in release.by_name:
        raise Problem(
            404,
            "Nothing to compare with",
            f"Version {version} is the first of those that are kept here, so there is none that it differs from.",
            extra={"available": offer_downloads(site, [release])},
        )
    links = [
        Link(f"{release.iri}changes", "canonical"),
        *(
            Link(f"{site.links.root}{release.path}{name}", "alternate", type=media_type(name), title=title)
            for name, title in _FILES
            if name in release.by_name
        ),
        *license_links(site.publication.license),
    ]
    return respond(
        site,
        Choice(HTML, HTML.media_type),
        lambda: render_changes(site, release, _read(release), links),
        negotiated=False,
        links=links,
    )


def render_changes(site: Site, release: Release, changes: Changes, links: Sequence[Link]) -> str:
    """Return the page that tells the changes of a release."""
    sections = read_sections(changes)
    return render_template(
        "changes.html",
        changes=changes,
        summary=summarise(changes),
        release=release,
        sections=sections,
        told_kinds={section.of_kind.kind for section in sections},
        most_viewpoints=MOST_VIEWPOINTS,
        files=[(release.by_name[name], title) for name, title in _FILES if name in release.by_name],
        has_old=any(one.version == changes.old.version for one in site.releases),
        commands=ways_to_apply(changes.old.version, changes.new.version),
        show=lambda named: _show(site, named.iri, named.label),
        show_thing=lambda thing: _show_thing(site, changes, thing),
        show_value=lambda value: _show(site, value.iri, value.text),
        links=links,
    )


def _read(release: Release) -> Changes:
    try:
        with release.open(JSON_FILE) as opened:
            return read_json(opened.read())
    except UnreadableChanges as error:
        raise Problem(
            500, "Damaged release", f"What changed in version {release.version} cannot be read here: {error}"
        ) from error


def _pages_of_changes(site: Site) -> list[dict[str, str]]:
    known = [one for one in site.releases if JSON_FILE in one.by_name]
    return [
        {"href": f"{site.links.root}{one.path}changes", "title": f"What changed in version {one.version}"}
        for one in known[:10]
    ]


def _show_thing(site: Site, changes: Changes, thing: Thing) -> Shown:
    """Return the name of a thing; what is gone leads to what the old version says of it, where that is kept here."""
    shown = _show(site, thing.named.iri, thing.named.label)
    old = next((one for one in site.releases if one.version == changes.old.version), None)
    head = f"{old.record.base}id/" if old else ""
    if old is None or thing.change is not Change.REMOVED or not thing.named.iri.startswith(head) or is_for_copy():
        return shown
    return replace(shown, href=memento_path(site, old, thing.named.iri.removeprefix(head), TURTLE.name))


def _show(site: Site, iri: str, label: str) -> Shown:
    """Return a name of then as it is known now: in the reader's language and with a link, where it still is."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return Shown(label)
    known = site.labels.show_iri(iri)
    is_there = any(site.dataset.store.quads_for_pattern(node, None, None, ox.DefaultGraph()))
    href = known.href if is_there or not iri.startswith(site.dataset.base) else None
    if site.english.label(iri).text == label:
        return Shown(known.text, lang=known.lang, href=href, iri=iri)
    return Shown(label, href=href, iri=iri)
