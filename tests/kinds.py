"""Every kind of page that the site has, one or more addresses each, on the specimen."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

import specimen
from flask import Flask

PAGES: Final[dict[str, tuple[str, ...]]] = {
    "/": ("/",),
    "/.well-known/sparql-examples": ("/.well-known/sparql-examples",),
    "/.well-known/void": ("/.well-known/void",),
    "/about": ("/about",),
    "/article/<slug>": ("/article/battle-of-hadrut", "/article/battle-of-hadrut?words=848-866"),
    "/dumps/": ("/dumps/",),
    "/graph/": ("/graph/",),
    "/graph/<path:name>": ("/graph/entities", "/graph/viewpoint/azerbaijan", "/graph/crosslinks"),
    "/map/<slug>": ("/map/battle-of-hadrut",),
    "/ontology": ("/ontology",),
    "/ontology/<version>": ("/ontology/0.1.0",),
    "/page/<path:name>": tuple(f"/page/{name}" for name in specimen.entity_names()),
    "/prefixes": ("/prefixes",),
    "/queries/": ("/queries/",),
    "/queries/<name>": ("/queries/contradictions",),
    "/search": ("/search", "/search?q=hadrut", "/search?q=nothing+of+the+kind"),
    "/shapes": ("/shapes",),
    "/sparql": ("/sparql",),
    "/timeline/<slug>": ("/timeline/battle-of-hadrut",),
    "/validation": ("/validation",),
    "/viewpoints/": ("/viewpoints/",),
    "/viewpoints/<slug>": ("/viewpoints/battle-of-hadrut",),
    "/wikidata": ("/wikidata",),
}
"""Addresses of pages by their route."""
REFUSALS: Final = ("/nowhere", "/page/event/nowhere", "/graph/nowhere", "/article/nowhere", "/queries/nowhere")
"""Addresses that are answered with a page that tells what is wrong."""


def pages(app: Flask) -> list[str]:
    """Return an address of every kind of page that an app has."""
    routes = {rule.rule for rule in app.url_map.iter_rules()}
    return [address for route, addresses in PAGES.items() if route in routes for address in addresses]


class Elements(HTMLParser):
    """The start tags of a page, in their order, each with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a start tag."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of all elements of this name."""
        return [attributes for name, attributes in self.found if name == tag]
