"""Every serialisation, read by parsers that are not ours: the same statements, and the same canonical hash.

`pytest -rP tests/test_parsers.py` prints what each of them counted.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Final

import hostile_quads
import pyoxigraph as ox
import pytest
from independent import READERS, Reader

from graph.build import Built
from graph.canon import canonical_nquads
from server.http.formats import N_QUADS, N_TRIPLES, RDF_BY_NAME, RDF_XML
from server.terms.serialise import serialise

HEADER: Final = ("A title -- with hyphens ---", "«Հադրութ», <https://creativecommons.org/licenses/by-sa/4.0/>", "")
NAME_GRAPHS: Final = ("nq", "trig")

READINGS: Final = [
    pytest.param(
        reader,
        name,
        id=f"{reader.name}-{name}",
        marks=pytest.mark.skipif(not reader.is_there, reason=f"{reader.name} is not there: {reader.install}"),
    )
    for reader in READERS
    for name in reader.formats
]
EXACT: Final = [reading for reading in READINGS if reading.values[0] is not READERS[-1]]
"""The readers that give every value back as it is written: rdflib makes "1" of "01"^^xsd:integer."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the files that are read."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def whole(built: Built) -> frozenset[ox.Quad]:
    """Return the whole dataset."""
    return frozenset(ox.parse(built.quads, format=ox.RdfFormat.N_QUADS))


def expect(quads: Collection[ox.Quad], name: str) -> tuple[int, str]:
    """Return how many statements a format holds, and the SHA-256 of their canonical form."""
    held = set(quads) if name in NAME_GRAPHS else {ox.Quad(*quad.triple) for quad in quads}
    return len(held), hashlib.sha256(canonical_nquads(held)).hexdigest()


def read(reader: Reader, name: str, quads: Collection[ox.Quad], file: Path) -> tuple[int, str]:
    """Return the same as the reader finds it in a file that we wrote."""
    if not file.exists():
        file.write_bytes(serialise(quads, RDF_BY_NAME[name], header=HEADER))
    found = reader.read(file, name)
    sys.stdout.write(f"{reader.name:24}{name:8}{found.count:>8} statements   RDFC-1.0 {found.sha256}\n")
    return found.count, found.sha256


# rdflib's own use, where it reads JSON-LD.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("reader", "name"), READINGS)
def test_the_whole_dataset_is_read(reader: Reader, name: str, whole: frozenset[ox.Quad], folder: Path) -> None:
    """In every format that a parser reads, down to the hash."""
    assert read(reader, name, whole, folder / f"whole.{name}") == expect(whole, name)


@pytest.mark.parametrize(("reader", "name"), EXACT)
def test_hostile_names_and_values_are_read(reader: Reader, name: str, folder: Path) -> None:
    """Nothing in a name or a value is taken for syntax, and nothing is lost."""
    quads = hostile_quads.for_xml() if name == RDF_XML.name else hostile_quads.for_text()
    assert read(reader, name, quads, folder / f"hostile.{name}") == expect(quads, name)


def test_lines_are_the_canonical_form_itself(built: Built, whole: frozenset[ox.Quad]) -> None:
    """So the SHA-256 of an N-Quads file is the dataset's RDFC-1.0 hash, and that of an N-Triples file its merge's."""
    merged = canonical_nquads({ox.Quad(*quad.triple) for quad in whole})
    assert serialise(whole, N_QUADS, header=HEADER) == built.quads
    assert serialise(whole, N_TRIPLES, header=HEADER) == merged
    assert expect(whole, N_QUADS.name) == (built.quads.count(b"\n"), built.digest)


def test_every_format_has_a_reader_that_is_not_ours() -> None:
    """And JSON-LD one that is offline."""
    assert {name for reader in READERS for name in reader.formats} == set(RDF_BY_NAME)
