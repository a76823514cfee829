"""Which footnote marks stand at which figure of a line."""

from __future__ import annotations

from collections.abc import Sequence

from graph.drafting.document import Line, Mark


def marks_of(line: Line, stretches: Sequence[tuple[int, int]]) -> list[tuple[Mark, ...]]:
    """Return the marks of each of the figures, which stand at visible stretches in the order of the line.

    Marks inside a figure ("13[5]-68[8] POW") are its own; marks after one are those of all figures
    since the marks before ("1 killed, 1 injured[4]"), unless nothing but a lost break parts them.
    """
    own: list[list[Mark]] = [[] for _ in stretches]
    waiting: list[int] = []
    marks = sorted(line.marks, key=lambda mark: mark.at)
    at = 0
    for number, (start, end) in enumerate(stretches):
        until = stretches[number + 1][0] if number + 1 < len(stretches) else len(line.text) + 1
        while at < len(marks) and marks[at].at <= start:
            at += 1
        if number and line.text[stretches[number - 1][1] : start].isspace():
            waiting = []
        inside = at
        while at < len(marks) and marks[at].at < end:
            at += 1
        own[number].extend(marks[inside:at])
        waiting.append(number)
        after = at
        while at < len(marks) and marks[at].at <= until:
            at += 1
        if after < at:
            for earlier in waiting:
                own[earlier].extend(marks[after:at])
            waiting = []
        elif inside < after:
            waiting = []
    return [tuple(every) for every in own]
