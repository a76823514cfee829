"""The columns of the table of claims: what each is called, what it holds, and of which datatype it is.

The one place where they are listed: the table is written by it, and described by it for
programs (`server.wikidata.claim_schema`). New ones go to the end, so that who reads by
number still reads the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SEPARATOR: Final = " | "
"""What stands between the values of a cell that has several."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table."""

    name: str
    """Its head in the file."""
    about: str
    """What it holds, in words."""
    datatype: str = "string"
    """By the names of CSV on the Web, which are those of XML Schema."""
    has_many: bool = False
    """Whether a cell may hold several values."""


_EMPTY: Final = "Empty where it gives none, which is not zero; value_status says why."

CLAIM_COLUMNS: Final = (
    Column("claim", "IRI of the claim.", "anyURI"),
    Column("label", "What the claim says, in a line."),
    Column("kind", "The kinds of claim that it is of.", has_many=True),
    Column("article", "IRI of the article that it was read in.", "anyURI"),
    Column("viewpoint", "IRI of the viewpoint that is said to assert it.", "anyURI"),
    Column("viewpoint_name", "Name of that viewpoint."),
    Column("subject", "What the claim is about.", has_many=True),
    Column("subject_id", "IRI of what the claim is about.", "anyURI", has_many=True),
    Column("property", "What it says of that.", has_many=True),
    Column("wikidata_property", "Wikidata's property for it, where there is one."),
    Column("value", "The value, by name or in words.", has_many=True),
    Column("value_id", "IRI of the value, where it is a thing.", "anyURI", has_many=True),
    Column("loss_of", "The side that a loss is of.", has_many=True),
    Column("loss_type", "What was lost.", has_many=True),
    Column("loss_type_id", "IRI of what was lost.", "anyURI", has_many=True),
    Column("effect", "What became of it.", has_many=True),
    Column("min_count", f"Smallest number that the words of a loss allow. {_EMPTY}", "integer"),
    Column("max_count", f"Largest number that the words of a loss allow; none for “at least”. {_EMPTY}", "integer"),
    Column("earliest", "First day that the words allow.", "date"),
    Column("latest", "Last day that the words allow.", "date"),
    Column("certainty", "How surely it is asserted.", has_many=True),
    Column("value_status", "Whether its value is known, unspecified, or missing from the copy.", has_many=True),
    Column("source_status", "Whether the article gives a reference for it.", has_many=True),
    Column("references", "IRIs of the references that it cites.", "anyURI", has_many=True),
    Column("reference_titles", "Titles of those references.", has_many=True),
    Column("quotes", "The words of the article that it rests on.", has_many=True),
    Column("offsets", "Where these words stand: first character and the one after the last.", has_many=True),
    Column(
        "may_overlap_with",
        "Claims that may count some of the same persons or things, each by what its IRI has after `/id/claim/`; "
        "the numbers must not be added.",
        has_many=True,
    ),
    Column(
        "incompatible_with",
        "Claims that are read as rivals of it, named in the same way; whether both could hold is left open.",
        has_many=True,
    ),
    Column("reading_note", "Remarks of the curators on how the words were read.", has_many=True),
    Column("reported_claimant", "The viewpoint whose words a cited title reports; the title says so.", has_many=True),
    Column("when_words", "Words of the article that say when.", has_many=True),
    Column("count_stated", "Whether the words give the count of a loss, rather than imply it.", "boolean"),
    Column("review_status", "Unreviewed where a program read it and no person has; else empty."),
)
COLUMNS: Final = tuple(column.name for column in CLAIM_COLUMNS)
"""The head of the table."""
