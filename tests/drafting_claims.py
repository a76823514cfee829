"""The losses that the Turtle of a draft claims, counted for comparison with those that are printed as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from graph.namespaces import BG

Losses = Counter[tuple[int | None, int | None, int | None, bool]]
"""How often a side has a loss of these bounds, and whether somebody is named who claims it."""


def claimed(files: Mapping[str, bytes]) -> Losses:
    """Return the losses in the Turtle of a draft; of lists whose figures are lost there is none."""
    store = ox.Store()
    for name, content in files.items():
        if name.endswith(".ttl"):
            store.load(content, format=ox.RdfFormat.TURTLE)
    found = store.query(
        f"PREFIX bg: <{BG}>"
        """SELECT ?side ?least ?most (!BOUND(?own) AS ?named) WHERE {
             ?loss a bg:LossClaim ; bg:accordingTo ?voice ; bg:lossOf ?of ; bg:valueStatus ?status .
             FILTER (?status != bg:LostInSource)
             OPTIONAL { ?voice bg:voiceOf ?own }
             OPTIONAL { ?of bg:sideNumber ?side }
             OPTIONAL { ?loss bg:minCount ?least }
             OPTIONAL { ?loss bg:maxCount ?most }
           }"""
    )
    assert isinstance(found, ox.QuerySolutions)
    return Counter(
        (_number(row["side"]), _number(row["least"]), _number(row["most"]), str(row["named"]).startswith('"true"'))
        for row in found
    )


def printed(losses: Iterable[Mapping[str, Any]]) -> Losses:
    """Return the losses in the form of the gold annotations."""
    return Counter((one["side"], one["count_min"], one["count_max"], one["per"] is not None) for one in losses)


def _number(term: object) -> int | None:
    return int(term.value) if isinstance(term, ox.Literal) else None
