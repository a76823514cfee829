"""Many articles at once: each accounted for, none stopping the others, nothing lost and nothing half written."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from math import log
from pathlib import Path

import pytest

from graph.drafting.document import UnreadableArticle
from graph.drafting.draft import Draft, draft
from graph.drafting.running import batch
from graph.drafting.running.batch import Fate, Outcome, draft_file, run
from graph.drafting.running.bounds import bounded
from graph.drafting.running.folders import DraftInTheWay, Standing, place_draft, standing_at
from graph.drafting.running.tasks import Task, task_of, tasks_in
from graph.paths import ROOT
from graph.workforce.force import Common, Failed, Finished, ProcessKilled, Result
from graph.workforce.force import Task as AnyTask
from graph.workforce.opening import Here, open_workforce

ARTICLE = """{{Infobox military conflict
| conflict = Battle of Osterby
| date = 3 May 1999
| combatant1 = [[Norland]]
| combatant2 = [[Sudland]]
| casualties1 = 12 killed
| casualties2 = 3 tanks destroyed
}}
The '''Battle of Osterby''' was a battle.
"""
COMMAND = [sys.executable, "-c", "import sys; from server.cli import main; sys.argv[0] = 'battlegraph'; main()"]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "drafts"


def _write(folder: Path, *names: str, text: str = ARTICLE) -> None:
    for name in names:
        (folder / name).write_text(text, "utf-8")


def _fates(outcomes: Iterator[Outcome]) -> dict[str, str]:
    return {outcome.task.file.name: outcome.fate.value for outcome in outcomes}


def _messages(outcomes: Iterator[Outcome]) -> dict[str, str]:
    return {outcome.task.file.name: outcome.message for outcome in outcomes}


def test_a_folder_is_drafted_by_the_names_of_its_files(articles: Path, output: Path) -> None:
    _write(articles, "battle_of_x.wiki", "Battle of Ý.wikitext", "read me.md")
    (articles / "a folder.wiki").mkdir()
    assert set(_fates(run(tasks_in(articles, output), Here())).values()) == {"drafted"}
    assert sorted(path.name for path in output.iterdir()) == ["battle-of-x", "battle-of-y"]
    assert (output / "battle-of-x" / "article.wiki").read_text("utf-8") == ARTICLE


def test_a_second_run_keeps_what_the_first_has_drafted(articles: Path, output: Path) -> None:
    _write(articles, "one.wiki", "two.wiki")
    assert Counter(_fates(run(tasks_in(articles, output), Here())).values()) == {"drafted": 2}
    _write(articles, "three.wiki")
    before = {path: path.stat().st_ino for path in output.iterdir()}
    assert _fates(run(tasks_in(articles, output), Here())) == {
        "one.wiki": "kept",
        "two.wiki": "kept",
        "three.wiki": "drafted",
    }
    assert {path: path.stat().st_ino for path in before} == before


def test_bad_files_fail_each_with_its_reason_and_the_rest_is_drafted(articles: Path, output: Path) -> None:
    _write(articles, "good.wiki", "last.wiki")
    _write(articles, "letter.txt", text="Dear Bo,\n\nthe reeds are high.\n")
    _write(articles, "empty.txt", text="")
    (articles / "latin.txt").write_bytes("Müden".encode("latin-1"))
    (articles / "wide.wiki").write_bytes(ARTICLE.encode("utf-16"))
    (articles / "nul.wiki").write_bytes(ARTICLE.replace("killed", "kil\0led").encode())
    (articles / "nowhere.wiki").symlink_to(articles / "nothing")
    (articles / "linked.wiki").symlink_to(articles / "good.wiki")
    outcomes = list(run(tasks_in(articles, output), Here()))
    drafted = {outcome.task.file.name for outcome in outcomes if outcome.fate is Fate.DRAFTED}
    assert drafted == {"good.wiki", "last.wiki", "linked.wiki"}
    messages = _messages(iter(outcomes))
    for name, words in {
        "letter.txt": "no infobox",
        "empty.txt": "empty",
        "latin.txt": "not UTF-8",
        "wide.wiki": "not UTF-8",
        "nul.wiki": "NUL",
        "nowhere.wiki": "No such file",
    }.items():
        assert words in messages[name], (name, messages[name])
    assert not {path.name for path in output.iterdir()} & {"letter", "empty", "latin", "wide", "nul", "nowhere"}


def test_a_file_that_may_not_be_read_is_told(articles: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is the system's; root, who may run the tests, would not be refused."""

    def refuse(file: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(file), mode)

    _write(articles, "closed.wiki")
    monkeypatch.setattr(Path, "open", refuse)
    assert "Permission denied" in _messages(run(tasks_in(articles, output), Here()))["closed.wiki"]


def test_a_folder_for_drafts_that_cannot_be_written_fails_each_article(articles: Path, tmp_path: Path) -> None:
    _write(articles, "one.wiki")
    (tmp_path / "file").write_text("in the way", "utf-8")
    (message,) = _messages(run(tasks_in(articles, tmp_path / "file" / "drafts"), Here())).values()
    assert "file" in message
    assert (tmp_path / "file").read_text("utf-8") == "in the way"


