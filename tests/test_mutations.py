"""How much of what can go wrong in one triple validation finds.

The article's valid data is corrupted one triple at a time, and only what such a mutant touches
is validated again. A mutant is caught when shapes or checks find something that they do not
find in the valid data. What the rules derive is left out, so that nothing is caught merely
because it disagrees with a copy of itself in graph/derived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox
import pytest
from mutants import Mutant, mutants, survey
from workbench import Change, Workbench

from graph.article import read_article
from graph.assemble import assemble_article
from graph.ground import Ground, lay_ground
from graph.namespaces import BG, RDF, curie
from graph.partition import named_graph
from graph.paths import ARTICLES
from graph.results import Result
from graph.sources import Sources
from graph.validation import scope_of

SEED = 2020
AUTHORED_PER_KIND = 56
BUILT_PER_KIND = 16
SHARE = 0.95

_OWN_WORDS = "The curators' own words: only a person can tell whether they are right."
_FEWER_WORDS = "Fewer of the article's words, which stand in the quote as well."
_READING = "A remark or a reading, which a statement may have or lack."
_SAME_WORDS = "Another thing that the same words name."

EXPLANATIONS: Final = MappingProxyType(
    {
        ("changed text", "bg:doubt"): _OWN_WORDS,
        ("changed text", "bg:omissionReason"): _OWN_WORDS,
        ("changed text", "bg:readingNote"): _OWN_WORDS,
        ("changed text", "dcterms:creator"): _OWN_WORDS,
        ("changed text", "dcterms:provenance"): _OWN_WORDS,
        ("changed text", "rdfs:label"): _OWN_WORDS,
        ("changed text", "bg:furtherReading"): _FEWER_WORDS,
        ("changed text", "bg:numberWords"): _FEWER_WORDS,
        ("changed text", "bg:position"): _FEWER_WORDS,
        ("changed text", "bg:whenLexical"): _FEWER_WORDS,
        ("changed text", "rdf:object"): _FEWER_WORDS,
        ("changed text", "skos:altLabel"): _FEWER_WORDS,
        ("changed text", "skos:hiddenLabel"): _FEWER_WORDS,
        ("dropped", "bg:doubt"): _READING,
        ("dropped", "bg:furtherReading"): _READING,
        ("dropped", "bg:mayOverlapWith"): _READING,
        ("dropped", "bg:mirrorCredit"): _READING,
        ("dropped", "bg:readingNote"): _READING,
        ("dropped", "bg:viewpointOf"): _READING,
        ("dropped", "bg:whenLexical"): "On “now” or “earlier” no date hangs; such words are kept where they help.",
        ("dropped", "schema:mentions"): "What a title only hints at (“Azerbaijani”) may be mentioned or not.",
        ("dropped", "skos:hiddenLabel"): "One of two forms of a name that stand in the same words.",
        ("swapped", "bg:certainty"): "What a note explains may be bg:Implied or said outright: a reading.",
        ("swapped", "bg:gapIn"): _SAME_WORDS,
        ("swapped", "bg:holder"): _SAME_WORDS,
        ("swapped", "bg:mayOverlapWith"): _SAME_WORDS,
        ("swapped", "bg:relativeTo"): "By what a pronoun (“its”, “it”) locates a place is a reading.",
        ("swapped", "bg:viewpointOf"): "Whose view “both parties” leave open is a reading, which a note explains.",
        ("swapped", "rdf:object"): _SAME_WORDS,
        (
            "swapped",
            "rdf:predicate",
        ): "Which bound of an event, or which relation of two places, the words mean is a reading.",
        ("swapped", "rdf:subject"): _SAME_WORDS,
        ("swapped", "schema:mentions"): _SAME_WORDS,
    }
)
"""For (kind, property): why a mutant may be another legitimate statement, or beyond what a rule can know."""


@pytest.fixture(scope="module")
def ground() -> Ground:
    """Return what the article stands on."""
    return lay_ground(Sources())


@pytest.fixture(scope="module")
def article(ground: Ground) -> frozenset[ox.Quad]:
    """Return the article's own quads, outside knowledge aside."""
    part = assemble_article(read_article(ARTICLES / "battle-of-hadrut"), ground.vocabulary, ground.equipment)
    return frozenset(quad for quad in part.quads if scope_of(quad) == "article")


@pytest.fixture(scope="module")
def workbench(ground: Ground, article: frozenset[ox.Quad]) -> Workbench:
    """Return the valid data, to be corrupted and mended."""
    shared = frozenset().union(*(part.quads for part in ground.parts))
    return Workbench(shared | article, ground.constraints)


def is_authored(quad: ox.Quad, ground: Ground) -> bool:
    """Tell whether people write the quad; the rest (anchors, superclasses) the build makes of what they write."""
    if quad.graph_name == named_graph("anchors") or quad.predicate.value in (BG + "anchor", BG + "lexical"):
        return False
    implied = frozenset([RDF + "Statement"]).union(*ground.vocabulary.ancestors.values())
    return quad.predicate.value != RDF + "type" or str(quad.object)[1:-1] not in implied


