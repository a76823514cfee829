"""The digest that the project's own dataset must have, kept under version control.

A change of it is a change of what is published: it is made by an explicit command and
told in the changelog, never by a build or a test on the way.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from graph.issues import Fault, shown
from graph.paths import ROOT
from graph.releases import QUADS_FILE

GOLDEN: Final = ROOT / "tests" / "golden.sha256"


class DigestDiffers(Fault):
    """The build gives other bytes than the golden digest says."""


def check_golden(digest: str, file: Path = GOLDEN) -> None:
    """Raise `DigestDiffers` unless the file names this digest of a build."""
    try:
        found = re.match(r"([0-9a-f]{64}) ", file.read_text("utf-8"))
    except OSError as error:
        found = None
        seen = f"{shown(file)}: {error.strerror}"
    else:
        seen = f"{shown(file)}: it says {found[1]}" if found else f"{shown(file)}: it holds no SHA-256"
    if found is None or found[1] != digest:
        raise DigestDiffers(
            f"{seen}, and the build gives {digest}.\n"
            "    If the change of the data is meant, run `battlegraph build --check --update`, which says what to "
            "tell in CHANGELOG.md; if it is not, undo what changed it."
        )


def write_golden(digest: str, file: Path = GOLDEN) -> None:
    """Make this the golden digest, in the form that `sha256sum -c` reads."""
    try:
        file.write_text(f"{digest}  {QUADS_FILE}\n", "utf-8")
    except OSError as error:
        raise Fault(
            f"{shown(file)}: {error.strerror}; the golden digest is kept in a checkout of the project"
        ) from error
