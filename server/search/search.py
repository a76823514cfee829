"""Search: `/search` for people, the same as JSON for programs, and how browsers find it.

The JSON is one object: `query` and `kind` as they were understood, `total` (the least
there is, where `total_is_exact` is false), `page`, `pages`, and `results`, each with
`iri`, `page`, `label` and `lang`, the name it was found by as `matched` and
`matched_lang`, how (`match`: exact, beginning, words, inside, spelling, or some where not all
words are there), `kind`, whether it is of an unreviewed `draft`, of a claim whose it is as `according_to`, and `score`.
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

from server.http.errors import Problem
from server.http.formats import HTML, JSON, OPENSEARCH
from server.http.headers import Link
from server.http.languages import page_language, present_reading, read_plainly
from server.http.negotiate import Choice
from server.http.representations import choose, respond
from server.search.folding import fold
from server.search.names import filter_name
from server.search.results import Facet, Result, facets, prominent, read_result
from server.search.search_index import Found, How, SearchIndex
from server.search.suggestions import Suggestion, suggest
from server.site import Site, current_site

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
    """How many things there are where no kind is asked for."""

    @property
    def is_partial(self) -> bool:
        """Whether nothing has all of the words."""
        return any(result.how is How.SOME for result in self.results)

    @property
    def is_by_spelling(self) -> bool:
        """Whether some of them are found in another script or spelling only."""
        return any(result.is_by_spelling for result in self.results)


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


def _answer(site: Site, index: SearchIndex, asked: Asked) -> Answer:
    found = _find(index, asked.query, "")
    hits = of_any_kind = prominent(index, found.hits)
    if asked.kind:
        hits = _find(index, asked.query, asked.kind).hits
    pages = max(1, -(-len(hits) // asked.size))
    page = min(asked.page, pages)
    shown = hits[(page - 1) * asked.size : page * asked.size]
    return Answer(
        asked,
        [read_result(site, index, hit, asked.query) for hit in shown],
        total=len(hits),
        is_exact=found.is_all,
        page=page,
        pages=pages,
        facets=facets(site, found, asked.kind),
        suggestions=suggest(index, asked.query, _SUGGESTIONS) if asked.query and not found.kinds else [],
        of_any_kind=len(of_any_kind),
    )


def _find(index: SearchIndex, query: str, kind: str) -> Found:
    """Return what answers the whole query, and where nothing does, what answers a part of it."""
    if not fold(query):
        return Found()
    found = index.find(query, kind)
    return found if found.kinds else index.find_some(query, kind)


def _write_json(site: Site, index: SearchIndex, asked: Asked, _links: Sequence[Link]) -> str:
    if not present_reading().is_chosen:
        read_plainly()
    answer = _answer(site, index, asked)
    told = {
        "query": asked.query,
        "kind": asked.kind or None,
        "total": answer.total,
        "total_is_exact": answer.is_exact,
        "page": answer.page,
        "pages": answer.pages,
        "results": [result.as_json(page_language()) for result in answer.results],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _write_html(site: Site, index: SearchIndex, asked: Asked, links: Sequence[Link]) -> str:
    answer = _answer(site, index, asked)
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
