"""The states of one resource, the releases it stands in one after the other, and the choice among them by date.

Each original resource is its own TimeGate (RFC 7089 section 4.1, pattern 1.1): asked for a
date it answers 302 to a memento, which has an address of its own and never changes, so that
one can cite it, keep it and cache it. A state holds from the day of its release until that
of the next; what is before the first is the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Response, request
from werkzeug.urls import iri_to_uri

from server.http.errors import Problem
from server.http.formats import JSON, TIMEMAP, content_type
from server.http.headers import Link, add_links
from server.http.representations import CACHE_CONTROL
from server.memento.moments import UnreadableMoment, moment_of, read_moment, write_moment
from server.releases.release import Release

ACCEPT: Final = "Accept-Datetime"


@dataclass(frozen=True, slots=True)
class Memento:
    """A resource as it was in one release."""

    release: Release
    path: str
    """Its address on this server."""

    @property
    def moment(self) -> datetime:
        """Since when it was so."""
        return moment_of(self.release)


@dataclass(frozen=True, slots=True)
class History:
    """A resource and its mementos."""

    path: str
    """The address of the resource as it is now, which is its TimeGate too."""
    mementos: Sequence[Memento]
    """The oldest first, at least one."""
    root: str = ""
    """Path under which the server is mounted."""

    @property
    def timemaps(self) -> tuple[Link, Link]:
        """The links to the lists of the mementos, in the form of RFC 7089 and as JSON."""
        forms = ((TIMEMAP, "link"), (JSON, "json"))
        own = self.path.removeprefix(self.root)
        link, json = (Link(f"{self.root}/timemap/{name}{own}", "timemap", type=form.media_type) for form, name in forms)
        return link, json

    def at(self, moment: datetime) -> Memento:
        """Return the memento of this moment: the newest that is not after it, else the first."""
        return next((one for one in reversed(self.mementos) if one.moment <= moment), self.mementos[0])

    def of(self, release: Release) -> Memento:
        """Return the memento of a release; raise StopIteration where the resource does not stand in it."""
        return next(one for one in self.mementos if one.release.version == release.version)

    def links(self, chosen: Memento | None = None) -> list[Link]:
        """Return the links of the resource, or of one of its mementos, as section 2.2 asks for."""
        return [Link(self.path, "original timegate"), *self.timemaps, *self._mementos(chosen)]

    def _mementos(self, chosen: Memento | None) -> list[Link]:
        last = len(self.mementos) - 1
        places: dict[int, list[str]] = {}
        if chosen is not None:
            place = self.mementos.index(chosen)
            places = {place - 1: ["prev"], place: [], place + 1: ["next"]}
        for place, name in ((0, "first"), (last, "last")):
            places.setdefault(place, []).append(name)
        return [
            Link(one.path, " ".join([*names, "memento"]), datetime=write_moment(one.moment))
            for place, names in sorted(places.items())
            for one in self.mementos[place : place + 1]
            if place >= 0
        ]


def is_asked_for() -> bool:
    """Tell whether the present request wants the state of a certain time."""
    return ACCEPT in request.headers


def answer_with_memento(history: History) -> Response:
    """Lead to the memento that Accept-Datetime asks for; raise a 400 where it names no time."""
    try:
        moment = read_moment(request.headers[ACCEPT])
    except UnreadableMoment as error:
        links = history.links()
        headers = {"Vary": ACCEPT, "Link": ", ".join(map(str, links))}
        raise Problem(
            400, "Unreadable date and time", f"{error}", headers=headers, extra={"available": ways_to(history)}
        ) from error
    chosen = history.at(moment)
    query = f"?{iri_to_uri(request.query_string.decode())}" if request.query_string else ""
    response = Response(f"See {chosen.path}{query}\n", status=302, content_type=content_type("text/plain"))
    response.headers["Location"] = f"{chosen.path}{query}"
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.vary.add(ACCEPT)
    add_links(response, history.links(chosen))
    return response


def ways_to(history: History | None) -> list[dict[str, str]]:
    """Return the mementos as a problem offers them."""
    return [
        {"href": one.path, "title": f"Version {one.release.version}, {one.release.record.modified}"}
        for one in (history.mementos if history else ())
    ]


def mark_memento(response: Response, memento: Memento) -> Response:
    """Say of an answer that it is the memento of its resource; return it."""
    response.headers["Memento-Datetime"] = write_moment(memento.moment)
    return response


def answer_in_time(history: History | None, answer: Callable[[Sequence[Link]], Response]) -> Response:
    """Lead to the memento that the request asks for, else answer as of now, as the resource that is its own TimeGate.

    `answer` is given the links to the mementos; without a history it gives all there is, whatever date is asked for.
    """
    if history is None:
        return answer(())
    return answer_with_memento(history) if is_asked_for() else mark_timegate(answer(history.links()))


def mark_timegate(response: Response) -> Response:
    """Say of an answer that it would be another one had a date been asked for; return it."""
    response.vary.add(ACCEPT)
    return response
