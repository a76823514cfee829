"""The parts of a release in the order they are written in; each sees what those before it have written."""

from __future__ import annotations

from functools import partial
from typing import Final

from graph.workforce.force import Workforce
from server.changes.part import write_changes
from server.description.parts import write_crate, write_descriptions
from server.releases.bag import write_bag
from server.releases.contents import write_contents
from server.releases.part import Part

PARTS: Final[tuple[Part, ...]] = (write_contents, write_changes, write_descriptions, write_crate, write_bag)


def parts_by(workforce: Workforce) -> tuple[Part, ...]:
    """Return the parts, of which the workforce writes what can be written side by side."""
    return (
        partial(write_contents, workforce=workforce),
        write_changes,
        partial(write_descriptions, workforce=workforce),
        write_crate,
        write_bag,
    )
