"""Readers of RDF that are not ours: Debian's, npm's and rdflib, each behind one function.

A reader counts the statements of a file and gives the SHA-256 of their canonical form
(RDFC-1.0). npm's compute it themselves, with rdf-canonize; what the others have read they
write as N-Quads, whose canonical form, with no blank node in it, is its sorted lines.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import rdflib

from graph.paths import ROOT

NPM: Final = ROOT / ".parsers"
_CI: Final = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
NPM_INSTALL: Final = next(line for line in _CI if line.startswith("npm install --prefix .parsers "))
_SCRIPT: Final = Path(__file__).with_name("parsers.mjs")
_PLACE: Final = "http://example.org/"
_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader found in a file."""

    count: int
    """Statements, each as often as the file has it."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A parser, with what it calls the formats it reads."""

    name: str
    formats: Mapping[str, str]
    """By our names of the formats."""
    install: str
    """How it comes to a machine; empty where the tests' own packages bring it."""

    @property
    def is_there(self) -> bool:
        """Tell whether it can be asked."""
        if self.name in _DEBIAN:
            return shutil.which(self.name) is not None
        return self.name == "rdflib" or (
            (NPM / "node_modules" / self.name).is_dir() and shutil.which("node") is not None
        )

    def read(self, file: Path, target: str) -> Found:
        """Read a file in one of its formats; fail with what it says where it says anything."""
        if self.name == "rdflib":
            return _by_rdflib(file, self.formats[target])
        if self.name in _DEBIAN:
            command = [self.name, *_DEBIAN[self.name], "-i", self.formats[target], "-o", "nquads", str(file), _PLACE]
            return _canonical(_run(command))
        return Found(**json.loads(_run(["node", str(_SCRIPT), str(NPM), self.name, self.formats[target], str(file)])))


_DEBIAN: Final[Mapping[str, tuple[str, ...]]] = {"rapper": ("-q",), "serdi": ()}

READERS: Final = (
    Reader(
        "rapper",
        {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "trig": "trig", "rdf": "rdfxml"},
        "apt-get install raptor2-utils",
    ),
    Reader("serdi", {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "trig": "trig"}, "apt-get install serdi"),
    Reader(
        "n3",
        {
            "ttl": "text/turtle",
            "nt": "application/n-triples",
            "nq": "application/n-quads",
            "trig": "application/trig",
        },
        NPM_INSTALL,
    ),
    Reader("jsonld", {"jsonld": "application/ld+json"}, NPM_INSTALL),
    Reader("rdfxml-streaming-parser", {"rdf": "application/rdf+xml"}, NPM_INSTALL),
    Reader("rdflib", {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}, ""),
)


def _by_rdflib(file: Path, form: str) -> Found:
    graph = rdflib.Graph().parse(file, format=form, publicID=_PLACE)
    return _canonical(graph.serialize(format="nt", encoding="utf-8"))


def _run(command: list[str]) -> bytes:
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, ""), command
    return done.stdout


def _canonical(nquads: bytes) -> Found:
    quads = list(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    lines = (ox.serialize(set(quads), format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return Found(len(quads), hashlib.sha256(b"".join(sorted(lines))).hexdigest())
