"""The date field: Extended Date/Time Format, phases, durations, calendars."""

# The texts have the dashes, primes and letters that articles have.
# ruff: noqa: RUF001

from __future__ import annotations

import time
from calendar import month_name
from dataclasses import replace
from datetime import date

import pytest
from drafting_lines import document_of, field_of, line_of, unaccounted
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from graph.anchors import Span
from graph.drafting.chronicle.dates import RULES, read_date
from graph.drafting.document import Entry
from graph.drafting.reading import Dating, Disposal, FieldReading

_DOCUMENT = document_of("Battle of Anywhere")


def _read(text: str) -> FieldReading:
    return read_date(field_of("date", text), _DOCUMENT)


def _only(text: str) -> Dating:
    (dating,) = _read(text).datings
    return dating


def _unread(text: str) -> list[str]:
    return [portion.words.text for portion in _read(text).portions if portion.disposal is Disposal.UNREAD]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("3 May 1808", "1808-05-03"),
        ("May 3, 1808", "1808-05-03"),
        ("3rd of May 1808", "1808-05-03"),
        ("Tuesday, 3 May 1808", "1808-05-03"),
        ("Sept. 3, 1808", "1808-09-03"),
        ("May 1808", "1808-05"),
        ("early May 1808", "1808-05"),
        ("mid-May 1808", "1808-05"),
        ("1808", "1808"),
        ("Autumn of 1240", "1240-23"),
        ("Spring 218 BC", "-0217-21"),
        ("2 June 31 BC", "-0030-06-02"),
        ("June 9, 48 BC", "-0047-06-09"),
        ("June 9 B.C.", "-0008-06"),
        ("1 BC", "0000"),
        ("AD 9", "0009"),
        ("9 A.D.", "0009"),
        ("September, AD 9", "0009-09"),
        ("13 March 624 CE", "0624-03-13"),
        ("c. 1200", "1200~"),
        ("circa May 1200", "1200-05~"),
        ("probably 1200", "1200?"),
        ("c. 1200?", "1200%"),
        ("13th century", "12XX"),
        ("5th century BC", "-04XX"),
        ("1240s", "124X"),
        ("3–5 May 1808", "1808-05-03/1808-05-05"),
        ("3-5 May 1808", "1808-05-03/1808-05-05"),
        ("3 to 5 May 1808", "1808-05-03/1808-05-05"),
        ("from 3 May to 5 June 1808", "1808-05-03/1808-06-05"),
        ("May 3–5, 1808", "1808-05-03/1808-05-05"),
        ("May 25 – June 1, 1808", "1808-05-25/1808-06-01"),
        ("25 May – 1 June 1808", "1808-05-25/1808-06-01"),
        ("16 December 1808 – 25 January 1809", "1808-12-16/1809-01-25"),
        ("16 December 1808 - 25 January 1809", "1808-12-16/1809-01-25"),
        ("May 25, 1808 – 28", "1808-05-25/1808-05-28"),
        ("25 May 1808 – 1 June", "1808-05-25/1808-06-01"),
        ("May – June 1808", "1808-05/1808-06"),
        ("1618–1648", "1618/1648"),
        ("1643–44", "1643/1644"),
        ("1643–4", "1643/1644"),
        ("218–201 BC", "-0217/-0200"),
        ("146–44 BC", "-0145/-0043"),
        ("31 BC – 14 AD", "-0030/0014"),
        ("15 May 1648 – c. 1650", "1648-05-15/1650~"),
        ("1 May 2014 – present", "2014-05-01/.."),
        ("since May 2014", "2014-05/.."),
        ("1 May 1169 – ?", "1169-05-01/"),
        ("July or August, 251", "[0251-07,0251-08]"),
        ("3 or 4 May 1808", "[1808-05-03,1808-05-04]"),
        ("3 and 5 May 1808", "{1808-05-03,1808-05-05}"),
        ("3, 4 and 7 May 1808", "{1808-05-03,1808-05-04,1808-05-07}"),
        ("1457 BC or 1479 BC", "[-1478,-1456]"),
        ("334/333 BC", "[-0333,-0332]"),
        ("1260s–1270s", "126X/127X"),
        ("3 May 1808; 200 years ago", "1808-05-03"),
        ("between 1200 and 1205", "[1200..1205]"),
        ("before 1200", "[..1200]"),
        ("after May 1200", "[1200-05..]"),
        ("night of 3–4 May 1808", "1808-05-03/1808-05-04"),
        ("1808-05-03", "1808-05-03"),
        ("3\u00a0May\u00a01808", "1808-05-03"),
        ("3 May 1808 –\n5 June 1808", "1808-05-03/1808-06-05"),
        ("3 May 1808\n– 5 June 1808", "1808-05-03/1808-06-05"),
    ],
)
def test_a_date_is_the_extended_date_time_format_of_its_words(words: str, edtf: str) -> None:
    """EDTF as of ISO 8601-2:2019, years astronomical, no more precise than the text."""
    assert _only(words).edtf == edtf
    assert not _unread(words)


