"""A draft beside the curated form of the same text: what is missing, what is extra, what differs."""

from graph.drafting.comparison.folders import UncomparableDrafts, compare_folders
from graph.drafting.comparison.matching import Comparison, Pair, compare
from graph.drafting.comparison.statements import Statement

__all__ = ["Comparison", "Pair", "Statement", "UncomparableDrafts", "compare", "compare_folders"]
