"""Queries that show how a term is used: whoever reads what a term means can run one and change it.

Pure: terms in, SPARQL out. None of them sorts, so that each is answered at once however
much data there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from graph.namespaces import PREFIXES, curie

MOST: Final = 20
"""Rows that a sample has at most."""

FIRST_QUERY: Final = f"""PREFIX bg: <{PREFIXES["bg"]}>
PREFIX rdfs: <{PREFIXES["rdfs"]}>

SELECT ?claim ?who ?words WHERE {{
  ?claim a bg:LossClaim ;
    bg:accordingTo/rdfs:label ?who ;
    bg:lexical ?words .
}}
LIMIT {MOST}
"""
"""Who says what of losses, in which words: the query that the ontology's page begins with."""

_NAME: Final = 'OPTIONAL { ?%s rdfs:label ?name . FILTER (LANGMATCHES(LANG(?name), "en")) }'


def members_query(class_: str) -> str:
    """Return the query for some members of a class, with their names."""
    return _query("?thing ?name", f"?thing a {_term(class_)} .", _NAME % "thing")


def triples_query(property_: str) -> str:
    """Return the query for some triples of a property."""
    return _query("?thing ?name ?value", f"?thing {_term(property_)} ?value .", _NAME % "thing")


def uses_query(value: str, properties: Iterable[str]) -> str:
    """Return the query for some of what leads to a concept by these properties."""
    path = "|".join(map(_term, properties))
    return _query("?thing ?name", f"?thing {path} {_term(value)} .", _NAME % "thing")


def scheme_query(scheme: str) -> str:
    """Return the query for the concepts of a scheme, with what they mean."""
    return _query(
        "?concept ?name ?meaning",
        f"?concept skos:inScheme {_term(scheme)} ;",
        "  rdfs:label ?name ;",
        "  skos:definition ?meaning .",
    )


def _query(variables: str, *lines: str) -> str:
    body = "".join(f"  {line}\n" for line in lines)
    used = sorted(set(re.findall(r"(?<![\w:<?-])([a-z]+):[A-Za-z]", body)) & PREFIXES.keys())
    prologue = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used)
    return f"{prologue}\nSELECT DISTINCT {variables} WHERE {{\n{body}}}\nLIMIT {MOST}\n"


def _term(iri: str) -> str:
    return curie(iri) or f"<{iri}>"
