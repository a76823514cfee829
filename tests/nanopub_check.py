"""Reads nanopublications with the library's own verification, in a process that has no network.

Run with files as arguments, one nanopublication each; prints `ok` or what is wrong for each.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Any, NoReturn


def refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
    """Let nobody out."""
    raise OSError("there is no network here")


socket.socket.connect = refuse  # type: ignore[method-assign]
socket.getaddrinfo = refuse

from nanopub.nanopub import Nanopub  # noqa: E402

for name in sys.argv[1:]:
    try:
        read = Nanopub(rdf=Path(name))
        verdict = "ok" if read.is_valid and read.has_valid_trusty else "not valid"
    except ValueError as error:
        verdict = str(error)
    sys.stdout.write(verdict.replace("\n", " ") + "\n")
