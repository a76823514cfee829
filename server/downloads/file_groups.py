"""The files of a release in groups, each with what it is for.

A group lists at most `MOST_ROWS` rows; the voices of articles are as many as there are
articles, and `SHA256SUMS` names them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from flask_babel import gettext as _

from server.downloads.file_purposes import purpose
from server.http.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from server.releases.release import ReleaseFile
from server.terms.rows import natural_key

MOST_ROWS: Final = 120

_VIEWPOINTS: Final = "graphs/viewpoint/"
_WHOLE: Final = tuple(x.name for x in (N_QUADS, TRIG, TURTLE, N_TRIPLES, JSON_LD, RDF_XML))
_DATASET: Final = re.compile(rf"battlegraph-[^/]+\.({'|'.join(_WHOLE)})(?:\.gz)?")
_KINDS: Final[Mapping[str, tuple[re.Pattern[str], Callable[[], str]]]] = {
    "dataset": (_DATASET, lambda: _("The dataset in six formats")),
    "viewpoints": (re.compile(rf"{_VIEWPOINTS}[^/]+"), lambda: _("One viewpoint alone")),
    "voices": (re.compile(rf"{_VIEWPOINTS}.+"), lambda: _("Voices of one article")),
    "graphs": (re.compile("graphs/.+"), lambda: _("By graph")),
    "tables": (
        re.compile(r"claims\.csv(?:-metadata\.json)?|places\.geojson|nanopub.*"),
        lambda: _("Tables, places, claims one by one"),
    ),
    "changes": (re.compile(r"changes\.[^/]+"), lambda: _("What changed since the version before")),
    "packages": (re.compile(r"[^/]+\.zip"), lambda: _("In one file, for a repository")),
    "checks": (
        re.compile(r"SHA256SUMS|RDFC-1\.0\.sha256|validation-report\.ttl"),
        lambda: _("To verify it"),
    ),
    "description": (
        re.compile(r"[^/]+\.(?:txt|cff)|description\.[^/]+|schema-org\.jsonld|[^/]+\.json"),
        lambda: _("Description"),
    ),
    "vocabulary": (re.compile("ontology/[^/]+"), lambda: _("The vocabulary")),
    "shapes": (re.compile("shapes/[^/]+"), lambda: _("The shapes")),
    "questions": (re.compile("ontology/.+"), lambda: _("Questions, in SPARQL")),
    "rules": (re.compile("shapes/.+"), lambda: _("Checks, in SPARQL")),
    "sources": (re.compile("sources/.+"), lambda: _("What it was built from")),
    "others": (re.compile(".+"), lambda: _("Other files")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Files that hold the same, in one format or more, compressed or not."""

    name: str
    """What is common to their names."""
    purpose: str | None
    files: tuple[ReleaseFile, ...]

    @property
    def viewpoint(self) -> str | None:
        """The name of the viewpoint that asserts what is in them, where that is all they hold."""
        return self.name.removeprefix("graphs/") if self.name.startswith(_VIEWPOINTS) else None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind."""

    id: str
    title: str
    rows: tuple[Row, ...]
    """The first of them."""
    count: int
    """How many files there are."""

    @property
    def left_out(self) -> int:
        """How many of the files are in none of the rows."""
        return self.count - sum(len(row.files) for row in self.rows)


def group_files(files: Iterable[ReleaseFile]) -> list[Group]:
    """Return the groups that are not empty, each file in just one of them."""
    found: dict[str, list[ReleaseFile]] = {name: [] for name in _KINDS}
    for file in files:
        found[_group(file.name)].append(file)
    groups = []
    for name, members in found.items():
        rows = [(stem, tuple(same)) for stem, same in groupby(sorted(members, key=_place), key=_stem)]
        if rows:
            shown = tuple(Row(stem, purpose(stem), same) for stem, same in rows[:MOST_ROWS])
            groups.append(Group(name, _KINDS[name][1](), shown, len(members)))
    return groups


def group_of_folder(files: Iterable[ReleaseFile], folder: str) -> str | None:
    """Return the id of the group of a folder's own files, or else of those below it; None where there is none such."""
    inside = [file.name for file in files if file.name.startswith(f"{folder}/")]
    first = min(inside, key=lambda name: name.count("/"), default=None)
    return _group(first) if first is not None else None


def _group(file: str) -> str:
    return next(name for name, (pattern, _t) in _KINDS.items() if pattern.fullmatch(file))


def _stem(file: ReleaseFile) -> str:
    """Return what the names of files that hold the same have in common."""
    name = file.name.removesuffix(".gz")
    return name.rpartition(".")[0] if name.startswith(_VIEWPOINTS) else name


def _place(file: ReleaseFile) -> tuple[object, ...]:
    suffix = _DATASET.fullmatch(file.name)
    return _WHOLE.index(suffix[1]) if suffix else 0, natural_key(_stem(file)), file.name.count("."), file.name
