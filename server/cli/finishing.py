"""What stands beside the quads of a large dataset, so that it is served at once: its store and its index of names."""

from __future__ import annotations

from pathlib import Path

from graph.disk_store import LARGE, write_store
from graph.phases import Phases
from graph.releases import QUADS_FILE, read_manifest
from graph.store import STORE_FOLDER, Dataset, open_store
from server.search.index_file import INDEX_FILE, write_index


class Finishing:
    """Writes both into the folder of a version that has at least so many quads."""

    def __init__(self, phases: Phases | None = None, large: int = LARGE) -> None:
        """Take who measures, and from how many quads on a dataset is large."""
        self._phases, self._large = phases or Phases(), large

    def is_there(self, folder: Path, /) -> bool:
        """Tell whether the folder of a version has both, or needs none."""
        return not self._is_large(folder) or ((folder / STORE_FOLDER).is_dir() and (folder / INDEX_FILE).is_file())

    def __call__(self, folder: Path, /) -> None:
        """Write them to the disk; raise `OSError` where it refuses."""
        if not self._is_large(folder):
            return
        with self._phases.of("store"):
            write_store(folder / QUADS_FILE, folder / STORE_FOLDER)
        manifest = read_manifest(folder)
        if manifest is not None:
            with self._phases.of("names"):
                dataset = Dataset(open_store(folder / STORE_FOLDER), manifest.quads, manifest)
                write_index(dataset, folder / INDEX_FILE)

    def _is_large(self, folder: Path) -> bool:
        with (folder / QUADS_FILE).open("rb") as lines:
            return any(number >= self._large for number, _ in enumerate(lines, 1))
