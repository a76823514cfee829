"""Where the data comes from that a server serves, as the process that starts the others sees it.

An origin is looked at about once a second. Where its token is another than before, it is
asked for the dataset that is to be served, which it has verified; every process then opens
just that. An origin never raises for the state of its data: that is told in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph.releases import Manifest


@dataclass(frozen=True, slots=True)
class Found:
    """A dataset that was found whole, as each process needs it in order to open just that one."""

    address: str
    """Where its bytes are: the path of a file or of a store's folder, or `sparql:` and the address of an endpoint."""
    digest: str
    """SHA-256 of its N-Quads (of its TriG file)."""
    name: str
    """The file as its owner knows it, or the endpoint: for messages, and for what lies beside it."""
    manifest: Manifest | None = None
    """What the build said of it that wrote the file."""
    is_stored: bool = False
    """Whether `address` is the folder of a store."""

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Found:
        """Return what `dataclasses.asdict` made a mapping of."""
        manifest = content["manifest"]
        return cls(**{**content, "manifest": Manifest(**manifest) if manifest else None})


@dataclass(frozen=True, slots=True)
class Finding:
    """What an origin has: the best dataset there is, and why it is not the one meant."""

    found: Found | None
    """None: there is nothing to serve; who serves goes on with what it has."""
    fault: str | None = None
    """What is wrong and what to do, in one line; None: nothing, and `found` is the dataset meant."""


class Origin(Protocol):
    """A place where datasets appear, one after the other."""

    def look(self) -> str:
        """Return a token that is another one when the place has changed.

        Cheap, for it is called every second, and bounded in time: the data is not read.
        What cannot be looked at (a file that is missing, an endpoint that is silent) has a token too.
        """

    def find(self) -> Finding:
        """Verify what is there, as long as that takes, and return what is to be served."""
