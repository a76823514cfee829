"""The signs by which a text that lost its columns still tells where the second one begins.

Each one returns the first row of the second column and the sign as a sentence, or None where it
finds no place, or more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from graph.drafting.actors.columns import Roster
from graph.drafting.actors.polities import roots
from graph.drafting.lists.headings import Kind
from graph.drafting.lists.lexicon import CLAIM_NOUNS, WHOLE_CELL, words_of
from graph.drafting.losses.cells import kinds
from graph.drafting.losses.repetition import again, details
from graph.drafting.losses.rows import Row
from graph.drafting.reading import Loss

Sign = Callable[[Sequence[Row], Roster], "tuple[int, str] | None"]
_ANY_LIST: Final = words_of("killed wounded casualties lost")
_OF_PEOPLE: Final = words_of("killed wounded captured missing casualties")
_NO_PARTY: Final = words_of(
    """
    contemporar estimat foreign independ middl modern offici offic other official sourc unofficial various
    western
    """
)


def _repeated_heading(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find the heading that names again what an earlier one of its kind named, outermost kind first."""
    headed = [(at, row) for at, row in enumerate(rows) if row.heading]
    ranks = list(dict.fromkeys(row.heading.kind for _, row in headed if row.heading))
    for kind in ranks:
        if kind in {Kind.EFFECT, Kind.TOTAL}:
            continue
        seen: set[str] = set()
        for at, row in headed:
            if row.heading is None or row.heading.kind is not kind:
                continue
            named = _parties(row.heading.name) if kind is Kind.CLAIMANT else frozenset({row.heading.name.casefold()})
            if named & seen:
                what = "claimant" if kind is Kind.CLAIMANT else "heading"
                start = _with_headings(rows, _with_like_lists(rows, at, kind), kind)
                return start, f"The {what} “{row.heading.name}” comes once more, for the second column."
            seen |= named
    return None


def _two_totals(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find the first of two totals, of which each ends or begins a column."""
    totals = [(at, end) for at in range(len(rows)) if (end := _total_end(rows, at)) is not None]
    if len(totals) != 2:  # noqa: PLR2004 - one for each column
        return None
    (first, first_end), (second, second_end) = totals
    if first == 0:
        return second, "Each column begins with its total."
    if first_end == second:
        # Nothing but the lines tells where the first total ends: it has as many as the second one.
        first_end = first + second_end - second
    if second_end == len(rows) and first_end < second:
        return first_end, "Each column ends with its total."
    return None


def _total_end(rows: Sequence[Row], at: int) -> int | None:
    """Return where a total ends that a row heads: behind the row, or behind those under a heading of its own."""
    heading = rows[at].heading
    if heading is None or heading.kind is not Kind.TOTAL:
        return None
    end = at + 1
    if rows[at].strip is None:
        while end < len(rows) and rows[end].heading is None:
            end += 1
    return end


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


def _with_like_lists(rows: Sequence[Row], at: int, kind: Kind) -> int:
    """Go back over claimants' lists directly above that tell what only the lists from `at` on tell.

    "Per A: killed, tanks / Per B: killed, captured / Per A: killed, captured": B and the second A go together.
    """
    heads = [place for place in range(at) if (one := rows[place].heading) and one.kind is kind]
    if kind is not Kind.CLAIMANT or len(heads) < 2:  # noqa: PLR2004 - one that stays, one that may go
        return at
    before, behind, start = _special(rows[: heads[1]]), _special(rows[at:]), at
    for place in reversed(heads[1:]):
        here = _special(rows[place:start])
        if not here & behind or here & before:
            break
        start = place
    return start


def _special(rows: Sequence[Row]) -> frozenset[str]:
    """Return the kinds of losses beyond those that any list has."""
    return frozenset(kind for row in rows for loss in row.figures.losses for kind in kinds(loss)) - _ANY_LIST


def _claimants_begin(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find the first claimant's heading behind figures of which none has a claimant."""
    first = next((at for at, row in enumerate(rows) if row.heading and row.heading.kind is Kind.CLAIMANT), 0)
    if not first or rows[first].depth or not any(row.figures.losses for row in rows[:first]):
        return None
    if any(row.claims or row.heading for row in rows[:first]):
        return None
    heading = rows[first].heading
    name = heading.name if heading else ""
    return first, f"The first column names no claimant; the second begins with “{name}”."


def _parallel_lines(rows: Sequence[Row], roster: Roster) -> tuple[int, str] | None:
    """Find where lines alike, one for each of several allies, are followed by a list of another form."""
    shapes = [tuple(loss.effect for loss in row.figures.losses if loss.included_in is None) for row in rows]
    run = next((at for at in range(len(rows)) if shapes[at] != shapes[0] or rows[at].heading), len(rows))
    if not 1 < run < len(rows) or len(shapes[0]) < 2 or len(roster.members) <= run:  # noqa: PLR2004 - several
        return None
    if not shapes[run] or shapes[run][0] != shapes[0][0]:
        return None
    return run, "The first lines are alike, one for each ally; the list of the second column has another form."


def _groups_again(rows: Sequence[Row], _: Roster) -> tuple[int, str] | None:
    """Find where things are listed again behind people, of whom the list tells both times."""
    groups: list[tuple[int, bool]] = []
    for at, row in enumerate(rows):
        losses = [loss for loss in row.figures.losses if loss.included_in is None]
        if row.heading or len({_is_of_things(loss) for loss in losses}) > 1:
            return None
        if losses and (not groups or groups[-1][1] != _is_of_things(losses[0])):
            groups.append((at, _is_of_things(losses[0])))
    if [things for _, things in groups] != [True, False, True, False]:
        return None
    return groups[2][0], "A list goes from things to people, so that one begins where things come again."


def _is_of_things(loss: Loss) -> bool:
    return not _OF_PEOPLE & frozenset(loss.effect.split("_")) or loss.link is not None


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
        if any(loss.effect == "lost" and loss.object for loss in row.figures.losses):
            continue  # "unknown loss of materiel" is one item of a list
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
    _two_totals,
    _repeated_heading,
    _two_cells,
    _belligerent_heading,
    _whole_cell,
    _claimants_begin,
    _parallel_lines,
    _groups_again,
    again,
    _turns_back,
    _list_form,
    _blank_line,
    _two_rows,
)
"""In the order in which they are tried."""