@pytest.mark.parametrize(
    "words",
    [
        "30 February 1808",
        "3 May",
        "300 men",
        "17 Ramadan 2 AH",
        "16 December 1808 – 25 January",
        "10–11 BC",
        "1 May 1808 – the spring thaw",
        "5 June 1808 – 3 May 1808",
        "11/23 October 1812",
        "27 June (O.S.) / 8 July (N.S.) 1709",
        "12th–13th century",
        "unknown",
    ],
)
def test_what_is_no_date_for_certain_is_left_to_a_person(words: str) -> None:
    """No year is guessed, and no end is dropped that was not understood."""
    assert not _read(words).datings
    assert _unread(words) == [words]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("3 May 1808", "1808-05-03", "1808-05-03"),
        ("3–5 May 1808", "1808-05-03", "1808-05-05"),
        ("May 31 BC", "-0030-05", "-0030-05"),
        ("Spring 218 BC", "-0217", "-0217"),
        ("c. 1200", None, None),
        ("c. 1200 – 1204", None, "1204"),
        ("July or August 251", None, None),
        ("1 May 2014 – present", "2014-05-01", None),
        ("3, 4 and 7 May 1808", "1808-05-03", "1808-05-07"),
    ],
)
def test_begin_and_end_are_told_only_where_the_text_is_exact(words: str, first: str | None, last: str | None) -> None:
    dating = _only(words)
    assert (dating.first, dating.last) == (first, last)


def test_an_open_end_is_told_from_an_unknown_one() -> None:
    assert _only("1 May 2014 – present").is_open
    assert not _only("1 May 1169 – ?").is_open


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("7–15 May 1808 (1 week and 1 day)", 8),
        ("7–15 May 1808\n(1 week and 1 day)", 8),
        ("8–11 May 1808, (3 days)", 3),
        ("8–11 May 1808\nthree days", 3),
        ("7 May – 15 July 1808 (2 months, 1 week and 1 day)", None),
        ("7 May – 15 July 1808", None),
    ],
)
def test_a_duration_in_days_and_weeks_is_a_number_of_days(words: str, days: int | None) -> None:
    assert _only(words).duration_days == days
    assert not _unread(words)


def test_a_duration_in_months_is_ignored_with_the_reason() -> None:
    """A month has no fixed number of days."""
    ignored = [
        portion for portion in _read("1–9 May 1808 (10 months)").portions if portion.disposal is Disposal.IGNORED
    ]
    assert [portion.words.text for portion in ignored] == ["(10 months)"]
    assert "no fixed number of days" in ignored[0].why


def _phases(text: str) -> list[tuple[str | None, str | None, int | None]]:
    return [
        (dating.phase.text if dating.phase else None, dating.edtf, dating.duration_days)
        for dating in _read(text).datings
    ]


def test_phases_are_told_by_headings() -> None:
    text = "First assault:\n7–15 May 1808\n(1 week and 1 day)\n'''Siege'''\n16 May – 1 June 1808"
    assert _phases(text) == [
        ("First assault", "1808-05-07/1808-05-15", 8),
        ("Siege", "1808-05-16/1808-06-01", None),
    ]
    assert not _unread(text)


def test_phases_are_told_by_brackets_before_a_duration() -> None:
    text = (
        "5 May 1943 (1943-05-05) – 16 May 1943 (1943-05-16) (Red offensive: 1 week and 4 days)\n"
        "12 May 1943 – 3 July 1943 (Blue offensive:1 month, 3 weeks)"
    )
    assert _phases(text) == [
        ("Red offensive", "1943-05-05/1943-05-16", 11),
        ("Blue offensive", "1943-05-12/1943-07-03", None),
    ]
    assert not _unread(text)


def test_phases_are_told_by_brackets_after_each_of_several_dates() -> None:
    assert _phases("1 May 1990 (air)\n2–3 May 1990 (land)") == [
        ("air", "1990-05-01", None),
        ("land", "1990-05-02/1990-05-03", None),
    ]


