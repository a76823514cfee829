"""What drafts write: names without order numbers, the house layout, claims that say who, what and how certain."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.anchors import Span
from graph.drafting.authoring.days import alternatives, bounds, edtf_text
from graph.drafting.authoring.entry_dates import entry_date
from graph.drafting.authoring.nodes import Node, Page, Text, english, entity, number, term, truth, written
from graph.drafting.authoring.pages import pages
from graph.drafting.authoring.quoting import Quotations
from graph.drafting.authoring.slugs import slug_of, told_apart
from graph.drafting.authoring.things import shared_slug
from graph.drafting.document import CitedField, Document, Entry, Field, Form, Line, Mark, Piece, Words
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
    if not formatter.exists():
        pytest.skip("turtlefmt is not installed")
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
    line = box.line("12 killed altogether")
    field = Field("casualties", (line,), line.span(), 1)
    portions = (Portion(field, Words(line, 0, 20), Disposal.READ, "loss-exact"),)
    box.field("casualties", (line,), FieldReading(portions, (_loss(line, "12 killed", Count(12, 12), side=1),)), 1)
    assert '"altogether"' in box.turtle()["omissions.ttl"].replace('" altogether"', '"altogether"')


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


def test_a_linked_weapon_is_the_type_of_its_page() -> None:
    box = Box()
    line = box.line("2 Q-8 gliders destroyed")
    loss = _loss(line, line.text, Count(2, 2), side=1, effect="destroyed", object="Q-8 gliders", link="Marsh Q-8")
    box.field("casualties", (line,), FieldReading(losses=(loss,)), 1)
    said = _said(box.turtle()["types.ttl"], "equipment/marsh-q-8")
    assert said["wikipediaPage"] == {"https://en.wikipedia.org/wiki/Marsh_Q-8"}
    assert said["hiddenLabel"] == {"Q-8 gliders"}


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
