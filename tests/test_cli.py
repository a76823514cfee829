"""The command line, as a user meets it: real processes, in a checkout whose data is a miniature."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.paths import ROOT
from graph.releases import QUADS_FILE

MINIATURE = Path(__file__).parent / "fixtures" / "mini"
COMMAND = [sys.executable, "-c", "import sys; from server.cli import main; sys.argv[0] = 'battlegraph'; main()"]
CLAIMS = "graph/articles/skirmish/claims.ttl"
SECONDS = 120
"""What no command that ends takes, on a busy machine either."""
CACHES = shutil.ignore_patterns("__pycache__")
DATA = shutil.ignore_patterns("dataset", "__pycache__", "articles", "shared")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A checkout of the project with the miniature's data in it."""

    root: Path

    @property
    def dataset(self) -> Path:
        """The dataset's current file."""
        return self.root / "graph" / "dataset" / "current" / QUADS_FILE

    @property
    def environ(self) -> dict[str, str]:
        """An environment in which this checkout is the one imported."""
        return {**os.environ, "PYTHONPATH": str(self.root), "COLUMNS": "200"}

    def run(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
        """Run `battlegraph` and return what it said; a traceback is never right."""
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.root,
            env=self.environ,
            input=stdin,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        out, error = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in error
        return subprocess.CompletedProcess(done.args, done.returncode, out, error)

    def replace(self, name: str, old: str, new: str) -> None:
        """Change something in a file."""
        file = self.root / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def tell(self, digest: str) -> None:
        """Let the changelog name a digest of the golden dataset."""
        text = f"# Changelog\n\n### Data 0.0.1\n\n- What was changed, in words. (`{digest}`)\n"
        (self.root / "CHANGELOG.md").write_text(text, "utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Return a checkout of its own for a test."""
    root = tmp_path / "battlegraph"
    shutil.copytree(ROOT / "graph", root / "graph", ignore=DATA)
    shutil.copytree(ROOT / "server", root / "server", ignore=CACHES)
    for name in ("ontology", "shapes"):
        shutil.copytree(MINIATURE / name, root / name)
    for name in ("articles", "shared"):
        shutil.copytree(MINIATURE / name, root / "graph" / name)
    (root / "tests").mkdir()
    return Checkout(root)


def test_build_writes_the_dataset(checkout: Checkout) -> None:
    """It says where it is, its version and its digest."""
    done = checkout.run("build")
    assert done.returncode == 0
    assert re.fullmatch(r"graph/dataset/\S+/battlegraph\.nq: version 0\.0\.1, SHA-256 [0-9a-f]{64}\n", done.stdout), (
        done.stdout
    )
    assert checkout.dataset.is_file()


BAD_INPUT = {
    "Turtle that does not parse": (
        CLAIMS,
        "claim:burnt a bg:LossClaim ;",
        "claim:burnt a bg:LossClaim",
        rf"{CLAIMS}, line \d+: no valid Turtle: (.|\n)*Mend the Turtle there",
    ),
    "an unknown term": (
        CLAIMS,
        "bg:minCount 2",
        "bg:minCuont 2",
        rf"{CLAIMS}, line \d+: bg:minCuont is no term(.|\n)*",
    ),
    "a quote that is not in the article": (
        CLAIMS,
        '"2 carts burnt"',
        '"two carts burnt"',
        rf"{CLAIMS}, line \d+: <.*/burnt>: the quote “two carts burnt” is not in the article(.|\n)*word for word",
    ),
    "a shape violation": (
        CLAIMS,
        "bg:certainty bg:Asserted",
        "bg:certainty bg:Corroborated",
        rf"{CLAIMS}, line \d+: <.*/result>: Give the claim a certainty\.\n    Violation of bgsh:Claim-certainty",
    ),
    "an altered article": (
        "graph/articles/skirmish/article.txt",
        "5 carts",
        "6 carts",
        r"graph/articles/skirmish/article\.txt: its SHA-256 is [0-9a-f]{64}, but source\.ttl says [0-9a-f]{64}(.|\n)*",
    ),
    "a check that is no query": (
        "shapes/checks/certainty-once.rq",
        "SELECT",
        "SELCT",
        r"shapes/checks/certainty-once\.rq, line 7: no valid SPARQL at 7:\d+\n(.|\n)*",
    ),
    "shapes that are none": (
        "shapes/claim.ttl",
        "bgsh:Claim-anchor a sh:PropertyShape ;\n    sh:path bg:anchor ;",
        "bgsh:Claim-anchor a sh:PropertyShape ;",
        "shapes/ holds a shape that cannot be used: (.|\n)*",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "message"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_bad_input_gets_one_message_and_overwrites_nothing(
    file: str, old: str, new: str, message: str, checkout: Checkout
) -> None:
    """File, line or quote, and what to do; exit code 1; the last good dataset is what it was."""
    checkout.run("build")
    good = checkout.dataset.read_bytes()
    checkout.replace(file, old, new)
    done = checkout.run("build")
    assert done.returncode == 1
    assert re.match(f"battlegraph: {message}", done.stderr), done.stderr
    assert done.stdout == ""
    assert checkout.dataset.read_bytes() == good
    assert checkout.run("validate").stderr == done.stderr


@pytest.mark.parametrize("name", ["article.txt", "claims.ttl"])
def test_an_unreadable_file_is_named(name: str, checkout: Checkout) -> None:
    """Whatever the reason, here that a folder has its name."""
    file = checkout.root / "graph" / "articles" / "skirmish" / name
    file.unlink()
    file.mkdir()
    done = checkout.run("build")
    assert done.returncode == 1
    assert done.stderr.startswith(f"battlegraph: graph/articles/skirmish/{name}: Is a directory\n")


def test_warnings_are_told_and_do_not_stop(checkout: Checkout) -> None:
    """They go to stderr, and are published with the data."""
    checkout.replace(CLAIMS, 'rdfs:label "2 carts burnt, per the North"@en ;', "")
    done = checkout.run("build")
    assert done.returncode == 0
    assert re.match(rf"{CLAIMS}, line \d+: <.*/burnt>: Name the claim\.\n    Warning of bgsh:Claim-label", done.stderr)
    assert checkout.run("validate").stdout == "valid (violations: 0, warnings: 1, notes: 0)\n"


def test_check_compares_with_the_golden_digest(checkout: Checkout) -> None:
    """It writes no dataset; only `--update` changes the golden digest."""
    done = checkout.run("build", "--check")
    assert done.returncode == 1
    assert "run `battlegraph build --check --update`" in done.stderr
    checkout.tell("0" * 12)
    assert checkout.run("build", "--check", "--update").returncode == 0
    golden = (checkout.root / "tests" / "golden.sha256").read_text()
    checkout.tell(golden[:12])
    assert checkout.run("build", "--check").returncode == 0
    checkout.replace("graph/shared/dataset.ttl", "Miniature", "Another")
    done = checkout.run("build", "--check")
    assert done.returncode == 1
    assert f"it says {golden[:64]}, and the build gives " in done.stderr
    assert (checkout.root / "tests" / "golden.sha256").read_text() == golden
    assert not checkout.dataset.exists()


def test_a_changed_golden_digest_wants_a_line_in_the_changelog(checkout: Checkout) -> None:
    """`--update` says which and what changed since the last build; without that line, `--check` fails."""
    checkout.tell("0" * 12)
    assert checkout.run("build").returncode == 0
    checkout.replace(CLAIMS, "bg:minCount 2", "bg:minCount 3")
    done = checkout.run("build", "--check", "--update")
    assert done.returncode == 0
    digest = done.stdout.removeprefix("golden digest is now ").strip()
    assert f"CHANGELOG.md: no line of `### Data 0.0.1` tells what changed to give the golden dataset {digest}" in (
        done.stderr
    )
    assert "- According to The North, “" in done.stderr
    assert "in the words “2 carts burnt”; bg:minCount was “2”, is “3”.\n" in done.stderr
    assert f"(`{digest[:12]}`)" in done.stderr
    done = checkout.run("build", "--check")
    assert done.returncode == 1
    assert f"(`{digest[:12]}`)" in done.stderr
    checkout.tell(digest[:12])
    assert checkout.run("build", "--check").returncode == 0
    assert checkout.run("build", "--check", "--update").stderr == ""


def test_another_base_and_other_articles(checkout: Checkout) -> None:
    """Both are options of the build."""
    elsewhere = checkout.root / "elsewhere"
    shutil.move(checkout.root / "graph" / "articles", elsewhere)
    (checkout.root / "graph" / "articles").mkdir()
    assert checkout.run("build", "--base", "http://localhost/", "--articles", str(elsewhere)).returncode == 0
    assert b"<http://localhost/id/claim/skirmish/lost>" in checkout.dataset.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["build", "--nonsense"], "No such option"),
        (["build", "--base", "example"], "'example' must start with http:// or https:// and end with /"),
        (["build", "--update"], "--update goes with --check"),
        (["build", "--check", "--base", "http://x/"], "--check is about the project's own articles"),
        (["build", "--articles", "nowhere"], "'nowhere' does not exist"),
        (["validate", "nowhere.nq"], "'nowhere.nq' does not exist"),
        (["query", "nowhere.rq"], "'nowhere.rq'"),
        (["query", "--format", "docx"], "'docx' is not one of"),
        (["serve", "--dataset", "nowhere.nq"], "'nowhere.nq' does not exist"),
        (["serve", "--port", "many"], "'many' is not a valid int"),
        (["serve", "--port", "70000"], "port is 70000: it must be between 0 and 65535"),
        (["serve", "--workers", "0"], "workers is 0: it must be between 1 and 256"),
        (["serve", "--query-deadline", "0"], "query_deadline is 0.0: it must be above 0"),
        (["serve", "--cache-bytes", "-1"], "cache_bytes is -1: it must be at least 0"),
        (["serve", "--contact", "me"], "contact is 'me': it must be an e-mail address, or a web address"),
    ],
)
def test_a_wrong_call_is_the_callers_fault(arguments: list[str], message: str, checkout: Checkout) -> None:
    """Exit code 2, and what is wrong with the call."""
    done = checkout.run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_validate_reads_files(checkout: Checkout) -> None:
    """A dump is valid as it is published; a statement that breaks a shape is found, and the exit code says so."""
    checkout.run("build")
    dump = str(checkout.dataset)
    done = checkout.run("validate", dump)
    assert (done.returncode, done.stdout) == (0, f"{dump}: violations: 0, warnings: 0, notes: 0\n")
    broken = checkout.root / "broken.ttl"
    broken.write_text("<urn:p> a <https://w3id.org/battlegraph/ontology#Place> .", "utf-8")
    done = checkout.run("validate", dump, str(broken))
    assert done.returncode == 1
    assert f"{broken}: violations: 1, warnings: 0, notes: 0\n" in done.stdout
    assert "<urn:p>: Name the place." in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.nq", "nonsense", r"x\.nq, line 1: no valid N-Quads"),
        ("x.csv", "nonsense", "no RDF syntax has the suffix '.csv'"),
        (
            "x.ttl",
            "<urn:c> <https://w3id.org/battlegraph/ontology#quote> 'a' .",
            "Run `battlegraph validate` without it",
        ),
    ],
)
def test_validate_refuses_what_it_cannot_read(name: str, content: str, message: str, checkout: Checkout) -> None:
    """One message for each file, exit code 1."""
    (checkout.root / name).write_text(content, "utf-8")
    done = checkout.run("validate", name)
    assert done.returncode == 1
    assert re.search(message, done.stderr)


