"""The files a dataset is built from, and the digest that tells whether they have changed.

Content decides, never a file's time: a fresh checkout of the same sources finds its
dataset current. This module imports nothing of the pipeline, so that `serve` on a built
dataset starts without it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from graph import paths
from graph.article_files import read_article_files, read_source
from graph.issues import Issue, Issues, shown
from graph.namespaces import CANONICAL_BASE
from graph.releases import UnreadableDataset, current, read_manifest, software_version

_CODE = Path(__file__).parent
_ENGINES = ("pyoxigraph", "pyshacl", "rdflib")


@dataclass(frozen=True, slots=True)
class Sources:
    """The folders a build reads; by default the project's own."""

    articles: Path = paths.ARTICLES
    """A folder that has a folder for each article."""
    shared: Path = paths.SHARED
    ontology: Path = paths.ONTOLOGY
    shapes: Path = paths.SHAPES
    rules: Path = paths.RULES
    more_articles: tuple[Path, ...] = ()
    """Further folders like `articles`. Where an article stands changes nothing in what is built from it."""

    def digest(self, base: str = CANONICAL_BASE) -> str:
        """Return the SHA-256 of everything that the built bytes depend on.

        Raises `InvalidSources` where a file cannot be read.
        """
        articles = {folder.name: read_article_files(folder).digest() for folder in self.article_folders()}
        return sources_digest(self.standards_digest(base), self.shared_digest(), articles)

    def shared_digest(self) -> str:
        """Return the SHA-256 of what articles share."""
        return _digest("shared", self.shared)

    def standards_digest(self, base: str = CANONICAL_BASE) -> str:
        """Return the SHA-256 of what every article is held against: code and engines, terms, shapes, checks, rules."""
        parts = (
            _digest("ontology", self.ontology),
            _digest("shapes", self.shapes),
            _digest("checks", self.shapes / "checks", "*.rq"),
            _digest("rules", self.rules, "*.rq"),
            _digest("code", _CODE, "*.py"),
        )
        return hashlib.sha256(
            "\n".join((base, software_version(), *map(version, _ENGINES), *parts)).encode()
        ).hexdigest()

    def article_folders(self) -> list[Path]:
        """Return the folders of the articles, by name; raise `InvalidSources` where two have the same name."""
        found: dict[str, Path] = {}
        issues = Issues()
        for parent in (self.articles, *self.more_articles):
            for folder in sorted(parent.iterdir()):
                if not folder.is_dir() or folder.name.startswith("."):
                    continue
                if folder.name in found:
                    seen = f"{shown(found[folder.name])} is an article of the same name"
                    remedy = "Leave one of them out: what is said of an article stands in one folder."
                    issues.append(Issue(folder, None, seen, remedy))
                found.setdefault(folder.name, folder)
        issues.raise_any()
        return [found[name] for name in sorted(found)]


def sources_digest(standards: str, shared: str, articles: Mapping[str, str]) -> str:
    """Return the digest of sources whose parts have these digests, those of the articles by their slugs."""
    lines = (standards, shared, *(f"{slug} {articles[slug]}" for slug in sorted(articles)))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _digest(name: str, folder: Path, pattern: str = "*.ttl") -> str:
    """Return the SHA-256 of the files of a folder, wherever it is."""
    total = hashlib.sha256(name.encode())
    for path in sorted(folder.glob(pattern)):
        total.update(f"\n{path.name}\n{hashlib.sha256(read_source(path)).hexdigest()}".encode())
    return total.hexdigest()


def is_current(root: Path = paths.DATASET, sources: Sources | None = None, base: str = CANONICAL_BASE) -> bool:
    """Tell whether the dataset under `root` is what these sources would be built to."""
    folder = current(root)
    try:
        manifest = read_manifest(folder) if folder else None
    except UnreadableDataset:
        return False
    return manifest is not None and manifest.sources == (sources or Sources()).digest(base)
