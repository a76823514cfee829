"""The class diagram: what it draws, and where."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from server.vocabularies.class_boxes import ANYTHING, Box, Relation, make_boxes
from server.vocabularies.class_diagram import LINE, Diagram, Frame, lay_out

PARENTS = {"o:LossClaim": ["o:Claim"], "o:Side": ["sem:Actor"], "o:Unused": ["o:Claim"], "o:Claim": ["prov:Entity"]}
RELATIONS = (
    Relation("o:lossOf", "o:LossClaim", "sem:Actor"),
    Relation("o:accordingTo", "o:Claim", "o:Viewpoint"),
    Relation("o:overlaps", "o:LossClaim", "o:LossClaim"),
    Relation("o:viewpointOf", "o:Viewpoint", "sem:Actor"),
    Relation("o:anchor", ANYTHING, "oa:Part"),
    Relation("o:unusedProperty", "o:Claim", "sem:Actor"),
)
OURS = {"o:Claim", "o:LossClaim", "o:Unused", "o:Viewpoint", "o:Side", "o:Lone"}
USED = (OURS - {"o:Unused"}) | {relation.iri for relation in RELATIONS if relation.iri != "o:unusedProperty"}


@pytest.fixture
def boxes() -> tuple[Box, ...]:
    """Return the boxes of a small ontology."""
    return make_boxes(PARENTS, RELATIONS, USED, OURS)


@pytest.fixture
def diagram(boxes: tuple[Box, ...]) -> Diagram:
    """Return their diagram."""
    return lay_out(boxes, lambda iri: iri.partition(":")[2] or "anything")


def frame_of(diagram: Diagram, iri: str) -> Frame:
    """Return the frame that a class stands in."""
    (found,) = (frame for frame in diagram.frames if any(line.row.iri == iri for line in frame.lines))
    return found


def test_a_box_is_a_class_with_what_is_below_it(boxes: tuple[Box, ...]) -> None:
    """Further in, each followed by its properties."""
    (claim,) = (box for box in boxes if box.root == "o:Claim")
    assert [(row.iri, row.depth) for row in claim.rows] == [
        ("o:Claim", 0),
        ("o:accordingTo", 0),
        ("o:LossClaim", 1),
        ("o:lossOf", 1),
        ("o:overlaps", 1),
    ]


@pytest.mark.parametrize("iri", ["o:Unused", "o:Lone", "prov:Entity", "o:unusedProperty"])
def test_what_says_nothing_is_left_out(iri: str, boxes: tuple[Box, ...]) -> None:
    """Terms that the data does not use, classes that nothing joins, superclasses that no property speaks of."""
    assert iri not in {row.iri for box in boxes for row in box.rows}


def test_a_property_of_anything_has_a_box_too(boxes: tuple[Box, ...]) -> None:
    """Where no domain says what has it."""
    assert [row.iri for row in boxes[-1].rows] == [ANYTHING, "o:anchor"]


def test_arrows_lead_from_left_to_right(diagram: Diagram) -> None:
    """So that a reader follows one direction, and a box never stands in its own way."""
    assert [arrow.relation.iri for arrow in diagram.arrows] == [
        "o:accordingTo",
        "o:lossOf",
        "o:viewpointOf",
        "o:anchor",
    ]
    for arrow in diagram.arrows:
        source = frame_of(diagram, arrow.relation.iri)
        target = frame_of(diagram, arrow.relation.range)
        assert source.x + source.width < target.x


def test_an_arrow_ends_at_its_class(diagram: Diagram) -> None:
    """At the height of the line that names it, from the one that names the property."""
    for arrow in diagram.arrows:
        numbers = [float(number) for number in re.findall(r"-?\d+", arrow.path)]
        heights = {}
        for frame in diagram.frames:
            for line in frame.lines:
                heights[line.row.iri] = line.y
        assert abs(heights[arrow.relation.iri] - numbers[1]) < LINE / 2
        assert abs(heights[arrow.relation.range] - numbers[-1]) < LINE / 2


def test_boxes_do_not_touch(diagram: Diagram) -> None:
    """Neither each other nor the edge."""
    for one in diagram.frames:
        assert 0 <= one.x <= one.x + one.width <= diagram.width
        assert 0 <= one.y <= one.y + one.height <= diagram.height
        for other in diagram.frames:
            if one is not other:
                apart = one.x + one.width < other.x or other.x + other.width < one.x
                assert apart or one.y + one.height < other.y or other.y + other.height < one.y


def test_lines_leave_room_for_a_finger(diagram: Diagram) -> None:
    """24 px a line, as WCAG 2.2 asks of a target."""
    for frame in diagram.frames:
        assert all(below.y - above.y >= 24 for above, below in pairwise(frame.lines))


def test_a_property_within_a_box_names_where_it_leads(diagram: Diagram) -> None:
    """It has no arrow that would say so."""
    texts = {line.row.iri: line.text for frame in diagram.frames for line in frame.lines}
    assert texts["o:overlaps"] == "overlaps → LossClaim"
    assert texts["o:lossOf"] == "lossOf"


def test_the_order_of_the_input_does_not_matter(diagram: Diagram) -> None:
    """The same ontology gives the same picture, byte by byte."""
    again = make_boxes(dict(reversed(PARENTS.items())), reversed(RELATIONS), sorted(USED), sorted(OURS, reverse=True))
    assert lay_out(again, lambda iri: iri.partition(":")[2] or "anything") == diagram


def test_circles_are_drawn_without_end() -> None:
    """Classes below each other, properties in both directions, a class below itself."""
    parents = {"o:A": ["o:B", "o:A"], "o:B": ["o:A"]}
    relations = (Relation("o:p", "o:C", "o:D"), Relation("o:q", "o:D", "o:C"))
    classes = {"o:A", "o:B", "o:C", "o:D"}
    boxes = make_boxes(parents, relations, {*classes, "o:p", "o:q"}, classes)
    assert [box.root for box in boxes] == ["o:C", "o:D"]
    assert [arrow.relation.iri for arrow in lay_out(boxes, str).arrows] == ["o:p"]


def test_nothing_makes_an_empty_diagram() -> None:
    """An ontology without classes has a page all the same."""
    assert lay_out(make_boxes({}, (), (), ()), str) == Diagram(0, 0, (), ())


def test_neighbours_change_places_where_arrows_would_cross() -> None:
    """Two arrows that can run side by side do."""
    relations = (Relation("o:p", "o:A", "o:Z"), Relation("o:q", "o:B", "o:Y"))
    classes = {"o:A", "o:B", "o:Y", "o:Z"}
    diagram = lay_out(make_boxes({}, relations, {*classes, "o:p", "o:q"}, classes), str)
    over = frame_of(diagram, "o:A").y < frame_of(diagram, "o:B").y
    assert over == (frame_of(diagram, "o:Z").y < frame_of(diagram, "o:Y").y)
