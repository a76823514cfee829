"""`SHA256SUMS`, the file that names every file of a release but itself, each on a line with its checksum."""

from __future__ import annotations

import re
from typing import Final

SUMS_FILE: Final = "SHA256SUMS"

# A part of a name is no `.` or `..` and no hidden file, and no shell or address has to escape it.
_NAME: Final = r"[A-Za-z0-9_][A-Za-z0-9._-]*"
# The format of sha256sum (GNU coreutils), for names that need no escape; ours never do.
_SUM: Final = re.compile(rf"([0-9a-f]{{64}})  ({_NAME}(?:/{_NAME})*)")


def sum_line(sha256: str, name: str) -> str:
    """Return the line that `sha256sum -c` checks a file by; raise ValueError for a name that none of ours has."""
    line = f"{sha256}  {name}"
    if _SUM.fullmatch(line) is None:
        raise ValueError(f"{name!r} is no name for a file of a release")
    return f"{line}\n"


def read_sum(line: str) -> tuple[str, str] | None:
    """Return the SHA-256 and the name that such a line gives, None where it is none; its line end is off."""
    found = _SUM.fullmatch(line)
    return (found[1], found[2]) if found else None
