"""What the reader of rendered text makes of lists of references and notes."""

from __future__ import annotations

import pytest

from graph.drafting.document import Document, Entry
from graph.drafting.rendered import read_rendered


def article(*rows: str, losses: str = "3 killed", prose: str = "It ended.") -> Document:
    """Read an article that ends with these rows."""
    return read_rendered(
        f"Battle of Lusk\nDate3 May 1704\nCasualties and losses\n{losses}\n\n"
        f"The Battle of Lusk was fought on 3 May 1704. {prose}\n\n" + "\n".join(rows) + "\n",
        "Battle of Lusk",
    )


def told(entry: Entry) -> dict[str, str]:
    """Return the fields of an entry."""
    return {field.name: field.value for field in entry.fields}


@pytest.mark.parametrize(
    ("row", "name", "number", "carets", "words"),
    [
        ("  1. ^ Mor Gazette", "1", 1, 1, "Mor Gazette"),
        ("  2. ^ a b c Mor Gazette", "2", 2, 3, "Mor Gazette"),
        ("  2. ^ a British officer", "2", 2, 1, "a British officer"),
        ("3. ↑ Mor Gazette", "3", 3, 1, "Mor Gazette"),
        ("3. ^ Jump up to: a b Mor Gazette", "3", 3, 2, "Mor Gazette"),
        ("  2. 2.0 2.1 2.2 Mor Gazette", "2", 2, 3, "Mor Gazette"),
        ("2.0 2.1 Mor Gazette", "ref-1", None, 2, "Mor Gazette"),
        ("^Mor Gazette", "ref-1", None, 1, "Mor Gazette"),
        ("  a. ^ Mor Gazette", "a", None, 1, "Mor Gazette"),
        ("  4. ^", "4", 4, 1, None),
    ],
)
def test_number_and_back_links_are_parted_from_the_words(
    row: str, name: str, number: int | None, carets: int, words: str | None
) -> None:
    document = article(row)
    (entry,) = document.entries
    assert (entry.name, entry.number, entry.carets) == (name, number, carets)
    assert (entry.line.text if entry.line else None) == words
    assert document.source[entry.span.start : entry.span.end] == row.strip()


CITATIONS = {
    '"Հին" [Old]. site-1.am (in Armenian). 1 January 2021. Retrieved 25 March 2021.': {
        "title": "Հին", "trans-title": "Old", "website": "site-1.am", "language": "Armenian",
        "date": "1 January 2021", "access-date": "25 March 2021",
    },
    '"3 fell". Al Jazeera. 3 December 2020. Archived from the original on 4 December 2020. Retrieved 5 May 2021.': {
        "title": "3 fell", "publisher": "Al Jazeera", "date": "3 December 2020",
        "archive-date": "4 December 2020", "access-date": "5 May 2021",
    },
    'Holt, Ben [@benholt] (30 October 2020). "\'All\' fled" (Tweet). Retrieved 3 May 2021 \u2013 via Twitter.': {
        "author": "Holt, Ben", "handle": "@benholt", "date": "30 October 2020", "title": "'All' fled",
        "type": "Tweet", "access-date": "3 May 2021", "via": "Twitter",
    },
    'Crest, A. (May 2001). "The "Salt" Road" (PDF). The Thal Times. p. 12. ISBN 978-0-306-40615-7.': {
        "author": "Crest, A.", "date": "May 2001", "title": 'The "Salt" Road', "format": "PDF",
        "work": "The Thal Times", "page": "12", "isbn": "978-0-306-40615-7",
    },
    "De Waal 2003, p. 208.": {"author": "De Waal", "date": "2003", "page": "208"},
    "Chandler 1966, pp. 20\u201321": {"author": "Chandler", "date": "1966", "pages": "20\u201321"},
    "Mor, C. (1999). Rivers at War. Lund: River Press. pp. 3\u20137.": {
        "author": "Mor, C.", "date": "1999", "title": "Rivers at War", "location": "Lund", "publisher": "River Press",
        "pages": "3\u20137",
    },
    '"Salt". Journal of Salt. 12 (3): 45\u201367. doi:10.1000/xyz123.': {
        "title": "Salt", "work": "Journal of Salt", "volume": "12", "issue": "3", "pages": "45\u201367",
        "doi": "10.1000/xyz123",
    },
    '"Fallen", BBC News, 3 May 2004': {"title": "Fallen", "publisher": "BBC News", "date": "3 May 2004"},
    "Mor Gazette": {},
    '"cut off in the mid': {},
}  # fmt: skip


