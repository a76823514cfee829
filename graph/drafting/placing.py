"""A draft put where articles are, whole or not at all, and never over a person's work."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from graph.article import SOURCE_FILE
from graph.drafting.draft import Draft

_UNREVIEWED: Final = "bg:reviewStatus bg:Unreviewed"


class DraftInTheWay(ValueError):
    """Something stands where a draft should go; the message says what to do."""


def place_draft(drafted: Draft, folder: Path, *, force: bool = False) -> None:
    """Put a draft in its place, whole or not at all.

    Raises `DraftInTheWay` where something is there already: a draft gives way to `force`,
    what is not marked as unreviewed never does.
    """
    if folder.exists():
        if not force:
            raise DraftInTheWay(f"{folder} is there already; --force drafts it anew")
        if not _is_draft(folder):
            raise DraftInTheWay(f"{folder} is no unreviewed draft; take it away yourself, if that is meant")
    folder.parent.mkdir(parents=True, exist_ok=True)
    # A name with a dot in front is no article to `battlegraph build`.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        new, old = Path(scratch, "new"), Path(scratch, "old")
        new.mkdir()
        for name, content in drafted.files.items():
            (new / name).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)


def _is_draft(folder: Path) -> bool:
    source = folder / SOURCE_FILE
    return source.is_file() and _UNREVIEWED in source.read_text("utf-8", errors="replace")
