"""The losses of an article: who lost what, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.drafting.lists import claimants, headings
from graph.drafting.losses import authors, siblings
from graph.drafting.losses.reader import read_losses

__all__ = ["RULES", "read_losses"]

RULES: Final[Mapping[str, str]] = MappingProxyType(
    {**headings.RULES, **authors.RULES, **claimants.RULES, **siblings.RULES}
)
"""What each rule of this reader takes which words to mean; those of the figures are in `graph.drafting.figures`."""
