"""The one style sheet and the one script, each put together from small files of one noun.

A page asks for these two and nothing else. The files are found below `static/style/` and
`static/script/`; `base` comes first, the others by name. A script file keeps its names to
itself with a block or a function, because all of them share one module.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, request

from server.http.formats import content_type
from server.site import current_site

blueprint = Blueprint("assets", __name__)

_STATIC: Final = Path(__file__).parent.parent / "static"
_A_DAY: Final = "public, max-age=86400"
_FOR_GOOD: Final = "public, max-age=31536000, immutable"


@blueprint.get("/static/style.css")
def send_style() -> Response:
    """Send the style sheet."""
    return _send("style", "css", "text/css")


@blueprint.get("/static/script.js")
def send_script() -> Response:
    """Send the script."""
    return _send("script", "js", "text/javascript")


@cache
def joined(folder: str, suffix: str) -> str:
    """Return the files of a folder below `static/` as one text, `base` first."""
    files = sorted((_STATIC / folder).glob(f"*.{suffix}"), key=lambda file: (file.stem != "base", file.stem))
    return "\n".join(file.read_text("utf-8") for file in files)


def _send(folder: str, suffix: str, media_type: str) -> Response:
    edition = current_site().edition[:12]
    body = joined(folder, suffix).encode()
    response = Response(body, content_type=content_type(media_type))
    response.set_etag(f"{edition}-{suffix}")
    # The address that pages use names the edition, so what it gives never changes.
    response.headers["Cache-Control"] = _FOR_GOOD if request.args.get("v") == edition else _A_DAY
    response.make_conditional(request, accept_ranges=True, complete_length=len(body))
    return response
