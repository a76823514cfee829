"""Names in brackets that stand where other lines of the list name their claimants: "(Red Cross)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graph.drafting.actors.columns import Roster
from graph.drafting.actors.polities import roots
from graph.drafting.document import Document
from graph.drafting.figures import read_line
from graph.drafting.lists.claimants import Claim, Reach
from graph.drafting.lists.lexicon import EFFECTS
from graph.drafting.losses.rows import LONGEST, Row, taken

RULES: Final = {
    "claimant-beside-others": "A name alone in brackets at the end of a line, where another line of the list has its "
    "claimant in brackets, names who gives the figures, unless the article's box has it as a belligerent, unit or "
    "place.",
}
_IN_BRACKETS: Final = "claimant-in-brackets"
_BRACKETS: Final = re.compile(r"\(([^()\d]{2,60})\)\s*$")
_WORD: Final = re.compile(r"[^\W_]+")
_JOINING: Final = frozenset({"of", "the", "and", "for", "de", "al", "&"})
_LONGEST_TAIL: Final = 64
_OF_THE_BATTLE: Final = ("combatant", "place", "units", "strength", "conflict")


class Siblings:
    """What an article's box has as belligerents, units and places, none of which is a claimant by its place alone."""

    def __init__(self, document: Document, members: Roster) -> None:
        """Gather the names."""
        self._members = frozenset(root for name, _ in members.members for root in roots(name))
        lines = (line.text for field in document.of(*_OF_THE_BATTLE) for line in field.lines)
        self._words = frozenset(word for text in (document.title, *lines) for word in _words(text))

    def named(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Return the rows with the claimants that only the other lines tell to be claimants."""
        if not any(claim.rule == _IN_BRACKETS for row in rows for claim in row.claims):
            return tuple(rows)
        return tuple(self._named(row) for row in rows)

    def _named(self, row: Row) -> Row:
        if row.strip is None or row.claims or len(row.text) > LONGEST or not row.figures.losses:
            return row
        found = _BRACKETS.search(row.text, max(0, len(row.text.rstrip()) - _LONGEST_TAIL))
        if found is None or not self._is_name(found[1]):
            return row
        name, at = " ".join(found[1].split()), found.start(1)
        claim = Claim(found.start(), found.end(), name, at, found.end(1), Reach.BEFORE, "claimant-beside-others")
        return replace(row, claims=(claim,), figures=read_line(row.strip.line, taken((claim,))))

    def _is_name(self, said: str) -> bool:
        words = said.split()
        if not all(word[:1].isupper() or word in _JOINING for word in words) or not said[:1].isupper():
            return False
        if any(word.lower() in EFFECTS for word in words) or roots(said) & self._members:
            return False
        return not self._words.issuperset(_words(said))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
