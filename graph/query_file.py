"""A SPARQL query in a file of its own, with the comment lines at its head that say what it is for.

Checks have `# Problem: …` as ROBOT's report queries do, rules have grlc's `#+ summary: …`.
A value goes on over comment lines that are indented by two spaces or more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.issues import InvalidSources, Issue
from graph.namespaces import BG
from graph.turtle import read_text, shown_iri
from graph.vocabulary import Vocabulary

_FIELD = re.compile(r"#\+? ?([A-Za-z]+):\s+(.*)")
_CONTINUED = re.compile(r"#\+? {2,}(\S.*)")
_TERM = re.compile(r"(?<![\w:/#])bg:([A-Za-z][\w-]*)")
_PLACE = re.compile(r"error at (\d+):\d+: ")


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A query that parses, and the fields of its head, their names in lower case."""

    path: Path
    header: Mapping[str, str]
    text: str

    def refusal(self, seen: str, remedy: str) -> InvalidSources:
        """Return an error about the head of the file."""
        return InvalidSources([Issue(self.path, 1, seen, remedy)])


def read_query(path: Path, form: type[ox.QuerySolutions | ox.QueryTriples]) -> QueryFile:
    """Return the query of a file; raise `InvalidSources` where it is no query of this form."""
    text = read_text(path)
    try:
        result = ox.Store().query(text)
    except SyntaxError as error:
        place = _PLACE.match(error.msg)
        # The rest is a list of all that might have stood there instead.
        seen = f"no valid SPARQL at {error.msg[9 : place.end() - 2]}" if place else f"no valid SPARQL: {error.msg}"
        line = int(place[1]) if place else error.lineno
        raise InvalidSources([Issue(path, line, seen, "Mend the query there.")]) from error
    query = QueryFile(path, read_header(text), text)
    if not isinstance(result, form):
        wanted = "SELECT" if form is ox.QuerySolutions else "CONSTRUCT"
        raise query.refusal("a query of another form", f"Write a {wanted} query.")
    return query


def unknown_terms(path: Path, vocabulary: Vocabulary) -> Iterator[Issue]:
    """Yield an issue for each undeclared term of bg: in a query, which would only ever find nothing."""
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        for local in () if line.startswith("#") else _TERM.findall(line):
            if not vocabulary.knows(BG + local):
                nearest = vocabulary.nearest(BG + local)
                remedy = f"Write {shown_iri(nearest)}, if that is meant." if nearest else "Name a declared term."
                yield Issue(path, number, f"bg:{local} is no term of the ontology", remedy)


def read_header(text: str) -> dict[str, str]:
    r"""Return the fields of a query's head, their names in lower case.

    >>> read_header("# Problem: Two\n#   halves.\nSELECT")
    {'problem': 'Two halves.'}
    """
    fields: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if found := _FIELD.fullmatch(line):
            name = found[1].lower()
            fields[name] = found[2].strip()
        elif name and (more := _CONTINUED.fullmatch(line)):
            fields[name] += " " + more[1].strip()
        else:
            break
    return fields