@pytest.mark.parametrize("citation", CITATIONS)
def test_a_printed_citation_tells_its_fields(citation: str) -> None:
    (entry,) = article(f"  1. ^ {citation}").entries
    assert told(entry) == CITATIONS[citation]


@pytest.mark.parametrize("citation", CITATIONS)
def test_every_field_stands_in_the_source_where_it_says(citation: str) -> None:
    document = article(f"  1. ^ {citation}")
    for field in document.entries[0].fields:
        assert document.source[field.span.start : field.span.end] == field.value


def test_several_authors_are_several_fields() -> None:
    (entry,) = article('  1. ^ Crest, Ada; Holt, B. (2001). "Salt". Mor Gazette.').entries
    assert [field.value for field in entry.fields if field.name == "author"] == ["Crest, Ada", "Holt, B."]
    (entry,) = article("  1. ^ Holt & Mor 2003, p. 5").entries
    assert [field.value for field in entry.fields if field.name == "author"] == ["Holt", "Mor"]


def test_uses_are_found_in_fields_prose_and_other_entries() -> None:
    document = article("  1. ^ See Mor.[2]", "  2. ^ Mor Gazette[2]", losses="3 killed[1]", prose="It ended.[2]")
    first, second = document.entries
    assert [document.source[span.start : span.end] for span in first.uses] == ["[1]"]
    assert len(second.uses) == 2
    assert all(not second.span.start <= span.start < second.span.end for span in second.uses)


def test_a_sentence_of_the_articles_own_is_a_note_and_a_citation_is_none() -> None:
    document = article(
        "  1. ^ Defected to the allies on 18 October 1813", "  2. ^ The New York Times, 5 May 2004",
        "  3. ^ Mor, C. U.S. Army study, vol. 3 of the series", '  4. ^ "what he said to them". Mor Gazette.',
    )  # fmt: skip
    assert [entry.is_note for entry in document.entries] == [True, False, False, False]
    (entry,) = article("  1. ^ Defected to the allies in October 1813").entries
    assert (entry.is_note, entry.fields) == (True, ())


def test_a_list_of_notes_has_the_names_of_its_marks() -> None:
    document = article(
        "Notes", "", "  1. ^ By treaty.", "", "References", "", "  1. ^ Mor Gazette",
        losses="3 killed[note 1]", prose="It ended.[1]",
    )  # fmt: skip
    assert [(entry.name, entry.is_note, len(entry.uses)) for entry in document.entries] == [
        ("note 1", True, 1), ("1", False, 1),
    ]  # fmt: skip


def test_a_list_of_letters_may_be_marked_by_group_and_number() -> None:
    document = article(
        "  a. ^ By treaty.", "  b. ^ By force.", "  1. ^ Mor Gazette", losses="3[lower-alpha 2] killed[1]"
    )
    assert [(entry.name, len(entry.uses)) for entry in document.entries] == [
        ("lower-alpha 1", 0), ("lower-alpha 2", 1), ("1", 1),
    ]  # fmt: skip


def test_a_row_further_in_goes_on_with_its_entry() -> None:
    document = article("  1. ^ Mor Gazette", "     with a second row", "  2. ^ Mor Gazette")
    assert [entry.line.text if entry.line else "" for entry in document.entries] == [
        "Mor Gazette\n     with a second row", "Mor Gazette",
    ]  # fmt: skip


def test_the_name_of_a_reference_that_was_never_defined_is_set_apart() -> None:
    document = article("final", "was invoked but never defined (see the help page).")
    assert len(document.apart) == 2
    assert len(document.prose) == 1
