"""The Range header, as a pure function of the header and the size (RFC 9110 section 14)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.downloads.byte_ranges import MOST, read_ranges


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("bytes=0-99", [range(100)]),
        ("bytes=0-0", [range(1)]),
        ("bytes=900-", [range(900, 1000)]),
        ("bytes=900-9999", [range(900, 1000)]),
        ("bytes=-50", [range(950, 1000)]),
        ("bytes=-5000", [range(1000)]),
        ("BYTES=0-99", [range(100)]),
        ("bytes = 0-99", [range(100)]),
        ("bytes=0-99, 200-299", [range(100), range(200, 300)]),
        ("bytes=200-299,0-99", [range(200, 300), range(100)]),
        ("bytes=0-99,,\t100-199 ,", [range(100), range(100, 200)]),
        ("bytes=0-99,5000-", [range(100)]),
        ("bytes=1000-", []),
        ("bytes=99999999999999999999999-", []),
        ("bytes=-0", []),
        ("bytes=1000-,2000-3000", []),
    ],
)
def test_stretches_are_found(header: str, found: list[range]) -> None:
    """In the order asked for; what is beyond the end is left out, and nothing left is nothing to send."""
    assert read_ranges(header, 1000) == tuple(found)


@pytest.mark.parametrize(
    "header",
    [
        "", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=1-2-3", "bytes=0x1-2",
        "bytes=+1-2", "bytes=1 - 2", "bytes=\u0661-", "items=0-1", "bytes:0-99", "bytes=0-99;1-2",
        "bytes=0-99,5-2", "bytes=0-99,nonsense", "bytes=0-99,50-149", "bytes=0-,-1", "bytes=0-,0-,0-",
        "bytes=" + ",".join(f"{place}-{place}" for place in range(0, 2 * MOST + 2, 2)), "bytes=" + "9" * 500 + "-",
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_asks_for_bytes_twice_is_as_if_not_sent(header: str) -> None:
    """So the whole file is the answer (section 14.2)."""
    assert read_ranges(header, 1000) is None


def test_an_empty_file_has_no_stretch() -> None:
    """Not even its last byte."""
    assert read_ranges("bytes=0-", 0) == read_ranges("bytes=-1", 0) == ()


@given(header=st.text(max_size=40) | st.from_regex(r"bytes=[0-9, -]{0,30}", fullmatch=True), size=st.integers(0, 50))
@example("bytes=0-0,2-2", 3)
def test_no_header_is_too_odd(header: str, size: int) -> None:
    """What comes out never leaves the file, and no byte is in it twice."""
    found = read_ranges(header, size)
    places = [place for stretch in found or () for place in stretch]
    assert len(places) == len(set(places))
    assert all(0 <= place < size for place in places)
    assert all(found or ())