def test_coverage_accounts_for_the_text(checkout: Checkout) -> None:
    """Four shares, then what is not stated, with offsets and reasons."""
    done = checkout.run("coverage")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"skirmish: \d+ characters", lines[0])
    assert [line.split()[0] for line in lines[1:5]] == ["stated", "left", "unread", "unexplained"]
    assert re.search(r"^  18-22 +“Date” +Field labels\.$", done.stdout, re.MULTILINE)


def test_coverage_fails_where_words_are_unexplained(checkout: Checkout) -> None:
    """It lists them, and says what to do."""
    checkout.replace("graph/articles/skirmish/gaps.ttl", '"Date" , "Result"', '"Result"')
    done = checkout.run("coverage")
    assert done.returncode == 1
    assert re.search(r"^  18-22 +“Date” +UNEXPLAINED$", done.stdout, re.MULTILINE)
    assert "give them a bg:Omission with the reason" in done.stderr


LABEL = b"""PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?label { <https://w3id.org/battlegraph/id/place/ford> rdfs:label ?label }"""
CONSTRUCT = b"CONSTRUCT { <urn:a> <urn:b> ?label } WHERE { <https://w3id.org/battlegraph/id/place/ford> ?p ?label }"


@pytest.mark.parametrize(
    ("query", "arguments", "answer"),
    [
        (LABEL, [], '?label\n"the ford"@en\n'),
        (LABEL, ["--format", "csv"], "label\r\nthe ford\r\n"),
        (b"ASK {}", ["--format", "json"], '{"head":{},"boolean":true}'),
        (CONSTRUCT, ["--format", "nt"], '<urn:a> <urn:b> "the ford"@en .\n'),
        (CONSTRUCT, [], '<urn:b> "the ford"@en'),
    ],
    ids=["tab-separated", "comma-separated", "truth value", "triples", "Turtle"],
)
def test_query_answers(query: bytes, arguments: list[str], answer: str, checkout: Checkout) -> None:
    """From a file or standard input, over the current dataset, which is built where it is missing."""
    done = checkout.run("query", *arguments, stdin=query)
    assert done.returncode == 0, done.stderr
    assert answer in done.stdout
    assert done.stderr == "battlegraph builds the dataset\n"
    file = checkout.root / "x.rq"
    file.write_bytes(query)
    again = checkout.run("query", *arguments, "x.rq")
    assert (again.stdout, again.stderr) == (done.stdout, "")


