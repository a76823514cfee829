"""Conditions of a request on what it asks for, in the order of RFC 9110 section 13.2.2.

If-Match and If-Unmodified-Since come first: a client that sends them wants nothing but the
representation it knows, and is told with 412 that this is another one.
"""

from __future__ import annotations

from datetime import UTC, datetime

from flask import request
from werkzeug.http import is_resource_modified

from server.http.errors import Problem


def is_known(tag: str, modified: datetime | None = None) -> bool:
    """Tell whether the client has the representation with this strong entity tag, quoted, so that 304 answers it.

    Raises a 412 where the request asks for another one than there is. `modified` has a time zone.
    """
    if request.if_match:
        # A weak tag never matches here (section 13.1.1).
        is_other = not request.if_match.star_tag and not request.if_match.is_strong(tag.strip('"'))
    else:
        since = request.if_unmodified_since
        is_other = since is not None and modified is not None and modified > since.astimezone(UTC)
    if is_other:
        raise Problem(
            412,
            "Precondition failed",
            "What is at this address is not what If-Match or If-Unmodified-Since names. Ask without them for it.",
        )
    # Werkzeug would take If-Match for one more If-None-Match.
    environ = {name: value for name, value in request.environ.items() if name != "HTTP_IF_MATCH"}
    return not is_resource_modified(environ, etag=tag, last_modified=modified)