def sample(article: frozenset[ox.Quad], ground: Ground) -> Iterator[tuple[str, Mutant]]:
    """Yield mutants of every kind with who wrote what they corrupt, the same ones each time."""
    around = survey(article.union(*(part.quads for part in ground.parts)), article)
    authored = [quad for quad in article if is_authored(quad, ground)]
    built = [quad for quad in article if not is_authored(quad, ground)]
    for origin, quads, per_kind in (("authored", authored, AUTHORED_PER_KIND), ("built", built, BUILT_PER_KIND)):
        for mutant in mutants(quads, around, per_kind=per_kind, seed=SEED):
            yield origin, mutant


def found_in(mutant: Mutant, workbench: Workbench, valid: frozenset[Result]) -> frozenset[Result]:
    """Return what validation finds in a mutant and not in the valid data."""
    change = Change(frozenset([mutant.old]), frozenset([mutant.new] if mutant.new else []))
    with workbench.changed(change):
        return workbench.results_of(change) - valid


def test_validation_catches_what_is_corrupted(
    article: frozenset[ox.Quad], ground: Ground, workbench: Workbench, capsys: pytest.CaptureFixture[str]
) -> None:
    """At least 95 % of the mutants are caught, of what people write as of all, and every survivor is explained."""
    valid = workbench.results()
    made: Counter[tuple[str, str]] = Counter()
    caught: Counter[tuple[str, str]] = Counter()
    stopped: Counter[tuple[str, str]] = Counter()
    survivors: list[Mutant] = []
    for origin, mutant in sample(article, ground):
        results = found_in(mutant, workbench, valid)
        made[origin, mutant.kind] += 1
        caught[origin, mutant.kind] += bool(results)
        stopped[origin, mutant.kind] += any(result.severity == "Violation" for result in results)
        if not results:
            survivors.append(mutant)
    with capsys.disabled():
        print(report(made, caught, stopped), *explained(survivors), sep="\n")  # noqa: T201 - the figures are wanted
    assert made.total() >= 600
    unexplained = [str(mutant) for mutant in survivors if explanation(mutant) is None]
    assert not unexplained, "\n".join(unexplained)
    assert caught.total() / made.total() >= SHARE
    assert share(caught, made, "authored") >= SHARE


def explanation(mutant: Mutant) -> str | None:
    """Return why a mutant may survive, or None where it must not."""
    return EXPLANATIONS.get((mutant.kind, curie(mutant.old.predicate.value) or ""))


def explained(survivors: Iterable[Mutant]) -> Iterator[str]:
    """Yield a line for each kind and property of survivors: how many they are, and why they may be."""
    counted = Counter((m.kind, curie(m.old.predicate.value), explanation(m)) for m in survivors)
    for (kind, property_, reason), n in sorted(counted.items(), key=str):
        yield f"survived: {n} {kind}, {property_}: {reason}"


def share(caught: Counter[tuple[str, str]], made: Counter[tuple[str, str]], origin: str) -> float:
    """Return the share of caught mutants among those of what people write, or of what the build makes."""
    return sum(n for key, n in caught.items() if key[0] == origin) / sum(
        n for key, n in made.items() if key[0] == origin
    )


def report(made: Counter[tuple[str, str]], caught: Counter[tuple[str, str]], stopped: Counter[tuple[str, str]]) -> str:
    """Return the score of each kind of mutant as a table."""
    lines = ["", f"{'mutants':<28}{'made':>6}{'caught':>8}{'as violations':>15}"]
    lines += [
        f"{f'{origin}, {kind}':<28}{n:>6}{caught[origin, kind] / n:>8.0%}{stopped[origin, kind] / n:>15.0%}"
        for (origin, kind), n in made.items()
    ]
    for origin in ("authored", "built"):
        lines.append(
            f"{f'all {origin}':<28}{'':>6}{share(caught, made, origin):>8.1%}{share(stopped, made, origin):>15.1%}"
        )
    total = made.total()
    lines.append(f"{'all':<28}{total:>6}{caught.total() / total:>8.1%}{stopped.total() / total:>15.1%}")
    return "\n".join(lines)


def test_a_mutant_is_seen_around_it_as_in_the_whole(
    article: frozenset[ox.Quad], ground: Ground, workbench: Workbench
) -> None:
    """Validating only what a mutant touches misses nothing that validating everything finds."""
    valid = workbench.results()
    for _, mutant in list(sample(article, ground))[::64]:
        change = Change(frozenset([mutant.old]), frozenset([mutant.new] if mutant.new else []))
        with workbench.changed(change):
            assert workbench.results_of(change) - valid == workbench.results() - valid, str(mutant)
    assert workbench.results() == valid
