"""Each shape and each check finds the defect that it is for, and nothing else.

`shapes/valid/` is a small project that keeps to all of them. Each file `shapes/RULE.ttl` or
`shapes/RULE.VARIANT.ttl` is that project but for one defect: what the file says of a subject
and a property takes the place of what the project says, `()` being nothing at all. Words in
bg:quote become anchors as in the build, types get their superclasses, claims go to the graph
of their viewpoint. What stands in a graph (.trig) is taken as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import SH as SHACL
from rdflib import Graph, Literal, URIRef
from workbench import Change, Workbench

from graph.anchors import resolve
from graph.article import Article, read_article
from graph.assemble import assemble_article, assemble_shared, with_superclasses
from graph.description import Build, describe
from graph.ground import Ground, lay_ground
from graph.iris import viewpoint_graph_iri
from graph.namespaces import BG, BGSH, CANONICAL_BASE, RDF
from graph.partition import named_graph
from graph.paths import CHECKS, SHAPES, SHARED
from graph.rules import derive
from graph.selectors import anchor_node, anchor_quads
from graph.shacl import to_rdflib
from graph.sources import Sources
from graph.survey import survey_of
from graph.turtle import read_turtle

FOLDER = Path(__file__).parent / "shapes"
FIXTURES = sorted((*FOLDER.glob("*.ttl"), *FOLDER.glob("*.trig")))

TYPE, NIL = ox.NamedNode(RDF + "type"), ox.NamedNode(RDF + "nil")
ACCORDING_TO, ANCHOR, LEXICAL, QUOTE = (ox.NamedNode(BG + n) for n in ("accordingTo", "anchor", "lexical", "quote"))
ANCHORS, CROSSLINKS, DATASET, DERIVED = map(named_graph, ("anchors", "crosslinks", "dataset", "derived"))
ENTITIES, ONTOLOGY = map(named_graph, ("entities", "ontology"))


@dataclass(frozen=True, slots=True)
class Project:
    """A valid project on the real ontology, shapes and rules, assembled."""

    article: Article
    ground: Ground
    quads: frozenset[ox.Quad]

    def graph_of(self, subject: object) -> ox.NamedNode:
        """Return the graph in which a subject is described, or that of a new one."""
        graphs = {q.graph_name for q in self.quads if q.subject == subject} - {DERIVED}
        # The dataset's description repeats some of what is said of articles and texts.
        own = sorted(graphs - {CROSSLINKS, DATASET}, key=str) or sorted(graphs, key=str)
        if own:
            assert isinstance(own[0], ox.NamedNode)
            return own[0]
        return ONTOLOGY if str(subject).startswith(f"<{BG}") else ENTITIES


@pytest.fixture(scope="session")
def project() -> Project:
    """Return the small valid project."""
    ground = lay_ground(Sources())
    types = read_turtle(FOLDER / "valid" / "shared" / "equipment.ttl")
    kinds = {t.subject.value for t in types.triples if isinstance(t.subject, ox.NamedNode)}
    article = read_article(FOLDER / "valid" / "alder-ford")
    shared = [read_turtle(FOLDER / "valid" / "shared" / "things.ttl"), read_turtle(SHARED / "dataset.ttl")]
    quads = next(part.quads for part in ground.parts if part.name == "ontology").union(
        assemble_article(article, ground.vocabulary, kinds).quads,
        assemble_shared("equipment", [types], ground.vocabulary, kinds).quads,
        assemble_shared("shared", shared, ground.vocabulary, kinds).quads,
    )
    quads |= derive(quads, ground.rules)
    return Project(article, ground, quads | describe(survey_of(quads), Build(CANONICAL_BASE, "0.0.0", ground.rules)))


@pytest.fixture(scope="session")
def workbench(project: Project) -> Workbench:
    """Return the project, to be changed and changed back."""
    return Workbench(project.quads, project.ground.constraints)


def defect(project: Project, file: Path) -> Change:
    """Return what a file changes in the project."""
    said = list(ox.parse(path=file))
    replaced = {(q.subject, q.predicate) for q in said}
    replaced |= {(q.subject, property_) for q in said if q.predicate == QUOTE for property_ in (ANCHOR, LEXICAL)}
    added: set[ox.Quad] = set()
    for quad in said:
        if isinstance(quad.graph_name, ox.NamedNode):
            added.add(quad)
        else:
            added |= with_superclasses(_placed(project, quad), project.ground.vocabulary)
    removed = {q for q in project.quads if (q.subject, q.predicate) in replaced} - added
    for claim, viewpoint in [(q.subject, q.object) for q in said if q.predicate == ACCORDING_TO and q.object != NIL]:
        graph = ox.NamedNode(viewpoint_graph_iri(str(viewpoint)[1:-1])) if "/viewpoint/" in str(viewpoint) else ENTITIES
        stay = {q for q in project.quads if q.subject == claim} - removed
        moved = {q for q in added if q.subject == claim}
        removed |= stay
        added = (added - moved) | {ox.Quad(q.subject, q.predicate, q.object, graph) for q in stay | moved}
    removed |= _unused_anchors((project.quads - removed) | added)
    return Change(frozenset(removed - added), frozenset(added))


def _placed(project: Project, quad: ox.Quad) -> Iterator[ox.Quad]:
    graph = project.graph_of(quad.subject)
    if quad.predicate == QUOTE:
        assert isinstance(quad.object, ox.Literal)
        span = resolve(project.article.text, quad.object.value)
        yield ox.Quad(quad.subject, ANCHOR, anchor_node(project.article, span), graph)
        yield from anchor_quads(project.article, span)
        if "/id/claim/" in str(quad.subject):
            yield ox.Quad(quad.subject, LEXICAL, quad.object, graph)
    elif quad.object != NIL:
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _unused_anchors(quads: frozenset[ox.Quad]) -> frozenset[ox.Quad]:
    """Return what is said of the anchors on which nothing rests."""
    used = {str(quad.object)[1:-1] for quad in quads if quad.predicate == ANCHOR}
    return frozenset(
        quad
        for quad in quads
        if quad.graph_name == ANCHORS
        and "/id/anchor/" in str(quad.subject)
        and str(quad.subject)[1:-1].partition("#")[0] not in used
    )


def shapes() -> Graph:
    """Return all files of shapes together."""
    graph = Graph()
    for file in sorted(SHAPES.glob("*.ttl")):
        graph.parse(file)
    return graph


def rules() -> set[str]:
    """Return the local names of all shapes that have a message, and of all checks."""
    named = {str(shape).removeprefix(BGSH) for shape in shapes().subjects(SHACL.message)}
    return named | {f"check-{file.stem}" for file in CHECKS.glob("*.rq")}


def test_the_shapes_are_shapes(project: Project) -> None:
    """By the shapes that SHACL has for itself (appendix C), lists named by IRIs included."""
    graph = to_rdflib(triple for triples in project.ground.constraints.files.values() for triple in triples)
    conforms, _, report = pyshacl.validate(Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms, report


def test_every_shape_that_is_referred_to_is_described() -> None:
    """A misspelt reference would constrain nothing."""
    graph = shapes()
    referred = {node for node in graph.objects() if isinstance(node, URIRef) and str(node).startswith(BGSH)}
    assert referred <= set(graph.subjects())


def test_every_rule_tells_a_curator_what_to_do() -> None:
    """Each shape that reports has a name, a severity, and a message in whole sentences."""
    graph = shapes()
    for shape, message in graph.subject_objects(SHACL.message):
        assert re.fullmatch(r"[A-Z].*\.", str(message)), (shape, message)
        assert isinstance(message, Literal)
        assert message.language == "en", shape
        assert graph.value(shape, SHACL.severity), shape
        assert graph.value(shape, SHACL.name), shape


def test_the_valid_project_has_no_results(workbench: Workbench) -> None:
    """Not even a warning: the rules hold for an ancient battle as well as for a recent one."""
    results = workbench.results()
    assert not results, "\n".join(map(str, results))


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_a_defect_is_found_by_its_rule_alone(file: Path, project: Project, workbench: Workbench) -> None:
    """The results' shapes are exactly the one that the file is named after."""
    change = defect(project, file)
    with workbench.changed(change):
        results = workbench.results_of(change)
    assert {result.shape for result in results} == {BGSH + file.stem.partition(".")[0]}, "\n".join(map(str, results))


def test_every_rule_has_a_defect_that_it_finds() -> None:
    """A shape or check that no fixture breaks may find nothing at all."""
    assert {file.stem.partition(".")[0] for file in FIXTURES} == rules()


@pytest.mark.parametrize("file", FIXTURES[::29], ids=lambda file: file.stem)
def test_a_change_is_seen_around_it_as_in_the_whole(file: Path, project: Project, workbench: Workbench) -> None:
    """Looking only at what a change touches misses nothing."""
    change = defect(project, file)
    with workbench.changed(change):
        assert workbench.results_of(change) == workbench.results()
