"""What is answered of a thing that the data says nothing about any more, and a release does.

It may have been cited. That a record is gone says nothing of what it was a record of.
"""

from __future__ import annotations

from typing import Final

from flask_babel import gettext as _

from server.http.errors import Problem
from server.http.formats import HTML, TURTLE
from server.memento.data import data_history
from server.memento.history import History
from server.releases.release import Release
from server.site import Site

_CHANGES: Final = "changes.json"


def tell_gone(site: Site, name: str, available: list[dict[str, str]]) -> Problem | None:
    """Return the 404 for a thing that only releases know, None for one that none knows.

    Its member `earlier` leads to the states there are, in Turtle, the newest first, and to what changed after them;
    `available` is what else may help.
    """
    history = data_history(site, name, TURTLE.name)
    if history is None:
        return None
    last = history.mementos[-1].release
    called = site.archive.name_of(last, name) or site.links.entity(name)
    earlier = [
        {
            "href": one.path,
            "type": TURTLE.media_type,
            "title": _("As version %(version)s had it (Turtle)", version=one.release.version),
        }
        for one in reversed(history.mementos)
    ]
    return Problem(
        404,
        _("No longer recorded"),
        _(
            "This version of the data says nothing about “%(name)s”. Earlier versions did; a record that is gone is "
            "no judgement on what happened.",
            name=called,
        ),
        headers={"Link": ", ".join(map(str, history.links()))},
        extra={"earlier": [*earlier, *_changes(site, history)], "available": available},
    )


def _changes(site: Site, history: History) -> list[dict[str, str]]:
    """Return the way to what changed in the release after the last that knows the thing, where it is told."""
    place = site.releases.index(history.mementos[-1].release)
    after: tuple[Release, ...] = site.releases[place - 1 : place] if place else ()
    return [
        {
            "href": site.links.to(f"{one.path}changes"),
            "type": HTML.media_type,
            "title": _("What changed in version %(version)s", version=one.version),
        }
        for one in after
        if _CHANGES in one.by_name
    ]
