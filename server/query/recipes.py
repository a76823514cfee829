"""Lines to copy that ask a query from a terminal, from Python and from R.

Each is whole: it holds the query and the endpoint's address, needs nothing but the
program or package it names, and prints the answer as a table.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _


@dataclass(frozen=True, slots=True)
class Recipe:
    """A way to ask: what with, what that needs, and the lines."""

    title: str
    needs: str
    lines: str


def recipes(query: str, endpoint: str) -> tuple[Recipe, ...]:
    """Return the ways to ask a query; it may hold no three quotation marks in a row."""
    query = query.strip() + "\n"
    return (
        Recipe("curl", _("a shell"), _CURL.format(query=query, endpoint=endpoint)),
        Recipe("pandas", "pip install pandas", _PANDAS.format(query=query, endpoint=endpoint)),
        Recipe("SPARQLWrapper", "pip install SPARQLWrapper", _SPARQLWRAPPER.format(query=query, endpoint=endpoint)),
        Recipe("R", _("R 4.0 or newer"), _R.format(query=query, endpoint=endpoint)),
    )


_CURL = """\
curl -H 'Accept: text/csv' --data-urlencode query@- {endpoint} <<'QUERY'
{query}QUERY
"""

_PANDAS = '''\
from urllib.parse import urlencode

import pandas as pd

query = r"""
{query}"""
answer = pd.read_csv("{endpoint}?" + urlencode({{"query": query, "format": "csv"}}))
print(answer.to_string())
'''

_SPARQLWRAPPER = '''\
from SPARQLWrapper import JSON, SPARQLWrapper

endpoint = SPARQLWrapper("{endpoint}")
endpoint.setReturnFormat(JSON)
endpoint.setQuery(r"""
{query}""")
for row in endpoint.queryAndConvert()["results"]["bindings"]:
    print({{name: term["value"] for name, term in row.items()}})
'''

_R = """\
query <- r"---(
{query})---"
answer <- read.csv(
  paste0("{endpoint}?format=csv&query=", URLencode(query, reserved = TRUE)),
  encoding = "UTF-8"
)
print(answer)
"""
