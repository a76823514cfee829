"""The pieces of all articles, made anew or found, and what they amount to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from graph.article import read_article
from graph.article_build import ArticleBuilder, build_article
from graph.article_files import read_article_files
from graph.commons import Commons
from graph.issues import Issue, Issues, shown
from graph.merge import Merger
from graph.phases import Phases
from graph.piece import Piece
from graph.pieces import Pieces
from graph.releases import writing
from graph.results import Result
from graph.turtle import TurtleFile
from graph.workforce.force import Failed, ProcessKilled, Workforce


class Gathering:
    """Takes pieces one by one and keeps no more of each than is needed to the end."""

    def __init__(self, builder: ArticleBuilder, root: Path | None) -> None:
        """Take who makes the pieces, and where much is kept."""
        self._root = root
        self._ground = builder.ground
        self.commons = Commons(builder.shared, builder.ground.terms, root)
        self.merger = Merger(root)
        self.digests: dict[str, str] = {}
        """Of the files of each article, by its slug."""
        self.told: set[str] = set()
        """The shared things that were held against the shapes with an article."""
        self.made_anew = 0
        """How many pieces were not there already."""
        self._folders: dict[str, Path] = {}
        self._found: list[tuple[str, tuple[Result, ...], tuple[Result, ...]]] = []

    def take(self, piece: Piece, folder: Path, digest: str) -> None:
        """Take the piece of an article."""
        self._folders[piece.slug] = folder
        self.digests[piece.slug] = digest
        self.told |= {iri for iri in piece.describes if iri in self.commons.shared}
        if piece.by_shapes or piece.by_checks:
            self._found.append((piece.slug, piece.by_shapes, piece.by_checks))
        with writing(self._root):
            self.merger.add(piece.stated, piece.derived)
            self.commons.add(piece)

    def results(self) -> Iterator[Result]:
        """Yield what was found article by article, with places."""
        for slug, by_shapes, by_checks in self._found:
            for result in (*by_shapes, *(one for one in by_checks if not self.commons.is_judged_here(one))):
                is_own = result.file is not None and not result.file.is_absolute()
                yield replace(result, file=self._folders[slug] / (result.file or "")) if is_own else result

    def placed(self, result: Result) -> Result:
        """Return a result about what articles share with its place, an article's file before a shared one."""
        about = str(result.focus)
        slug = self.commons.described.get(about[1:-1])
        files: dict[str, TurtleFile] = dict(self._ground.files)
        if slug is not None:
            own = read_article(self._folders[slug]).files
            files.update((str(triple.subject), file) for file in reversed(own) for triple in file.triples)
        return result.placed(files)


def gather(
    folders: list[Path],
    builder: ArticleBuilder,
    workforce: Workforce,
    *,
    pieces: Pieces | None = None,
    root: Path | None = None,
    phases: Phases | None = None,
) -> Gathering:
    """Return what the articles in these folders amount to, once all their pieces are there.

    Raises `InvalidSources` with the issues of all of them, and `UnwritableDataset` where the
    disk is full; pieces that were made are kept all the same.
    """
    phases = phases or Phases()
    gathering = Gathering(builder, root)
    issues = Issues()
    changed: list[Path] = []
    for folder in phases.watch(folders, len(folders), "looked at articles"):
        with issues.gathering():
            digest = read_article_files(folder).digest()
            piece = pieces.find(digest) if pieces else None
            if piece is None or piece.beside != builder.beside(piece.speaks_of):
                changed.append(folder)
            else:
                gathering.take(piece, folder, digest)
    tasks = map(read_article_files, changed)
    for done in phases.watch(workforce.each(build_article, tasks, builder), len(changed), "built articles"):
        folder = done.task.folder
        if isinstance(done, Failed):
            issues.append(_not_built(folder, done.error))
        elif isinstance(done.result, Piece):
            digest = done.task.digest()
            phases.add_work(done.result.seconds)
            gathering.take(done.result, folder, digest)
            if pieces:
                with writing(root):
                    pieces.keep(digest, done.result)
        else:
            issues.extend(done.result)
    gathering.made_anew = len(changed)
    issues.raise_any()
    return gathering


def _not_built(folder: Path, error: Exception) -> Issue:
    """Return the issue of an article that its process did not live to build; raise any other error."""
    if not isinstance(error, ProcessKilled):
        error.add_note(f"while {shown(folder)} was built")
        raise error
    return Issue(
        folder, None, str(error), "Build again: what the others came to is kept. Give it more memory if need be."
    )