@pytest.mark.parametrize("only_losses", [False, True])
def test_files_that_would_go_to_one_place_are_told_and_none_of_them_is_drafted(
    articles: Path, output: Path, *, only_losses: bool
) -> None:
    _write(articles, "battle_of_x.wiki", "battle_of_x.txt", "other.wiki")
    outcomes = list(run(tasks_in(articles, output, only_losses=only_losses), Here()))
    assert _fates(iter(outcomes)) == {
        "battle_of_x.wiki": "failed",
        "battle_of_x.txt": "failed",
        "other.wiki": "drafted",
    }
    assert "battle_of_x.txt goes too" in _messages(iter(outcomes))["battle_of_x.wiki"]


def test_a_file_beside_an_article_gives_its_title_and_page(articles: Path, output: Path) -> None:
    _write(articles, "x.wiki")
    (articles / "x.json").write_text('{"title": "Battle of X", "url": "https://norland.example/x", "n": 1}', "utf-8")
    assert task_of(articles / "x.wiki") == Task(
        articles / "x.wiki", None, title="Battle of X", source="https://norland.example/x"
    )
    for nonsense in ("[", "[1]", "[" * 100_000, "\udcff"):
        (articles / "x.json").write_bytes(nonsense.encode("utf-8", "surrogateescape"))
        assert task_of(articles / "x.wiki").title is None
    assert _fates(run(tasks_in(articles, output), Here())) == {"x.wiki": "drafted"}


# What stands where a draft should go.


def _drafted(articles: Path, folder: Path) -> Draft:
    _write(articles, "x.wiki")
    return draft_file(task_of(articles / "x.wiki", folder))


def test_a_draft_is_overwritten_only_by_force(articles: Path, output: Path) -> None:
    drafted = _drafted(articles, output / "x")
    place_draft(drafted.files, output / "x")
    (output / "x" / "mine.ttl").write_text("", "utf-8")
    with pytest.raises(DraftInTheWay, match="--force"):
        place_draft(drafted.files, output / "x")
    assert (output / "x" / "mine.ttl").exists()
    place_draft(drafted.files, output / "x", force=True)
    assert sorted(path.name for path in (output / "x").iterdir()) == sorted(drafted.files)


@pytest.mark.parametrize(
    "review",
    [
        "bg:reviewStatus bg:Reviewed .\n# It was bg:reviewStatus bg:Unreviewed .\n",
        "bg:reviewStatus bg:Reviewed , bg:Unreviewed .",
        'rdfs:comment "bg:reviewStatus bg:Unreviewed ." .',
        "bg:reviewStatus bg:Unreviewed",
    ],
    ids=["reviewed", "both", "said in a comment", "not to be parsed"],
)
def test_what_may_be_reviewed_stays_even_with_force(articles: Path, output: Path, review: str) -> None:
    drafted = _drafted(articles, output / "x")
    place_draft(drafted.files, output / "x")
    source = output / "x" / "source.ttl"
    changed = source.read_text("utf-8").replace("bg:reviewStatus bg:Unreviewed .", review)
    source.write_text(changed, "utf-8")
    assert standing_at(output / "x") is Standing.REVIEWED
    with pytest.raises(DraftInTheWay, match="yourself"):
        place_draft(drafted.files, output / "x", force=True)
    assert _fates(run(tasks_in(articles, output), Here(), force=True)) == {"x.wiki": "kept"}
    assert source.read_text("utf-8") == changed


def test_what_is_no_article_stays_even_with_force(articles: Path, output: Path) -> None:
    _write(articles, "x.wiki", "y.wiki")
    (output / "x").mkdir(parents=True)
    (output / "x" / "thesis.txt").write_text("years of work", "utf-8")
    (output / "y").write_text("a file", "utf-8")
    assert _fates(run(tasks_in(articles, output), Here(), force=True)) == {"x.wiki": "failed", "y.wiki": "failed"}
    assert (output / "x" / "thesis.txt").read_text("utf-8") == "years of work"
    assert (output / "y").read_text("utf-8") == "a file"


def test_an_empty_folder_is_no_obstacle(articles: Path, output: Path) -> None:
    (output / "x").mkdir(parents=True)
    place_draft(_drafted(articles, output / "x").files, output / "x")
    assert standing_at(output / "x") is Standing.DRAFT


# Bounds, and processes that end before their work does.


def test_time_is_bounded() -> None:
    begun = time.perf_counter()
    with pytest.raises(UnreadableArticle, match=r"more than 0\.2 seconds"), bounded(seconds=0.2):
        time.sleep(60)
    assert time.perf_counter() - begun < 5


def test_memory_is_bounded_and_given_back() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(UnreadableArticle, match="memory"), bounded(memory=2**28):
        bytearray(2**29)
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert len(bytearray(2**29)) == 2**29


def test_no_more_of_a_file_is_read_than_an_article_can_have() -> None:
    with pytest.raises(UnreadableArticle, match="something else"):
        draft_file(Task(Path("/dev/zero"), None))


