"""The changelog: its versions are those of what it tells of, and no change of the golden dataset goes untold."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
from semver import Version

from graph.changelog import AUDIENCES, CHANGELOG, Section, UntoldChange, check_told, newest, read_changelog
from graph.description import DATASET_IRI
from graph.golden import GOLDEN
from graph.iris import ONTOLOGY_IRI, SHAPES_IRI
from graph.issues import Fault
from graph.namespaces import DCAT, OWL
from graph.paths import ONTOLOGY, ROOT, SHAPES, SHARED

TEXT = """# Changelog

Words before.

## Unreleased

### Data 0.2.0

- One line
  that goes on. (`aaaaaaaaaaaa`)
- Another one of some words.

### Service 1.0.0-rc.1

- Served.

## 2026

Words between.
- no item of a section

### Data 0.1.0

- The first version of it. (`bbbbbbbbbbbb`)
"""


def versions(file: Path, subject: str, property_: str) -> list[str]:
    """Return the values of a property in a Turtle file."""
    quads = ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    return [
        quad.object.value
        for quad in quads
        if quad.subject == ox.NamedNode(subject)
        and quad.predicate == ox.NamedNode(property_)
        and isinstance(quad.object, ox.Literal)
    ]


def test_the_headings_have_the_versions_of_what_they_tell_of() -> None:
    """The data's, the vocabulary's with its shapes, and the software's: each written in one place and told here."""
    sections = read_changelog(CHANGELOG.read_text("utf-8"))
    software = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert versions(SHARED / "dataset.ttl", DATASET_IRI, DCAT + "version") == [newest(sections, "Data").version]
    vocabulary = [newest(sections, "Vocabulary").version]
    assert versions(ONTOLOGY / "battlegraph.ttl", ONTOLOGY_IRI, OWL + "versionInfo") == vocabulary
    assert versions(SHAPES / "shapes.ttl", SHAPES_IRI, OWL + "versionInfo") == vocabulary
    assert newest(sections, "Service").version == software


@pytest.mark.parametrize("audience", AUDIENCES)
def test_versions_go_up_by_semantic_versioning(audience: str) -> None:
    """Each section is newer than the one below it for the same audience."""
    sections = read_changelog(CHANGELOG.read_text("utf-8"))
    found = [Version.parse(section.version) for section in sections if section.audience == audience]
    assert found
    assert found == sorted(set(found), reverse=True)
    assert all(section.lines for section in sections)


def test_the_golden_dataset_is_told() -> None:
    """Where it changed, a line says what changed and names it: `battlegraph build --check --update` says which."""
    check_told(GOLDEN.read_text("utf-8")[:64])


def test_a_changed_golden_dataset_that_nobody_told_fails() -> None:
    """One digit of the digest is enough; the message gives the line."""
    golden = GOLDEN.read_text("utf-8")[:64]
    other = ("1" if golden[0] == "0" else "0") + golden[1:]
    version = newest(read_changelog(CHANGELOG.read_text("utf-8")), "Data").version
    with pytest.raises(UntoldChange) as untold:
        check_told(other)
    assert f"no line of `### Data {version}` tells what changed to give the golden dataset {other}" in str(untold.value)
    assert f"(`{other[:12]}`)" in str(untold.value)


@pytest.mark.parametrize(
    ("digit", "line", "is_told"),
    [
        ("a", "", True),
        ("b", "", False),
        ("c", "", False),
        ("c", "- Two places have another name. (`cccccccccccc`)\n", True),
        ("c", "- (`cccccccccccc`)\n", False),
        ("c", "- Two places have another name. (cccccccccccc)\n", False),
        ("c", "- Two places have another name. (`ccccccccccc`)\n", False),
    ],
    ids=["told", "told-of-an-older-version", "untold", "told-now", "no-words", "no-code", "too-short"],
)
def test_what_tells_a_change(digit: str, line: str, is_told: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Words and the digest, in the newest section on the data."""
    file = tmp_path / "CHANGELOG.md"
    file.write_text(TEXT.replace("- Another", f"{line}- Another"), "utf-8")
    if is_told:
        check_told(digit * 64, file)
    else:
        with pytest.raises(UntoldChange):
            check_told(digit * 64, file)


def test_a_changelog_is_read_by_its_headings() -> None:
    """Items of several lines are one; what stands under other headings is no item."""
    assert read_changelog(TEXT) == (
        Section("Data", "0.2.0", ("One line that goes on. (`aaaaaaaaaaaa`)", "Another one of some words.")),
        Section("Service", "1.0.0-rc.1", ("Served.",)),
        Section("Data", "0.1.0", ("The first version of it. (`bbbbbbbbbbbb`)",)),
    )


@pytest.mark.parametrize("heading", ["### Data", "### Other 0.1.0", "### Data 0.1.0 (2026)", "### data 0.1.0"])
def test_a_heading_of_another_form_is_told(heading: str) -> None:
    """It would tell nobody's version."""
    with pytest.raises(Fault, match=re.escape(repr(heading))):
        read_changelog(f"# Changelog\n\n{heading}\n")


def test_a_missing_changelog_or_section_is_told(tmp_path: Path) -> None:
    """With the file, or the heading to add."""
    file = tmp_path / "CHANGELOG.md"
    with pytest.raises(UntoldChange, match=r"CHANGELOG\.md: No such file"):
        check_told("0" * 64, file)
    file.write_text("# Changelog\n", "utf-8")
    with pytest.raises(Fault, match="no section for Data; add `### Data ` and its version"):
        check_told("0" * 64, file)
