"""Which headings name a part of a side, and which only limit the figures under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.drafting.actors.polities import polity_end
from graph.drafting.document import Line
from graph.drafting.lists.headings import Heading, Kind
from graph.drafting.lists.lexicon import DEMONYMS, words_of

LIMIT: Final = "heading-limit"
_BODIES: Final = words_of(
    """
    agency air alliance allies allied armada army armies artillery auxiliaries axis battalion battalions brigade
    brigades cavalry coalition command company corps cossacks department division divisions federation fleet flotilla
    force forces garrison group guard guards horde infantry insurgents league legion legions luftwaffe marines militants
    militia militias ministry navy opposition partisans police rebels regiment regiments regulars irregulars republic
    kingdom empire government royalists separatists service squadron squadrons tribe tribes troops unit units volunteers
    crew crews defenders attackers besiegers mercenaries levies contingent contingents wing wehrmacht
    """
)
"""Words for bodies of men; what has one of them names a part of a side."""


def names_force(heading: Heading, line: Line, members: Sequence[str]) -> bool:
    """Tell whether the words of a heading show that it names a part of a side."""
    if heading.kind is not Kind.FORCE:
        return False
    if any(link.start < heading.stop and link.end > heading.start for link in line.links):
        return True
    if any(heading.start - 2 <= at <= heading.start for at, _ in line.flags):
        return True
    name = heading.name.casefold()
    said = [word.strip(".,'()") for word in name.replace("-", " ").split()]
    if not _BODIES.isdisjoint(said) or any(word in DEMONYMS for word in said):
        return True
    return polity_end(heading.name) is not None or any(_shares(said, one) for one in members)


def _shares(said: list[str], member: str) -> bool:
    """Tell whether a heading and the name of a belligerent are each other's short form."""
    heading, name = {*said}, {*member.casefold().replace("-", " ").split()}
    return bool(heading and name) and (heading <= name or name <= heading)


def rule_of(heading: Heading, line: Line, members: Sequence[str]) -> str:
    """Return the rule that reads a heading."""
    is_limit = heading.kind is Kind.FORCE and not names_force(heading, line, members)
    return LIMIT if is_limit else heading.kind.value
