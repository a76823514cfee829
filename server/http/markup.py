"""Pages without characters that HTML has no place for, whatever text of the data or of a request is in them.

NUL, other control characters and noncharacters are parse errors, written or escaped (HTML
section 13.2.3.5). A page shows the replacement character for each; the data keeps them.
Embeddings, overrides and isolates of direction (Unicode Annex 9) are left out: one that a
name does not close would turn the words after it round. The style sheet isolates names instead.
"""

from __future__ import annotations

import re
from typing import Final

from flask import Flask, Response

from server.http.formats import HTML

# The bytes of control characters, and those that begin a character beyond U+FFFF.
_RARE: Final = bytes((*range(9), 0x0B, *range(0x0E, 0x20), 0x7F, *range(0xF0, 0xF5)))
# In UTF-8: the C1 controls; U+FDD0 to U+FDEF, U+FFFE and U+FFFF; the directions.
_OTHERS: Final = tuple(
    map(
        re.compile,
        (
            rb"\xc2[\x80-\x9f]",
            rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])",
            rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])",
        ),
    )
)
_DIRECTIONS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)


def register(app: Flask) -> None:
    """Make every page of the app be of characters that may stand in one."""
    app.after_request(clean)


def clean(response: Response) -> Response:
    """Put U+FFFD in the place of what may not stand in a page."""
    if response.mimetype == HTML.media_type and not response.direct_passthrough:
        body = response.get_data()
        # Bytes are looked through in a tenth of the time that text takes, and most pages have none of these.
        if len(body.translate(None, _RARE)) < len(body) or any(pattern.search(body) for pattern in _OTHERS):
            text = _DIRECTIONS.sub("", body.decode())
            response.set_data(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
    return response
