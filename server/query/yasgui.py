"""Where the query editor's files are, if the set-up brought them (.setup/assets.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SCRIPT: Final = "yasgui/yasgui.min.js"
STYLE: Final = "yasgui/yasgui.min.css"
"""Paths below static/."""

_STATIC: Final = Path(__file__).parent.parent / "static"


def has_editor() -> bool:
    """Tell whether this server has the editor."""
    return all((_STATIC / file).is_file() for file in (SCRIPT, STYLE))
