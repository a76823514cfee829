"""Text in cells of files that spreadsheets open.

What begins with one of `= + - @`, a tab or an end of line is a formula to them, which runs
when the file is opened. The words of the articles are anybody's, so an apostrophe goes
before such text: spreadsheets take it for the mark of a text cell, and a program that wants
the words as they are removes it, or takes the RDF. Numbers, dates and IRIs stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

from server.terms.days import read_span

_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_BEGINNINGS: Final = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001  the wide forms are formulas too


def guard(text: str) -> str:
    """Return the text as a cell that no spreadsheet runs.

    >>> guard("=1+1"), guard("-0490-09-12"), guard("14 T-72s")
    ("'=1+1", '-0490-09-12', '14 T-72s')
    """
    is_plain = _NUMBER.fullmatch(text) or read_span(text)
    return text if is_plain or not text.startswith(_BEGINNINGS) else f"'{text}"