@pytest.mark.parametrize(
    ("query", "arguments", "message"),
    [
        (b"SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", [], "SERVICE"),
        (b"DROP ALL", [], "read-only"),
        (b"SELECT * {", [], "line 1"),
        (LABEL, ["--format", "ttl"], "solutions or a truth value"),
        (CONSTRUCT, ["--format", "csv"], "triples"),
        (b"\xff", [], "the query is not UTF-8: byte 0"),
    ],
)
def test_query_refuses(query: bytes, arguments: list[str], message: str, checkout: Checkout) -> None:
    """As the endpoint does, with its words; the call is at fault."""
    done = checkout.run("query", *arguments, stdin=query)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""


@dataclass(frozen=True, slots=True)
class Serving:
    """A running `battlegraph serve`."""

    process: subprocess.Popen[str]
    port: int

    def fetch(self, path: str) -> tuple[int, bytes]:
        """Return status and body of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


def serve(checkout: Checkout, *arguments: str) -> Iterator[Serving]:
    """Run `battlegraph serve` on a free port until it is done with."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--workers", "1", "--query-workers", "1", *arguments],
        cwd=checkout.root,
        env=checkout.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert found, said
        yield Serving(process, int(found[1]))
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 0


def test_serve_builds_first_and_answers(checkout: Checkout) -> None:
    """One command from a checkout without a dataset to a server; a second start finds the dataset there."""
    for serving in serve(checkout):
        status, body = serving.fetch("/health")
        assert status == 200
        assert json.loads(body)["version"] == "0.0.1"
    built = checkout.dataset.resolve()
    start = time.perf_counter()
    for serving in serve(checkout):
        assert serving.fetch("/health")[0] == 200
        assert time.perf_counter() - start < 2
    assert checkout.dataset.resolve() == built


