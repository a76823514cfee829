"""Losses: one claim for each figure, under the heading that names its claimant, and for each list that was lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.anchors import Span
from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.beside import until_of, with_decided_sides, with_marks_behind
from graph.drafting.authoring.figures import (
    Attributed,
    Cast,
    counts,
    figure_quotes,
    figure_words,
    limits,
    marks_at,
    standing,
    total_words,
)
from graph.drafting.authoring.nodes import Iri, Node, Says, Text, english, term
from graph.drafting.authoring.scene import Scene, capitalised
from graph.drafting.authoring.slugs import told_apart
from graph.drafting.authoring.wording import limited, limits_of, per, side_name, side_slug
from graph.drafting.document import Mark, Words
from graph.drafting.reading import Loss, Named, Value

_BARE: Final = ("lost", "casualties")
"""Effects of figures whose words do not say what happened to the persons or things."""

_OF_PEOPLE: Final = frozenset(
    ("killed", "wounded", "captured", "missing", "casualties", "displaced", "deserted", "deported", "executed", "sick")
)
"""Effects of persons."""
_ListKey = tuple[Span, str, str]
"""A list: the stretch of its heading, whose losses it gives, and according to whom."""


@dataclass(frozen=True, slots=True)
class LostList:
    """A heading whose list the text has lost."""

    heading: Words
    claimant: Named | None
    side: int | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A loss on its way to a node."""

    loss: Loss
    one: Attributed
    sufferer: Iri
    sufferer_name: str
    """How a label begins; nothing where the figure's own words name the sufferer."""
    under: _ListKey | None


def is_writable(loss: Loss, scene: Scene) -> bool:
    """Tell whether the ontology has a term for the effect of a loss; where it has none, the words stay unread."""
    return scene.registry.effect(loss.effect) is not None


def loss_nodes(losses: Sequence[Loss], within: Mapping[int, int], scene: Scene, cast: Cast) -> tuple[Node, ...]:
    """Return the lists of losses, then a claim for each loss; `within` says which loss another one contains."""
    losses = with_decided_sides(with_marks_behind(losses))
    claims = [_claim(loss, until, scene, cast) for loss, until in zip(losses, until_of(losses), strict=True)]
    lists = {claim.under: claim for claim in reversed(claims) if claim.under}
    keys = sorted(lists)
    names = told_apart([_list_name(lists[key]) for key in keys])
    list_iris = {key: scene.own("loss-list", name) for key, name in zip(keys, names, strict=True)}
    iris = [scene.own("claim", name) for name in told_apart([_name(claim, cast) for claim in claims])]
    containing = [iris[within[at]] if at in within else None for at in range(len(iris))]
    overlapping = _overlapping(claims, within)
    return (
        *(_list_node(list_iris[key], lists[key], scene) for key in keys),
        *(
            _node(
                claim,
                iri,
                cast,
                whole=whole,
                list_=list_iris.get(claim.under) if claim.under else None,
                overlaps=tuple(iris[other] for other in overlapping.get(at, ())),
            )
            for at, (claim, iri, whole) in enumerate(zip(claims, iris, containing, strict=True))
        ),
    )


def lost_list_nodes(lost: Sequence[LostList], scene: Scene, cast: Cast) -> tuple[tuple[Node, Iri], ...]:
    """Return, for each list that was lost, the claim whose value is lost with it, and the claim's name."""
    voices = [cast.voices.of(one.claimant, one.heading, one.rules) for one in lost]
    names = told_apart(
        [
            (
                f"{side_slug(one.side)} losses{per(cast.voices.label(voice))}",
                one.heading.text,
                str(one.heading.span.start),
            )
            for one, voice in zip(lost, voices, strict=True)
        ]
    )
    return tuple(
        (_lost_node(one, voice, scene.own("claim", name), scene, cast), scene.own("claim", name))
        for one, voice, name in zip(lost, voices, names, strict=True)
    )


def _overlapping(claims: Sequence[_Claim], within: Mapping[int, int]) -> dict[int, list[int]]:
    """Return, for each total, the figures of its list up to another total: they may be counted in it.

    Whether a total stands before or after them, the text seldom says; so that nobody adds them,
    those on either side of it are told.
    """
    lists: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        if at not in within and claim.loss.value is Value.KNOWN:
            lists[claim.sufferer.value, claim.one.voice.value, _is_of_people(claim.loss)].append(at)
    found: dict[int, list[int]] = defaultdict(list)
    for several in lists.values():
        for in_order in (several, several[::-1]):
            total: int | None = None
            for at in in_order:
                if total is not None:
                    found[total].append(at)
                if total_words(claims[at].loss) is not None:
                    total = at
    return {total: sorted(set(others)) for total, others in found.items()}


def _is_of_people(loss: Loss) -> bool:
    return bool(_OF_PEOPLE & frozenset(loss.effect.split("_")))


def _claim(loss: Loss, until: int | None, scene: Scene, cast: Cast) -> _Claim:
    one = cast.attributed(loss, until)
    sufferer, name = scene.side(loss.side), side_name(loss.side)
    if loss.side is None and (loss.civilian or loss.population) and loss.object_words is not None and loss.object:
        named = Named(capitalised(loss.object), loss.object_words, loss.link)
        is_named = loss.object_words.text in loss.words.text
        sufferer, name = cast.things.of("Population", named, rules=[loss.rule]), "" if is_named else named.name
    return _Claim(loss, one, sufferer, name, _list_key(loss, sufferer, one.voice))


