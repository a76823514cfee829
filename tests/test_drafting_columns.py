"""Which column an entry is of, from the signs that a text without columns keeps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.drafting.actors.columns import (
    Sign,
    blank_lines,
    known_sides,
    one_break,
    opposed,
    place,
    starting_again,
    together,
)

SIGNS = st.lists(st.builds(Sign, st.frozensets(st.integers(0, 8), max_size=4), st.just("A sign.")), max_size=5)


def _sides(count: int, *signs: Sign, both: bool = False) -> list[int | None]:
    return [one.side for one in place(count, signs, both=both, otherwise="Both are there." if both else None)]


def test_one_place_left_decides() -> None:
    """Signs narrow the places one after the other, and the basis names those that did."""
    placed = place(4, [Sign(frozenset({1, 2}), "One."), Sign(frozenset({2, 3}), "Two.")], both=False)
    assert [one.side for one in placed] == [1, 1, 2, 2]
    assert {one.basis for one in placed} == {"One. Two."}


def test_several_places_left_decide_the_ends_only() -> None:
    """What stands between the first and the last possible place has no side."""
    assert _sides(4, Sign(frozenset({1, 3}), "One.")) == [1, None, None, 2]


def test_no_sign_no_side() -> None:
    """Nothing decides unless both columns are known to be there."""
    assert _sides(3) == [None, None, None]
    assert _sides(3, both=True) == [1, None, 2]
    assert _sides(2, both=True) == [1, 2]
    assert _sides(1, both=True) == [None]


def test_a_contradiction_decides_nothing_between() -> None:
    """The weaker sign cannot move the stronger one, but what lies between them is in doubt."""
    assert _sides(5, Sign(frozenset({1}), "Strong."), Sign(frozenset({3}), "Weak.")) == [1, None, None, 2, 2]


def test_a_gap_in_the_middle_of_a_line() -> None:
    """One gap is the place; of several none is."""
    assert [sign.places for sign in one_break([3], "A gap.")] == [{3}]
    assert not list(one_break([1, 3], "A gap."))


def test_blank_lines_before_other_entries_than_the_first() -> None:
    """The field begins with one anyway."""
    assert [sign.places for sign in blank_lines([1, 0, 2, 0])] == [{2}]
    assert not list(blank_lines([1, 0]))


def test_entries_that_tell_their_side() -> None:
    """The second column begins after the last of side 1 and at the latest with the first of side 2."""
    assert [sign.places for sign in known_sides([1, None, None, 2, None], "Flags.")] == [{1, 2, 3}]
    assert [sign.places for sign in known_sides([None, 1, None], "Flags.")] == [{2, 3}]
    assert not list(known_sides([2, 1], "Flags."))
    assert not list(known_sides([None], "Flags."))


def test_a_list_that_starts_again() -> None:
    """Men, guns, men, guns: the first thing counted comes once more."""
    assert [sign.places for sign in starting_again(["men", "guns", "men", "guns"])] == [{2}]
    assert not list(starting_again(["men", "men", "men"]))
    assert not list(starting_again([None, "men", None]))


def test_opponents_and_allies() -> None:
    """Opponents have the place between them, allies do not."""
    names = [frozenset({name}) for name in "abc"]
    assert [sign.places for sign in opposed(names, [(names[2], names[0], "c against a")])] == [{1, 2}]
    assert [sign.places for sign in together(names, [(names[1], names[2], "b and c")])] == [{1}]
    assert not list(opposed(names, [(frozenset({"x"}), names[0], "x against a")]))


@given(st.integers(0, 8), SIGNS, st.booleans())
def test_sides_keep_the_order_of_the_columns(count: int, signs: list[Sign], both: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    """Whatever the signs say, no entry of the first column stands behind one of the second, and a side has a basis."""
    placed = place(count, signs, both=both, otherwise="Both are there." if both else None)
    assert len(placed) == count
    known = [one.side for one in placed if one.side]
    assert known == sorted(known)
    assert all((one.side is None) == (one.basis is None) for one in placed)
