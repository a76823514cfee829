"""Debian's chromium as a test drives it: pages that may ask only the server and may log no error."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import live
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize, WebError

CHROMIUM: Final = shutil.which("chromium")
marks: Final = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]
"""For `pytestmark` of a module whose tests drive a browser."""
PHONE: Final[ViewportSize] = {"width": 360, "height": 780}
DESKTOP: Final[ViewportSize] = {"width": 1200, "height": 900}
_COLOURS: Final = ["color-contrast", "link-in-text-block"]
"""The rules of axe that look at colours."""


# No slots: playwright keeps something of its own on the instance.
@dataclass
class Heard:
    """What a browser did besides showing pages."""

    urls: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        self.urls.append(request.url)

    def response(self, response: Response) -> None:
        if response.status >= 400:
            self.refused.append(response.url)

    def message(self, message: ConsoleMessage) -> None:
        # The browser itself logs each refusal.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.errors.append(message.text)

    def error(self, error: WebError) -> None:
        self.errors.append(str(error.error))


@contextmanager
def page_of(browser: Browser, server: live.Server, *, refused: int = 0, **options: Any) -> Iterator[Page]:
    """Open a page that may ask only this server and may log no error, except for as many refusals as are meant."""
    heard = Heard()
    with browser.new_context(base_url=server.address, viewport=DESKTOP, **options) as context:
        context.on("request", heard.request)
        context.on("response", heard.response)
        context.on("console", heard.message)
        context.on("weberror", heard.error)
        yield context.new_page()
    local = (f"{server.address}/", "data:", "blob:")
    assert [url for url in heard.urls if not url.startswith(local)] == []
    assert heard.errors == []
    assert len(heard.refused) == refused, heard.refused


def assert_is_for_everybody(page: Page, *, outside: str | None = None) -> None:
    """Let axe find nothing on a page, and nothing be wider than the screen, on a phone and a desk, by day and by night.

    What the selector `outside` finds is others' and left out. Only colours differ by night.
    """
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            context = {"exclude": [[outside]]} if outside else None
            options = {"runOnly": _COLOURS} if scheme == "dark" else None
            found = Axe().run(page, context=context, options=options).response["violations"]
            assert [(rule["id"], rule["impact"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
