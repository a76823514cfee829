"""The parser's complaint, made readable and put in its place.

The engine lists every character it would have taken, and a keyword it tried counts as
read: of `{ FILER(?x) }` it says that OPTIONAL was expected eight characters later. Here
the place is moved back, and the reader is told what stands there.
"""

from __future__ import annotations

import re
from typing import Final

from graph.namespaces import PREFIXES
from server.query.failures import QuerySyntaxError

# The place of an error near the end is wrong unless the longest keyword fits behind it.
PADDING: Final = " " * 32

_PLACED: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_ITEM: Final = re.compile(r'"(?:\\.|[^"\\])*"|\[(?:\'(?:\\.|[^\'\\])*\'|[^\]\'])*\]|[^",\[]+')
_UNDECLARED: Final = re.compile(r"([^\s<>{}()\[\]\"'.,;|/^*?+!=&@]*):[^\s<>{}()\[\]\"';,|]*\Z")
_MOST_SHOWN: Final = 40
_MOST_SIGNS: Final = 8


def explain_syntax_error(message: str, query: str) -> QuerySyntaxError:
    """Return the error a person can act on; the query is the text that was parsed, without `PADDING`."""
    placed = _PLACED.fullmatch(message)
    if placed is None:
        return QuerySyntaxError(f"This is not a SPARQL query: {message}")
    items = [item.strip() for item in _ITEM.findall(placed[3]) if item.strip()]
    keywords = [item for item in items if re.fullmatch(r"[A-Z_]+", item)]
    signs = [item for item in items if item.startswith('"')]
    classes = [item for item in items if item.startswith("[") and item != "[_]"]
    sentences = [item for item in items if not item.startswith(('"', "[")) and item not in keywords]
    index = _index(query + PADDING, int(placed[1]), int(placed[2]))
    if keywords and not (signs or classes or sentences):
        index -= max(map(len, keywords))
    index = max(0, min(index, len(query)))
    line, column = query.count("\n", 0, index) + 1, index - query.rfind("\n", 0, index)
    if sentences:
        what = _explain(sentences, query[:index])
    elif query[index:].strip():
        what = f"“{_shorten(query[index:])}” was not expected here"
    else:
        what = "the query ends too early" if query.strip() else "the query is empty"
    if 0 < len(signs) <= _MOST_SIGNS:
        what += f"; expected {' or '.join(signs)}"
    return QuerySyntaxError(f"Syntax error at line {line}, column {column}: {what}.", line, column)


def _explain(sentences: list[str], before: str) -> str:
    if "Prefix not found" in sentences and (name := _UNDECLARED.search(before)):
        namespace = PREFIXES.get(name[1], "…")
        return f"the prefix {name[1]}: is not declared; begin the query with PREFIX {name[1]}: <{namespace}>"
    if "IRI parsing failed" in sentences:
        return "this is not an IRI; write what an IRI cannot hold with percent signs"
    return "; ".join(sentences)


def _index(text: str, line: int, column: int) -> int:
    """Return the index of a place, both counted from 1."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start + column - 1


def _shorten(text: str) -> str:
    words = " ".join(text[: 2 * _MOST_SHOWN].split())
    return words if len(words) <= _MOST_SHOWN else words[:_MOST_SHOWN] + "…"
