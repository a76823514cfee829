"""A file as the answer to a request: whole or in part, as it is or as gzip, or only word that it is still good.

RFC 9110: conditions (section 13), ranges (section 14), content codings (section 8.4). The
tag is the SHA-256 of the file, so whoever has it can tell without asking whether a copy is
good. A range is always of the file itself, because its place in the compressed one is of
no use to who has a part of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Response, current_app, request
from werkzeug.http import parse_date

from server.downloads.byte_ranges import read_ranges
from server.http.encoding import MARK, gzipped, pays, takes_gzip
from server.http.errors import Problem
from server.http.formats import JSON, MARKDOWN, TEXT, content_type
from server.http.headers import Link, add_links
from server.http.preconditions import is_known
from server.http.representations import CACHE_CONTROL
from server.releases.known_file import AlteredFile, KnownFile, Stretches

_FOR_GOOD: Final = "public, max-age=31536000, immutable"
# A larger one is sent from the disk a piece at a time; it is compressed only in a release, beforehand.
_AT_ONCE: Final = 256 << 10
_LARGEST_COMPRESSED: Final = 4 << 20
_SHOWN: Final = (TEXT.media_type, MARKDOWN.media_type, JSON.media_type)
"""What a browser shows rather than keeps."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A file, and how it is sent."""

    file: KnownFile
    name: str
    """What it is to be kept as."""
    media_type: str
    links: Sequence[Link] = ()
    modified: datetime | None = None
    """With a time zone."""
    is_final: bool = False
    """Whether what is at its address will never change, so that nobody need ask again and its date tells it apart."""
    compressed: KnownFile | None = None
    """The same as gzip, where that is there."""


def send(sending: Sending) -> Response:
    """Answer the present request with a file; raise a `Problem` where a condition or a range forbids it.

    Raises `AlteredFile` where the disk has another one.
    """
    file, ranges = sending.file, _ranges(sending)
    as_gzip = _may_be_gzip(sending) and _takes_gzip()
    response = Response(content_type=content_type(sending.media_type))
    response.set_etag(file.sha256 + (MARK if as_gzip else ""))
    # Of None, werkzeug would make the present time.
    if sending.modified is not None:
        response.last_modified = sending.modified
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = _FOR_GOOD if sending.is_final else CACHE_CONTROL
    disposition = "inline" if sending.media_type in _SHOWN else "attachment"
    response.headers["Content-Disposition"] = f"{disposition}; filename={sending.name}"
    if _may_be_gzip(sending):
        response.vary.add("Accept-Encoding")
    add_links(response, sending.links)
    if is_known(response.headers["ETag"], sending.modified):
        response.status_code = 304
        del response.headers["Content-Type"]
    elif as_gzip:
        response.headers["Content-Encoding"] = "gzip"
        _fill_compressed(response, sending)
    elif ranges is None:
        _fill(response, file, [range(file.size)])
    else:
        _fill_in_part(response, sending, ranges)
    return response


def _fill_compressed(response: Response, sending: Sending) -> None:
    if sending.compressed is None:
        with sending.file.open() as opened:
            response.set_data(gzipped(opened.read()))
        return
    try:
        _fill(response, sending.compressed, [range(sending.compressed.size)])
    except AlteredFile as error:
        current_app.logger.warning("A file is sent without compression: %s", error)
        del response.headers["Content-Encoding"]
        response.set_etag(sending.file.sha256)
        _fill(response, sending.file, [range(sending.file.size)])


def _fill_in_part(response: Response, sending: Sending, ranges: Sequence[range]) -> None:
    size = sending.file.size
    if not ranges:
        raise Problem(
            416,
            "Range not satisfiable",
            f"{sending.name} has {size} bytes, and none of those the Range header names.",
            headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"},
        )
    response.status_code = 206
    if len(ranges) == 1:
        response.headers["Content-Range"] = _content_range(ranges[0], size)
        _fill(response, sending.file, ranges)
        return
    # Made of the digest, which no part will happen to hold.
    boundary = f"part-{sending.file.sha256}"
    head = f"--{boundary}\r\nContent-Type: {response.headers['Content-Type']}\r\nContent-Range: "
    parts: list[range | bytes] = []
    for stretch in ranges:
        parts += [f"{head}{_content_range(stretch, size)}\r\n\r\n".encode(), stretch, b"\r\n"]
    response.headers["Content-Type"] = f"multipart/byteranges; boundary={boundary}"
    _fill(response, sending.file, [*parts, f"--{boundary}--\r\n".encode()])


def _fill(response: Response, file: KnownFile, parts: Sequence[range | bytes]) -> None:
    length, body = sum(map(len, parts)), Stretches(file, parts)
    if length > _AT_ONCE:
        response.direct_passthrough = True
        response.response = body
        response.content_length = length
        return
    try:
        response.set_data(b"".join(body))
    finally:
        body.close()


def _may_be_gzip(sending: Sending) -> bool:
    is_small = sending.file.size <= _LARGEST_COMPRESSED
    return sending.compressed is not None or (is_small and pays(sending.media_type, sending.file.size))


def _takes_gzip() -> bool:
    return "Range" not in request.headers and takes_gzip(request.headers.get("Accept-Encoding", ""))


def _ranges(sending: Sending) -> tuple[range, ...] | None:
    header = request.headers.get("Range")
    # Range says nothing with other methods (section 14.2).
    if header is None or request.method != "GET" or not _may_go_on(sending):
        return None
    return read_ranges(header, sending.file.size)


def _may_go_on(sending: Sending) -> bool:
    """Tell whether the client's part is of this file, where it makes that a condition (section 13.1.5)."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == f'"{sending.file.sha256}"'
    return sending.is_final and sending.modified is not None and parse_date(condition) == sending.modified


def _content_range(stretch: range, size: int) -> str:
    return f"bytes {stretch.start}-{stretch.stop - 1}/{size}"
