"""Rows of tab-separated values and of CSV, without a line end in any field of the former."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

from server.terms.spreadsheets import guard

_BREAKS: Final = re.compile(r"[\t\r\n\x00-\x1f\x7f\u2028\u2029]+")


def tsv_row(fields: Sequence[str]) -> str:
    """Return the fields as a row; TSV has no escape, so a break within a field becomes a space."""
    return "\t".join(_BREAKS.sub(" ", field).strip() for field in fields)


def csv_row(fields: Sequence[object]) -> str:
    """Return the fields as a row of CSV with its line end (RFC 4180); None is an empty field.

    An apostrophe goes before text that a spreadsheet would run as a formula.
    """
    out = io.StringIO()
    csv.writer(out).writerow([guard(field) if isinstance(field, str) else field for field in fields])
    return out.getvalue()