def test_a_remark_after_the_only_date_is_no_phase() -> None:
    text = "1–11 April 1902 (the last troops left on 18 April)"
    assert _phases(text) == [(None, "1902-04-01/1902-04-11", None)]
    assert _unread(text) == ["(the last troops left on 18 April)"]


def test_a_label_names_the_phase_of_its_own_line_alone() -> None:
    text = "1 May 1775 – 3 June 1783\n(8 years)\nTreaty in force: 12 May 1784\n13 May 1784"
    assert [phase for phase, _, _ in _phases(text)] == [None, "Treaty in force", None]


def test_a_label_that_names_a_claimant_is_no_phase() -> None:
    assert _unread("Per the staff: 3 May 1808") == ["Per the staff: 3 May 1808"]


def test_a_date_in_a_sentence_is_not_the_date_of_the_battle() -> None:
    text = "3 May 1808, relieved on 5 May 1808"
    assert [dating.edtf for dating in _read(text).datings] == ["1808-05-03"]
    assert _unread(text) == [", relieved on 5 May 1808"]


@pytest.mark.parametrize("echo", ["1808-05-03", "1808-05", "1808", "3 May 1808"])
def test_a_bracket_that_repeats_the_date_is_part_of_it(echo: str) -> None:
    dating = _only(f"3 May 1808 ({echo})")
    assert dating.words.text == f"3 May 1808 ({echo})"


def test_a_bracket_with_another_date_is_left_to_a_person() -> None:
    assert _unread("3 May 1808 (1808-05-04)") == ["(1808-05-04)"]


def test_a_date_in_brackets_after_one_of_a_calendar_that_is_not_read_is_the_date() -> None:
    text = "10 Muharram 61 AH (10 October 680)"
    assert _only(text).edtf == "0680-10-10"
    assert _unread(text) == ["10 Muharram 61 AH ("]


def test_the_feast_of_the_day_is_ignored() -> None:
    ignored = [
        portion
        for portion in _read("25 October 1415 (Saint Nobody's Day)").portions
        if portion.disposal is Disposal.IGNORED
    ]
    assert [portion.words.text for portion in ignored] == ["(Saint Nobody's Day)"]


@pytest.mark.parametrize(
    ("words", "calendar"),
    [
        ("2 June 31 BC", "Julian"),
        ("14 October 1582", "Julian"),
        ("15 October 1582", None),
        ("1582", None),
        ("1581", "Julian"),
        ("1 May 1500 – 1 May 1600", None),
        ("13 August 1704", None),
        ("13 August 1704 (O.S.)", "Julian"),
        ("13 August 1704 O.S.", "Julian"),
        ("13 August 1704 (Old Style)", "Julian"),
        ("13 August 1704 (N.S.)", "Gregorian"),
        ("13 August 1704 (in the Julian calendar)", "Julian"),
        ("29 February 1500", "Julian"),
    ],
)
def test_the_calendar_is_julian_before_the_reform_and_where_the_text_says_so(words: str, calendar: str | None) -> None:
    """Articles give dates before 15 October 1582 in the Julian calendar."""
    assert _only(words).calendar == calendar
    assert not _unread(words)


@pytest.mark.parametrize(
    "words",
    [
        "13 August 1704 (2 August O.S.)",
        "13 August 1704 (O.S. 2 August 1704)",
        "13 August [O.S. 2 August] 1704",
        "13 August 1704 (O.S.: 2)",
        "13 August 1704 (Julian calendar: 2 August)",
    ],
)
def test_a_date_in_two_calendars_is_two_datings(words: str) -> None:
    new, old = _read(words).datings
    assert (new.edtf, new.calendar) == ("1704-08-13", "Gregorian")
    assert (old.edtf, old.calendar, old.rule) == ("1704-08-02", "Julian", "date-converted")
    assert not _unread(words)


def test_a_lent_year_is_not_taken_over_the_turn_of_the_year() -> None:
    """5 January 1705 is 25 December 1704 in the old style, which "25 December" does not say."""
    assert _unread("5 January 1705 (25 December O.S.)") == ["(25 December O.S.)"]


def test_a_footnote_at_the_date_tells_the_calendar_of_all_dates() -> None:
    note = line_of("All dates in the article are in the Gregorian calendar (unless otherwise stated).")
    document = replace(_DOCUMENT, entries=(Entry("NS", Span(0, 1), note),))
    calendars = [
        dating.calendar
        for text in ("13 August 1704{NS}", "13 August 1704{4}", "13 August 1404{NS}")
        for dating in read_date(field_of("date", text), document).datings
    ]
    assert calendars == ["Gregorian", None, "Julian"]


