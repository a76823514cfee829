"""The one style sheet and the one script that a page asks for."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
import specimen
from flask.testing import FlaskClient

from graph.paths import ROOT
from server.http.assets import joined

STYLES = sorted((ROOT / "server" / "static" / "style").glob("*.css"))
SCRIPTS = sorted((ROOT / "server" / "static" / "script").glob("*.js"))
BASE = (ROOT / "server" / "static" / "style" / "base.css").read_text("utf-8")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Return a client of an app of its own."""
    return specimen.make_client()


def test_all_files_are_in_and_base_comes_first() -> None:
    """A file that is added is in without more ado."""
    style, script = joined("style", "css"), joined("script", "js")
    assert style.startswith(BASE)
    assert all(file.read_text("utf-8") in style for file in STYLES)
    assert all(file.read_text("utf-8") in script for file in SCRIPTS)


@pytest.mark.parametrize(("name", "media_type"), [("style.css", "text/css"), ("script.js", "text/javascript")])
def test_what_a_page_asks_for_is_kept_for_good(client: FlaskClient, name: str, media_type: str) -> None:
    """Under the address that names the edition; under any other for a day, and known again by its tag."""
    page = client.get("/about").text
    addresses = set(re.findall(rf'"(/static/{name}\?v=[0-9a-f]+)"', page))
    assert len(addresses) == 1
    (address,) = addresses
    response = client.get(address)
    assert response.status_code == 200
    assert response.content_type == f"{media_type}; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for other in (f"/static/{name}", f"/static/{name}?v=0", f"/static/{name}?v="):
        assert client.get(other).headers["Cache-Control"] == "public, max-age=86400"
        assert client.get(other).data == response.data
    assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("file", [*STYLES, *SCRIPTS], ids=lambda file: file.name)
def test_a_file_asks_for_nothing(file: Path) -> None:
    """No import, no picture and no font, from here or from elsewhere; addresses stand in comments at most."""
    text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"@import|url\(|\bimport\b[^;]*from|\bimport\(|//[\w.-]+\.\w+/", text)
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_keeps_its_names_to_itself(file: Path) -> None:
    """It is one block, and small: nothing is declared outside of it."""
    text = re.sub(r"/\*.*?\*/|^[ \t]*//[^\n]*$", "", file.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE).strip()
    assert text.startswith("{")
    assert text.endswith("}")
    depth = 0
    for place, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth > 0 or place == len(text) - 1
    assert len(text.splitlines()) <= 100
    assert not re.search(r"\beval\(|innerHTML|document\.write|\.style\b", text)


def test_text_can_be_read_in_light_and_in_the_dark() -> None:
    """Each colour of text on each ground has a contrast of 4.5 at least (WCAG 2.2, criterion 1.4.3)."""
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in BASE.split("@media")[:2])
    for scheme in (light, dark):
        for text, ground in product(("ink", "soft", "accent"), ("paper", "raised")):
            assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground)
        for ground in ("mark", "mark-strong"):
            assert contrast(scheme["ink"], scheme[ground]) >= 4.5, ground


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in channels]
    return sum(weight * x for weight, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_sheet_respects_what_readers_ask_of_their_browser() -> None:
    """Dark colours, less motion, colours of their own, paper, and a narrow screen."""
    for wish in ("prefers-color-scheme: dark", "prefers-reduced-motion: reduce", "forced-colors: active", "print"):
        assert f"@media ({wish})" in BASE or f"@media {wish} " in BASE
    assert "@media (max-width: 44rem)" in BASE
