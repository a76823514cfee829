"""The pages that only a copy has: in the place of what needs a server, and the lists of all names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from flask import render_template
from flask.ctx import RequestContext
from werkzeug.test import EnvironBuilder

from server.http.copies import FOR_COPY
from server.http.headers import Link
from server.search.names import filter_name
from server.search.search_index import Name
from server.site import Site
from server.static_site.asking import Asker
from server.static_site.places import OTHER_LANGUAGES

SERVICE_PAGES: Final = ("/search", "/sparql", "/reconcile")
"""Addresses of services that have a page in a copy."""
_SEARCH, *_SERVICES = SERVICE_PAGES
_LISTED: Final = 500
"""Names on one page."""
_NAMELESS: Final = "other"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing, and where its names are listed."""

    path: str
    label: str
    lang: str
    count: int

    @property
    def href(self) -> str:
        """The address of the first page."""
        return self.address(1)

    def address(self, number: int) -> str:
        """Return the address of a page, counted from one."""
        return self.path if number == 1 else f"{self.path}/{number}"


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of the copy, with links as the app writes them."""

    path: str
    language: str
    """Empty for the plain page."""
    text: str


def own_pages(asker: Asker, site: Site, names: Sequence[Name]) -> Iterator[OwnPage]:
    """Yield the pages, each in every language."""
    lists = _by_kind(names)
    for language in ("", *OTHER_LANGUAGES):
        for path in _SERVICES:
            yield OwnPage(path, language, _render(asker, path, language, "copy_service.html", site=site))
        with _request(asker, _SEARCH, language):
            kinds = [_kind(site, name, members) for name, members in lists.items()]
        yield OwnPage(_SEARCH, language, _render(asker, _SEARCH, language, "copy_search.html", kinds=kinds))
        for kind, members in zip(kinds, lists.values(), strict=True):
            yield from _list(asker, site, language, kind, members)


def _list(asker: Asker, site: Site, language: str, kind: Kind, members: Sequence[Name]) -> Iterator[OwnPage]:
    last = -(-len(members) // _LISTED)
    for number in range(1, last + 1):
        path, start = kind.address(number), (number - 1) * _LISTED
        with _request(asker, path, language):
            shown = [
                {"href": site.links.href(name.iri), "text": name.text, "lang": name.lang}
                for name in members[start : start + _LISTED]
            ]
        fields = {"kind": kind, "names": shown, "start": start, "number": number, "last": last}
        yield OwnPage(path, language, _render(asker, path, language, "copy_names.html", **fields))


def _by_kind(names: Sequence[Name]) -> dict[str, list[Name]]:
    """Return the names by their kind's, those of most merit first, each list in the order of the alphabet."""
    lists: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        lists[name.kind.classes[0] if name.kind.classes else ""].append(name)
    return {iri: sorted(members, key=lambda name: (name.text.casefold(), name.iri)) for iri, members in lists.items()}


def _kind(site: Site, iri: str, members: Sequence[Name]) -> Kind:
    if not iri:
        return Kind(f"/names/{_NAMELESS}", _NAMELESS, "en", len(members))
    label = site.labels.label(iri)
    return Kind(f"/names/{filter_name(iri)}", label.text, label.lang or "", len(members))


def _request(asker: Asker, path: str, language: str) -> RequestContext:
    builder = EnvironBuilder(path=path, query_string={"lang": language} if language else None)
    environ = builder.get_environ()
    builder.close()
    environ[FOR_COPY] = True
    return asker.app.request_context(environ)


def _render(asker: Asker, path: str, language: str, template: str, **fields: object) -> str:
    with _request(asker, path, language):
        links: Sequence[Link] = ()
        return render_template(template, links=links, **fields)
