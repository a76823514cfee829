"""A polite client of somebody else's API, which trusts nothing that comes back.

It names itself, asks one thing at a time, waits as long as it is told to (within bounds),
and gives up on what is too long, too slow or no JSON. It follows no redirects: where a
service has moved is told, and a person decides.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from typing import Final, Literal
from urllib.parse import urlencode

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, LocationParseError
from urllib3.util import Retry, parse_url

from graph.namespaces import CANONICAL_BASE
from graph.releases import software_version

USER_AGENT: Final = f"battlegraph/{software_version()} ({CANONICAL_BASE}) urllib3/{version('urllib3')}"
"""Who asks and where to read about it, as Wikimedia's User-Agent policy wants it."""

_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_CHUNK: Final = 1 << 16
_FORM: Final = "application/x-www-form-urlencoded"


class InvalidEndpoint(ValueError):
    """An endpoint that nobody can ask; the call is at fault."""


class NoAnswer(Exception):
    """A service that cannot be reached, is too slow, or does not answer in its own language; says which."""


class Busy(NoAnswer):
    """A service that asks to come back later."""

    def __init__(self, reason: str, delay: float | None = None) -> None:
        """Take the reason and the seconds that the service asks for."""
        super().__init__(reason)
        self.delay = delay


@dataclass(frozen=True, slots=True)
class Patience:
    """The bounds of asking."""

    attempts: int = 5
    first_delay: float = 1.0
    """Seconds before the second attempt, where the service names none; they double each time."""
    longest_delay: float = 60.0
    """Seconds that a service may ask us to wait."""
    connect: float = 10.0
    silence: float = 30.0
    """Seconds without a byte."""
    whole: float = 60.0
    """Seconds until the last byte of an answer."""
    size: int = 32 << 20
    """Bytes of an answer, unpacked; fifty of Wikidata's longest items are below 20 MB."""


@dataclass(frozen=True, slots=True)
class Client:
    """Asks one service."""

    endpoint: str
    patience: Patience = Patience()
    sleep: Callable[[float], None] = time.sleep
    _pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(num_pools=1, retries=False))

    def __post_init__(self) -> None:
        """Raise `InvalidEndpoint` unless the endpoint is an http or https URL that a query can be added to."""
        try:
            url = parse_url(self.endpoint)
        except LocationParseError:
            url = None
        if url is None or url.scheme not in ("http", "https") or not url.host or url.query or url.fragment:
            raise InvalidEndpoint(
                f"{self.endpoint!r} is no endpoint: write an http or https URL without query, "
                "as https://www.wikidata.org/w/api.php"
            )

    def ask(
        self,
        method: Literal["GET", "POST"],
        fields: Mapping[str, str],
        refusal: Callable[[object], NoAnswer | None] = lambda _: None,
    ) -> object:
        """Return the JSON that the service answers with, parsed and otherwise unchecked.

        `refusal` looks into the JSON for a refusal in the service's own terms; where it finds
        a `Busy`, the question is put again later. Raises `NoAnswer`.
        """
        for attempt in range(self.patience.attempts):
            wanted: float | None = None
            try:
                answer, wanted = self._ask_once(method, fields)
                refused = refusal(answer)
                if refused is None:
                    return answer
                raise refused
            except Busy as busy:
                if attempt + 1 == self.patience.attempts:
                    raise NoAnswer(f"{busy} (after {self.patience.attempts} attempts)") from busy
                wanted = busy.delay if wanted is None else wanted
                delay = self.patience.first_delay * 2**attempt if wanted is None else wanted
                self.sleep(min(max(delay, 0.0), self.patience.longest_delay))
        raise AssertionError("patience has at least one attempt")

    def _ask_once(self, method: str, fields: Mapping[str, str]) -> tuple[object, float | None]:
        """Return the JSON of one answer, and after how many seconds it says to come again."""
        form = urlencode(fields)
        headers = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"}
        try:
            response = self._pool.request(
                method,
                self.endpoint if method == "POST" else f"{self.endpoint}?{form}",
                body=form.encode() if method == "POST" else None,
                headers={**headers, "Content-Type": _FORM} if method == "POST" else headers,
                timeout=urllib3.Timeout(connect=self.patience.connect, read=self.patience.silence),
                preload_content=False,
                redirect=False,
            )
            try:
                body = self._read(response)
            finally:
                # Each question has a connection of its own: there are few, and an answer left unread would spoil it.
                response.close()
        except (HTTPError, OSError) as error:
            raise Busy(_plain(error)) from error
        # A wiki whose replicas lag answers 200 with an error inside, and says in the same header when to come again.
        delay = _retry_after(response)
        if response.status in _BUSY:
            raise Busy(f"it answered with status {response.status}", delay)
        if response.status in _MOVED:
            raise NoAnswer(f"it has moved to {_line(response.headers.get('Location', 'an address it does not tell'))}")
        if response.status != HTTPStatus.OK:
            raise NoAnswer(f"it answered with status {response.status}")
        try:
            return json.loads(body), delay
        except (ValueError, RecursionError) as error:
            raise NoAnswer(
                f"its answer is no JSON; it begins {_line(body[:60].decode('utf-8', 'replace'))!r}"
            ) from error

    def _read(self, response: urllib3.BaseHTTPResponse) -> bytes:
        deadline = time.monotonic() + self.patience.whole
        body = bytearray()
        while part := response.read1(_CHUNK):
            body += part
            if len(body) > self.patience.size:
                raise NoAnswer(f"its answer is longer than {self.patience.size:,} bytes")
            if time.monotonic() > deadline:
                raise NoAnswer(f"its answer took longer than {self.patience.whole:g} seconds")
        return bytes(body)


def _retry_after(response: urllib3.BaseHTTPResponse) -> float | None:
    try:
        return Retry().get_retry_after(response)
    except InvalidHeader:
        return None


def _plain(error: Exception) -> str:
    """Return what went wrong on the wire in a few words; urllib3's own text names objects."""
    if isinstance(error, urllib3.exceptions.NameResolutionError):
        return "its name is not known"
    refused = isinstance(error, urllib3.exceptions.NewConnectionError)
    if isinstance(error, urllib3.exceptions.TimeoutError) and not refused:
        return "it was silent too long"
    cause = error.__cause__ or error
    reason = getattr(cause, "strerror", None) or type(cause).__name__
    return f"it cannot be reached ({_line(str(reason))})"


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
