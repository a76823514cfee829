"""CHANGELOG.md read for what it tells: sections for the data, the vocabulary and the service, each with its version.

A changed golden dataset is told in the newest section `### Data <version>`: one of its
lines says what changed and names the new digest by its first twelve digits. So a change
of the published bytes that nobody told cannot pass for one that somebody did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.issues import Fault, shown
from graph.paths import ROOT
from graph.releases import short_digest

CHANGELOG: Final = ROOT / "CHANGELOG.md"
AUDIENCES: Final = ("Data", "Vocabulary", "Service")

_HEADING: Final = re.compile(r"### (\w+) (\S+)")
_FEWEST_WORDS: Final = 3


class UntoldChange(Fault):
    """The changelog does not say what changed; the message gives the line that is wanting."""


@dataclass(frozen=True, slots=True)
class Section:
    """What one version of the data, the vocabulary or the service brought."""

    audience: str
    version: str
    lines: tuple[str, ...]
    """The items of its list, each on one line."""


def read_changelog(text: str) -> tuple[Section, ...]:
    """Return the sections in their order, the newest first; raise `Fault` for a heading of another form."""
    sections: list[Section] = []
    lines: list[str] = []
    is_in_section = False
    for line in text.splitlines():
        if line.startswith("### "):
            heading = _HEADING.fullmatch(line)
            if heading is None or heading[1] not in AUDIENCES:
                raise Fault(
                    f"CHANGELOG.md: {line!r} is no heading of a section; write one of {', '.join(AUDIENCES)} and a "
                    "version, as `### Data 0.1.0`"
                )
            lines, is_in_section = [], True
            sections.append(Section(heading[1], heading[2], ()))
        elif line.startswith("#"):
            is_in_section = False
        elif is_in_section and line.startswith("- "):
            lines.append(line.removeprefix("- "))
        elif is_in_section and line.startswith(" ") and lines:
            lines[-1] += f" {line.strip()}"
        if sections and is_in_section:
            sections[-1] = Section(sections[-1].audience, sections[-1].version, tuple(lines))
    return tuple(sections)


def newest(sections: tuple[Section, ...], audience: str) -> Section:
    """Return the newest section for an audience; raise `Fault` where there is none."""
    for section in sections:
        if section.audience == audience:
            return section
    raise Fault(f"CHANGELOG.md: it has no section for {audience}; add `### {audience} ` and its version")


def wanting_line(digest: str) -> str:
    """Return the form of the line that tells a change of the golden dataset."""
    return f"- What changed, in words. (`{short_digest(digest)}`)"


def is_told(digest: str, lines: tuple[str, ...]) -> bool:
    """Tell whether a line names a digest and says something beside."""
    mark = f"`{short_digest(digest)}`"
    return any(mark in line and len(line.replace(mark, "").split()) > _FEWEST_WORDS for line in lines)


def check_told(digest: str, file: Path = CHANGELOG) -> None:
    """Raise `UntoldChange` unless the newest section on the data names this digest of the golden dataset."""
    try:
        section = newest(read_changelog(file.read_text("utf-8")), "Data")
    except OSError as error:
        raise UntoldChange(
            f"{shown(file)}: {error.strerror}; changes of the data are told there, in a checkout of the project"
        ) from error
    if not is_told(digest, section.lines):
        raise UntoldChange(
            f"{shown(file)}: no line of `### Data {section.version}` tells what changed to give the golden dataset "
            f"{digest}. Add one there:\n    {wanting_line(digest)}"
        )
