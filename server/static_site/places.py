"""Where in a copy the answer at an address is: the file that a plain host sends for the same address.

A page at `/page/x` is `page/x/index.html`, which every host of files sends for `/page/x`, most
of them by way of `/page/x/`. Other answers are files under their own names. What an
address has a query for cannot be a file of that address, so it is one beside it:
`index.hy.html`, `index.viewpoint-artsakh.html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias
from urllib.parse import unquote

from server.http.formats import HTML
from server.http.languages import LANGUAGES, PAGE_LANGUAGE

Variant: TypeAlias = tuple[tuple[str, str], ...]
"""The part of a query that a file of its own is written for: names and values."""

OTHER_LANGUAGES: Final = tuple(language for language in LANGUAGES if language != PAGE_LANGUAGE)
VARYING: Final = frozenset(("viewpoint", "all", "only", "page"))
"""Parameters whose values are written as pages of their own, because they are found by links and are few."""
# What is asked of these is asked of a server: there is a page that says so, or nothing.
_SERVICES: Final = ("/sparql", "/reconcile", "/search", "/search.json", "/queries/open", "/health", "/metrics")
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_NAME: Final = 255
"""Bytes of a file's name on common file systems."""


class UnwritableAddress(ValueError):
    """An address that no file can have."""


def needs_server(path: str) -> bool:
    """Tell whether what is at this path can only be answered by a server."""
    return any(path == service or path.startswith(f"{service}/") for service in _SERVICES)


def file_of(path: str, media_type: str, *, suffix: str = "", language: str = "", variant: Variant = ()) -> str:
    """Return the name of the file, below the folder of the copy; raise `UnwritableAddress` where it can have none.

    `suffix` names the format where the path is also that of a page.
    """
    name = unquote(path).removeprefix("/")
    if media_type == HTML.media_type:
        name = f"{_folder(name)}index{_marks(variant, language)}.html"
    elif suffix or not name or name.endswith("/"):
        name = f"{_folder(name)}index{_marks(variant, language)}.{suffix or 'txt'}"
    parts = name.split("/")
    if any(part in ("", ".", "..") or len(part.encode()) > _LONGEST_NAME or "\0" in part for part in parts):
        raise UnwritableAddress(f"{path}: no file can have this address")
    return name


def page_address(path: str, language: str, variant: Variant) -> str:
    """Return the address of a page's file by its name, for links within the copy; of the plain page, its own."""
    marks = _marks(variant, language)
    if not marks:
        return path
    return f"{path}{'' if path.endswith('/') else '/'}index{marks}.html"


def variant_of(fields: Iterable[tuple[str, str]]) -> Variant:
    """Return what of a query a file of its own is written for."""
    return tuple(sorted((name, value) for name, value in fields if name in VARYING and value))


def language_of(fields: Sequence[tuple[str, str]]) -> str:
    """Return the language that a query asks for, empty where it is that of the plain pages."""
    return next((value for name, value in fields if name == "lang" and value in OTHER_LANGUAGES), "")


def _folder(name: str) -> str:
    return f"{name}/" if name and not name.endswith("/") else name


def _marks(variant: Variant, language: str) -> str:
    marks = [f"{name}-{_UNSAFE.sub('-', value).strip('-')}" for name, value in variant]
    return "".join(f".{mark}" for mark in [*marks, *([language] if language else [])])
