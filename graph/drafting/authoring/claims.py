"""What claims in the article's own voice say alike: outcomes, dates, places, fates."""

from __future__ import annotations

from collections.abc import Iterable

from graph.drafting.authoring.nodes import Iri, Says, Term, Text, english, term
from graph.drafting.authoring.scene import Scene
from graph.drafting.document import Mark


def own_claim(
    scene: Scene,
    label: str,
    *middle: Says,
    marks: Iterable[Mark] = (),
    certainty: str = "Asserted",
    notes: Iterable[str] = (),
    doubts: Iterable[Says] = (),
    rule: str,
) -> tuple[Says, ...]:
    """Return what a claim of the article itself says, with what only this kind says in the middle."""
    doubted = tuple(doubts)
    return (
        ("rdfs:label", english(label)),
        ("bg:inArticle", scene.article),
        ("bg:accordingTo", scene.voice),
        *middle,
        ("bg:valueStatus", term("bg:Known")),
        *scene.of_sources(marks),
        ("bg:certainty", term("bg:Doubtful" if doubted else f"bg:{certainty}")),
        *doubted,
        *(("bg:readingNote", english(note)) for note in notes),
        ("bg:readingRule", Text(rule)),
    )


def triple(subject: Iri, predicate: str, value: Term | None = None) -> tuple[Says, ...]:
    """Return the one triple that is claimed; without a value where the words give none that is exact."""
    stated: tuple[Says, ...] = (("rdf:subject", subject), ("rdf:predicate", term(predicate)))
    return stated if value is None else (*stated, ("rdf:object", value))
