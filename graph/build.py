"""From sources to a valid dataset: the whole pipeline, a pure function of files.

Each article is made into a piece by itself, on whatever workforce there is; what has not
changed since the last build is taken from where its pieces are kept. The pieces are merged
as sorted streams, so that memory does not grow with their number. Nothing is published
before everything is valid; then `graph.releases` puts the new version in the place of the
old one. The same sources give the same bytes, in any folder, in any process, on any number
of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from graph import paths
from graph.article import read_article
from graph.article_build import ArticleBuilder
from graph.assemble import Part, assemble_article
from graph.canon import rebased_lines
from graph.census import Block, count
from graph.description import DATASET_IRI, Build, describe
from graph.gathering import Gathering, gather
from graph.ground import Ground, lay_ground
from graph.issues import InvalidSources, Issue, Issues
from graph.merge import inserted
from graph.namespaces import CANONICAL_BASE, DCAT, DCTERMS
from graph.partition import DATASET_FILE
from graph.phases import Phases
from graph.pieces import Pieces
from graph.releases import PIECES, QUADS_FILE, Finish, Manifest, publish, software_version, writing
from graph.report import report_quads
from graph.results import InvalidDataset, Result, ordered, violations
from graph.rules import derive_each
from graph.sources import Sources, sources_digest
from graph.spool import Spool
from graph.survey import Surveyor
from graph.turtle import TurtleFile, shown_iri
from graph.workforce.force import Workforce
from graph.workforce.opening import Here


@dataclass(frozen=True, slots=True)
class Built:
    """A dataset, whether valid or not."""

    lines: Spool
    """Canonical N-Quads; in a file without a name where they are many."""
    digest: str
    """Their SHA-256."""
    manifest: Manifest
    results: tuple[Result, ...]
    """What validation found; violations mean that it must not be published."""
    articles: int
    """How many there are."""
    made_anew: int
    """Of how many the piece was not there already."""
    pieces: Pieces | None = None
    """Where the pieces are kept."""

    @property
    def quads(self) -> bytes:
        """The canonical N-Quads at once, which is for small datasets."""
        return self.lines.read()


def build(
    sources: Sources | None = None,
    base: str = CANONICAL_BASE,
    *,
    workforce: Workforce | None = None,
    root: Path | None = None,
    phases: Phases | None = None,
    with_shapes: bool = True,
) -> Built:
    """Return the dataset of these sources.

    Pieces are kept in the folder of datasets `root`, and so is what does not fit into
    memory; without it nothing is kept. Articles are built by the workforce, by default in
    this process. Without shapes, which is for measuring, the dataset has no report and does
    not say that it conforms.

    Raises `InvalidSources` where a source cannot be read for what it says, and
    `UnwritableDataset` where the disk is full. Violations of shapes and checks do not
    raise: they are among the results.
    """
    sources, phases = sources or Sources(), phases or Phases()
    with phases.of("ground"):
        standards, shared = sources.standards_digest(base), sources.shared_digest()
        ground = lay_ground(sources)
        version, modified = _release(ground)
        builder = ArticleBuilder(ground, base, with_shapes)
    pieces = Pieces(root / PIECES, standards if with_shapes else f"{standards} without shapes") if root else None
    with phases.of("articles"):
        gathered = gather(
            sources.article_folders(), builder, workforce or Here(), pieces=pieces, root=root, phases=phases
        )
    nobodys = ground.terms | ground.constraints.quads() | gathered.commons.in_use
    follows = derive_each(nobodys, ground.rules)
    with phases.of("merge"), writing(root):
        stated, *derived = (rebased_lines(quads, base) for quads in (nobodys, *follows))
        gathered.merger.add(stated, derived)
        surveyor, lines = Surveyor(base), Spool(root)
        lines.write(_seen(gathered.merger.merged(), surveyor))
        survey = surveyor.survey()
    about = Build(base, software_version(), ground.rules)
    with phases.of("validation"):
        known = gathered.commons.in_use.union(*follows)
        results = _validate(gathered, builder, known, describe(survey, about))
    with phases.of("description"):
        report = frozenset(report_quads(results)) if with_shapes else frozenset()
        whole = replace(survey, census=survey.census + count(report))
        more = rebased_lines(describe(whole, replace(about, conforms=with_shapes and not results)) | report, base)
        digest = hashlib.sha256()
        finished = Spool(root)
        with writing(root):
            finished.write(_fed(inserted(lines.lines(), more.splitlines(keepends=True)), digest))
    manifest = Manifest(
        software=software_version(),
        version=version,
        modified=modified,
        base=base,
        sources=sources_digest(standards, shared, gathered.digests),
        quads=digest.hexdigest(),
    )
    return Built(finished, manifest.quads, manifest, results, len(gathered.digests), gathered.made_anew, pieces)


def write(built: Built, root: Path = paths.DATASET, finish: Finish | None = None) -> Path:
    """Make a built dataset the current one under `root` and return its folder.

    Raises `InvalidDataset` where it has violations; what was current then stays.
    """
    found = violations(built.results)
    if found:
        raise InvalidDataset(found)
    folder = publish({QUADS_FILE: built.lines}, built.manifest, root, finish)
    if built.pieces is not None:
        built.pieces.forget_others()
    return folder


def assemble(sources: Sources, ground: Ground) -> tuple[Part, ...]:
    """Return a part for each article; raise `InvalidSources` with the issues of all of them."""
    issues = Issues()
    parts: list[Part] = []
    for folder in sources.article_folders():
        with issues.gathering():
            parts.append(assemble_article(read_article(folder), ground.vocabulary, ground.equipment))
    issues.raise_any()
    return tuple(parts)


def _validate(
    gathered: Gathering, builder: ArticleBuilder, shared: frozenset[ox.Quad], description: frozenset[ox.Quad]
) -> tuple[Result, ...]:
    """Return all that shapes and checks find, article by article and in what articles share."""
    validator, commons = builder.validator, gathered.commons
    of_nobody = list(commons.results(builder.ground.constraints.checks))
    if builder.with_shapes:
        of_nobody += validator.shared(commons.in_use, gathered.told)
        of_nobody += validator.crosslinks(shared, commons.types)
        of_nobody += validator.ontology()
        of_nobody += validator.description(description | shared)
    return ordered((*gathered.results(), *map(gathered.placed, of_nobody)))


def _seen(blocks: Iterable[Block], surveyor: Surveyor) -> Iterator[bytes]:
    for block in blocks:
        surveyor.see(block)
        yield from block.lines()


def _fed(lines: Iterable[bytes], digest: hashlib._Hash) -> Iterator[bytes]:
    for line in lines:
        digest.update(line)
        yield line


def _release(ground: Ground) -> tuple[str, str]:
    """Return the version and the date that dataset.ttl gives."""
    file = next((f for part in ground.parts for f in part.files if f.path.name == DATASET_FILE), None)
    if file is None:
        raise InvalidSources(
            [Issue(paths.SHARED / DATASET_FILE, None, "not there", f"Describe <{DATASET_IRI}> in it.")]
        )
    return _one_value(file, DCAT + "version"), _one_value(file, DCTERMS + "modified")


def _one_value(file: TurtleFile, property_: str) -> str:
    subject, predicate = ox.NamedNode(DATASET_IRI), ox.NamedNode(property_)
    values = [t.object for t in file.triples if t.subject == subject and t.predicate == predicate]
    if len(values) == 1 and isinstance(values[0], ox.Literal):
        return values[0].value
    seen = f"<{DATASET_IRI}> has {len(values)} values of {shown_iri(property_)}"
    raise InvalidSources([file.issue(seen, "Give it exactly one; the manifest needs it.", about=DATASET_IRI)])
