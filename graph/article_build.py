"""From the files of an article to its piece of the dataset, on whatever machine that is done."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from graph.article import article_of
from graph.article_files import ArticleFiles
from graph.assemble import Part, assemble_article
from graph.canon import canonical_nquads, digest, rebased_lines
from graph.ground import Ground
from graph.in_use import SharedThings, named
from graph.issues import InvalidSources, Issue
from graph.open_quads import open_quads
from graph.piece import Piece
from graph.results import Result
from graph.rules import derive_each
from graph.things import is_thing
from graph.travelling import Travelling
from graph.validator import Validator


@dataclass(frozen=True)
class ArticleBuilder(Travelling):
    """Makes pieces of articles on one ground."""

    ground: Ground
    base: str
    """The base that the data's IRIs will have."""
    with_shapes: bool = True
    """Whether articles are held against the shapes, too; without that is for measuring."""

    @cached_property
    def validator(self) -> Validator:
        """Shapes and checks, laid out once."""
        return Validator(self.ground.constraints, self.ground.terms)

    @cached_property
    def shared(self) -> SharedThings:
        """What articles may speak of."""
        return SharedThings(self.ground.shared)

    def build(self, files: ArticleFiles) -> Piece:
        """Return the piece of an article; raise `InvalidSources` with all its issues where there are some."""
        clock = _Clock()
        with clock.of("assemble"):
            part = assemble_article(article_of(files), self.ground.vocabulary, self.ground.equipment)
            own = part.quads
            speaks_of = frozenset(iri for quad in own for iri in named(quad) if is_thing(iri))
            beside = self.shared.quads_of(self.shared.spoken_of(speaks_of))
        with clock.of("rules"):
            derived = derive_each(own | beside, self.ground.rules)
            follows = frozenset().union(*derived)
        with clock.of("shapes"):
            by_shapes = tuple(self.validator.by_shapes(own, beside, follows)) if self.with_shapes else ()
        with clock.of("checks"):
            by_checks = tuple(self.validator.by_checks(own | beside | follows))
        with clock.of("canonical"):
            subjects = frozenset(quad.subject.value for quad in own if isinstance(quad.subject, ox.NamedNode))
            stated, *rules = (rebased_lines(quads, self.base) for quads in (own, *derived))
            said_openly = canonical_nquads(open_quads(own | follows, files.slug, self.shared))
        return Piece(
            slug=files.slug,
            stated=stated,
            derived=tuple(rules),
            speaks_of=speaks_of,
            describes=subjects & speaks_of,
            beside=digest(canonical_nquads(beside)),
            open=said_openly,
            by_shapes=_placed(by_shapes, part, self.ground),
            by_checks=_placed(by_checks, part, self.ground),
            seconds=clock.seconds,
        )

    def beside(self, speaks_of: Iterable[str]) -> str:
        """Return what `Piece.beside` is where an article speaks of these things."""
        return digest(canonical_nquads(self.shared.quads_of(self.shared.spoken_of(speaks_of))))


def build_article(builder: ArticleBuilder, files: ArticleFiles) -> Piece | tuple[Issue, ...]:
    """Return the piece of an article, or what is wrong with its files."""
    try:
        return builder.build(files)
    except InvalidSources as invalid:
        return invalid.issues


def _placed(results: Iterable[Result], part: Part, ground: Ground) -> tuple[Result, ...]:
    """Return the results with their places, the article's own files told by their names alone."""
    results = tuple(results)
    if not results:
        return ()
    files = {**ground.files, **{str(t.subject): file for file in reversed(part.files) for t in file.triples}}
    placed = (result.placed(files) for result in results)
    own = {file.path for file in part.files}
    return tuple(replace(one, file=Path(one.file.name)) if one.file in own else one for one in placed)


class _Clock:
    """Measures steps."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def of(self, step: str) -> Iterator[None]:
        start = time.process_time()
        try:
            yield
        finally:
            self.seconds[step] = time.process_time() - start
