"""`battlegraph draft` and `compare`, as a user meets them: what is said where, exit codes, what lies there after."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from drafting_claims import claimed, printed

from graph.build import build
from graph.paths import ARTICLES, ROOT
from graph.results import violations
from graph.sources import Sources
from server.cli import main

PAGE = "https://en.wikipedia.org/wiki/Battle_of_Osterby"
BOX = """{{{{Infobox military conflict
| conflict = Battle of Osterby
| date = 3 May 1999
| combatant1 = [[Norland]]
| combatant2 = [[Sudland]]
| casualties1 = '''Per Norland:'''<br />12 killed<br />30-40 wounded
| casualties2 = '''Per Sudland:'''<br />At least 40 soldiers killed<br />3 tanks destroyed
<br />up to 20 captured or missing
| casualties3 = 7 civilians killed<ref>Holm, p. 3.</ref>
{more}}}}}
The '''Battle of Osterby''' was a battle.
{prose}"""
ARTICLE = BOX.format(more="", prose="")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "drafts" / "battle-of-osterby"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "battle.wiki"
    path.write_text(ARTICLE, "utf-8")
    return path


def call(*arguments: str | Path) -> Result:
    """Run `battlegraph`; a traceback is never right."""
    answer = CliRunner().invoke(main, [str(one) for one in arguments])
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


def test_a_draft_is_written_and_what_was_read_is_told(file: Path, folder: Path) -> None:
    answer = call("draft", file, "-o", folder, "--source", PAGE)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout.splitlines()[0] == "Battle of Osterby"
    assert "6 losses" in answer.stdout
    assert (folder / "article.wiki").read_bytes() == file.read_bytes()
    built = build(Sources(articles=folder.parent))
    assert not violations(built.results)


def test_a_page_that_is_not_named_is_asked_for(file: Path, folder: Path) -> None:
    answer = call("draft", file, "-o", folder)
    assert answer.exit_code == 0
    assert "--source" in answer.stdout.splitlines()[-1]


def test_losses_alone_are_pure_json_and_nothing_is_written(file: Path) -> None:
    answer = call("draft", file, "--json")
    assert (answer.exit_code, answer.stderr) == (0, "")
    told = json.loads(answer.stdout)
    assert [
        (one["side"], one["per"], one["count_min"], one["count_max"], one["category"]) for one in told["losses"]
    ] == [
        (1, "Norland", 12, 12, "killed"),
        (1, "Norland", 30, 40, "wounded"),
        (2, "Sudland", 40, None, "killed"),
        (2, "Sudland", 3, 3, "destroyed"),
        (2, "Sudland", None, 20, "captured_or_missing"),
        (None, None, 7, 7, "killed"),
    ]
    assert list(file.parent.iterdir()) == [file]


def test_losses_and_draft_go_together(file: Path, folder: Path) -> None:
    answer = call("draft", file, "-o", folder, "--json")
    assert answer.exit_code == 0
    assert len(json.loads(answer.stdout)["losses"]) == 6
    assert "Battle of Osterby" in answer.stderr
    assert (folder / "losses.ttl").exists()


def test_the_json_says_what_the_turtle_says(file: Path, folder: Path) -> None:
    told = json.loads(call("draft", file, "-o", folder, "--json").stdout)["losses"]
    assert claimed({path.name: path.read_bytes() for path in folder.iterdir()}) == printed(told)


def test_nothing_is_overwritten_without_force(file: Path, folder: Path) -> None:
    assert call("draft", file, "-o", folder).exit_code == 0
    (folder / "mine.ttl").write_text("", "utf-8")
    answer = call("draft", file, "-o", folder)
    assert answer.exit_code == 2
    assert "--force" in answer.stderr
    assert (folder / "mine.ttl").exists()
    assert call("draft", file, "-o", folder, "--force").exit_code == 0
    assert not (folder / "mine.ttl").exists()


def test_reviewed_work_is_never_overwritten(file: Path, folder: Path) -> None:
    assert call("draft", file, "-o", folder).exit_code == 0
    source = folder / "source.ttl"
    source.write_text(source.read_text("utf-8").replace("bg:Unreviewed", "bg:Reviewed"), "utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    answer = call("draft", file, "-o", folder, "--force")
    assert answer.exit_code == 2
    assert "yourself" in answer.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_curated_article_is_safe(file: Path) -> None:
    answer = call("draft", file, "-o", ARTICLES / "battle-of-hadrut", "--force")
    assert answer.exit_code == 2
    assert not (ARTICLES / "battle-of-hadrut" / "article.wiki").exists()


def test_calls_that_cannot_be_meant_are_refused(file: Path, tmp_path: Path) -> None:
    """Each with code 2 and with what to do."""
    (tmp_path / "empty").mkdir()
    calls: tuple[tuple[list[str | Path], str], ...] = (
        (["draft", tmp_path / "missing.wiki", "-o", tmp_path / "x"], "does not exist"),
        (["draft", file], "say with -o"),
        (["draft", tmp_path], "needs -o"),
        (["draft", tmp_path, "-o", tmp_path / "x", "--title", "X"], "NAME.json"),
        (["draft", tmp_path, "-o", file], "is a file"),
        (["draft", tmp_path, "-o", tmp_path, "--json"], "name another"),
        (["draft", tmp_path / "empty", "-o", tmp_path / "x"], "holds no article"),
        (["draft", file, "-o", tmp_path / "Battle_of_X"], "battle-of-x"),
        (["draft", file, "-o", file / "x"], "File exists"),
        (["compare", tmp_path / "missing", tmp_path / "empty"], "does not exist"),
    )
    for arguments, words in calls:
        answer = call(*arguments)
        assert answer.exit_code == 2, arguments
        assert words in " ".join(answer.stderr.replace("│", " ").split()), arguments
    assert sorted(path.name for path in tmp_path.iterdir()) == ["battle.wiki", "empty"]


def test_a_file_in_the_place_of_the_folder_stays(file: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", "utf-8")
    assert call("draft", file, "-o", tmp_path / "x", "--force").exit_code == 2
    assert (tmp_path / "x").read_text("utf-8") == "mine"


NO_ARTICLES = {
    "a letter": (b"Dear Bo,\n\nthe reeds are high.\n", "no infobox"),
    "no infobox": (b"'''Osterby''' is a [[town]].\n", "no box"),
    "another infobox": (
        b"{{Infobox civilian attack\n| title = X\n| fatalities = 12\n}}\n'''X''' was an attack.\n",
        "civilian attack",
    ),
    "nothing": (b"", "empty"),
    "Latin-1": ("Müden".encode("latin-1"), "byte 1 is not UTF-8"),
    "UTF-16": (ARTICLE.encode("utf-16"), "byte 0 is not UTF-8"),
    "NUL bytes": (ARTICLE.replace("killed", "kil\0led").encode(), "line 6: byte"),
    "a line of 10 MB": (b"9" * 10_000_000, "something else"),
    "more than any article": (b"9" * 17_000_000, "something else"),
}


@pytest.mark.parametrize(("content", "words"), NO_ARTICLES.values(), ids=NO_ARTICLES)
def test_what_is_no_article_is_told_and_leaves_nothing(content: bytes, words: str, file: Path, folder: Path) -> None:
    file.write_bytes(content)
    answer = call("draft", file, "-o", folder)
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith(f"battlegraph: {file}: ")
    assert answer.stderr.count(str(file)) == 1
    assert words in answer.stderr
    assert not folder.parent.exists()


ODD_ARTICLES = {
    "half a template": ARTICLE.partition("| casualties3")[0] + "{{flag|",
    "a byte order mark": "\ufeff" + ARTICLE,
    "line ends of Windows": ARTICLE.replace("\n", "\r\n"),
    "line ends of old Macs": ARTICLE.replace("\n", "\r"),
    "control characters": ARTICLE + "\x01\x0b\x0c\x85\u2028\ufffe",
    "a title of brackets": ARTICLE.replace("Battle of Osterby", '<b>"Battle" \\ of {Osterby}'),
}


@pytest.mark.parametrize("article", ODD_ARTICLES.values(), ids=ODD_ARTICLES)
def test_odd_articles_are_drafted_to_the_byte_and_build(article: str, file: Path, folder: Path) -> None:
    file.write_bytes(article.encode())
    assert call("draft", file, "-o", folder, "--source", PAGE).exit_code == 0
    assert (folder / "article.wiki").read_bytes() == article.encode()
    losses = json.loads(call("draft", file, "--json").stdout)["losses"]
    assert [one["count_min"] for one in losses][:4] == [12, 30, 40, 3]
    assert not violations(build(Sources(articles=folder.parent)).results)


BOMBS = {
    "a long line": BOX.format(more="| casualties4 = " + "9 killed, " * 200_000 + "\n", prose=""),
    "nested templates": BOX.format(more="", prose="{{a|" * 20_000 + "}}" * 20_000),
    "nested templates in a field": BOX.format(more="| casualties4 = " + "{{a|" * 20_000 + "\n", prose=""),
    "links that never end": BOX.format(more="", prose="[[" * 200_000),
    "footnotes": BOX.format(more="", prose="".join(f"A<ref>Holm, p. {page}.</ref> " for page in range(2_000))),
    "brackets": BOX.format(more="| casualties4 = " + "(" * 100_000 + "\n", prose=""),
}


@pytest.mark.parametrize("article", BOMBS.values(), ids=BOMBS)
def test_hostile_text_ends_in_bounded_time_and_memory(article: str, file: Path, folder: Path) -> None:
    """A process with 2 GiB at most, and half a minute on a busy machine; a draft or a message, and no more."""
    file.write_text(article, "utf-8")
    begun = time.perf_counter()
    done = subprocess.run(
        ["/bin/sh", "-c", 'ulimit -v 2097152; exec "$@"', "sh", *_COMMAND, "draft", str(file), "-o", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 1}
    assert folder.exists() == (done.returncode == 0)
    assert time.perf_counter() - begun < 45


_COMMAND = [sys.executable, "-c", "import sys; from server.cli import main; sys.argv[0] = 'battlegraph'; main()"]


def test_a_folder_is_drafted_with_progress_and_faults_on_stderr_alone(file: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Bo,\n\nthe reeds are high.\n", "utf-8")
    answer = call("draft", tmp_path, "-o", tmp_path / "out")
    assert answer.exit_code == 1
    assert answer.stdout == "drafted: 1, kept: 0, failed: 1\n"
    assert f"battlegraph: {tmp_path / 'letter.txt'}: no infobox" in answer.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == [file.stem]
    again = call("draft", tmp_path, "-o", tmp_path / "out")
    assert again.stdout == "drafted: 0, kept: 1, failed: 1\n"


def test_losses_of_a_folder_are_files_that_a_second_run_keeps(file: Path, tmp_path: Path) -> None:
    answer = call("draft", tmp_path, "-o", tmp_path / "out", "--json")
    assert (answer.exit_code, answer.stdout) == (0, "drafted: 1, kept: 0, failed: 0\n")
    [written] = (tmp_path / "out").iterdir()
    assert written.name == "battle.json"
    assert written.read_text("utf-8") == call("draft", file, "--json").stdout
    written.write_text("{}", "utf-8")
    assert call("draft", tmp_path, "-o", tmp_path / "out", "--json").stdout == "drafted: 0, kept: 1, failed: 0\n"
    assert written.read_text("utf-8") == "{}"
    assert call("draft", tmp_path, "-o", tmp_path / "out", "--json", "--force").exit_code == 0
    assert written.read_text("utf-8") != "{}"


def test_compare_shows_a_draft_beside_itself_as_the_same(file: Path, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "others" / folder.name
    for place in (folder, other):
        assert call("draft", file, "-o", place, "--source", PAGE).exit_code == 0
    answer = call("compare", folder, other)
    assert answer.exit_code == 0
    assert not {"different", "missing", "extra"} & {line.split()[0] for line in answer.stdout.splitlines()[1:] if line}
