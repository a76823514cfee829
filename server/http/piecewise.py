"""Files that are made as they are sent, so that one of any length holds up nobody and fits into memory."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from flask import Response, request

from server.http.formats import Format
from server.http.headers import Link
from server.http.negotiate import Choice
from server.http.representations import respond
from server.site import Site

# As many at once as there are threads would take as many times the memory, which is not given back.
_MAKING: Final = threading.Lock()


def send_pieces(
    site: Site, format_: Format, pieces: Callable[[], Iterable[str]], links: Sequence[Link], *, is_whole: bool
) -> Response:
    """Answer with a file to keep under the name in its address: made first, with its length, or piece by piece."""

    def make() -> str:
        with _MAKING:
            return "".join(pieces()) if is_whole else ""

    response = respond(site, Choice(format_, format_.media_type), make, negotiated=False, links=links)
    # A 304 has it too: a cache that answers for this server says what the server would say.
    name = request.path.rpartition("/")[2]
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    if response.status_code == 200 and not is_whole:  # noqa: PLR2004
        response.headers.pop("Content-Length", None)
        response.response = (piece.encode() for piece in pieces() if piece)
    return response
