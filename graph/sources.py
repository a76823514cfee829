"""The files a dataset is built from, and the digest that tells whether they have changed.

Content decides, never a file's time: a fresh checkout of the same sources finds its
dataset current. This module imports nothing of the pipeline, so that `serve` on a built
dataset starts without it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from graph import paths
from graph.issues import InvalidSources, Issue, Issues, shown
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
        total = hashlib.sha256()
        total.update("\n".join((base, software_version(), *map(version, _ENGINES))).encode())
        for name, path in self._files():
            try:
                content = path.read_bytes()
            except OSError as error:
                remedy = "Put a file there that you can read."
                raise InvalidSources([Issue(path, None, error.strerror or str(error), remedy)]) from error
            total.update(f"\n{name}\n{hashlib.sha256(content).hexdigest()}".encode())
        return total.hexdigest()

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

    def _files(self) -> Iterator[tuple[str, Path]]:
        """Yield every file that is read, with a name that does not depend on where the folders are."""
        for folder in self.article_folders():
            for path in sorted(path for suffix in ("ttl", "txt", "wiki") for path in folder.glob(f"*.{suffix}")):
                yield f"articles/{folder.name}/{path.name}", path
        for name, folder, pattern in (
            ("shared", self.shared, "*.ttl"),
            ("ontology", self.ontology, "*.ttl"),
            ("shapes", self.shapes, "*.ttl"),
            ("checks", self.shapes / "checks", "*.rq"),
            ("rules", self.rules, "*.rq"),
            ("code", _CODE, "*.py"),
        ):
            for path in sorted(folder.glob(pattern)):
                yield f"{name}/{path.name}", path


def is_current(root: Path = paths.DATASET, sources: Sources | None = None, base: str = CANONICAL_BASE) -> bool:
    """Tell whether the dataset under `root` is what these sources would be built to."""
    folder = current(root)
    try:
        manifest = read_manifest(folder) if folder else None
    except UnreadableDataset:
        return False
    return manifest is not None and manifest.sources == (sources or Sources()).digest(base)
