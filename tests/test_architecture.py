"""What holds of the code as a whole: its layout, its sizes, and who may open a connection."""

from __future__ import annotations

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

from graph.paths import ROOT

TOP_LEVEL = {
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
    "README.md",
    "graph",
    "ontology",
    "pyproject.toml",
    "server",
    "shapes",
    "tests",
}
MODULES = sorted(file for folder in ("graph", "server") for file in (ROOT / folder).rglob("*.py"))
NETWORK = {"asyncio", "ftplib", "http", "requests", "socket", "socketserver", "ssl", "urllib", "urllib3"}


def imported(module: Path) -> set[str]:
    """Return the names of everything that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_the_top_level_is_closed() -> None:
    """Seven entries, three files about the project, and dotfiles."""
    git = shutil.which("git")
    listed = git and subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not listed:
        pytest.skip("not a git checkout")
    top = {line.partition("/")[0] for line in listed.splitlines()}
    assert {entry for entry in top if not entry.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("module", MODULES, ids=lambda module: f"{module.parent.name}.{module.stem}")
def test_a_module_owns_one_noun(module: Path) -> None:
    """It says which in its docstring, and it is not so long that it must own two."""
    text = module.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 300


@pytest.mark.parametrize("module", sorted((ROOT / "graph").glob("*.py")), ids=lambda module: module.stem)
def test_the_build_opens_no_connection(module: Path) -> None:
    """It is a pure function of files."""
    assert not {name.partition(".")[0] for name in imported(module)} & NETWORK
