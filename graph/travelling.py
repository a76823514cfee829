"""Dataclasses that work something out once and travel to other processes without it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any


class Travelling:
    """A dataclass without slots, of which only the fields are pickled, never what `cached_property` keeps."""

    def __getstate__(self) -> dict[str, Any]:
        """Return the fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]  # a dataclass
