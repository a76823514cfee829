"""The chunks of a line put together to figures: which effect, which things, which limits belong to which count.

One pass from left to right. Figures wait for a verb that stands after a later one ("26 tanks,
4 IFVs destroyed"); a heading lends what the figures after it leave out ("Killed: 169"); a bracket
after a figure, or a list after "including", has its parts.
"""

from __future__ import annotations

from graph.drafting.figures.brackets import close_bracket, closed, open_bracket
from graph.drafting.figures.chunks import Chunk, Part
from graph.drafting.figures.counting import take_count, take_noun
from graph.drafting.figures.drafts import Level
from graph.drafting.figures.limits import qualify, take_bound, take_colon, take_scope
from graph.drafting.figures.settling import settled
from graph.drafting.figures.sheet import Sheet
from graph.drafting.figures.spreading import gather_parts, share_pairs, take_including
from graph.drafting.figures.tokens import Tokens
from graph.drafting.figures.verbs import take_effect


class Clauses(Sheet):
    """The figures of one line, and which of its tokens they were read from."""

    def __init__(self, tokens: Tokens, chunks: tuple[Chunk, ...]) -> None:
        """Read a line."""
        super().__init__(tokens, settled(tokens, chunks))
        self._closed = closed(self.chunks)
        for at, chunk in enumerate(self.chunks):
            self._take(at, chunk)
        share_pairs(self)
        gather_parts(self)

    def _take(self, at: int, chunk: Chunk) -> None:
        level = self.levels[-1]
        match chunk.part:
            case Part.COUNT:
                take_count(self, at, chunk, level)
            case Part.NOUN:
                take_noun(self, chunk, level)
            case Part.EFFECT:
                take_effect(self, at, chunk, level)
            case Part.SCOPE:
                take_scope(self, at, chunk, level)
            case Part.HEDGE | Part.TOTAL:
                qualify(self, at, chunk, level)
            case Part.APART:
                self.ignored.update(dict.fromkeys(range(chunk.start, chunk.end), chunk.reason or ""))
            case Part.OPEN if at in self._closed:
                open_bracket(self, at, chunk, level)
            case Part.CLOSE if at in self._closed:
                close_bracket(self, at)
            case _:
                self._join(chunk, level)

    def _join(self, chunk: Chunk, level: Level) -> None:
        match chunk.part:
            case Part.INCLUDING:
                take_including(self, chunk, level)
            case Part.LATER:
                level.part(Part.COMMA)
                level.later = (chunk.start, chunk.end)
            case Part.BOUND:
                take_bound(self, chunk, level)
            case Part.COLON:
                take_colon(self, level)
            case Part.COMMA | Part.JOINT | Part.STOP | Part.OPEN:
                self._part(chunk, level)
            case _:
                pass

    def _part(self, chunk: Chunk, level: Level) -> None:
        if chunk.part is Part.JOINT:
            self.mark((chunk.start, chunk.end))
        level.part(Part.JOINT if Part.JOINT in (chunk.part, level.joint) else chunk.part)
        if chunk.part is Part.STOP:
            level.pending, level.leading, level.listed = [], [], None
