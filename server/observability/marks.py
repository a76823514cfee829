"""Names under which a WSGI environment carries what is told of a request: set by who knows it, read by the observer."""

from __future__ import annotations

from typing import Final

REQUEST_ID: Final = "battlegraph.request_id"
"""The request's id, before anything looks at it."""
METRICS: Final = "battlegraph.metrics"
"""The process's `Metrics`; absent where none are kept."""
ROUTE: Final = "battlegraph.route"
"""The pattern of the address, as the router has it; absent where no view was asked."""
IS_HIT: Final = "battlegraph.is_hit"
"""There, and true, where the answer came from the cache."""
CACHE_BYTES: Final = "battlegraph.cache_bytes"
"""What the cache holds, after it has kept this answer."""
