"""Named graphs in time: `/graph/<name>` is the graph as it is now, and leads to what it was in a release.

A release has each graph in Turtle, those of viewpoints in N-Triples too. No other format is
made of them by date: that would take a work that grows with the graph. Who asks for one of
those is told so, and not given the graph of today.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Response, request

from server.http.errors import Problem
from server.http.formats import HTML, N_TRIPLES, RDF_BY_NAME, TURTLE, Format
from server.http.headers import Link
from server.http.negotiate import negotiate
from server.memento.dumps import graph_history
from server.memento.history import (
    ACCEPT,
    History,
    answer_in_time,
    answer_with_memento,
    is_asked_for,
    mark_timegate,
    ways_to,
)
from server.site import Site


def answer_graph_in_time(
    site: Site, name: str, suffix: str | None, answer: Callable[[Sequence[Link]], Response]
) -> Response:
    """Lead to a graph as it was on the day that is asked for, else answer with it as it is.

    `answer` is given the links to the mementos. Raises a 406 where a format is asked for that no release has it in.
    """
    histories = {x.name: found for x in (TURTLE, N_TRIPLES) if (found := graph_history(site, name, x.name))}
    if not histories:
        return answer(())
    if suffix in histories:
        return answer_in_time(histories[suffix], answer)
    offers = [RDF_BY_NAME[one] for one in histories]
    chosen = _choose(offers) if suffix is None else None
    if not is_asked_for():
        return mark_timegate(answer(histories[(chosen or offers[0]).name].links()))
    if chosen is None:
        raise _not_kept_so(histories)
    response = answer_with_memento(histories[chosen.name])
    response.vary.add("Accept")
    return response


def _choose(offers: Sequence[Format]) -> Format | None:
    """Return the format that the request likes best of these; for a browser, which likes none of them, the first."""
    wanted = request.args.get("format")
    if wanted:
        return next((x for x in offers if wanted in (x.name, *x.media_types)), None)
    choice = negotiate(request.headers.get("Accept"), (*offers, HTML))
    return None if choice is None else offers[0] if choice.format is HTML else choice.format


def _not_kept_so(histories: dict[str, History]) -> Problem:
    labels = " and ".join(RDF_BY_NAME[name].label for name in histories)
    available = [way for history in histories.values() for way in ways_to(history)]
    return Problem(
        406,
        "Not kept in this format",
        f"The releases have this graph in {labels} only, so its earlier states are there in no other format. "
        "Without Accept-Datetime, it is there in every format as it is now.",
        headers={"Vary": f"Accept, {ACCEPT}"},
        extra={"available": available},
    )