def test_dates_carry_the_marks_behind_them() -> None:
    text = "3 May 1808{4}{a} – 5 May 1808{5} (2 days)\n9 May 1808{6}"
    assert [[mark.name for mark in dating.marks] for dating in _read(text).datings] == [["4", "a", "5"], ["6"]]


def test_a_date_over_two_lines_quotes_both() -> None:
    text = "3 May 1808 –\n5 June 1808"
    span = _only(text).words.span
    assert text[span.start : span.end] == text


def test_every_rule_reads_something() -> None:
    text = (
        "First: 3 May 1808 (1808-05-03)\n3–5 May 1808 (siege: 1 week)\n1 May 1808 – present\n1 May 1808 – ?\n"
        "3 or 4 May 1808\n3 and 4 May 1808\nbetween 1200 and 1205\nbefore 1200\nafter 1200\n"
        "13 August 1704 (2 August O.S.)\n13 August 1704 O.S."
    )
    reading = _read(text)
    used = {portion.why for portion in reading.portions if portion.disposal is Disposal.READ}
    assert used == set(RULES)


_MONTHS = list(month_name)[1:]
_SPOKEN = st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}", "{d} {m}, {y}", "{d} {m} {y} ({iso})"])


def _spoken(form: str, day: date) -> str:
    return form.format(d=day.day, m=_MONTHS[day.month - 1], y=day.year, iso=day.isoformat())


@given(st.dates(min_value=date(1600, 1, 1)), st.dates(min_value=date(1600, 1, 1)), _SPOKEN, _SPOKEN)
def test_two_days_are_read_back_from_the_ways_in_which_they_are_written(
    one: date, other: date, form: str, end_form: str
) -> None:
    begins, ends = sorted((one, other))
    dating = _only(f"{_spoken(form, begins)} – {_spoken(end_form, ends)}")
    assert (dating.first, dating.last) == (begins.isoformat(), ends.isoformat())


_WORDS = st.sampled_from(
    [
        "3",
        "12",
        "31",
        "99",
        "251",
        "1066",
        "1704",
        "2023",
        "May",
        "July",
        "October",
        "BC",
        "AD",
        "c.",
        "early",
        "–",
        "-",
        "to",
        "or",
        "and",
        "between",
        ",",
        ";",
        ":",
        "(",
        ")",
        "[",
        "]",
        "?",
        "O.S.",
        "present",
        "1704-08-13",
        "1 week",
        "3 days",
        "siege",
        "Phase one:",
        "\n",
        "3rd",
        "1240s",
        "'''",
        "٣",
        "é",
    ]
)


@given(st.lists(_WORDS, max_size=14).map(" ".join))
def test_every_letter_and_digit_is_accounted_for_once_and_every_expression_is_valid(text: str) -> None:
    field = field_of("date", text)
    reading = read_date(field, _DOCUMENT)
    assert not unaccounted(field, reading)
    for dating in reading.datings:
        assert dating.rule in RULES
        assert dating.edtf is None or parse_edtf(dating.edtf)
    assert all(portion.why in RULES for portion in reading.portions if portion.disposal is Disposal.READ)


@pytest.mark.parametrize(
    "unit",
    [
        "3 May 1808 ",
        "(",
        "1, ",
        "c. ",
        "the ",
        "9",
        "May 3 – ",
        "a: ",
        "1 day and ",
        "[O.S. ",
        "3 May 1808, ",
        "3 May 1808\n",
        "1 May 1808 (2 May O.S.) ",
    ],
)
def test_time_is_linear_in_the_size_of_the_field(unit: str) -> None:
    """A hostile line costs no more than its size: ten times as much takes about ten times as long."""
    small, large = (unit * (size // len(unit)) for size in (5_000, 50_000))
    started = time.perf_counter()
    _read(small)
    between = time.perf_counter()
    _read(large)
    assert time.perf_counter() - between < 40 * (between - started) + 0.5


def test_before_the_julian_calendar_none_is_assumed() -> None:
    (early,) = _read("9 August 48 BC").datings
    (late,) = _read("2 September 31 BC").datings
    assert (early.calendar, early.is_calendar_assumed) == (None, False)
    assert (late.calendar, late.is_calendar_assumed) == ("Julian", True)


def test_a_calendar_that_is_told_is_not_assumed() -> None:
    (dating,) = _read("3 May 1399 (O.S.)").datings
    assert (dating.calendar, dating.is_calendar_assumed) == ("Julian", False)
