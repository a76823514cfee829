"""Whether the machine has the memory that a default graph takes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_TIMES: Final = 2.0
"""Bytes in memory for each byte of N-Quads: 1.8 measured at 0.4 and 3 million quads, triples hardly ever said twice."""
_AVAILABLE: Final = re.compile(r"^MemAvailable:\s+(\d+) kB$", re.MULTILINE)


def fits(quads: Path) -> bool:
    """Tell whether the merge of these N-Quads would take at most half of the memory that is free."""
    found = _AVAILABLE.search(Path("/proc/meminfo").read_text("ascii"))
    return found is not None and 2 * _TIMES * quads.stat().st_size <= int(found[1]) * 1024
