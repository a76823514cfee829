"""Asking another server over HTTP: kept connections, limits of time and size, and who asks.

Whatever goes wrong is a `StoreAway` of one line. Passwords are sent as the server asks for
them (Basic, RFC 7617, or Digest, RFC 7616) and stand in no message.
"""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, NoReturn

import urllib3

from server.remote.credentials import Credentials
from server.remote.failures import LargerThanAsked, RefusedByStore, StoreAway, StoreSlow

CONNECT_SECONDS: Final = 3.0
_BAD: Final = 400
_PART: Final = 1 << 16
_MOST_TOLD: Final = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that may be sent twice without harm, as every one of this package may."""

    method: str
    url: str
    body: bytes
    headers: Mapping[str, str]


class Connection:
    """A server that is asked; safe in any number of threads, and in processes forked before it was used."""

    def __init__(self, name: str, credentials: Credentials | None = None, *, connections: int = 8) -> None:
        """Ask as this user; `name` is what messages call the server."""
        self.name = name
        self._credentials = credentials
        self._challenge: str | None = None
        self._passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        self._digests = urllib.request.HTTPDigestAuthHandler(self._passwords)
        self._pool = urllib3.PoolManager(maxsize=connections, block=False, retries=False)

    def close(self) -> None:
        """Close the connections that are kept."""
        self._pool.clear()

    def send(self, sent: Sent, *, seconds: float, most_bytes: int) -> tuple[Mapping[str, str], bytes]:
        """Return headers and body of a good answer; raise `StoreAway`, `StoreSlow` where the time was not enough.

        `seconds` bounds the whole of it, however slowly bytes come in.
        """
        until = time.monotonic() + seconds
        with self.opened(sent, seconds=seconds) as response:
            parts: list[bytes] = []
            size = 0
            # One part as it comes in: `read` would wait until it had as many bytes as asked for.
            while part := response.read1(_PART):
                parts.append(part)
                size += len(part)
                if size > most_bytes:
                    raise LargerThanAsked(f"{self.name} answered with more than {most_bytes:,} bytes")
                if time.monotonic() > until:
                    raise StoreSlow(f"{self.name} did not answer within {seconds:g} s")
            return response.headers, b"".join(parts)

    @contextmanager
    def opened(self, sent: Sent, *, seconds: float) -> Iterator[urllib3.BaseHTTPResponse]:
        """Yield a good answer whose body is still to be read; `seconds` bounds each wait for a part of it."""
        response = self._ask(sent, seconds)
        try:
            if response.status >= _BAD:
                self._refuse(response)
            yield response
            if response.length_remaining:
                response.close()
        except urllib3.exceptions.HTTPError as error:
            raise self._away(error, seconds) from error
        except BaseException:
            # Half an answer is left in this connection.
            response.close()
            raise
        finally:
            response.release_conn()

    def _ask(self, sent: Sent, seconds: float) -> urllib3.BaseHTTPResponse:
        response = self._ask_twice(sent, seconds)
        challenge = response.headers.get("WWW-Authenticate")
        if response.status != HTTPStatus.UNAUTHORIZED or self._credentials is None or challenge is None:
            return response
        self._challenge = challenge
        response.drain_conn()
        return self._ask_twice(sent, seconds)

    def _ask_twice(self, sent: Sent, seconds: float) -> urllib3.BaseHTTPResponse:
        """Ask once more where a kept connection was closed by the server meanwhile."""
        try:
            return self._ask_once(sent, seconds)
        except urllib3.exceptions.ProtocolError:
            pass
        except urllib3.exceptions.HTTPError as error:
            raise self._away(error, seconds) from error
        try:
            return self._ask_once(sent, seconds)
        except urllib3.exceptions.HTTPError as error:
            raise self._away(error, seconds) from error

    def _ask_once(self, sent: Sent, seconds: float) -> urllib3.BaseHTTPResponse:
        return self._pool.request(
            sent.method,
            sent.url,
            body=sent.body,
            headers={**sent.headers, **self._authorization(sent)},
            timeout=urllib3.Timeout(connect=min(CONNECT_SECONDS, seconds), read=seconds),
            preload_content=False,
            redirect=False,
        )

    def _authorization(self, sent: Sent) -> dict[str, str]:
        if self._credentials is None or self._challenge is None:
            return {}
        user, password = self._credentials.user, self._credentials.password
        scheme, _, rest = self._challenge.partition(" ")
        if scheme.lower() != "digest":
            return dict(urllib3.make_headers(basic_auth=f"{user}:{password}"))
        items = urllib.request.parse_http_list(rest)
        challenge = urllib.request.parse_keqv_list([item for item in items if "=" in item])
        self._passwords.add_password(None, sent.url, user, password)
        asked = urllib.request.Request(sent.url, method=sent.method)  # noqa: S310  it is described here, not opened
        value = self._digests.get_authorization(asked, challenge)
        return {"Authorization": f"Digest {value}"} if value else {}

    def _refuse(self, response: urllib3.BaseHTTPResponse) -> NoReturn:
        words = response.read1(_PART).decode("utf-8", "replace")
        reason = next((line.strip() for line in words.splitlines() if line.strip()), response.reason or "")[:_MOST_TOLD]
        if response.status == HTTPStatus.UNAUTHORIZED:
            reason = "it wants another user and password than those it was given"
            if self._credentials is None:
                reason = "it wants a user and a password: set them in the environment or in ~/.netrc"
        raise RefusedByStore(f"{self.name} answered {response.status}: {reason}", response.status, reason)

    def _away(self, error: urllib3.exceptions.HTTPError, seconds: float) -> StoreAway:
        if isinstance(error, urllib3.exceptions.ReadTimeoutError):
            return StoreSlow(f"{self.name} did not answer within {seconds:g} s")
        is_refused = isinstance(error, urllib3.exceptions.NewConnectionError)  # which is said to be a timeout too
        if isinstance(error, urllib3.exceptions.ConnectTimeoutError) and not is_refused:
            return StoreAway(f"{self.name} cannot be reached within {CONNECT_SECONDS:g} s")
        reason = error.__cause__ or error.__context__
        told = getattr(reason, "strerror", None) or "it broke the connection off"
        return StoreAway(f"{self.name} cannot be reached: {told}")
