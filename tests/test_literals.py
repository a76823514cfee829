"""Literals that are what their datatype says, in the one form that stores and dumps share."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.literals import _EXAMPLES, canonical, is_well_formed
from graph.namespaces import XSD


@pytest.mark.parametrize(
    ("lexical", "datatype"),
    [
        ("14", "integer"),
        ("-3", "integer"),
        ("0", "nonNegativeInteger"),
        ("true", "boolean"),
        ("39.52", "decimal"),
        ("2020-10-07", "date"),
        ("-0490-09-12", "date"),
        ("0000-01-01", "date"),
        ("2020-02-29", "date"),
        ("2020-10-07Z", "date"),
        ("12020-10-07", "date"),
        ("2020-10-07T12:00:00+04:00", "dateTime"),
        ("2020", "gYear"),
        ("-0490", "gYear"),
        ("2020-10", "gYearMonth"),
        ("P8D", "duration"),
        ("P1Y2M3DT4H5M6.7S", "duration"),
        ("anything", "string"),
    ],
)
def test_lexical_forms(lexical: str, datatype: str) -> None:
    """XSD 1.1 allows these, years before 1 included."""
    assert is_well_formed(lexical, XSD + datatype)


@pytest.mark.parametrize(
    ("lexical", "datatype"),
    [
        ("many", "integer"),
        ("1.0", "integer"),
        ("", "integer"),
        ("٣", "integer"),
        ("-1", "nonNegativeInteger"),
        ("0", "positiveInteger"),
        ("yes", "boolean"),
        ("TRUE", "boolean"),
        ("7 October 2020", "date"),
        ("2020-10", "date"),
        ("2020-02-30", "date"),
        ("2021-02-29", "date"),
        ("2020-13-01", "date"),
        ("2020-04-31T00:00:00Z", "dateTime"),
        ("2020-10-07T24:01:00", "dateTime"),
        ("banana", "gYear"),
        ("20", "gYear"),
        ("02020", "gYear"),
        ("P", "duration"),
        ("P1W", "duration"),
        ("1 week", "duration"),
        ("PT", "duration"),
    ],
)
def test_what_is_no_lexical_form(lexical: str, datatype: str) -> None:
    """Some of these are taken by rdflib, such as any gYear."""
    assert not is_well_formed(lexical, XSD + datatype)


@given(st.dates())
def test_every_date_of_the_calendar_is_one(day: date) -> None:
    """Leap years included."""
    assert is_well_formed(day.isoformat(), XSD + "date")


def test_the_examples_in_messages_are_right() -> None:
    """An author who copies one is not refused again."""
    for datatype, lexical in _EXAMPLES.items():
        assert is_well_formed(lexical, datatype)


@pytest.mark.parametrize(
    ("literal", "kept"),
    [
        (ox.Literal("014", datatype=ox.NamedNode(XSD + "integer")), "14"),
        (ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal")), "1.5"),
        (ox.Literal("1", datatype=ox.NamedNode(XSD + "boolean")), "true"),
        (ox.Literal("2020-10-07+00:00", datatype=ox.NamedNode(XSD + "date")), "2020-10-07Z"),
    ],
)
def test_the_store_rewrites_other_forms(literal: ox.Literal, kept: str) -> None:
    """The reason why only one form is authored: pyoxigraph's store gives back another."""
    assert canonical(literal) != literal
    assert canonical(literal).value == kept


def test_the_store_keeps_no_integer_type_but_one() -> None:
    """Why anchors count in xsd:integer: any other would come back as that."""
    offset = ox.Literal("848", datatype=ox.NamedNode(XSD + "nonNegativeInteger"))
    assert canonical(offset) == ox.Literal("848", datatype=ox.NamedNode(XSD + "integer"))


@given(st.text(), st.from_regex(r"[a-z]{2,3}(-[a-z0-9]{2,8})?", fullmatch=True))
def test_text_stays_as_it_is(text: str, tag: str) -> None:
    """Plain text and text with a lower-case tag are in their canonical form already."""
    try:
        literals = (ox.Literal(text), ox.Literal(text, language=tag))
    except ValueError:
        return  # Not every tag of this form is a BCP 47 tag.
    assert all(canonical(literal) == literal for literal in literals)
