"""A step of writing a release: what it sees and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from server.releases.release import Release
from server.site import Site

Content: TypeAlias = bytes | Iterator[bytes]
"""What is in a file: whole, or piece by piece where it would not fit into memory."""

Part: TypeAlias = Callable[[Site, Release], Iterator[tuple[str, Content]]]
"""From what there is so far, further files, each with its name and content."""
