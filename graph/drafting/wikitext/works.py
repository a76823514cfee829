"""The works that an article lists outside its footnotes: its bibliography."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph.drafting.document import Entry, Line, Piece
from graph.drafting.wikitext.citations import Citation

_YEAR: Final = 4
"""Digits of a year, with which a date ends: "May 1990"."""


def works(citations: Sequence[Citation]) -> Iterator[Entry]:
    """Yield an entry for each, named by author and year as short citations name it: `work-potter-2004`."""
    taken: dict[str, int] = {}
    for citation in citations:
        name = _name(citation)
        taken[name] = taken.get(name, 0) + 1
        if taken[name] > 1:
            name = f"{name}+{taken[name]}"
        line = Line((Piece(citation.shown, citation.span, verbatim=False),)) if citation.shown else None
        yield Entry(name, citation.span, line, template=citation.template, fields=citation.fields)


def _name(citation: Citation) -> str:
    said = {one.name: one.value for one in citation.fields}
    whose = said.get("last") or said.get("author") or said.get("title", "")
    when = said.get("year") or said.get("date", "")[-_YEAR:]
    return "-".join(f"work {whose} {when}".lower().split())
