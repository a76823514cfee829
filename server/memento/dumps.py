"""The files of the releases in time: `/dumps/latest/<name>` is the resource, each release's file a memento of it.

Of a file that the site has at an address of its own, as `/graph/entities.ttl` or `/exports/claims.csv`,
that address is the resource, and `/dumps/latest/…` one more way to its states: a memento is of one resource only.

A file whose name holds the version, `battlegraph-0.1.0.nq`, is `battlegraph.nq` there; with the
version it names one state, which has no others, and so no history.
"""

from __future__ import annotations

from typing import Final

from server.http.copies import is_for_copy
from server.memento.history import History, Memento
from server.releases.release import Release
from server.site import Site
from server.terms.links import encode_path

_STEM: Final = "battlegraph"
_EXPORTED: Final = frozenset(("claims.csv", "places.geojson"))
_GRAPHS: Final = "graphs/"


def lasting_name(release: Release, name: str) -> str:
    """Return the name under which a file of a release is found in every release that has its like."""
    return _STEM + name.removeprefix(release.stem) if name.startswith(f"{release.stem}.") else name


def own_name(release: Release, lasting: str) -> str | None:
    """Return the name that a file has in a release, empty for the release's page; None where it has none such."""
    names = (f"{release.stem}{lasting.removeprefix(_STEM)}" if lasting.startswith(f"{_STEM}.") else lasting, lasting)
    return next((name for name in names if not name or name in release.by_name), None)


def file_history(site: Site, lasting: str) -> History | None:
    """Return the history of a file by its lasting name, empty for the page of releases; None where none has it.

    A name with a version in it is no lasting one. Nothing has one in a copy of the site without a server, which
    cannot choose by date.
    """
    if is_for_copy() or any(lasting_name(release, lasting) != lasting for release in site.releases):
        return None
    root = site.links.root
    mementos = [
        Memento(release, f"{root}{release.path}{name}")
        for release in reversed(site.releases)
        if (name := own_name(release, lasting)) is not None
    ]
    return History(f"{root}{_original(lasting)}", mementos, root) if mementos else None


def graph_history(site: Site, name: str, suffix: str) -> History | None:
    """Return the history of a named graph in a format; None where no release has it so: some have Turtle only."""
    return file_history(site, f"{_GRAPHS}{name}.{suffix}")


def _original(lasting: str) -> str:
    """Return the address of the resource that a file is a state of."""
    if lasting in _EXPORTED:
        return f"/exports/{lasting}"
    if lasting.startswith(_GRAPHS):
        return f"/graph/{encode_path(lasting.removeprefix(_GRAPHS))}"
    return f"/dumps/latest/{lasting}"


def find_file(site: Site, release: Release, name: str) -> tuple[History, Memento] | None:
    """Return the history of a file of a release and its own place in it; None for a file that a release does not list.

    For the answer with the file: it has the links `history.links(memento)` and goes through `mark_memento`.
    """
    history = file_history(site, lasting_name(release, name))
    if history is None or (name and name not in release.by_name):
        return None
    return history, history.of(release)
