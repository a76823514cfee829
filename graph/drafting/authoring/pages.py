"""A reading as the files of an authored article: one for each noun, each quote resolved against the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import Final, TypeVar

from graph.anchors import Span
from graph.drafting.authoring import dates, losses
from graph.drafting.authoring.actors import Actors
from graph.drafting.authoring.events import battle_node
from graph.drafting.authoring.figures import Cast
from graph.drafting.authoring.gaps import field_gaps, list_gaps, reference_gaps
from graph.drafting.authoring.kinds import Kinds
from graph.drafting.authoring.nodes import Node, Page, written
from graph.drafting.authoring.outcomes import outcome_nodes
from graph.drafting.authoring.passages import omissions, seen_beside, troubles, unread_fields, unread_prose
from graph.drafting.authoring.places import place_nodes, point_node
from graph.drafting.authoring.quoting import Quotations
from graph.drafting.authoring.references import footnotes, reference_nodes, with_lost_entries
from graph.drafting.authoring.scene import Scene, rules_at
from graph.drafting.authoring.source import article_node
from graph.drafting.authoring.strengths import strength_nodes
from graph.drafting.authoring.things import Things
from graph.drafting.authoring.voices import Voices
from graph.drafting.reading import Dating, Disposal, Figure, Loss, Portion, Reading
from graph.drafting.registry import Registry

_COMMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "source.ttl": "The article, and where this copy of it comes from.",
        "events.ttl": "The battle, what it is part of, and its phases.",
        "actors.ttl": "Who fought: the sides by their columns, and whom the box names.",
        "places.ttl": "The places that the box names.",
        "narrative.ttl": "What the infobox says, other than of strengths and losses: one claim a line.",
        "strengths.ttl": "Strengths: whose they are is bg:strengthOf, who says so bg:accordingTo.",
        "losses.ttl": "Losses: who suffered them is bg:lossOf, who says so bg:accordingTo.",
        "types.ttl": "Kinds of persons and things that the shared vocabulary does not have.",
        "viewpoints.ttl": "Voices of this article, and where it names the shared ones.",
        "references.ttl": "The entries of the reference list, field by field, and the notes.",
        "gaps.ttl": "Fields the page shows and whose values its text has lost. Lost is not zero.",
        "omissions.ttl": "Stretches from which nothing is stated, and why.",
        "unread.ttl": "Stretches that wait for a person to read them.",
    }
)
_F = TypeVar("_F", bound=Figure)
_BELLIGERENTS: Final = "combatant"
_LOSSES: Final = "casualties"
_NO_EFFECT: Final = "The ontology has no term for this effect."
_OTHER_DATES: Final = "Figures beside these dates could not be read and may be dates, too."
_NO_DAY: Final = "The words give no day, month or year."


def pages(reading: Reading, slug: str, registry: Registry, page: str | None = None) -> dict[str, str]:
    """Return the files of an article by name; those that would be empty are left out."""
    reading = replace(reading, document=with_lost_entries(reading.document))
    nodes = _nodes(reading, slug, registry, page)
    apart = {name: tuple({node.iri: node for node in reversed(found)}.values())[::-1] for name, found in nodes.items()}
    quotations = Quotations(
        reading.document.source, (span for found in apart.values() for node in found for span in node.quotes)
    )
    return {
        name: written(Page(name, _COMMENTS[name], found), slug, quotations) for name, found in apart.items() if found
    }


def _nodes(reading: Reading, slug: str, registry: Registry, page: str | None) -> dict[str, list[Node]]:
    document = reading.document
    scene = Scene(slug, document.title, reading, registry, footnotes(document, slug), page)
    readings = [one for _, one in reading.fields]
    things, kinds = Things(scene), Kinds(scene)
    voices = Voices(scene, things)
    datings = [dating for one in readings for dating in one.datings]
    dated = [dating for one in readings for dating in dates.told_in_full(one) if dates.is_writable(dating)]
    phases = dates.phases_of(dated, scene)
    cast = Cast(scene, voices, things, kinds, {phase.name.casefold(): phase.iri for phase in phases})
    actors = Actors(readings, scene, things)
    battle = battle_node(scene, readings, actors.of_no_side(), things)
    narrative = [
        *outcome_nodes((line for one in readings for line in one.stated), scene),
        *dates.date_nodes(dated, phases, scene),
        *place_nodes((line for one in readings for line in one.stated), scene, things),
        *actors.fate_nodes(),
    ]
    suffered, not_writable = _writable([list(one.losses) for one in readings], scene)
    had = _numbered([list(one.strengths) for one in readings])
    lost = [
        losses.LostList(heading, claimant, side, rules_at(one, heading))
        for field, one in reading.fields
        if field.key == _LOSSES
        for heading, claimant, side in one.empty_headings
    ]
    loss_nodes = losses.loss_nodes(*suffered, scene, cast)
    lost_nodes = losses.lost_list_nodes(lost, scene, cast)
    strengths = strength_nodes(*had, scene, cast)
    points = [point_node(position, scene) for one in readings for position in one.positions[:1]][:1]
    found: dict[str, list[Node]] = {
        "source.ttl": [article_node(scene)],
        "events.ttl": [battle, *dates.phase_nodes(phases, scene), *points, *things.nodes("War")],
        "actors.ttl": [
            *actors.side_nodes(_columns(reading)),
            *things.nodes("Polity", "ForceGroup", "Organisation", "Population", "Person"),
        ],
        "places.ttl": [*things.nodes("Place")],
        "narrative.ttl": narrative,
        "strengths.ttl": [*strengths],
        "losses.ttl": [*loss_nodes, *(node for node, _ in lost_nodes)],
        "types.ttl": [*kinds.nodes()],
        "viewpoints.ttl": [*voices.nodes()],
        "references.ttl": [*reference_nodes(scene)],
        "gaps.ttl": [*field_gaps(scene), *list_gaps(lost_nodes, document.fields, scene), *reference_gaps(scene)],
    }
    stated = [span for nodes in found.values() for node in nodes for span in node.quotes]
    told = {id(dating) for dating in dated}
    undated = [
        *_unread([one for one in datings if id(one) not in told and not dates.is_writable(one)], reading, _NO_DAY),
        *_unread([one for one in datings if id(one) not in told and dates.is_writable(one)], reading, _OTHER_DATES),
    ]
    not_stated = [*_unread(not_writable, reading, _NO_EFFECT), *undated]
    # Words of what cannot be stated are unread as a whole.
    stated += [portion.words.span for portion in not_stated]
    beside = [*seen_beside(reading.fields, stated)]
    found["omissions.ttl"] = [*omissions(reading.fields, stated, beside, scene)]
    found["unread.ttl"] = [
        *unread_fields(reading.fields, [*not_stated, *beside], scene),
        *unread_prose(reading.unread, scene),
        *troubles(scene),
    ]
    return found


def _writable(losses_: Sequence[Sequence[Loss]], scene: Scene) -> tuple[tuple[list[Loss], dict[int, int]], list[Loss]]:
    """Return the losses whose effect the ontology has, with which contains which; and the others."""
    figures, within = _numbered(losses_)
    kept = [at for at, loss in enumerate(figures) if losses.is_writable(loss, scene)]
    place = {at: new for new, at in enumerate(kept)}
    inside = {place[part]: place[whole] for part, whole in within.items() if part in place and whole in place}
    return ([figures[at] for at in kept], inside), [loss for at, loss in enumerate(figures) if at not in place]


def _numbered(lists: Sequence[Sequence[_F]]) -> tuple[list[_F], dict[int, int]]:
    """Return the figures of all fields in one list, and which of them contains which."""
    figures: list[_F] = []
    within: dict[int, int] = {}
    for own in lists:
        first = len(figures)
        within |= {first + at: first + one.included_in for at, one in enumerate(own) if one.included_in is not None}
        figures += own
    return figures, within


def _columns(reading: Reading) -> Iterator[tuple[int, Span]]:
    """Yield the columns that fields and figures are of, with words that show it: names of fields before others."""
    boxed = next((field.label for field, _ in reading.fields if field.key == _BELLIGERENTS and field.label), None)
    filled = [(field, field.side) for field, _ in reading.fields if field.side is not None and field.lines]
    yield from ((side, field.label) for field, side in filled if field.label is not None)
    for field, one in reading.fields:
        placed = [(figure.side, figure.words) for figure in chain(one.losses, one.strengths)]
        placed += [(side, heading) for heading, _, side in one.empty_headings]
        yield from ((side, boxed or field.label or words.span) for side, words in placed if side is not None)
    yield from ((side, field.lines[0].span()) for field, side in filled)


def _unread(found: Iterable[Loss | Dating], reading: Reading, why: str) -> Iterator[Portion]:
    """Yield words that were read and cannot be stated, as unread portions of their fields."""
    fields = {id(line): field for field, _ in reading.fields for line in field.lines}
    for one in found:
        yield Portion(fields[id(one.words.line)], one.words, Disposal.UNREAD, why)
