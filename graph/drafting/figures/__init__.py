"""The grammar of figures: from one visible line to what it says was lost, or how strong a side was."""

from graph.drafting.figures.line import Inherited, LineFigures, LineStrengths
from graph.drafting.figures.losses import read_line
from graph.drafting.figures.rules import RULES
from graph.drafting.figures.strengths import read_strength_line

__all__ = ["RULES", "Inherited", "LineFigures", "LineStrengths", "read_line", "read_strength_line"]
