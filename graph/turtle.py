"""Authored Turtle: its triples, and the lines on which things stand.

The parser gives no positions, so a line is found by looking for the ways in which Turtle
can write an IRI. It serves messages only; nothing else depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.article_files import read_source
from graph.issues import InvalidSources, Issue
from graph.namespaces import curie

_ESCAPED_IN_LOCAL_NAMES = "~.-!$&'()*+,;=/?#@%_"


@dataclass(frozen=True, slots=True, eq=False)
class TurtleFile:
    """One file as its author wrote it and as the parser read it."""

    path: Path
    text: str
    prefixes: Mapping[str, str]
    base: str | None
    triples: tuple[ox.Triple, ...]

    def line_of(self, iri: str) -> int | None:
        """Return the first line that starts with the IRI, else the first that holds it, else None."""
        spelling = "|".join(self._spellings(iri))
        text = re.sub(r"(?m)^[^\S\n]*#.*", lambda comment: " " * len(comment[0]), self.text)
        for pattern in (rf"^(?:{spelling})(?=[\s;,.]|$)", rf"(?<![\w:<])(?:{spelling})(?=[\s;,.)\]]|$)"):
            if found := re.search(pattern, text, re.MULTILINE):
                return self.text.count("\n", 0, found.start()) + 1
        return None

    def issue(self, seen: str, remedy: str, *, about: str | None = None) -> Issue:
        """Return an issue of this file, at the line of the IRI it is about."""
        return Issue(self.path, self.line_of(about) if about else None, seen, remedy)

    def _spellings(self, iri: str) -> list[str]:
        spellings = [re.escape(f"<{iri}>")]
        if self.base and iri.startswith(self.base):
            spellings.append(re.escape(f"<{iri.removeprefix(self.base)}>"))
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace):
                local = iri.removeprefix(namespace)
                spelled = (rf"\\?{re.escape(c)}" if c in _ESCAPED_IN_LOCAL_NAMES else re.escape(c) for c in local)
                spellings.append(f"{re.escape(prefix)}:{''.join(spelled)}")
        return spellings


def read_turtle(path: Path) -> TurtleFile:
    """Return a Turtle file; raise `InvalidSources` where it cannot be read or does not parse."""
    return parse_turtle(path, read_text(path))


def parse_turtle(path: Path, text: str) -> TurtleFile:
    """Return the Turtle file that a text is; raise `InvalidSources`, naming the path, where it does not parse."""
    try:
        parser = ox.parse(text, format=ox.RdfFormat.TURTLE)
        triples = tuple(quad.triple for quad in parser)
    except SyntaxError as error:
        # "Parser error at line 3 column 10: …": the line is told beside the file's name.
        seen = error.msg.partition(": ")[2] or error.msg
        remedy = "Mend the Turtle there; the cause may be a full stop or semicolon missing just before."
        raise InvalidSources([Issue(path, error.lineno, f"no valid Turtle: {seen}", remedy)]) from error
    return TurtleFile(path, text, dict(parser.prefixes), parser.base_iri, triples)


def read_text(path: Path) -> str:
    """Return a file's text, line ends untouched; raise `InvalidSources` where that cannot be."""
    return decoded(path, read_source(path))


def decoded(path: Path, content: bytes) -> str:
    """Return what a file holds as text; raise `InvalidSources`, naming the path, where it is no UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        remedy = "Save the file as UTF-8."
        raise InvalidSources([Issue(path, line, f"byte {error.start} is not UTF-8", remedy)]) from error


def shown_iri(iri: str) -> str:
    """Return the IRI as a message shows it: short where a prefix fits."""
    return curie(iri) or f"<{iri}>"
