"""How the battle ended, in the words of the box: results, states of an unfinished battle, territorial changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.claims import own_claim, triple
from graph.drafting.authoring.nodes import Node, english
from graph.drafting.authoring.scene import Scene, capitalised
from graph.drafting.authoring.slugs import told_apart
from graph.drafting.reading import Stated

_CLAIMED: Final = MappingProxyType(
    {
        "result": ("bg:result", "Result"),
        "status": ("bg:result", "Status"),
        "territory": ("bg:territorialChange", "Territorial change"),
    }
)
"""What a line of a field claims, and how its label begins."""


def outcome_nodes(stated: Iterable[Stated], scene: Scene) -> Iterator[Node]:
    """Yield a claim for each line of the fields that say how the battle ended."""
    lines = [line for line in stated if line.key in _CLAIMED]
    names = told_apart([(line.key, line.words.text, str(line.words.span.start)) for line in lines])
    for line, name in zip(lines, names, strict=True):
        property_, begun = _CLAIMED[line.key]
        words = single_spaced(line.words.text)
        says = own_claim(
            scene,
            f"{begun}: {capitalised(words)}",
            *triple(scene.battle, property_, english(line.words.text.strip())),
            marks=line.marks,
            rule=line.rule,
            doubts=scene.doubts.behind(line.words),
        )
        yield Node(scene.own("claim", name).value, "bg:OutcomeClaim", says, scene.quoted(line.words, line.marks))
