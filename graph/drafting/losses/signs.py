"""The signs by which a text that lost its columns still tells where the second one begins.

Each one returns the first row of the second column and the sign as a sentence, or None where it
finds no place, or more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from graph.drafting.columns import Roster
from graph.drafting.losses.headings import Kind
from graph.drafting.losses.lexicon import CLAIM_NOUNS, WHOLE_CELL, words_of
from graph.drafting.losses.repetition import again, details
from graph.drafting.losses.rows import Row
from graph.drafting.polities import roots

Sign = Callable[[Sequence[Row], Roster], "tuple[int, str] | None"]
_NO_PARTY: Final = words_of(
    """
    contemporar estimat foreign independ middl modern offici offic other official sourc unofficial various
    western
    """
)


def _repeated_heading(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find the heading that names again what an earlier one of its kind named, outermost kind first."""
    headed = [(at, row) for at, row in enumerate(rows) if row.heading]
    kinds_ = list(dict.fromkeys(row.heading.kind for _, row in headed if row.heading))
    for kind in kinds_:
        if kind in {Kind.EFFECT, Kind.TOTAL}:
            continue
        seen: set[str] = set()
        for at, row in headed:
            if row.heading is None or row.heading.kind is not kind:
                continue
            named = _parties(row.heading.name) if kind is Kind.CLAIMANT else frozenset({row.heading.name.casefold()})
            if named & seen:
                what = "claimant" if kind is Kind.CLAIMANT else "heading"
                return _with_headings(
                    rows, at, kind
                ), f"The {what} “{row.heading.name}” comes once more, for the second column."
            seen |= named
    return None


def _two_totals(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find the first of two totals, of which each ends or begins a column."""
    totals = [at for at, row in enumerate(rows) if row.heading and row.heading.kind is Kind.TOTAL and row.strip]
    if len(totals) != 2:  # noqa: PLR2004 - one for each column
        return None
    if totals[0] == 0:
        return totals[1], "Each column begins with its total."
    if totals[1] == len(rows) - 1:
        return totals[0] + 1, "Each column ends with its total."
    return None


def _parties(name: str) -> frozenset[str]:
    """Return what tells the parties of a claimant's name from others: of "Armenian sources", Armenia."""
    words = [word for word in name.split() if word.lower() not in CLAIM_NOUNS]
    found = roots(" ".join(words)) or frozenset(word.lower() for word in words)
    return frozenset(one for one in found if one not in _NO_PARTY and not one.startswith("unoffic"))


def _with_headings(rows: Sequence[Row], at: int, kind: Kind) -> int:
    """Go back over headings of other kinds that stand directly above one."""
    while at > 1 and (above := rows[at - 1]).strip is None and above.heading and above.heading.kind is not kind:
        at -= 1
    return at


def _two_cells(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    for at, row in enumerate(rows):
        if row.cell_starts:
            return at, "One line holds the end of the first column and the beginning of the second."
    return None


def _belligerent_heading(rows: Sequence[Row], roster: Roster) -> tuple[int, str] | None:
    """Find the first heading that names a belligerent of the second side, or the second of those named."""
    for at, row in enumerate(rows):
        if row.heading is None or row.heading.kind is not Kind.FORCE or not at:
            continue
        if roster.side_of(row.heading.name).side == 2:  # noqa: PLR2004 - a box has two columns
            return at, f"“{row.heading.name}” is a belligerent of the second column."
    named = [
        at for at, row in enumerate(rows) if row.heading and row.heading.kind is Kind.FORCE and _is_member(row, roster)
    ]
    if named and named[0] and any(row.figures.losses for row in rows[: named[0]]):
        at = named[0]
        name = rows[at].heading
        return at, f"The first column is not divided; “{name.name if name else ''}” is a part of the second."
    return None


def _is_member(row: Row, roster: Roster) -> bool:
    theirs = roots(row.heading.name) if row.heading else frozenset()
    return any(roots(name) & theirs for name, _ in roster.members)


def _whole_cell(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find the line that says all that a cell has to say: "Unknown", "Heavy"."""
    places = set()
    for at, row in enumerate(rows):
        words = [word.strip(".,;()").lower() for word in row.text.split()]
        if not words or words[0] not in WHOLE_CELL or any(char.isdigit() for char in row.text) or row.heading:
            continue
        if at == 0 and len(rows) > 1:
            places.add(1)
        elif at and not rows[at - 1].heading:
            places.add(at)
    if len(places) == 1:
        return places.pop(), "One line says all that a column has to say."
    return None


def _turns_back(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find the one row that a list begins with, and that stands behind others here: the killed, or a bare number."""
    places = []
    others, is_detail = False, details(rows)
    for at, row in enumerate(rows):
        effects = {part for loss in row.figures.losses if loss.included_in is None for part in loss.effect.split("_")}
        begins = "killed" in effects or (effects == {"casualties"} and "total" not in row.text.lower())
        if begins and others and not row.heading and not is_detail[at]:
            places.append(at)
            others = False
        others = others or bool(effects - {"killed", "casualties", "or"})
    if len(places) == 1:
        return places[0], "A list begins with the killed or with a bare number, so that one begins here."
    return None


def _two_rows(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find two lines of which the second does not go on where the first ends."""
    if len(rows) != 2 or any(row.heading or not row.figures.losses for row in rows):  # noqa: PLR2004 - one for each column
        return None
    first, second = (row.figures.losses[0].effect for row in rows)
    if first == "killed" and second in {"wounded", "captured", "missing", "lost"}:
        return None
    return 1, "There are two lines, one for each column."


def _list_form(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find the one place where lines without bullets are followed by a list, or the other way round."""
    places = [
        at
        for at in range(1, len(rows))
        if bool(rows[at].depth) != bool(rows[at - 1].depth) and rows[at - 1].heading is None
    ]
    if len(places) == 1:
        return places[0], "One column is printed as a list and the other is not."
    return None


def _blank_line(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    places = [
        at
        for at in range(1, len(rows))
        if rows[at].blank_before and not (rows[at - 1].heading and rows[at - 1].strip is None)
    ]
    if len(places) == 1:
        return places[0], "A blank line stands between the columns."
    return None


SIGNS: Final[tuple[Sign, ...]] = (
    _repeated_heading,
    _two_cells,
    _two_totals,
    _belligerent_heading,
    _whole_cell,
    again,
    _turns_back,
    _list_form,
    _blank_line,
    _two_rows,
)
"""In the order in which they are tried."""
