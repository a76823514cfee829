"""What is wrong while a server answers, on its way from the process that noticed to /health."""

from __future__ import annotations

from typing import Final

STATE: Final = "battlegraph.state"
"""Under this name an environment says in one line what is wrong with the data that is served; None: nothing."""
