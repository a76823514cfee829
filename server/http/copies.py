"""Whether an answer is for a copy of the site that has no server (see `server.static_site`).

The copy is made by asking the app itself, so the same app gives both answers. What differs is
said in pages: what needs a server is not offered, and the foot of each page tells that it is a copy.
"""

from __future__ import annotations

from typing import Final

from flask import has_request_context, request

FOR_COPY: Final = "battlegraph.for_copy"
"""Key in the WSGI environment of a request whose answer is for a copy; no client can set it."""


def is_for_copy() -> bool:
    """Tell whether the answer to the present request is for a copy without a server."""
    return has_request_context() and FOR_COPY in request.environ
