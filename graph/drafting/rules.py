"""The rules of reading, by name: what each one takes which words to mean.

A draft names, beside every statement, the rule that read it. Each reader keeps its own
rules; a rule that no reader uses, and a name that two readers share, is refused by the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.drafting import figures, ignored_fields, losses, strengths
from graph.drafting.actors import belligerents, commanders, units
from graph.drafting.authoring import references
from graph.drafting.chronicle import alternative_names, dates, outcomes, places

READERS: Final = (
    alternative_names.RULES,
    belligerents.RULES,
    commanders.RULES,
    dates.RULES,
    figures.RULES,
    ignored_fields.RULES,
    losses.RULES,
    outcomes.RULES,
    places.RULES,
    references.RULES,
    strengths.RULES,
    units.RULES,
)
"""The rules of each reader."""

RULES: Final[Mapping[str, str]] = MappingProxyType({name: says for rules in READERS for name, says in rules.items()})
"""What each rule says, in one sentence."""
