"""Strengths: one claim for each figure of what a side had to fight with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.drafting.authoring.beside import until_of, with_decided_sides, with_marks_behind
from graph.drafting.authoring.figures import Attributed, Cast, counts, figure_quotes, figure_words, limits, standing
from graph.drafting.authoring.nodes import Iri, Node, Says, english
from graph.drafting.authoring.scene import Scene
from graph.drafting.authoring.slugs import told_apart
from graph.drafting.authoring.wording import limited, limits_of, per, side_name, side_slug
from graph.drafting.reading import Figure


def strength_nodes(figures: Sequence[Figure], within: Mapping[int, int], scene: Scene, cast: Cast) -> tuple[Node, ...]:
    """Return a claim for each figure; `within` says which figure another one contains."""
    figures = with_decided_sides(with_marks_behind(figures))
    attributed = [cast.attributed(figure, until) for figure, until in zip(figures, until_of(figures), strict=True)]
    iris = [scene.own("claim", name) for name in told_apart([_name(one, cast) for one in attributed])]
    containing = [iris[within[at]] if at in within else None for at in range(len(iris))]
    return tuple(
        _node(one, iri, whole, scene, cast) for one, iri, whole in zip(attributed, iris, containing, strict=True)
    )


def _node(one: Attributed, iri: Iri, whole: Iri | None, scene: Scene, cast: Cast) -> Node:
    figure = one.figure
    says: list[Says] = [
        ("rdfs:label", english(_label(one))),
        ("bg:inArticle", scene.article),
        ("bg:accordingTo", one.voice),
        ("bg:inEvent", scene.battle),
        ("bg:strengthOf", scene.side(figure.side)),
    ]
    if figure.object:
        says.append(("bg:strengthType", cast.kinds.of(figure)))
    says += [*counts(figure), *limits(one)]
    if whole:
        says.append(("bg:includedIn", whole))
    says += standing(one, scene)
    return Node(iri.value, "bg:StrengthClaim", tuple(says), figure_quotes(figure, scene))


def _label(one: Attributed) -> str:
    figure, words = one.figure, figure_words(one.figure)
    return limited(f"{side_name(figure.side)}: strength {words}", figure) + per(one.voice_label)


def _name(one: Attributed, cast: Cast) -> tuple[str, ...]:
    figure = one.figure
    what = cast.kinds.of(figure).value.rpartition("/")[2] if figure.object else ""
    return (
        f"{side_slug(figure.side)} strength {what}{per(one.voice_label)}",
        *limits_of(figure),
        figure_words(figure),
        str(figure.words.span.start),
        f"{figure.count.least} {figure.count.most}",
    )