class _Killing:
    """A workforce whose process is killed by one article."""

    def each(
        self, work: Callable[[Common, AnyTask], Result], tasks: Iterable[AnyTask], common: Common
    ) -> Iterator[Finished[AnyTask, Result] | Failed[AnyTask]]:
        for done in Here().each(work, tasks, common):
            yield Failed(done.task, ProcessKilled("it was killed")) if "battle-c" in str(done.task) else done


def test_a_process_that_is_killed_costs_its_own_article_alone(articles: Path, output: Path) -> None:
    _write(articles, *(f"battle-{letter}.wiki" for letter in "abcdefghij"))
    outcomes = list(run(tasks_in(articles, output), _Killing()))
    assert Counter(outcome.fate for outcome in outcomes) == {Fate.DRAFTED: 9, Fate.FAILED: 1}
    assert "was killed" in _messages(iter(outcomes))["battle-c.wiki"]
    assert len(list(output.iterdir())) == 9


def test_a_mistake_of_the_program_costs_one_article_and_is_told_with_its_place(
    articles: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(text: str, slug: str, title: str | None, source_url: str | None) -> Draft:
        if slug == "a":
            raise KeyError("a table without an entry")
        return draft(text, slug, title, source_url)

    _write(articles, "a.wiki", "b.wiki")
    monkeypatch.setattr(batch, "draft", mistaken)
    outcomes = list(run(tasks_in(articles, output), Here()))
    assert _fates(iter(outcomes)) == {"a.wiki": "failed", "b.wiki": "drafted"}
    assert "KeyError: 'a table without an entry' (test_drafting_batch.py, line" in _messages(iter(outcomes))["a.wiki"]


def test_bounds_hold_where_a_workforce_has_its_processes(articles: Path, output: Path) -> None:
    """Signals and limits are of a process and its main thread."""
    _write(articles, "a.wiki", "letter.txt", text=ARTICLE)
    (articles / "letter.txt").write_text("Dear Bo,", "utf-8")
    with open_workforce(workers=2) as workforce:
        outcomes = list(run(tasks_in(articles, output), workforce))
    assert _fates(iter(outcomes)) == {"a.wiki": "drafted", "letter.txt": "failed"}
    assert "no infobox" in _messages(iter(outcomes))["letter.txt"]


def _running(articles: Path, output: Path) -> subprocess.Popen[str]:
    """Start drafting in a process group of its own, and return when a draft is there."""
    process = subprocess.Popen(
        [*COMMAND, "draft", str(articles), "-o", str(output)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while not (output.is_dir() and any(one.name != ".drafting" for one in output.iterdir())):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    return process


def _whole(output: Path) -> set[str]:
    """Return the drafts that are there, each of which has to be whole."""
    found = [path for path in output.iterdir() if path.name != ".drafting"]
    for path in found:
        assert standing_at(path) is Standing.DRAFT
        assert (path / "article.wiki").read_text("utf-8") == ARTICLE
        assert (path / "losses.ttl").exists()
    return {path.name for path in found}


def _workers(process: subprocess.Popen[str]) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in children.read_text("ascii").split()]


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
def test_a_run_that_was_broken_off_leaves_whole_drafts_and_goes_on_where_it_stopped(
    articles: Path, output: Path, signum: signal.Signals
) -> None:
    """Ctrl-C goes to the whole group, as a terminal sends it; SIGKILL to the first process alone."""
    names = [f"battle-{number}.wiki" for number in range(400)]
    _write(articles, *names)
    process = _running(articles, output)
    workers = _workers(process)
    if signum is signal.SIGINT:
        os.killpg(process.pid, signum)
    else:
        process.kill()
    _, error = process.communicate(timeout=60)
    assert "Traceback" not in error
    until = time.monotonic() + 30
    while any(_is_alive(pid) for pid in workers):
        assert time.monotonic() < until, "processes outlive the one that started them"
        time.sleep(0.05)
    first = _whole(output)
    assert 0 < len(first) < len(names)
    again = subprocess.run(
        [*COMMAND, "draft", str(articles), "-o", str(output)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr
    assert again.stdout == f"drafted: {len(names) - len(first)}, kept: {len(first)}, failed: 0\n"
    assert _whole(output) == {name.removesuffix(".wiki") for name in names}
    assert {path.name for path in output.iterdir() if path.name.startswith(".")} == set()


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def test_many_articles_take_as_much_longer_as_they_are_more(articles: Path, tmp_path: Path) -> None:
    """Four times the articles: the exponent is one, give or take a busy machine."""
    _write(articles, *(f"battle-{number}.wiki" for number in range(200)))
    tasks = tasks_in(articles, tmp_path / "unused")
    seconds = {}
    for count in (50, 200):
        to = tmp_path / f"drafts-{count}"
        begun = time.perf_counter()
        own = [Task(task.file, to / task.file.stem) for task in tasks[:count]]
        assert Counter(outcome.fate for outcome in run(own, Here())) == {Fate.DRAFTED: count}
        seconds[count] = time.perf_counter() - begun
    exponent = log(seconds[200] / seconds[50]) / log(4)
    assert exponent < 1.4
