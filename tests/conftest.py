"""What several tests share: the project's dataset, built once, and a miniature project to break."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import live
import pytest
import releasing
from browsing import CHROMIUM
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from two_releases import Released, release_twice

from graph.build import Built, build, write
from graph.releases import QUADS_FILE
from graph.sources import Sources
from graph.store import Dataset, open_dataset
from server.releases.parts import PARTS
from server.releases.release import Release

T = TypeVar("T")

# How long an example takes is the machine's affair, and no property of ours.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

MAY_SKIP: dict[str, str] = {
    "tests/test_endpoint.py::test_a_client_over_ipv6_is_known_too": "not every machine has IPv6",
    "tests/test_serving_scarcity.py::test_a_server_starts_on_a_full_disk": "not every machine lets its root mount",
}
"""Tests that may be skipped where everything is installed, each with the reason."""

MINIATURE = Path(__file__).parent / "fixtures" / "mini"


@pytest.fixture(scope="session")
def built() -> Built:
    """Return the project's own dataset, built in memory."""
    return build()


@pytest.fixture(scope="session")
def dataset_file(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the N-Quads file of the project's own dataset, beside its manifest."""
    return write(built, tmp_path_factory.mktemp("dataset")) / QUADS_FILE


@pytest.fixture(scope="session")
def dataset(dataset_file: Path) -> Dataset:
    """Return the project's own dataset, opened for reading."""
    return open_dataset(dataset_file)


@pytest.fixture(scope="session")
def released(dataset_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """Return a release of the project's own dataset; who would change it takes a copy."""
    release = releasing.release(dataset_file, tmp_path_factory.mktemp("released")).release
    yield from kept(release, release.folder.parent)


@pytest.fixture(scope="session")
def both(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Released]:
    """Return two versions with all their parts, released one after the other; who would change them takes a copy."""
    released = release_twice(built, tmp_path_factory.mktemp("both"), PARTS)
    yield from kept(released, released.root)


def kept(found: T, root: Path) -> Iterator[T]:
    """Yield what is in a folder; fail where a test has changed it for those after it."""
    before = releasing.sums(root)
    yield found
    assert releasing.sums(root) == before


@pytest.fixture(scope="module")
def server(dataset_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.Server]:
    """Return a server of the project's own dataset."""
    with live.running(tmp_path_factory.mktemp("server"), dataset=dataset_file) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Debian's chromium, without a window."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def miniature(tmp_path: Path) -> Sources:
    """Return the sources of a miniature project: one article and all it needs, free to be broken."""
    root = tmp_path / "project"
    shutil.copytree(MINIATURE, root)
    return Sources(
        articles=root / "articles", shared=root / "shared", ontology=root / "ontology", shapes=root / "shapes"
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where CI skips a test that is not on the list, so that nothing is left out unseen."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None:
        return
    skipped = {report.nodeid for report in reporter.stats.get("skipped", ())}
    for nodeid in sorted(skipped - MAY_SKIP.keys()):
        reporter.write_line(f"skipped, but not listed in tests/conftest.py: {nodeid}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
