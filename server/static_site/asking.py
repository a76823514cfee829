"""Asking the app, in this process and by its WSGI interface, for what goes into a copy."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header, parse_set_header
from werkzeug.test import EnvironBuilder, run_wsgi_app

from server.http.copies import FOR_COPY


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answers to a GET."""

    address: str
    """Path and query that were asked for."""
    status: int
    headers: Headers
    body: bytes

    @property
    def is_document(self) -> bool:
        """Whether there is something, here or elsewhere."""
        return self.status < HTTPStatus.BAD_REQUEST

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return parse_options_header(self.headers.get("Content-Type"))[0].lower()

    @property
    def location(self) -> str | None:
        """Where it leads to instead: a path, or an address elsewhere."""
        return self.headers.get("Location")

    @property
    def vary(self) -> frozenset[str]:
        """The names of the headers that the answer depends on, in lower case."""
        return frozenset(name.lower() for name in parse_set_header(self.headers.get("Vary")))

    @property
    def is_kept(self) -> bool:
        """Whether the answer may be kept: what may not is of the moment."""
        return "no-store" not in self.headers.get("Cache-Control", "")


@dataclass(frozen=True, slots=True)
class Asker:
    """An app, and the address that its copy is to have."""

    app: Flask
    address: str = ""
    """`https://host`, without a path; empty: addresses in answers are on the base of the data."""

    def ask(self, address: str, accept: str | None = None, *, for_copy: bool = True) -> Answer:
        """Return the answer to a GET of this path, with its query."""
        status, headers, body = self._run(address, accept, for_copy=for_copy)
        return Answer(address, status, headers, body)

    def _run(self, address: str, accept: str | None, *, for_copy: bool) -> tuple[int, Headers, bytes]:
        parts, host = urlsplit(address), urlsplit(self.address)
        builder = EnvironBuilder(path=parts.path, query_string=parts.query)
        environ = builder.get_environ()
        builder.close()
        # As the server gives it: bytes of the address, read as Latin-1.
        environ.update({"HTTP_HOST": host.netloc, "wsgi.url_scheme": host.scheme or "https"})
        if not host.netloc:
            environ["SERVER_NAME"] = ""
        if accept is not None:
            environ["HTTP_ACCEPT"] = accept
        if for_copy:
            environ[FOR_COPY] = True
        chunks, status, headers = run_wsgi_app(self.app.wsgi_app, environ)
        try:
            return int(status.partition(" ")[0]), headers, b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
