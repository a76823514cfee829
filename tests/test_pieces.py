"""Articles built one by one: what is kept of them, what is made anew, and that together they give one dataset."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.build import Built, build, write
from graph.generator import write_sources
from graph.issues import InvalidSources
from graph.releases import PIECES, current
from graph.sources import Sources
from graph.store import open_dataset
from graph.workforce.force import Common, Failed, Finished, ProcessKilled, Result, Task
from graph.workforce.opening import Here, open_workforce

ARTICLES = 4


class Backwards:
    """A workforce that is done with the last task first."""

    def each(
        self, work: Callable[[Common, Task], Result], tasks: Iterable[Task], common: Common
    ) -> Iterator[Finished[Task, Result] | Failed[Task]]:
        """Do as `Workforce.each` says."""
        return Here().each(work, reversed(list(tasks)), common)


class Killed:
    """A workforce whose process is killed at one article."""

    def __init__(self, slug: str) -> None:
        """Take the article."""
        self._slug = slug

    def each(
        self, work: Callable[[Common, Task], Result], tasks: Iterable[Task], common: Common
    ) -> Iterator[Finished[Task, Result] | Failed[Task]]:
        """Do as `Workforce.each` says."""
        for done in Here().each(work, tasks, common):
            killed = self._slug in str(done.task)
            yield Failed(done.task, ProcessKilled("its process was killed (signal 9)")) if killed else done


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """Return sources of some made-up articles, which share powers and wars."""
    folder = tmp_path_factory.mktemp("articles")
    write_sources(folder, ARTICLES)
    return Sources(articles=folder)


@pytest.fixture(scope="module")
def whole(made_up: Sources) -> Built:
    """Return what they are built to."""
    return build(made_up)


def copied(sources: Sources, folder: Path) -> Sources:
    """Return the sources with articles that are free to be changed."""
    return replace(sources, articles=Path(shutil.copytree(sources.articles, folder)))


def change(sources: Sources, number: int = 0) -> Path:
    """Change the label of an article and return its folder."""
    folder = sources.article_folders()[number]
    file = folder / "source.ttl"
    file.write_text(file.read_text("utf-8").replace('rdfs:label "', 'rdfs:label "Changed: ', 1), "utf-8")
    return folder


def test_the_order_in_which_articles_are_done_changes_nothing(made_up: Sources, whole: Built) -> None:
    """Nor does who does them."""
    assert build(made_up, workforce=Backwards()).quads == whole.quads


def test_other_processes_build_the_same(made_up: Sources, whole: Built) -> None:
    """All that an article needs travels to them."""
    with open_workforce(workers=2) as force:
        assert build(made_up, workforce=force).quads == whole.quads


def test_only_what_has_changed_is_built_anew(made_up: Sources, whole: Built, tmp_path: Path) -> None:
    """And the dataset is the one that a first build would give."""
    sources, root = copied(made_up, tmp_path / "articles"), tmp_path / "dataset"
    first = build(sources, root=root)
    assert (first.articles, first.made_anew) == (ARTICLES, ARTICLES)
    write(first, root)
    again = build(sources, root=root)
    assert again.made_anew == 0
    assert again.quads == first.quads == whole.quads
    assert again.results == whole.results
    change(sources)
    changed = build(sources, root=root)
    assert changed.made_anew == 1
    assert changed.quads == build(sources).quads != first.quads
    shutil.rmtree(sources.article_folders()[1])
    fewer = build(sources, root=root)
    assert (fewer.articles, fewer.made_anew) == (ARTICLES - 1, 0)
    assert fewer.quads == build(sources).quads


def test_a_shared_thing_makes_anew_only_articles_that_speak_of_it(miniature: Sources, tmp_path: Path) -> None:
    """What others have in the registry is nothing to them."""
    root = tmp_path / "dataset"
    build(miniature, root=root)
    file = miniature.shared / "things.ttl"
    text = file.read_text("utf-8")
    file.write_text(text + "\nplace:hill a bg:Place .\n", "utf-8")
    assert build(miniature, root=root).made_anew == 0
    file.write_text(text.replace('"the ford"@en', '"the old ford"@en'), "utf-8")
    changed = build(miniature, root=root)
    assert changed.made_anew == 1
    assert changed.quads == build(miniature).quads


def test_what_articles_are_held_against_makes_all_anew(miniature: Sources, tmp_path: Path) -> None:
    """A shape, a check, a rule or a term; another base too."""
    root = tmp_path / "dataset"
    build(miniature, root=root)
    file = miniature.shapes / "claim.ttl"
    file.write_text(file.read_text("utf-8") + "\n# changed\n", "utf-8")
    assert build(miniature, root=root).made_anew == 1
    assert build(miniature, root=root).made_anew == 0
    assert build(miniature, "http://localhost/", root=root).made_anew == 1


def test_a_damaged_piece_is_made_anew(made_up: Sources, whole: Built, tmp_path: Path) -> None:
    """Cut off by a full disk, or altered."""
    build(made_up, root=tmp_path)
    cut, altered, emptied, *_ = sorted((tmp_path / PIECES).glob("*/*"))
    cut.write_bytes(cut.read_bytes()[:-100])
    altered.write_bytes(altered.read_bytes()[:-1] + b"?")
    emptied.write_bytes(b"")
    again = build(made_up, root=tmp_path)
    assert again.made_anew == 3
    assert again.quads == whole.quads


def test_pieces_that_nobody_asks_for_any_more_are_removed(made_up: Sources, tmp_path: Path) -> None:
    """When a version was written without them."""
    sources, root = copied(made_up, tmp_path / "articles"), tmp_path / "dataset"
    write(build(sources, root=root), root)
    change(sources)
    built = build(sources, root=root)
    assert len(list((root / PIECES).glob("*/*"))) == ARTICLES + 1
    write(built, root)
    assert len(list((root / PIECES).glob("*/*"))) == ARTICLES


def test_what_is_wrong_with_all_articles_is_told_at_once(made_up: Sources, tmp_path: Path) -> None:
    """And what the others came to is kept."""
    sources, root = copied(made_up, tmp_path / "articles"), tmp_path / "dataset"
    broken = sources.article_folders()[:2]
    for folder in broken:
        (folder / "source.ttl").write_text("nonsense", "utf-8")
    with pytest.raises(InvalidSources) as invalid:
        build(sources, root=root)
    assert [issue.file.parent for issue in invalid.value.issues] == broken
    assert len(list((root / PIECES).glob("*/*"))) == ARTICLES - 2


def test_an_article_whose_process_was_killed_is_named(made_up: Sources, whole: Built, tmp_path: Path) -> None:
    """The next build makes that one alone."""
    folder = made_up.article_folders()[1]
    with pytest.raises(InvalidSources, match=rf"{folder.name}: its process was killed .*\n.*Build again"):
        build(made_up, workforce=Killed(folder.name), root=tmp_path)
    again = build(made_up, root=tmp_path)
    assert again.made_anew == 1
    assert again.quads == whole.quads


KILLED = """
import os, signal, sys
from pathlib import Path
from graph.build import build
from graph.pieces import Pieces
from graph.sources import Sources

