"""What one article contributes to the dataset: all that is known of it before it meets the others.

An article is to the dataset what a translation unit is to a program: it is made into a
piece by itself, anywhere, and the pieces are put together (`graph.merge`). A piece is
plain data, picklable and without a path in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.results import Result


@dataclass(frozen=True, slots=True)
class Piece:
    """An article, assembled, with what follows from it and what was found in it."""

    slug: str
    stated: bytes
    """What it states: sorted N-Quads lines on the base of the data, each once."""
    derived: tuple[bytes, ...]
    """For each rule, in their order, what it adds: sorted lines again."""
    speaks_of: frozenset[str]
    """The things, anchors aside, that it names: IRIs on the canonical base."""
    describes: frozenset[str]
    """Those of them of which it says something."""
    beside: str
    """Digest of the shared things that stood beside it; with others it would be another piece."""
    open: bytes
    """What it says of things that others may speak of too (`graph.open_quads`): N-Quads on the canonical base."""
    by_shapes: tuple[Result, ...]
    by_checks: tuple[Result, ...]
    """What shapes and checks found in it. Those of its own files have the file's name alone for a path."""
    seconds: Mapping[str, float]
    """How long each step took, for who measures."""
