"""Search: `/search` for people, the same as JSON for programs, and how browsers find it.

The JSON is one object: `query` and `kind` as they were understood, `total` (the least
there is, where `total_is_exact` is false), `page`, `pages`, and `results`, each with
`iri`, `page`, `label` and `lang`, the name it was found by as `matched` and
`matched_lang`, how (`match`: exact, beginning, words, inside, spelling), `kind` and `score`.
`limit` says how many results make a page; names are English unless `lang` says otherwise.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from server.errors import Problem
from server.folding import fold
from server.formats import HTML, JSON, OPENSEARCH
from server.headers import Link
from server.languages import PAGE_LANGUAGE, page_language, present_reading
from server.names import filter_name
from server.negotiate import Choice
from server.representations import choose, respond
from server.results import Facet, Result, facets, read_result
from server.search_index import Found, SearchIndex
from server.site import Site, current_site
from server.suggestions import Suggestion, suggest

blueprint = Blueprint("search", __name__)

LONGEST_QUERY: Final = 200
"""Characters of a query; the rest is left out."""
PAGE_SIZE: Final = 20
_LARGEST_PAGE: Final = 100
_PATIENCE: Final = 2.0
"""Seconds to wait for the index; a dataset of one article has it in a few milliseconds."""
_SUGGESTIONS: Final = 3
_DIGITS: Final = 9
"""Of a number that can be meant."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was searched for, as far as it can be understood."""

    query: str
    is_cut: bool
    kind: str
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of what was found."""

    asked: Asked
    results: Sequence[Result]
    total: int
    is_exact: bool
    page: int
    pages: int
    facets: Sequence[Facet]
    suggestions: Sequence[Suggestion]
    of_any_kind: int
    """How many things there are, whatever kind was asked for."""


@blueprint.get("/search")
def show_search() -> Response:
    """Show what was found, or the form and a few examples; or send it as JSON."""
    links = [Link(_address("/search.json"), "alternate", type=JSON.media_type, title=JSON.label)]
    if not request.args:
        links.append(Link(f"{current_site().dataset.base}search", "canonical"))
    choice = choose((HTML, JSON), links)
    return _respond(choice, links, negotiated=True)


@blueprint.get("/search.json")
def send_results() -> Response:
    """Send what was found as JSON."""
    return _respond(Choice(JSON, JSON.media_type), [], negotiated=False)


@blueprint.get("/opensearch.xml")
def describe_search() -> Response:
    """Describe the search to browsers and other clients (OpenSearch 1.1)."""
    site = current_site()
    choice = Choice(OPENSEARCH, OPENSEARCH.media_type)
    return respond(site, choice, lambda: render_template("opensearch.xml", base=site.dataset.base), negotiated=False)


def _respond(choice: Choice, links: Sequence[Link], *, negotiated: bool) -> Response:
    site = current_site()
    index = site.finder.within(_PATIENCE)
    if index is None:
        detail = "The index of names is being made, once after each start. Try again in half a minute."
        raise Problem(503, "Search is not ready yet", detail, headers={"Retry-After": "30"})
    asked = _read_request(index, may_limit=choice.format is JSON)
    render = _write_json if choice.format is JSON else _write_html
    return respond(site, choice, lambda: render(site, index, asked, links), negotiated=negotiated, links=links)


def _read_request(index: SearchIndex, *, may_limit: bool) -> Asked:
    """Return what the request asks for; what makes no sense is as if it were not there."""
    arguments = request.args
    query = " ".join("".join(map(_printable, arguments.get("q", ""))).split())
    kind = filter_name(arguments.get("kind", "")[:LONGEST_QUERY])
    known = any(kind in each.filters for each in index.kinds)
    return Asked(
        query=query[:LONGEST_QUERY].strip(),
        is_cut=len(query) > LONGEST_QUERY,
        kind=kind if known else "",
        page=_number(arguments.get("page", ""), 1, 1_000_000),
        size=_number(arguments.get("limit", "") if may_limit else "", PAGE_SIZE, _LARGEST_PAGE),
    )


def _printable(character: str) -> str:
    return character if unicodedata.category(character) not in ("Cc", "Cs", "Cn") else " "


def _number(text: str, otherwise: int, most: int) -> int:
    text = text.strip()
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else otherwise


def _answer(site: Site, index: SearchIndex, asked: Asked, *, in_english: bool) -> Answer:
    labels = site.english if in_english else site.labels
    found = index.find(asked.query, asked.kind) if fold(asked.query) else Found()
    pages = max(1, -(-len(found.hits) // asked.size))
    page = min(asked.page, pages)
    shown = found.hits[(page - 1) * asked.size : page * asked.size]
    return Answer(
        asked,
        [read_result(site, labels, index, hit, asked.query) for hit in shown],
        total=len(found.hits),
        is_exact=found.is_all,
        page=page,
        pages=pages,
        facets=facets(site, labels, found, asked.kind),
        suggestions=suggest(index, asked.query, _SUGGESTIONS) if asked.query and not found.kinds else [],
        of_any_kind=sum((found.kinds or {}).values()),
    )


def _write_json(site: Site, index: SearchIndex, asked: Asked, _links: Sequence[Link]) -> str:
    is_chosen = present_reading().is_chosen
    answer = _answer(site, index, asked, in_english=not is_chosen)
    language = page_language() if is_chosen else PAGE_LANGUAGE
    told = {
        "query": asked.query,
        "kind": asked.kind or None,
        "total": answer.total,
        "total_is_exact": answer.is_exact,
        "page": answer.page,
        "pages": answer.pages,
        "results": [result.as_json(language) for result in answer.results],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _write_html(site: Site, index: SearchIndex, asked: Asked, links: Sequence[Link]) -> str:
    answer = _answer(site, index, asked, in_english=False)
    return render_template(
        "search.html", answer=answer, asked=asked, examples=index.examples, links=links, address=_address_of
    )


def _address(path: str) -> str:
    query = urlencode(list(request.args.items(multi=True)), errors="replace")
    return f"{current_site().links.root}{path}{'?' + query if query else ''}"


def _address_of(query: str, kind: str = "", page: int = 1) -> str:
    """Return the address of another search, as the templates link it."""
    asked = {"q": query, **({"kind": kind} if kind else {}), **({"page": str(page)} if page > 1 else {})}
    return current_site().links.to(f"/search?{urlencode(asked, errors='replace')}")