def test_serve_builds_anew_when_a_source_has_changed(checkout: Checkout) -> None:
    """What is served is what the sources say."""
    checkout.run("build")
    checkout.replace("graph/shared/dataset.ttl", '"0.0.1"', '"0.0.2"')
    for serving in serve(checkout):
        assert json.loads(serving.fetch("/health")[1])["version"] == "0.0.2"


def test_serve_takes_a_file(checkout: Checkout) -> None:
    """With `--dataset` nothing is built."""
    file = checkout.root / "other.trig"
    file.write_text("<urn:g> { <urn:a> <urn:b> 1 }", "utf-8")
    for serving in serve(checkout, "--dataset", str(file)):
        assert json.loads(serving.fetch("/health")[1])["quads"] == 1
    assert not checkout.dataset.exists()


def test_serve_does_not_start_on_bad_sources(checkout: Checkout) -> None:
    """It tells the fault, and how to serve the last good dataset meanwhile."""
    checkout.run("build")
    checkout.replace(CLAIMS, '"2 carts burnt"', '"two carts burnt"')
    done = checkout.run("serve", "--port", "0")
    assert done.returncode == 1
    assert "the quote “two carts burnt” is not in the article" in done.stderr
    folder = checkout.dataset.resolve().parent.name
    assert f"battlegraph serve --dataset graph/dataset/{folder}/battlegraph.nq" in done.stderr


