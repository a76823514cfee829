"""What drafts write: names without order numbers, the house layout, claims that say who, what and how certain."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.anchors import Span, occurrences
from graph.drafting.authoring.days import alternatives, bounds, edtf_text
from graph.drafting.authoring.entry_dates import entry_date
from graph.drafting.authoring.identity import names_page, shared_slug
from graph.drafting.authoring.nodes import Node, Page, Text, english, entity, number, term, truth, written
from graph.drafting.authoring.pages import pages
from graph.drafting.authoring.quoting import Quotations, _places
from graph.drafting.authoring.slugs import slug_of, told_apart
from graph.drafting.document import Apart, CitedField, Document, Entry, Field, Form, Line, Link, Mark, Piece, Words
from graph.drafting.reading import (
    Belligerent,
    Commander,
    Count,
    Dating,
    Disposal,
    FieldReading,
    Figure,
    Loss,
    Named,
    Portion,
    Position,
    Reading,
    Stated,
    Unit,
    Value,
)
from graph.drafting.registry import read_registry
from graph.iris import is_slug
from graph.namespaces import BG, CANONICAL_BASE

_SLUG = "battle-of-osterby"


# Names


@given(st.text())
def test_every_text_has_a_slug(words: str) -> None:
    assert is_slug(slug_of(words))


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Per Norland:", "per-norland"),
        ("Löwenhjelm's Åland corps", "lowenhjelms-aland-corps"),
        ("Straße nach Łódź", "strasse-nach-lodz"),
        ("Киев", "kiev"),
        ("T-72", "t-72"),
    ],
)
def test_slugs_are_folded_to_ascii(words: str, slug: str) -> None:
    assert slug_of(words) == slug


def test_words_that_cannot_be_transliterated_are_told_apart_by_their_digests() -> None:
    assert slug_of("戰") != slug_of("爭")


def test_long_words_that_begin_alike_keep_slugs_of_their_own() -> None:
    assert slug_of("a " * 200 + "b") != slug_of("a " * 200 + "c")


def test_claims_of_one_name_get_words_until_they_differ() -> None:
    names = [("side 1 killed", "phase 1", "12 killed", "3"), ("side 1 killed", "phase 2", "12 killed", "9")]
    assert told_apart(names) == ["side-1-killed-phase-1", "side-1-killed-phase-2"]


@given(st.lists(st.lists(st.sampled_from(["a", "b", "a b", "-"]), min_size=1, max_size=3).map(tuple), max_size=6))
def test_names_are_told_apart_whatever_their_order(names: list[tuple[str, ...]]) -> None:
    found = told_apart(names)
    assert len(set(found)) == len(set(names))
    assert dict(zip(names, found, strict=True)) == dict(zip(names[::-1], told_apart(names[::-1]), strict=True))


def test_pages_that_differ_by_an_accent_are_two_things() -> None:
    assert shared_slug("Susa") != shared_slug("Şuşa")


# Layout


def test_nodes_are_written_in_the_house_layout(tmp_path: Path) -> None:
    source = 'One "word" and one\nback\\slash'
    node = Node(
        entity("claim", _SLUG, "x").value,
        "bg:LossClaim",
        (
            ("rdfs:label", english('A "label"')),
            ("bg:inArticle", entity("article", _SLUG)),
            ("bg:citesReference", (entity("reference", _SLUG, "1"), entity("reference", _SLUG, "2"))),
            ("bg:minCount", number(3)),
            ("bg:countStated", truth(value=True)),
            ("bg:effect", term("bg:Killed")),
            ("bg:scope", Text("tab\tand\nline")),
        ),
        (Span(0, 10), Span(15, 18), Span(19, 29)),
    )
    text = written(
        Page("losses.ttl", "A remark.", (node,)), _SLUG, Quotations(source, [Span(0, 10), Span(15, 18), Span(19, 29)])
    )
    file = tmp_path / "losses.ttl"
    file.write_text(text, "utf-8")
    formatter = Path(sys.executable).with_name("turtlefmt")
    assert subprocess.run([formatter, "--check", file], check=False).returncode == 0
    assert "claim:x a bg:LossClaim ;\n    rdfs:label" in text
    assert "bg:citesReference reference:1 , reference:2 ;" in text


_texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(_texts, st.data())
def test_what_is_written_is_read_back(source: str, data: st.DataObject) -> None:
    words = data.draw(_texts)
    node = Node(entity("note", _SLUG, "a").value, "bg:Note", (("bg:noteText", Text(words)),), (Span(0, len(source)),))
    text = written(Page("references.ttl", "A remark.", (node,)), _SLUG, Quotations(source, [Span(0, len(source))]))
    found = {
        (quad.predicate.value.removeprefix(BG), quad.object.value)
        for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)
        if isinstance(quad.object, ox.Literal)
    }
    assert found == {("noteText", words), ("quote", source)}


# Dates


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("1999-05-03", "1999-05-03", "1999-05-03"),
        ("1996-02", "1996-02-01", "1996-02-29"),
        ("-0489", "-0489-01-01", "-0489-12-31"),
    ],
)
def test_dates_have_a_first_and_a_last_day(date: str, first: str, last: str) -> None:
    found = bounds(date)
    assert found is not None
    assert (found.earliest, found.latest) == (first, last)


@pytest.mark.parametrize("date", ["", "1999-13", "spring", "1999-05~"])
def test_other_words_have_none(date: str) -> None:
    assert bounds(date) is None


@pytest.mark.parametrize(
    ("edtf", "level"),
    [("1999-05-03", 0), ("1999-05/1999-06", 0), ("-0489", 1), ("1999~", 1), ("[1999-05-03,1999-05-04]", 2)],
)
def test_an_edtf_date_is_of_the_lowest_level_that_has_it(edtf: str, level: int) -> None:
    assert edtf_text(edtf).datatype.endswith(f"EDTF-level{level}")


def test_only_one_of_a_set_is_alternatives() -> None:
    assert alternatives("[1999-05-03,1999-05-04]") == ("1999-05-03", "1999-05-04")
    assert alternatives("{1999-05-03,1999-05-04}") == alternatives("1999-05-03") == ()


@pytest.mark.parametrize(
    ("printed", "date"),
    [("6 May 1999", "1999-05-06"), ("May 6, 1999", "1999-05-06"), ("May 1999", "1999-05"), ("31 June 1999", None)],
)
def test_printed_dates_of_entries_are_read(printed: str, date: str | None) -> None:
    assert entry_date(printed) == date


# Claims


class Box:
    """Hand-made readings over one text: each line of a field is a line of the source."""

    def __init__(self) -> None:
        self.source = "Battle of Osterby\n"
        self.fields: list[tuple[Field, FieldReading]] = []
        self.entries: list[Entry] = []
        self.apart: list[Apart] = []

    def line(self, text: str, *marks: tuple[int, str]) -> Line:
        """Add a line to the source; marks stand after it, printed as "[1]"."""
        start = len(self.source)
        self.source += text
        found = []
        for at, name in marks:
            printed = f"[{name}]"
            found.append(Mark(at, name, Span(len(self.source), len(self.source) + len(printed))))
            self.source += printed
        self.source += "\n"
        return Line((Piece(text, Span(start, start + len(text))),), marks=tuple(found))

    def field(self, key: str, lines: tuple[Line, ...], reading: FieldReading, side: int | None = None) -> None:
        """Add a field with what was read from it."""
        span = Span(lines[0].span().start, lines[-1].span().end)
        self.fields.append((Field(key, lines, span, side), reading))

    def turtle(self) -> dict[str, str]:
        """Return the files."""
        document = Document(
            self.source,
            Form.RENDERED,
            "Battle of Osterby",
            Span(0, 17),
            tuple(field for field, _ in self.fields),
            tuple(self.entries),
        )
        return pages(Reading(document, tuple(self.fields)), _SLUG, read_registry())


def _loss(line: Line, words: str, count: Count, **more: Any) -> Loss:
    start = line.text.index(words)
    loss = Loss(Words(line, start, start + len(words)), count, Value.KNOWN, "loss-exact", effect="killed")
    return replace(loss, **more)


def _named(line: Line, words: str, **more: Any) -> Named:
    start = line.text.index(words)
    return replace(Named(words, Words(line, start, start + len(words))), **more)


def _said(turtle: str, local: str) -> dict[str, set[str]]:
    """Return what a file says of the thing whose IRI ends so, by property."""
    said: dict[str, set[str]] = {}
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.endswith(local):
            value = quad.object.value if not isinstance(quad.object, ox.Triple) else ""
            name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
            said.setdefault(name, set()).add(value.removeprefix(BG).removeprefix(CANONICAL_BASE + "id/"))
    return said


def test_a_loss_of_a_named_claimant_is_attributed_and_named_after_side_effect_type_and_claimant() -> None:
    box = Box()
    line = box.line("12 soldiers killed (per Norland)", (32, "1"))
    claimant = _named(line, "Norland")
    loss = _loss(
        line, "12 soldiers killed", Count(12, 12), side=2, claimant=claimant, object="soldiers", marks=line.marks
    )
    box.field("casualties", (line,), FieldReading(losses=(loss,)), 2)
    entry = box.line("1. A source")
    box.entries.append(Entry("1", entry.span(), entry, 1, uses=(line.marks[0].span,)))
    said = _said(box.turtle()["losses.ttl"], "side-2-killed-soldier-per-norland")
    assert said["label"] == {"Side 2: 12 soldiers killed, per Norland"}
    assert said["certainty"] == {"Attributed"}
    assert said["accordingTo"] == {"viewpoint/battle-of-osterby/norland"}
    assert said["minCount"] == said["maxCount"] == {"12"}
    assert said["sourceStatus"] == {"ReferenceGiven"}
    assert said["citesReference"] == {"reference/battle-of-osterby/1"}
    assert said["readingRule"] == {"loss-exact"}
    assert said["quote"] == {"12 soldiers killed (per Norland)[1]"}


@pytest.mark.parametrize(
    ("count", "certainty"),
    [
        (Count(12, 12), "Asserted"),
        (Count(12, 12, "c."), "Approximate"),
        (Count(12, 12, "~"), "Approximate"),
        (Count(12, None, "at least"), "Asserted"),
        (Count(1, 1, stated=False), "Implied"),
    ],
)
def test_certainty_is_how_the_words_put_the_figure(count: Count, certainty: str) -> None:
    box = Box()
    line = box.line("c. 12 killed")
    box.field("casualties", (line,), FieldReading(losses=(_loss(line, "c. 12 killed", count, side=1),)), 1)
    said = _said(box.turtle()["losses.ttl"], "side-1-killed-person")
    assert said["certainty"] == {certainty}
    assert said["accordingTo"] == {"viewpoint/battle-of-osterby/article"}
    assert ("readingNote" in said) == (certainty == "Implied")


def test_what_the_text_leaves_open_has_no_count() -> None:
    box = Box()
    line = box.line("Unknown")
    loss = _loss(line, "Unknown", Count(None, None), value=Value.STATED_UNSPECIFIED, effect="casualties")
    box.field("casualties", (line,), FieldReading(losses=(loss,)))
    said = _said(box.turtle()["losses.ttl"], "no-side-casualties-person")
    assert said["valueStatus"] == {"StatedUnspecified"}
    assert said["lossOf"] == {"SideNotStated"}
    assert not {"minCount", "maxCount", "countStated"} & set(said)


def test_sub_counts_name_the_figure_that_contains_them() -> None:
    box = Box()
    line = box.line("12 killed, including 2 officers killed")
    losses = (
        _loss(line, "12 killed", Count(12, 12), side=1),
        _loss(line, "2 officers killed", Count(2, 2), side=1, object="officers", included_in=0),
    )
    box.field("casualties", (line,), FieldReading(losses=losses), 1)
    said = _said(box.turtle()["losses.ttl"], "side-1-killed-officer")
    assert said["includedIn"] == {"claim/battle-of-osterby/side-1-killed-person"}


def test_an_effect_without_a_term_leaves_its_words_unread_and_moves_no_other_figure() -> None:
    box = Box()
    line = box.line("3 eaten or lost, 12 killed, including 2 killed by day")
    losses = (
        _loss(line, "3 eaten or lost", Count(3, 3), side=1, effect="eaten_or_lost"),
        _loss(line, "12 killed", Count(12, 12), side=1),
        _loss(line, "2 killed", Count(2, 2), side=1, scope="by day", included_in=1),
    )
    box.field("casualties", (line,), FieldReading(losses=losses), 1)
    files = box.turtle()
    assert '"3 eaten or lost"' in files["unread.ttl"]
    assert "eaten" not in files["losses.ttl"]
    said = _said(files["losses.ttl"], "side-1-killed-person-by-day")
    assert {name.rpartition("/")[2] for name in said["includedIn"]} == {"side-1-killed-person-12-killed"}


def test_civilians_of_no_side_are_a_population() -> None:
    box = Box()
    line = box.line("11 Norlandic civilians killed")
    words = Words(line, 3, 22)
    loss = _loss(line, line.text, Count(11, 11), civilian=True, object="Norlandic civilians", object_words=words)
    box.field("casualties", (line,), FieldReading(losses=(loss,)))
    said = _said(box.turtle()["losses.ttl"], "norlandic-civilians-killed-civilian")
    assert said["lossOf"] == {"population/battle-of-osterby/norlandic-civilians"}
    assert said["lossType"] == {"category/civilian"}


def test_a_lost_list_is_a_claim_without_value_and_a_gap() -> None:
    box = Box()
    line = box.line("Per Norland:")
    heading = Words(line, 0, 12)
    box.field("casualties", (line,), FieldReading(empty_headings=((heading, _named(line, "Norland"), 1),)), 1)
    files = box.turtle()
    said = _said(files["losses.ttl"], "side-1-losses-per-norland")
    assert said["valueStatus"] == {"LostInSource"}
    assert not {"minCount", "maxCount"} & set(said)
    assert _said(files["gaps.ttl"], "side-1-losses-per-norland")["gapIn"] == {
        "claim/battle-of-osterby/side-1-losses-per-norland"
    }


def test_types_that_are_counted_together_are_a_union_where_each_is_known() -> None:
    box = Box()
    line = box.line("7 tanks and trucks destroyed")
    loss = _loss(line, line.text, Count(7, 7), side=1, effect="destroyed", object="tanks and trucks")
    box.field("casualties", (line,), FieldReading(losses=(loss,)), 1)
    said = _said(box.turtle()["types.ttl"], "equipment/battle-of-osterby/tanks-and-trucks")
    assert said["type"] == {"UnionType"}
    assert said["unionMember"] == {"equipment/tank", "equipment/truck"}


def test_sides_have_members_commanders_and_units_and_what_has_no_side_is_of_the_battle() -> None:
    box = Box()
    lines = tuple(map(box.line, ("Norland", "Ada Holm †", "1st Reed Brigade", "Bo Lind")))
    box.field(
        "combatant",
        lines[:1],
        FieldReading(belligerents=(Belligerent(_named(lines[0], "Norland"), 1, "belligerent-line"),)),
        1,
    )
    holm = Commander(_named(lines[1], "Ada Holm"), 1, "commander-line", "killed", Words(lines[1], 9, 10))
    box.field("commander", lines[1:2], FieldReading(commanders=(holm,)), 1)
    box.field("units", lines[2:3], FieldReading(units=(Unit(_named(lines[2], "1st Reed Brigade"), 1, "unit-line"),)), 1)
    lind = Commander(_named(lines[3], "Bo Lind"), None, "commander-line")
    box.field("commander", lines[3:], FieldReading(commanders=(lind,)))
    files = box.turtle()
    said = _said(files["actors.ttl"], "side/battle-of-osterby/1")
    assert said["label"] == {"Side 1 (Norland)"}
    assert said["member"] == {"polity/battle-of-osterby/norland"}
    assert said["commander"] == {"person/battle-of-osterby/ada-holm"}
    assert said["unitInvolved"] == {"force-group/battle-of-osterby/1st-reed-brigade"}
    assert _said(files["events.ttl"], "event/battle-of-osterby")["hasActor"] == {"person/battle-of-osterby/bo-lind"}
    fate = _said(files["narrative.ttl"], "ada-holm-killed")
    assert (fate["predicate"], fate["object"]) == ({"fate"}, {"Killed"})
    assert fate["quote"] == {"Ada Holm †"}


def test_a_name_in_two_columns_is_two_units() -> None:
    box = Box()
    lines = tuple(map(box.line, ("1st Brigade", "1st Brigade ")))
    for side, line in enumerate(lines, 1):
        box.field("units", (line,), FieldReading(units=(Unit(_named(line, "1st Brigade"), side, "unit-line"),)), side)
    said = [_said(box.turtle()["actors.ttl"], f"side/battle-of-osterby/{side}")["unitInvolved"] for side in (1, 2)]
    assert said[0] != said[1]


def test_phases_of_exact_days_are_events_and_vague_dates_are_claims() -> None:
    box = Box()
    first, second = box.line("Assault: 3 - 5 May 1999 (2 days)"), box.line("early 1999")
    exact = Dating(
        Words(first, 9, 23), "date-range", "1999-05-03/1999-05-05", "1999-05-03", "1999-05-05", Words(first, 0, 8), 2
    )
    vague = Dating(Words(second, 0, 10), "date-range", "1999~", "1999", "1999")
    box.field("date", (first, second), FieldReading(datings=(exact, vague)))
    files = box.turtle()
    phase = _said(files["events.ttl"], "battle-of-osterby/assault")
    assert phase["hasBeginTimeStamp"] == {"1999-05-03"}
    assert phase["statedDuration"] == {"P2D"}
    begin = _said(files["narrative.ttl"], "battle-begin")
    assert begin["certainty"] == {"Approximate"}
    assert begin["earliestDate"] == {"1999-01-01"}
    assert begin["latestDate"] == {"1999-12-31"}
    assert "object" not in begin


def test_an_open_end_is_not_claimed() -> None:
    box = Box()
    line = box.line("3 May 1999 - present")
    dating = Dating(Words(line, 0, 20), "date-range", "1999-05-03/..", "1999-05-03", is_open=True)
    box.field("date", (line,), FieldReading(datings=(dating,)))
    text = box.turtle()["narrative.ttl"]
    assert "claim:battle-begin" in text
    assert "claim:battle-end" not in text


def test_a_place_near_another_is_described_by_it() -> None:
    box = Box()
    line = box.line("Near Osterby, Norland")
    named = (_named(line, "Osterby", note="Near"), _named(line, "Norland"))
    stated = Stated(Words(line, 0, 21), "place", "place-named", named=named)
    box.field("place", (line,), FieldReading(stated=(stated,)))
    said = _said(box.turtle()["places.ttl"], "place/battle-of-osterby/near-osterby")
    assert said["relativeTo"] == {"place/battle-of-osterby/osterby"}
    assert said["position"] == {"Near Osterby"}


def test_printed_coordinates_are_the_battles_point() -> None:
    box = Box()
    line = box.line("39.52 N 47.03 E")
    box.field(
        "coordinates",
        (line,),
        FieldReading(positions=(Position(Words(line, 0, 15), "39.52", "+47.03", "coordinates"),)),
    )
    text = box.turtle()["events.ttl"]
    assert '"POINT(47.03 39.52)"^^geo:wktLiteral' in text
    assert "geo:hasGeometry geometry:battle" in text


def test_what_was_ignored_and_what_was_not_understood_say_why() -> None:
    box = Box()
    line = box.line("See below; some words")
    portions = (
        Portion(
            Field("result", (line,), line.span()), Words(line, 0, 9), Disposal.IGNORED, "It only sends the reader on."
        ),
        Portion(
            Field("result", (line,), line.span()), Words(line, 11, 21), Disposal.UNREAD, "Nobody knows what it means."
        ),
    )
    box.field("result", (line,), FieldReading(portions))
    files = box.turtle()
    assert '"It only sends the reader on."@en ;\n    bg:quote "See below"' in files["omissions.ttl"]
    assert '"Nobody knows what it means."@en ;\n    bg:quote "some words"' in files["unread.ttl"]


def test_read_words_on_which_no_statement_rests_are_left_out_for_a_reason() -> None:
    box = Box()
    line = box.line("12 killed and also (denied)")
    field = Field("casualties", (line,), line.span(), 1)
    portions = (Portion(field, Words(line, 0, 18), Disposal.READ, "loss-exact"),)
    box.field("casualties", (line,), FieldReading(portions, (_loss(line, "12 killed", Count(12, 12), side=1),)), 1)
    assert "and also" in box.turtle()["omissions.ttl"]


def test_read_words_on_which_no_statement_rests_and_that_say_more_stay_unread() -> None:
    box = Box()
    line = box.line("12 killed and (denied)")
    field = Field("casualties", (line,), line.span(), 1)
    portions = (Portion(field, Words(line, 0, 22), Disposal.READ, "loss-exact"),)
    box.field("casualties", (line,), FieldReading(portions, (_loss(line, "12 killed", Count(12, 12), side=1),)), 1)
    files = box.turtle()
    assert '"and (denied"' in files["unread.ttl"]
    assert "denied" not in files.get("omissions.ttl", "")


def test_a_strength_is_a_claim_of_its_own_kind() -> None:
    box = Box()
    line = box.line("1,200 soldiers")
    figure = Figure(Words(line, 0, 14), Count(1200, 1200), Value.KNOWN, "strength-exact", "soldiers", side=1)
    box.field("strength", (line,), FieldReading(strengths=(figure,)), 1)
    said = _said(box.turtle()["strengths.ttl"], "side-1-strength-soldier")
    assert said["type"] == {"StrengthClaim"}
    assert said["strengthOf"] == {"side/battle-of-osterby/1"}
    assert "effect" not in said


def test_a_blank_entry_is_a_blank_reference_with_a_gap() -> None:
    box = Box()
    line = box.line("12 killed", (9, "4"))
    loss = _loss(line, "12 killed", Count(12, 12), side=1, marks=line.marks)
    box.field("casualties", (line,), FieldReading(losses=(loss,)), 1)
    blank = box.line("4. ^")
    box.entries.append(Entry("4", blank.span(), None, 4, uses=(line.marks[0].span,)))
    files = box.turtle()
    assert _said(files["losses.ttl"], "side-1-killed-person")["sourceStatus"] == {"ReferenceBlank"}
    assert _said(files["references.ttl"], "reference/battle-of-osterby/4")["lostField"] == {
        "gap/battle-of-osterby/reference-4"
    }
    assert _said(files["gaps.ttl"], "reference-4")["sourceStatus"] == {"ReferenceBlank"}


def _linked(box: Box, text: str, words: str, page: str) -> Line:
    line, at = box.line(text), text.index(words)
    return replace(line, links=(Link(at, at + len(words), page),))


def test_a_linked_weapon_is_the_type_of_its_page() -> None:
    box = Box()
    line = _linked(box, "2 Marsh gliders destroyed", "Marsh gliders", "Marsh glider")
    more = {"object": "Marsh gliders", "link": "Marsh glider"}
    loss = _loss(line, line.text, Count(2, 2), side=1, effect="destroyed", **more)
    box.field("casualties", (line,), FieldReading(losses=(loss,)), 1)
    said = _said(box.turtle()["types.ttl"], "/" + shared_slug("Marsh glider"))
    assert said["wikipediaPage"] == {"https://en.wikipedia.org/wiki/Marsh_glider"}
    assert said["hiddenLabel"] == {"Marsh gliders"}


def test_a_link_on_a_part_of_a_phrase_types_no_whole_phrase() -> None:
    box = Box()
    line = _linked(box, "2 Marsh gliders destroyed", "Marsh", "Marsh glider")
    more = {"object": "Marsh gliders", "link": "Marsh glider"}
    loss = _loss(line, line.text, Count(2, 2), side=1, effect="destroyed", **more)
    box.field("casualties", (line,), FieldReading(losses=(loss,)), 1)
    assert "wikipediaPage" not in "".join(box.turtle().values())


@pytest.mark.parametrize(
    "words", ["hired legionaries", "Danes", "Osten reinforcements", "knights and men-at-arms", "blue legions"]
)
def test_people_are_no_equipment(words: str) -> None:
    box = Box()
    line = box.line(f"2 {words} lost")
    loss = _loss(line, line.text, Count(2, 2), side=1, effect="lost", object=words)
    box.field("casualties", (line,), FieldReading(losses=(loss,)), 1)
    files = box.turtle()
    assert "equipment:" not in files["losses.ttl"] + files.get("types.ttl", "")


def _side(names: list[tuple[str, dict[str, Any], dict[str, Any]]]) -> dict[str, str]:
    """Draft a box of belligerents: the words, what is known of the name, what of the entry."""
    box, members = Box(), []
    lines = tuple(box.line(name) for name, _, _ in names)
    for line, (name, of_name, of_entry) in zip(lines, names, strict=True):
        one = Belligerent(_named(line, name, **of_name), 1, "belligerent-line")
        members.append(replace(one, **of_entry))
    box.field("combatant", lines, FieldReading(belligerents=tuple(members)), 1)
    return box.turtle()


def test_supporters_are_no_members() -> None:
    """Headings of support, and "denied", set apart; a period is kept as a note of a member."""
    files = _side(
        [
            ("Ruhl", {"note": "until 1620"}, {}),
            ("Osten", {}, {"heading": "Diplomatic support:"}),
            ("Ama", {"note": "denied"}, {}),
            ("Lorn", {}, {"heading": "Co-belligerents:"}),
        ]
    )
    side = _said(files["actors.ttl"], f"side/{_SLUG}/1")
    assert side["member"] == {f"polity/{_SLUG}/ruhl", f"polity/{_SLUG}/lorn"}
    assert {"Ruhl: “until 1620”.", "Osten: under “Diplomatic support”."} <= side["readingNote"]
    assert _said(files["events.ttl"], f"event/{_SLUG}")["hasActor"] == {f"polity/{_SLUG}/osten", f"polity/{_SLUG}/ama"}


def test_a_half_known_side_is_named_after_nobody() -> None:
    side = _said(_side([("Ruhl", {}, {}), ("Osten", {}, {"side": None})])["actors.ttl"], f"side/{_SLUG}/1")
    assert side["label"] == {"Side 1"}
    assert side["readingNote"] == {"Read for this side: “Ruhl”. The text does not tell the column of “Osten”."}


def test_a_link_to_another_thing_is_kept_as_a_note() -> None:
    actors = _side([("Hill brigade", {"link": "Ruhl Army"}, {})])["actors.ttl"]
    said = _said(actors, f"{_SLUG}/hill-brigade")
    assert said["label"] == {"Hill brigade"}
    assert said["readingNote"] == {"The text links these words to the page “Ruhl Army”."}


@pytest.mark.parametrize(
    ("class_", "name", "page", "is_named"),
    [
        ("Polity", "Ruhl", "Ruhl (kingdom)", True),
        ("Polity", "Ruhl", "Kingdom of Ruhl", True),
        ("Polity", "Ruhl", "Ruhl Army", False),
        ("Polity", "Ruhl", "Ruhl participation in the Reed War", False),
        ("Polity", "Ruhl", "History of Ruhl", False),
        ("ForceGroup", "Army of Ruhl", "Ruhl", False),
        ("ForceGroup", "7th Brigade", "9th Division", False),
        ("Person", "General Holm", "Ada Holm", True),
        ("Person", "General Holm", "General Lind", False),
    ],
)
def test_words_and_their_page_name_one_thing(class_: str, name: str, page: str, is_named: bool) -> None:  # noqa: FBT001
    assert names_page(class_, name, page) is is_named


@given(
    st.lists(st.sampled_from(["Ionian Sea", "Ionian sea", "IONIAN sea", "Ionian-Sea", "Ionian, Sea", "Ionian (Sea)"]))
)
def test_no_two_titles_share_a_slug(titles: list[str]) -> None:
    assert len({shared_slug(title) for title in titles}) == len(set(titles))


def test_a_war_keeps_apart_from_an_article_and_joins_the_wider_war() -> None:
    box = Box()
    line = box.line("Hill campaign of the Second Nagorno-Karabakh War")
    box.field("partof", (line,), FieldReading(wars=(_named(line, line.text),)))
    events = box.turtle()["events.ttl"]
    assert f"event:war-{_SLUG}-hill-campaign a bg:War" in events
    assert "event:second-nagorno-karabakh-war" in events


def test_a_mark_whose_entry_the_copy_has_lost_is_a_blank_reference() -> None:
    box = Box()
    line = box.line("12 killed", (9, "4"), (9, "a"))
    box.field(
        "casualties", (line,), FieldReading(losses=(_loss(line, "12 killed", Count(12, 12), marks=line.marks),)), 1
    )
    files = box.turtle()
    said = _said(files["references.ttl"], "reference/battle-of-osterby/4")
    assert said["type"] == {"BlankReference"}
    assert said["refNumber"] == {"4"}
    assert _said(files["losses.ttl"], "killed-person")["sourceStatus"] == {"ReferenceBlank"}
    assert "[a]" in files["omissions.ttl"]


def test_the_marks_of_a_heading_are_cited_by_every_line_of_its_list() -> None:
    box = Box()
    heading = box.line("Per Norland:", (12, "4"))
    lines = tuple(map(box.line, ("12 killed", "30 wounded")))
    words, claimant = Words(heading, 0, 11), _named(heading, "Norland")
    losses = tuple(
        _loss(line, line.text, Count(3, 3), side=1, effect=line.text.split()[1], claimant=claimant, heading=words)
        for line in lines
    )
    box.field("casualties", (heading, *lines), FieldReading(losses=losses), 1)
    files = box.turtle()
    for effect in ("killed", "wounded"):
        said = _said(files["losses.ttl"], f"side-1-{effect}-person-per-norland")
        assert said["citesReference"] == {"reference/battle-of-osterby/4"}
        assert said["listedIn"] == {"loss-list/battle-of-osterby/side-1-per-norland"}
    assert _said(files["losses.ttl"], "loss-list/battle-of-osterby/side-1-per-norland")["quote"] == {"Per Norland:[4]"}


def test_a_printed_entry_that_was_retrieved_has_lost_its_address() -> None:
    box = Box()
    line = box.line("1. Reeds. Retrieved 7 May 1999")
    fields = (
        CitedField("title", "Reeds", Span(line.span().start + 3, line.span().start + 8)),
        CitedField("access-date", "7 May 1999", Span(line.span().start + 20, line.span().end)),
    )
    box.entries.append(Entry("1", line.span(), line, 1, fields=fields))
    files = box.turtle()
    said = _said(files["references.ttl"], "reference/battle-of-osterby/1")
    assert said["lostField"] == {"gap/battle-of-osterby/reference-1-url"}
    assert said["title"] == {"Reeds"}
    assert said["accessDate"] == {"1999-05-07"}
    assert _said(files["gaps.ttl"], "reference-1-url")["gapIn"] == {"reference/battle-of-osterby/1"}


def test_an_entry_whose_words_tell_no_title_is_kept_as_its_words() -> None:
    box = Box()
    line = box.line("Holm, Reeds, p. 12.")
    box.entries.append(Entry("1", line.span(), line, 1))
    said = _said(box.turtle()["references.ttl"], "reference/battle-of-osterby/1")
    assert said["citationText"] == {"Holm, Reeds, p. 12."}
    assert "title" not in said


# What stands beside figures


def _wiki(box: Box) -> dict[str, str]:
    """Return the files of the box, taken for wikitext, in which each ref is its own entry."""
    document = Document(
        box.source,
        Form.WIKITEXT,
        "Battle of Osterby",
        None,
        tuple(field for field, _ in box.fields),
        tuple(box.entries),
        apart=tuple(box.apart),
    )
    return pages(Reading(document, tuple(box.fields)), _SLUG, read_registry())


def test_a_mark_behind_words_that_nobody_read_is_cited_by_the_figure_before_it() -> None:
    box = Box()
    line = box.line("10 killed (of them guests), 3 wounded", (26, "6"))
    losses = (
        _loss(line, "10 killed", Count(10, 10), side=1),
        _loss(line, "3 wounded", Count(3, 3), side=1, effect="wounded"),
    )
    box.field("casualties", (line,), FieldReading(losses=losses), 1)
    text = box.turtle()["losses.ttl"]
    assert _said(text, "side-1-killed-person")["citesReference"] == {"reference/battle-of-osterby/6"}
    assert _said(text, "side-1-wounded-person")["sourceStatus"] == {"NoReferenceGiven"}


def test_what_editors_doubt_is_doubtful_and_says_so() -> None:
    box = Box()
    line = box.line("10 killed", (9, "citation needed"))
    box.field("casualties", (line,), FieldReading(losses=(_loss(line, "10 killed", Count(10, 10), side=1),)), 1)
    said = _said(box.turtle()["losses.ttl"], "side-1-killed-person")
    assert said["doubt"] == {"Editors of the article marked these words “citation needed”."}
    assert said["certainty"] == {"Doubtful"}


def test_a_tag_of_wikitext_doubts_the_figure_before_it_and_no_other() -> None:
    box = Box()
    first, second = box.line("10 killed{{Dubious|date=May}}"), box.line("3 wounded")
    tag = Span(first.span().start + 9, first.span().end)
    first = Line((Piece("10 killed", Span(tag.start - 9, tag.start)),))
    box.apart.append(Apart(tag, "A tag."))
    losses = (
        _loss(first, "10 killed", Count(10, 10), side=1),
        _loss(second, "3 wounded", Count(3, 3), side=1, effect="wounded"),
    )
    box.field("casualties", (first, second), FieldReading(losses=losses), 1)
    text = _wiki(box)["losses.ttl"]
    assert _said(text, "side-1-killed-person")["doubt"] == {"Editors of the article marked these words “dubious”."}
    assert "doubt" not in _said(text, "side-1-wounded-person")


def test_a_total_may_overlap_with_the_figures_of_its_list() -> None:
    box = Box()
    lines = tuple(map(box.line, ("10 killed", "3 wounded", "Total: 13 casualties", "2 tanks")))
    losses = (
        _loss(lines[0], "10 killed", Count(10, 10), side=1),
        _loss(lines[1], "3 wounded", Count(3, 3), side=1, effect="wounded"),
        _loss(lines[2], "13 casualties", Count(13, 13), side=1, effect="casualties"),
        _loss(lines[3], "2 tanks", Count(2, 2), side=1, effect="lost", object="tanks"),
    )
    box.field("casualties", lines, FieldReading(losses=losses), 1)
    text = box.turtle()["losses.ttl"]
    said = _said(text, "side-1-casualties-person")
    assert said["scope"] == {"Total"}
    assert {one.rpartition("/")[2] for one in said["mayOverlapWith"]} == {
        "side-1-killed-person",
        "side-1-wounded-person",
    }
    assert text.count("mayOverlapWith") == 1


def test_a_sign_that_parts_the_columns_is_told_where_the_second_one_begins() -> None:
    box = Box()
    lines = tuple(map(box.line, ("10 killed", "3 killed", "4 wounded")))
    losses = tuple(
        _loss(
            line,
            line.text,
            Count(3, 3),
            side=side,
            side_basis="A blank line stands between the columns.",
            effect=effect,
        )
        for line, side, effect in zip(lines, (1, 2, 2), ("killed", "killed", "wounded"), strict=True)
    )
    box.field("casualties", lines, FieldReading(losses=losses))
    text = box.turtle()["losses.ttl"]
    assert "readingNote" in _said(text, "side-2-killed-person")
    assert text.count("A blank line") == 1


def test_labels_say_what_happened_and_to_civilians() -> None:
    box = Box()
    heading, line = box.line("Captured"), box.line("11 men")
    loss = _loss(line, "11 men", Count(11, 11), side=1, effect="captured", civilian=True, object="men")
    box.field("casualties", (heading, line), FieldReading(losses=(loss,)), 1)
    assert 'rdfs:label "Side 1: 11 men captured, civilian"@en' in box.turtle()["losses.ttl"]


# Footnotes


def _footnote(box: Box, text: str, name: str, **more: Any) -> None:
    line = box.line(text)
    shown = Line((Piece("Holm, Reeds", line.span(), verbatim=False),))
    box.entries.append(Entry(name, line.span(), shown, uses=(line.span(),), **more))


def test_a_footnote_without_a_name_is_named_by_its_words_wherever_it_stands() -> None:
    box, later = Box(), Box()
    _footnote(box, "<ref>Holm, Reeds</ref>", "ref-1")
    _footnote(later, "<ref>Lind, Marshes</ref>", "ref-1")
    _footnote(later, "<ref>Holm, Reeds</ref>", "ref-2")
    name = "ref-" + hashlib.sha256(b"<ref>Holm, Reeds</ref>").hexdigest()[:8]
    for one in (box, later):
        said = _said(_wiki(one)["references.ttl"], f"reference/battle-of-osterby/{name}")
        assert said["type"] == {"Reference"}
        assert "refName" not in said


def test_a_name_is_the_one_that_wikitext_gives() -> None:
    box = Box()
    _footnote(box, '<ref name="ref-7">Holm, Reeds</ref>', "ref-7")
    _footnote(box, "{{sfn|Holm|1999}}", "sfn-holm-1999", template="sfn")
    text = _wiki(box)["references.ttl"]
    assert _said(text, "battle-of-osterby/ref-7")["refName"] == {"ref-7"}
    assert "refName" not in _said(text, "battle-of-osterby/sfn-holm-1999")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("This was two days before the bridge fell.", "note"),
        ("Holm 1999 was the first.", "reference"),
        ("Holm, Reeds", "reference"),
    ],
)
def test_a_sentence_without_any_sign_of_a_source_is_a_note(words: str, kind: str) -> None:
    box = Box()
    line = box.line(words)
    box.entries.append(Entry("1", line.span(), line, 1))
    assert f"\n{kind}:1 a " in box.turtle()["references.ttl"]


def test_the_revision_is_named_where_the_address_has_one() -> None:
    box = Box()
    box.line("words")
    document = Document(box.source, Form.RENDERED, "Battle of Osterby", Span(0, 17))
    page = "https://en.wikipedia.org/w/index.php?title=Battle_of_Osterby&oldid=123"
    text = pages(Reading(document, ()), _SLUG, read_registry(), page)["source.ttl"]
    assert "revision 123 of the page" in text
    assert "dcterms:license" in text


# Dates that are not exact


@pytest.mark.parametrize(
    ("edtf", "first", "last", "written"),
    [
        ("[1251-07,1251-08]", "1251-07-01", "1251-08-31", "[1251-07..1251-08]"),
        ("1200~", "1200-01-01", "1200-12-31", "1200~"),
        ("[1251-07-03..1251-07-09]", "1251-07-03", "1251-07-09", "[1251-07-03..1251-07-09]"),
    ],
)
def test_a_date_that_is_not_exact_has_bounds(edtf: str, first: str, last: str, written: str) -> None:
    box = Box()
    line = box.line("some time")
    box.field("date", (line,), FieldReading(datings=(Dating(Words(line, 0, 9), "date-within", edtf),)))
    said = _said(box.turtle()["narrative.ttl"], "battle-begin")
    assert (said["earliestDate"], said["latestDate"], said["dateEdtf"]) == ({first}, {last}, {written})
    assert said["certainty"] == {"Approximate"}


@pytest.mark.parametrize("edtf", ["[1251-03,1251-07]", "1500-02-29"])
def test_what_no_datatype_can_hold_stays_unread(edtf: str) -> None:
    box = Box()
    line = box.line("some time")
    exact = edtf if edtf.startswith("1") else None
    dating = Dating(Words(line, 0, 9), "date-single", edtf, exact, exact)
    box.field("date", (line,), FieldReading(datings=(dating,)))
    files = box.turtle()
    assert "narrative.ttl" not in files
    assert '"some time"' in files["unread.ttl"]


def test_each_end_of_a_stretch_keeps_its_own_words() -> None:
    box = Box()
    line = box.line("3 May 1999 (a day) \u2013 5 June 1999 (another)")
    dating = Dating(Words(line, 0, len(line.text)), "date-range", "1999-05-03/1999-06-05", "1999-05-03", "1999-06-05")
    box.field("date", (line,), FieldReading(datings=(dating,)))
    text = box.turtle()["narrative.ttl"]
    assert _said(text, "battle-begin")["whenLexical"] == {"3 May 1999"}
    assert _said(text, "battle-end")["whenLexical"] == {"5 June 1999"}


def test_a_date_beside_figures_that_nobody_read_is_not_the_battles() -> None:
    box = Box()
    line = box.line("3 May 1999, 7-9 of May")
    field = Field("date", (line,), line.span())
    dating = Dating(Words(line, 0, 10), "date-single", "1999-05-03", "1999-05-03", "1999-05-03")
    unread = Portion(field, Words(line, 12, 22), Disposal.UNREAD, "It is no date.")
    box.field("date", (line,), FieldReading((unread,), datings=(dating,)))
    files = box.turtle()
    assert "narrative.ttl" not in files
    assert '"3 May 1999"' in files["unread.ttl"]


def test_an_assumed_calendar_is_said_to_be_assumed() -> None:
    box = Box()
    line = box.line("3 May 1399")
    dating = Dating(
        Words(line, 0, 10),
        "date-single",
        "1399-05-03",
        "1399-05-03",
        "1399-05-03",
        calendar="Julian",
        is_calendar_assumed=True,
    )
    box.field("date", (line,), FieldReading(datings=(dating,)))
    (note,) = _said(box.turtle()["narrative.ttl"], "battle-begin")["readingNote"]
    assert "Julian one is assumed" in note


def test_many_footnotes_that_begin_alike_are_told_apart_in_little_time() -> None:
    """Each one's words begin as all others do, so that comparing all with all would take minutes."""
    parts = [f"<ref>{{{{cite web |title=Report on the reeds of {number}}}}}</ref>" for number in range(20_000)]
    source, spans = "", []
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    source = "".join(parts)
    spans = [Span(start, end) for start, end in pairwise(starts)]
    begun = time.perf_counter()
    quotations = Quotations(source, spans)
    assert [quotations.of(span).exact for span in spans] == parts
    assert time.perf_counter() - begun < 5


@given(st.text(alphabet="ab", min_size=1, max_size=60), st.data())
def test_words_are_found_wherever_they_stand(source: str, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, len(source) - 1), min_size=1, max_size=6))
    spans = [Span(start, data.draw(st.integers(start + 1, len(source)))) for start in starts]
    words = {source[span.start : span.end] for span in spans}
    found = _places(source, words)
    assert {one: list(places) for one, places in found.items()} == {
        one: list(occurrences(source, one)) for one in words
    }
