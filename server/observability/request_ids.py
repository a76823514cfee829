"""An id for each request: the one it brings, so that a log can be read beside a proxy's, or one of our own."""

from __future__ import annotations

import itertools
import re
import secrets
from collections.abc import Callable
from typing import Final

HEADER: Final = "X-Request-ID"

_SANE: Final = re.compile(r"[A-Za-z0-9._~+/=:@-]{1,128}")
"""What proxies and browsers make: UUIDs, hexadecimal, base64; nothing that a log or a header would have to quote."""


def is_sane(identifier: str) -> bool:
    """Tell whether an id that a client sent may be written to logs and headers as it is."""
    return _SANE.fullmatch(identifier) is not None


def maker() -> Callable[[], str]:
    """Return what makes ids that no other process makes, and that tell nobody how many there were before."""
    process, first = secrets.token_hex(8), secrets.randbits(32)
    numbers = itertools.count(first)
    return lambda: f"{process}-{next(numbers):x}"
