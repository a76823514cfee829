"""Who a store is asked as: from the environment, or from a netrc file; never from an address or the command line.

For reading `BATTLEGRAPH_STORE_USER` and `BATTLEGRAPH_STORE_PASSWORD`, for loading
`BATTLEGRAPH_LOAD_USER` and `BATTLEGRAPH_LOAD_PASSWORD`; where they are not set, the entry of
the store's machine in the file that NETRC names, or in ~/.netrc.
"""

from __future__ import annotations

import netrc
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from server.remote.failures import UnusableStore

Purpose = Literal["STORE", "LOAD"]
_PREFIX: Final = "BATTLEGRAPH_"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password, which no message or log shows."""

    user: str
    password: str = field(repr=False)


def find_credentials(url: str, purpose: Purpose, environ: Mapping[str, str]) -> Credentials | None:
    """Return the credentials for an address, None where there are none; raise `UnusableStore` for a broken file."""
    user = environ.get(f"{_PREFIX}{purpose}_USER")
    if user:
        return Credentials(user, environ.get(f"{_PREFIX}{purpose}_PASSWORD", ""))
    file = Path(environ["NETRC"]) if environ.get("NETRC") else Path.home() / ".netrc"
    try:
        entry = netrc.netrc(str(file)).authenticators(urlsplit(url).hostname or "")
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError) as error:
        # The parser's message may quote the line, with the password in it.
        reason = error.strerror if isinstance(error, OSError) else f"line {error.lineno} cannot be read"
        raise UnusableStore(f"{file}: {reason}; mend it, or set {_PREFIX}{purpose}_USER") from error
    return Credentials(entry[0], entry[2] or "") if entry else None