keep, left = Pieces.keep, 2

def keep_some(self, *arguments):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    keep(self, *arguments)

Pieces.keep = keep_some
build(Sources(articles=Path(sys.argv[1])), root=Path(sys.argv[2]))
"""


def test_a_killed_build_is_resumed(made_up: Sources, whole: Built, tmp_path: Path) -> None:
    """Nothing has to be cleared up, and what was done is not done again."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(made_up.articles), str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert sorted(path.name for path in tmp_path.iterdir()) == [PIECES]
    again = build(made_up, root=tmp_path)
    assert again.made_anew == ARTICLES - 2
    assert again.quads == whole.quads
    assert current(write(again, tmp_path).parent) is not None


FULL = """
import resource, sys
from pathlib import Path
from graph.build import build, write
from graph.sources import Sources

sources, root, most = Sources(articles=Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
try:
    write(build(sources, root=root), root)
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("most", [5_000, 100_000], ids=["for the pieces", "for the dataset"])
def test_a_full_disk_leaves_the_last_good_dataset(most: int, made_up: Sources, tmp_path: Path) -> None:
    """The message names the place; once there is room again, the build goes on."""
    root = tmp_path / "dataset"
    good = write(build(Sources(), root=root), root)
    command = [sys.executable, "-c", FULL, str(made_up.articles), str(root), str(most)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("UnwritableDataset ")
    assert "File too large; the dataset was not written" in done.stdout
    assert current(root) == good
    open_dataset(good / "battlegraph.nq")
    write(build(made_up, root=root), root)
