"""TimeMaps: all mementos of a resource, as RFC 7089 section 5 writes them and as JSON.

A TimeMap is kept and read apart from the server it came from, so its addresses are whole.
"""

from __future__ import annotations

import json
from dataclasses import replace

from server.http.headers import Link
from server.memento.history import History
from server.memento.moments import write_moment


def write_timemap(history: History, server: str) -> str:
    """Return the list in application/link-format; `server` is what the paths are put behind."""
    mementos = history.mementos
    link, other = history.timemaps
    span = f'; from="{write_moment(mementos[0].moment)}"; until="{write_moment(mementos[-1].moment)}"'
    lines = [
        str(_whole(Link(history.path, "original timegate"), server)),
        str(_whole(replace(link, rel="self"), server)) + span,
        str(_whole(other, server)),
        *(str(_whole(one, server)) for one in _every_memento(history)),
    ]
    return ",\n".join(lines) + "\n"


def write_json(history: History, server: str) -> str:
    """Return the list as JSON, with the members that Memento's own tools use (MemGator, pywb)."""
    link, other = history.timemaps
    entries = [{"datetime": write_moment(one.moment), "uri": f"{server}{one.path}"} for one in history.mementos]
    document = {
        "original_uri": f"{server}{history.path}",
        "timegate_uri": f"{server}{history.path}",
        "timemap_uri": {"link_format": f"{server}{link.href}", "json_format": f"{server}{other.href}"},
        "mementos": {"first": entries[0], "last": entries[-1], "list": entries},
    }
    return json.dumps(document, indent=2) + "\n"


def _every_memento(history: History) -> list[Link]:
    count = len(history.mementos)
    links = []
    for place, one in enumerate(history.mementos):
        names = ["first"] * (place == 0) + ["last"] * (place == count - 1) + ["memento"]
        links.append(Link(one.path, " ".join(names), datetime=write_moment(one.moment)))
    return links


def _whole(link: Link, server: str) -> Link:
    return replace(link, href=f"{server}{link.href}")
