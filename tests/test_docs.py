"""The README is run as it stands: its commands work, and its answers are the ones given."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.paths import ROOT
from server.cli import main

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SHELL = [text.strip() for language, text in BLOCKS if language == "sh"]
SERVE, TEST, *COMMANDS = SHELL
REQUESTS = [command for command in COMMANDS if command.startswith("curl ")]
OTHERS = [command for command in COMMANDS if command not in REQUESTS]
ANSWERS = {
    text.strip(): BLOCKS[place + 1][1]
    for place, (language, text) in enumerate(BLOCKS)
    if language == "sh" and text.startswith("curl ")
}
BIN = Path(sys.executable).parent
SETUP = "python3 -m venv .venv && .venv/bin/pip install -q -e "


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Start the server as the README does, on a free port, and return its address."""
    command = SERVE.rpartition(" && ")[2].replace(".venv/bin", str(BIN)).split()
    with subprocess.Popen(
        [*command, "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://[\d.]+:\d+/", said)
        try:
            assert found, (said, process.poll())
            yield found[0]
        finally:
            process.terminate()
            process.communicate(timeout=20)


def run(command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the README in the root, with this environment in the place of .venv."""
    return subprocess.run(
        ["/bin/sh", "-ec", command.replace(".venv/bin", str(BIN))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_two_commands_set_up_alike() -> None:
    """Each is one line that starts from nothing; what differs is what is installed and run."""
    assert f"{SETUP}. && .venv/bin/battlegraph serve" == SERVE
    assert f"{SETUP}'.[test]' && .venv/bin/pytest" == TEST


def test_ci_runs_the_test_command_word_for_word() -> None:
    """What is checked before a change lands is what the README tells a newcomer to run."""
    assert TEST in [line.strip() for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()]


def test_there_are_three_requests_with_their_answers() -> None:
    """A thing, a question and the description of the dataset."""
    assert len(REQUESTS) == 3
    assert all(ANSWERS[request] for request in REQUESTS)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("request_line", REQUESTS)
def test_each_request_gets_the_answer_beside_it(request_line: str, address: str) -> None:
    """To the letter."""
    done = run(request_line.replace("http://127.0.0.1:8000/", address))
    assert (done.stdout, done.stderr, done.returncode) == (ANSWERS[request_line], "", 0)


@pytest.mark.parametrize("command", OTHERS)
def test_each_other_command_works(command: str) -> None:
    """They are what a curator runs after a change."""
    done = run(command)
    assert done.returncode == 0, done.stderr


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    """A command nobody can find out about does not exist."""
    for name in main.commands:
        assert f"battlegraph {name}" in README, name


def test_the_readme_is_short() -> None:
    """A newcomer reads it to the end."""
    assert len(README.splitlines()) <= 120
