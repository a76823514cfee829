"""What is read of a line so far: its tokens, its figures, and which words of it were read."""

from __future__ import annotations

from typing import Final

from graph.drafting.figures.chunks import Chunk, Part
from graph.drafting.figures.drafts import Draft, Level, Stretch
from graph.drafting.figures.tokens import Tokens

_LOOK_AHEAD: Final = 40
"""Chunks of a clause that are looked through for its verb."""


class Sheet:
    """The figures of one line as they are found, and which of its tokens they were read from."""

    def __init__(self, tokens: Tokens, chunks: tuple[Chunk, ...]) -> None:
        """Begin with nothing read."""
        self.tokens = tokens
        self.chunks = chunks
        self.drafts: list[Draft] = []
        self.read: set[int] = set()
        self.ignored: dict[int, str] = {}
        self.continues = False
        """Whether the figures are parts of a figure before the line."""
        self.levels = [Level()]

    def text(self, stretch: Stretch) -> str:
        """Return the words of a stretch, with single spaces where the line has any."""
        parts: list[str] = []
        for at in range(*stretch):
            if at > stretch[0] and self.tokens[at].start > self.tokens[at - 1].end:
                parts.append(" ")
            parts.append(self.tokens[at].text)
        return "".join(parts)

    def place(self, stretch: Stretch) -> tuple[int, int]:
        """Return where a stretch stands in the line."""
        return self.tokens[stretch[0]].start, self.tokens[stretch[1] - 1].end

    def forget(self, draft: Draft) -> None:
        """Count the words of a figure as not read."""
        for stretch in ((draft.start, draft.end), *draft.scopes, *draft.hedges):
            self.read.difference_update(range(*stretch))

    def mark(self, stretch: Stretch) -> None:
        """Count the words of a stretch as read."""
        self.read.update(range(*stretch))

    def next(self, at: int) -> Part | None:
        """Return what follows a chunk."""
        return self.chunks[at + 1].part if at + 1 < len(self.chunks) else None

    def add(self, draft: Draft, level: Level) -> None:
        """Take a figure as the last one of its level."""
        self.drafts.append(draft)
        level.last, level.is_parted, level.joint = draft, False, None

    def is_headed(self, at: int) -> bool:
        """Tell whether the effect before a count is its own, "killed 4, wounded 10": the clause ends without a verb."""
        last = Part.COUNT
        for chunk in self.chunks[at : at + _LOOK_AHEAD]:
            if chunk.part in (Part.STOP, Part.CLOSE, Part.COLON):
                break
            if chunk.part in (Part.COUNT, Part.EFFECT):
                last = chunk.part
        return last is Part.COUNT

    def give(self, draft: Draft, chunk: Chunk) -> None:
        """Give a figure its effect."""
        draft.effect, draft.effect_at = chunk.effect, (chunk.start, chunk.end)
        self.mark((chunk.start, chunk.end))
