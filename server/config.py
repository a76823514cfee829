"""The server's settings, and the environment variables that carry them between processes.

`Config.from_environ` is the only reader of the environment: granian starts its workers
with nothing but that, so `serve` writes there what the workers read back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from server.serving.origin import Found

_PREFIX: Final = "BATTLEGRAPH_"
_LONGEST_DEADLINE: Final = 3600
# Nothing that would need escaping in a link, or would be more than an address in it.
_MAIL: Final = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
_WEB: Final = re.compile(r"https?://[^\s<>\"'\\^`{|}\x00-\x1f]+")


class InvalidSetting(ValueError):
    """A setting that is missing or out of range; the message names it and says what it may be."""


@dataclass(frozen=True, slots=True)
class Config:
    """What a server needs to know. Every instance is within the bounds its fields state."""

    dataset: Path
    """N-Quads or TriG file to serve."""
    store: str | None = None
    """`sparql:` and the address of the endpoint of the store to serve from instead; None: the file is served."""
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    """HTTP processes."""
    query_socket: Path | None = None
    """Unix socket of the query supervisor; None: there is no query service."""
    query_workers: int = 2
    """Query processes."""
    query_engine: str = "memory"
    """`disk`: a dataset with a store on disk is asked there; `memory`: its default graph is loaded first."""
    query_deadline: float = 10.0
    """Seconds a query may take."""
    query_memory: int = 1 << 30
    """Bytes a query process may grow by."""
    result_bytes: int = 64 << 20
    """Bytes of the largest answer."""
    cache_bytes: int = 64 << 20
    """Bytes of answers that each HTTP process keeps; 0: none."""
    releases: Path | None = None
    """Folder of releases, as `battlegraph release` writes them; None: there are none to offer."""
    # Not hashed, for a mapping cannot be; settings that are equal have equal hashes all the same.
    offered: Mapping[str, str] | None = field(default=None, hash=False)
    """The releases to offer, the newest first: by their versions the SHA-256 of each SHA256SUMS, or what is wrong with
    it; None: what the folder holds."""
    log_requests: bool = False
    """Whether each request has a line in the log."""
    runtime: Path | None = None
    """Folder in which the processes of a server find each other; None: there is one process."""
    found: Found | None = None
    """The dataset to open, where another process has looked at it; None: the file."""
    contact: str | None = None
    """Where readers report what is wrong: an e-mail address, or a web address; None: nobody is named."""

    def __post_init__(self) -> None:
        """Refuse what no server could run with."""
        self._require("port", self.port, least=0, most=65535)
        self._require("workers", self.workers, least=1, most=256)
        self._require("query_workers", self.query_workers, least=1, most=256)
        self._require("query_memory", self.query_memory, least=1 << 20)
        self._require("result_bytes", self.result_bytes, least=1 << 10)
        self._require("cache_bytes", self.cache_bytes, least=0)
        if not 0 < self.query_deadline <= _LONGEST_DEADLINE:
            raise InvalidSetting(
                f"query_deadline is {self.query_deadline}: it must be above 0 and at most {_LONGEST_DEADLINE} seconds"
            )

        if self.contact is not None and not (_MAIL.fullmatch(self.contact) or _WEB.fullmatch(self.contact)):
            raise InvalidSetting(
                f"contact is {self.contact!r}: it must be an e-mail address, or a web address that begins with https://"
            )

    @property
    def contact_address(self) -> str | None:
        """Where a link to the contact leads: `mailto:` and the e-mail address, or the web address."""
        return self.contact if self.contact is None or _WEB.fullmatch(self.contact) else f"mailto:{self.contact}"

    @staticmethod
    def _require(name: str, value: int, *, least: int, most: int | None = None) -> None:
        if value < least or (most is not None and value > most):
            bounds = f"at least {least}" if most is None else f"between {least} and {most}"
            raise InvalidSetting(f"{name} is {value}: it must be {bounds}")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Config:
        """Return the settings of BATTLEGRAPH_* variables; raise `InvalidSetting` where one cannot be read."""
        settings: dict[str, Any] = {}
        for name, read in _READERS.items():
            variable = _PREFIX + name.upper()
            text = environ.get(variable, "")
            if not text:
                continue
            try:
                settings[name] = read(text)
            except ValueError as error:
                wanted = "JSON" if read in _FROM_JSON else "a number"
                raise InvalidSetting(f"{variable} is {text!r}: it must be {wanted}") from error
        if "dataset" not in settings:
            raise InvalidSetting(f"{_PREFIX}DATASET is not set: it must name the N-Quads or TriG file to serve")
        return cls(**settings)

    def to_environ(self) -> dict[str, str]:
        """Return the variables from which `from_environ` reads an equal configuration."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {_PREFIX + name.upper(): _written(value) for name, value in values if value is not None}


def _written(value: object) -> str:
    if isinstance(value, Found):
        return json.dumps(asdict(value))
    return json.dumps(value) if isinstance(value, Mapping | bool) else str(value)


def _read_found(text: str) -> Found:
    return Found.from_json(json.loads(text))


_FROM_JSON: Final = (json.loads, _read_found)
_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "dataset": Path,
    "store": str,
    "host": str,
    "port": int,
    "workers": int,
    "query_socket": Path,
    "query_workers": int,
    "query_engine": str,
    "query_deadline": float,
    "query_memory": int,
    "result_bytes": int,
    "cache_bytes": int,
    "releases": Path,
    "offered": json.loads,
    "runtime": Path,
    "found": _read_found,
    "log_requests": json.loads,
    "contact": str,
}
