"""Something wrong with a release, told so that whoever keeps it knows what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

AGAIN: Final = "fetch it again, or take it from another copy"
NOT_OURS: Final = "do not rely on this copy before you know who changed it"
_LONGEST: Final = 600


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one file."""

    file: str
    """Its name in the release."""
    seen: str
    expected: str
    remedy: str = AGAIN

    def __str__(self) -> str:
        """Return one line, whatever the names and contents of a hostile release are."""
        return one_line(f"{self.file}: {self.seen}; expected {self.expected}; {self.remedy}")


def one_line(text: str) -> str:
    """Return the text without anything that would move or end a terminal's line."""
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in short)