def _list_key(loss: Loss, sufferer: Iri, voice: Iri) -> _ListKey | None:
    """Return the list that a loss stands in: that of the heading which names its claimant."""
    heading, claimant = loss.heading, loss.claimant
    if heading is None or claimant is None or heading.line is not claimant.words.line:
        return None
    return heading.span, sufferer.value, voice.value


def _node(
    claim: _Claim, iri: Iri, cast: Cast, *, whole: Iri | None, list_: Iri | None, overlaps: tuple[Iri, ...]
) -> Node:
    scene, loss, one = cast.scene, claim.loss, claim.one
    over = _heading_spans(loss.heading, loss.marks, scene) if list_ and loss.heading else ()
    effect = scene.registry.effect(loss.effect)
    if effect is None:
        raise ValueError(f"the ontology has no effect {loss.effect}")
    known = loss.value is Value.KNOWN
    says: list[Says] = [
        ("rdfs:label", english(_label(claim))),
        ("bg:inArticle", scene.article),
        ("bg:accordingTo", one.voice),
        ("bg:inEvent", scene.battle),
        ("bg:lossOf", claim.sufferer),
    ]
    if list_:
        says.append(("bg:listedIn", list_))
    if known or loss.object:
        says.append(("bg:lossType", cast.kinds.of(loss)))
    if known or loss.effect_words:
        bare = loss.effect in _BARE and loss.effect_words is None
        says.append(("bg:effect", term("bg:EffectNotStated") if bare else Iri(effect)))
    says += [*counts(loss), *limits(one)]
    if whole:
        says.append(("bg:includedIn", whole))
    if overlaps:
        says.append(("bg:mayOverlapWith", overlaps))
    above = marks_at(loss.heading) if list_ and loss.heading else ()
    says += standing(one, scene, above, is_listed=list_ is not None)
    return Node(iri.value, "bg:LossClaim", tuple(says), figure_quotes(loss, scene, over))


def _lost_node(one: LostList, voice: Iri, iri: Iri, scene: Scene, cast: Cast) -> Node:
    claimant = cast.voices.label(voice)
    says: tuple[Says, ...] = (
        ("rdfs:label", english(f"{side_name(one.side)}: losses{per(claimant)}, missing from the copy")),
        ("bg:inArticle", scene.article),
        ("bg:accordingTo", voice),
        ("bg:inEvent", scene.battle),
        ("bg:lossOf", scene.side(one.side)),
        ("bg:valueStatus", term("bg:LostInSource")),
        *scene.of_sources(marks_at(one.heading)),
        ("bg:certainty", term("bg:Attributed" if claimant else "bg:Asserted")),
        *((("bg:readingRule", tuple(map(Text, one.rules))),) if one.rules else ()),
    )
    return Node(iri.value, "bg:LossClaim", says, _heading_spans(one.heading, (), scene))


def _list_node(iri: Iri, claim: _Claim, scene: Scene) -> Node:
    heading = claim.loss.heading
    if heading is None:
        raise ValueError("a list has a heading")
    whose = claim.sufferer_name or "No side told"
    says: tuple[Says, ...] = (
        ("rdfs:label", english(f"{whose}: losses{per(claim.one.voice_label)}")),
        ("bg:inArticle", scene.article),
        *((("bg:readingNote", english(claim.loss.side_basis)),) if claim.loss.side_basis else ()),
        ("bg:readingRule", Text(claim.loss.rule)),
    )
    return Node(iri.value, "bg:LossList", says, _heading_spans(heading, claim.loss.marks, scene))


def _heading_spans(heading: Words, marks: Iterable[Mark], scene: Scene) -> tuple[Span, ...]:
    """Return where a heading stands, with those of the marks that are on its line and the ones that touch it."""
    own = {*(mark for mark in marks if mark in heading.line.marks), *marks_at(heading)}
    end = max((heading.end, *(mark.at for mark in own)))
    return scene.quoted(Words(heading.line, heading.start, end), own)


def _label(claim: _Claim) -> str:
    loss = claim.loss
    words = figure_words(loss)
    shown = words.casefold()
    if loss.effect not in _BARE and not _names_effect(loss, shown):
        words += f" {loss.effect.replace('_', ' ')}"
    if loss.civilian and "civilian" not in f"{shown} {claim.sufferer_name.casefold()}":
        words += ", civilian"
    begun = f"{claim.sufferer_name}: {words}" if claim.sufferer_name else capitalised(words)
    return limited(begun, loss) + per(claim.one.voice_label)


def _names_effect(loss: Loss, shown: str) -> bool:
    """Tell whether the words of a label say what happened."""
    if loss.effect_words is not None:
        return single_spaced(loss.effect_words.text).casefold() in shown
    return any(part in shown for part in loss.effect.split("_"))


def _name(claim: _Claim, cast: Cast) -> tuple[str, ...]:
    """Return what names a claim: side, effect, type and claimant; then what tells it from others of that name."""
    loss = claim.loss
    whose = _whose(claim)
    what = loss.effect.replace("_", " ")
    return (
        f"{whose} {what} {cast.kinds.of(loss).value.rpartition('/')[2]}{per(claim.one.voice_label)}",
        *limits_of(loss),
        figure_words(loss),
        str(loss.words.span.start),
        f"{loss.count.least} {loss.count.most}",
    )


def _whose(claim: _Claim) -> str:
    kind, _, name = claim.sufferer.value.rpartition("/")
    return name if "/id/population/" in kind + "/" else side_slug(claim.loss.side)


def _list_name(claim: _Claim) -> tuple[str, ...]:
    whose = _whose(claim)
    heading = claim.loss.heading
    return (
        f"{whose}{per(claim.one.voice_label)}",
        *((heading.text, str(heading.span.start)) if heading else ()),
    )
