"""Where the battle was fought: the place that the box names, and the coordinates that it prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from graph.drafting.accounting import single_spaced
from graph.drafting.authoring.claims import own_claim, triple
from graph.drafting.authoring.nodes import Iri, Node, Text, english
from graph.drafting.authoring.scene import Scene
from graph.drafting.authoring.slugs import told_apart
from graph.drafting.authoring.things import Things
from graph.drafting.document import Words
from graph.drafting.reading import Named, Position, Stated
from graph.namespaces import PREFIXES

_KEY: Final = "place"
_SAME_PLACE: Final = frozenset(
    f"{place}{time}".strip()
    for place in ("", "at ", "in ", "on ", "the ")
    for time in ("", "modern", "modern-day", "modern day", "present-day", "present day", "now", "today", "today's")
)
"""Words before a name that do not make it another place."""


def place_nodes(stated: Iterable[Stated], scene: Scene, things: Things) -> Iterator[Node]:
    """Yield a claim for each line of the field that says where the battle was fought."""
    lines = [line for line in stated if line.key == _KEY]
    names = told_apart([("place", line.words.text, str(line.words.span.start)) for line in lines])
    for line, name in zip(lines, names, strict=True):
        place = _place(line, scene, things)
        says = own_claim(
            scene,
            f"Place of the battle: {single_spaced(line.words.text)}",
            *triple(scene.battle, "sem:hasPlace", place),
            marks=line.marks,
            rule=line.rule,
        )
        yield Node(scene.own("claim", name).value, "bg:EventClaim", says, scene.quoted(line.words, line.marks))


def point_node(position: Position, scene: Scene) -> Node:
    """Return the point that the article prints for its battle."""
    wkt = f"POINT({_plain(position.longitude)} {_plain(position.latitude)})"
    return Node(
        point(scene).value,
        "sf:Point",
        (
            ("rdfs:label", english(f"Coordinates of the {scene.title}")),
            ("geo:asWKT", Text(wkt, datatype=PREFIXES["geo"] + "wktLiteral")),
            ("bg:readingRule", Text(position.rule)),
        ),
        (position.words.span,),
    )


def point(scene: Scene) -> Iri:
    """Return the name of the battle's point."""
    return scene.own("geometry", "battle")


def _place(line: Stated, scene: Scene, things: Things) -> Iri:
    """Return the place that a line begins with: the narrowest, since the rest says where that lies.

    Of a place near another one the text says just that.
    """
    first = next(iter(line.named), None)
    if first is None:
        return things.of("Place", Named(line.words.text, line.words), rules=[line.rule])
    place = things.of("Place", first, rules=[line.rule])
    relation = (first.note or "").casefold()
    if not relation or relation in _SAME_PLACE:
        return place
    words = Words(line.words.line, line.words.start, first.words.end)
    # A link's brackets stand between the words that say how it lies and the name.
    is_printed = words.text in scene.document.source[words.span.start : words.span.end]
    position = words.text if is_printed else words.text[: first.words.start - words.start].strip()
    says = (("bg:relativeTo", place), ("bg:position", english(position)))
    return things.of("Place", Named(words.text, words), rules=[line.rule], says=says)


def _plain(degrees: str) -> str:
    """Return decimal degrees without a plus sign, and without a point that nothing follows."""
    return degrees.removeprefix("+").removesuffix(".")
