"""Statements changed in authored Turtle, with every other character left as its author wrote it.

Comments and the order of things are worth keeping, and no serialiser keeps them. So only the
objects that change are replaced in the text; the amended text is then parsed, and is good
only if it says what was meant and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.issues import InvalidSources
from graph.links.holdings import Node
from graph.namespaces import RDF, XSD
from graph.turtle import TurtleFile, parse_turtle

_TOKEN: Final = re.compile(
    r'''(?P<comment>\#[^\n]*)
      | (?P<iri><[^<>"{}|^`\s]*>)
      | (?P<string>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'
                   |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^)
      | (?P<mark>[;,\[\]()]|\.(?=\s|$))
      | (?P<word>(?:\\.|[^\s;,\[\]()<>"'#@^.]|\.(?!\s|$))+)''',
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One object that comes into a file, in the place of another or after the last one of its property."""

    subject: str
    property: str
    new: Node
    old: Node | None = None


@dataclass(frozen=True, slots=True)
class _Object:
    """An object in the text, and what it is the object of; None where it is not simply written."""

    subject: str | None
    property: str | None
    start: int
    end: int


def amend(file: TurtleFile, changes: Iterable[Change]) -> str:
    """Return the file's text with the changes made; raise `InvalidSources` where they cannot be made in place."""
    changes = tuple(changes)
    edits: list[tuple[int, int, str]] = []
    objects = list(_objects(file))
    for change in changes:
        found = [one for one in objects if (one.subject, one.property) == (change.subject, change.property)]
        written = [t.object for t in file.triples if _is_about(t, change)]
        # The parser yields objects in the order of the text, so the two lists go side by side.
        if len(found) != len(written) or not found or (change.old is not None and change.old not in written):
            raise _cannot(file, change)
        new = _written(file, change.new)
        if change.old is None:
            edits.append((found[-1].end, found[-1].end, f" , {new}"))
        else:
            place = found[written.index(change.old)]
            edits.append((place.start, place.end, new))
    text = file.text
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    if _canonical(parse_turtle(file.path, text).triples) != _canonical(_meant(file, changes)):
        raise _cannot(file, changes[0])
    return text


def _meant(file: TurtleFile, changes: Iterable[Change]) -> set[ox.Triple]:
    triples = set(file.triples)
    for change in changes:
        subject, property_ = ox.NamedNode(change.subject), ox.NamedNode(change.property)
        if change.old is not None:
            triples.discard(ox.Triple(subject, property_, change.old))
        triples.add(ox.Triple(subject, property_, change.new))
    return triples


def _canonical(triples: Iterable[ox.Triple]) -> ox.Dataset:
    """Return the triples with names for blank nodes that two parsers agree on (RDFC-1.0)."""
    dataset = ox.Dataset(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _objects(file: TurtleFile) -> Iterator[_Object]:
    """Yield the objects of a file that are not within brackets, in the order of the text."""
    subject = property_ = None
    start = end = depth = 0
    position = "subject"
    for token in _TOKEN.finditer(file.text):
        kind, text = token.lastgroup, token[0]
        if kind == "comment":
            continue
        depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(text, 0) if kind == "mark" else 0
        if kind == "mark" and depth == 0 and text in ".;,":
            if position == "object" and end:
                yield _Object(subject, property_, start, end)
            position = {".": "subject", ";": "property", ",": "object"}[text]
            end = 0
        elif position == "subject":
            subject, position = _iri(file, text), "property"
            if text.lower() in ("@prefix", "@base", "prefix", "base"):
                position = "directive"
        elif position == "property":
            property_, position, end = _iri(file, text), "object", 0
        elif position == "object":
            start, end = (start if end else token.start()), token.end()


def _iri(file: TurtleFile, word: str) -> str | None:
    if word == "a":
        return RDF + "type"
    if word.startswith("<"):
        return word[1:-1]
    prefix, colon, local = word.partition(":")
    return file.prefixes[prefix] + local.replace("\\", "") if colon and prefix in file.prefixes else None


def _written(file: TurtleFile, node: Node) -> str:
    if isinstance(node, ox.NamedNode):
        for prefix, namespace in file.prefixes.items():
            local = node.value.removeprefix(namespace)
            if local != node.value and re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", local):
                return f"{prefix}:{local}"
        return str(node)
    if node.language or node.datatype.value == XSD + "string":
        return str(node)
    return f"{ox.Literal(node.value)}^^{_written(file, node.datatype)}"


def _is_about(triple: ox.Triple, change: Change) -> bool:
    return triple.subject == ox.NamedNode(change.subject) and triple.predicate.value == change.property


def _cannot(file: TurtleFile, change: Change) -> InvalidSources:
    seen = f"this cannot be changed in place to {_written(file, change.new)}"
    return InvalidSources(
        [file.issue(seen, "Change it by hand, or run turtlefmt and try again.", about=change.subject)]
    )