def test_serve_refuses_what_is_no_dataset(checkout: Checkout) -> None:
    """By its name; what is in it may still become one, and is told on /health."""
    (checkout.root / "x.csv").write_text("a,b", "utf-8")
    done = checkout.run("serve", "--port", "0", "--dataset", "x.csv")
    assert done.returncode == 1
    assert re.match(r"battlegraph: x\.csv: a dataset is an N-Quads \(\.nq\) or TriG \(\.trig\) file", done.stderr)


def test_a_port_in_use_is_the_callers_fault(checkout: Checkout) -> None:
    """It is named, and another can be chosen."""
    checkout.run("build")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = checkout.run("serve", "--port", str(port))
    assert done.returncode == 2
    assert f"port {port} of 127.0.0.1 is in use" in done.stderr
    assert "--port" in done.stderr


def test_help_and_version(checkout: Checkout) -> None:
    """The commands are listed, each with a sentence."""
    done = checkout.run("--help")
    assert re.findall(r"^  ([a-z]+(?:-[a-z]+)*)  +[A-Z]", done.stdout, re.MULTILINE) == [
        "bench",
        "build",
        "compare",
        "coverage",
        "draft",
        "export",
        "export-site",
        "links",
        "load",
        "query",
        "release",
        "serve",
        "validate",
    ]
    assert re.fullmatch(r"battlegraph, version \d+\.\d+\.\d+\n", checkout.run("--version").stdout)


def test_release_builds_first_and_never_changes_what_is_released(checkout: Checkout) -> None:
    """A source that changes needs a version of its own, in the one file that says so."""
    done = checkout.run("release")
    assert done.returncode == 0
    assert "battlegraph builds the dataset\n" in done.stderr
    assert done.stdout.startswith("graph/released/0.0.1: released\n")
    released = checkout.root / "graph" / "released"
    sums = (released / "0.0.1" / "SHA256SUMS").read_bytes()
    again = checkout.run("release", "--version", "0.0.1")
    assert (again.returncode, again.stderr.count("builds")) == (0, 0)
    assert "nothing changed" in again.stdout
    checkout.replace("graph/shared/dataset.ttl", "2026-01-01", "2026-01-02")
    refused = checkout.run("release")
    assert refused.returncode == 1
    assert "battlegraph-0.0.1.nq" in refused.stderr
    assert "Raise dcat:version and dcterms:modified in graph/shared/dataset.ttl" in refused.stderr
    assert checkout.run("release", "--version", "0.0.2").returncode == 2
    checkout.replace("graph/shared/dataset.ttl", 'dcat:version "0.0.1"', 'dcat:version "0.0.2"')
    done = checkout.run("release", "--version", "0.0.2")
    assert done.returncode == 0
    assert "version 0.0.2 of 2026-01-02, after 0.0.1\n" in done.stdout
    assert {path.name for path in released.iterdir()} == {".lock", "0.0.1", "0.0.2"}
    assert (released / "0.0.1" / "SHA256SUMS").read_bytes() == sums
