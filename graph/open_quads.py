"""What an article says of things that other articles may speak of too.

Whether such a thing keeps to the checks is told by what all articles say of it together.
So an article hands on what it says of them, the words that this rests on, what leads to
them, and of what class the things are that they lead to; and a reference says with a work
what it says of it. No more, for all of it is held at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from graph.namespaces import BG, OA, RDF
from graph.partition import named_graph
from graph.spool import Spool
from graph.things import THINGS, is_anybodys, slug_of

_TYPE: Final = ox.NamedNode(RDF + "type")
_EVIDENCE: Final = frozenset({ox.NamedNode(BG + "anchor"), ox.NamedNode(OA + "hasSelector")})
_REFERENCES: Final = named_graph("references")
_IN_REFERENCES: Final = f" {_REFERENCES} .\n".encode()
_OF_EVIDENCE: Final = (f"<{BG}anchor>".encode(), f"<{OA}".encode())
_ANCHOR: Final = f"<{THINGS}anchor/".encode()


def open_quads(quads: Iterable[ox.Quad], slug: str, shared: Container[object]) -> frozenset[ox.Quad]:
    """Return what the quads of the article of this slug say of things that are not its alone."""
    said: defaultdict[object, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        said[quad.subject].append(quad)
    described = {subject for subject in said if _is_open(subject, shared)}
    found: set[ox.Quad] = set()
    for quads_of_one in said.values():
        for quad in quads_of_one:
            if _is_open(quad.object, shared) and not _is_named_after(quad.object, slug):
                found.add(quad)
                if quad.graph_name == _REFERENCES:
                    described.add(quad.subject)
    pending = list(described)
    while pending:
        for quad in said[pending.pop()]:
            found.add(quad)
            if quad.predicate in _EVIDENCE and quad.object not in described:
                described.add(quad.object)
                pending.append(quad.object)
            elif quad.object in said:
                found.update(other for other in said[quad.object] if other.predicate == _TYPE)
    return frozenset(found)


def _is_open(term: object, shared: Container[object]) -> bool:
    return isinstance(term, ox.NamedNode) and (is_anybodys(term.value) or term.value in shared)


def _is_named_after(term: object, slug: str) -> bool:
    """Tell whether it is the article itself or its battle: nearly all that an article says leads there."""
    return isinstance(term, ox.NamedNode) and slug_of(term.value) == slug


def is_evidence(line: bytes) -> bool:
    """Tell whether a line of N-Quads says on which words something rests, or which these are."""
    return line.split(b" ", 2)[1].startswith(_OF_EVIDENCE)


def named_in(lines: Iterable[bytes]) -> Iterator[str]:
    """Yield the IRIs of the subjects and values of lines of N-Quads."""
    for line in lines:
        subject, _, rest = line.split(b" ", 2)
        yield subject[1:-1].decode()
        if rest.startswith(b"<"):
            yield rest[1 : rest.index(b">")].decode()


def about(things: Collection[str], said: Spool) -> Iterator[tuple[str, list[bytes]]]:
    """Yield for each thing what open quads say of it, of what it rests on and leads to, and of what leads to it."""
    wanted = {f"<{iri}>".encode(): iri for iri in things}
    lines: defaultdict[str, list[bytes]] = defaultdict(list)
    further: defaultdict[bytes, set[str]] = defaultdict(set)
    for line in said.lines() if wanted else ():
        subject, _, rest = line.split(b" ", 2)
        value = rest[: rest.index(b">") + 1] if rest.startswith(b"<") else b""
        if subject in wanted:
            lines[wanted[subject]].append(line)
            further[value].add(wanted[subject])
        if value in wanted:
            lines[wanted[value]].append(line)
            if line.endswith(_IN_REFERENCES):
                further[subject].add(wanted[value])
    for line in said.lines() if wanted else ():
        subject = line[: line.index(b" ")]
        # The selectors of an anchor are named after it.
        for iri in further.get(subject, ()) or further.get(subject.partition(b"#")[0] + b">", ()):
            if subject.startswith(_ANCHOR) or not is_evidence(line):
                lines[iri].append(line)
    yield from sorted(lines.items())
