"""Names are compared without case, marks and punctuation, and across scripts."""

# Letters of three scripts are what this is about.
# ruff: noqa: RUF001

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.search.folding import fold, marked, romanise, spellings

ALPHABETS = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz АаБбВвГгЙйЁёЯяҒғӘә ԱաԲբԵեՈոՒւևՖֆ ’'-–«»\u00a0\u0301\u0327"
TEXTS = st.one_of(st.text(), st.text(alphabet=ALPHABETS))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hadrut", "hadrut"),
        ("HADRUT", "hadrut"),
        ("hədrut", "hedrut"),
        ("Hadrut döyüşü", "hadrut doyusu"),
        ("do\u0308yu\u0308s\u0327u\u0308", "doyusu"),
        ("İstanbul IĞDIR ığdır iğdir", "istanbul igdir igdir igdir"),
        ("Şuşa, Çaylı, Göyçə, Ə", "susa cayli goyce e"),
        ("ՀԱԴՐՈՒԹ", "հադրութ"),
        ("Հադրութի ճակատամարտ", "հադրութի ճակատամարտ"),
        ("Երևան", "երեւան"),
        ("ԵՐԵՒԱՆ", "երեւան"),
        ("Ինչո՞ւ", "ինչու"),
        ("Гадрут", "гадрут"),
        ("Йёж", "иеж"),
        ("Hadrut’i chakatamart", "hadruti chakatamart"),
        ("T-72", "t 72"),
        ("T\u201172", "t 72"),
        ('BM-21 "Grad"', "bm 21 grad"),
        ("7\u00a0October\u2009–\u200915\tOctober", "7 october 15 october"),
        ("“Per Azerbaijan:”", "per azerbaijan"),
        ("Straße ﬁn Ｆull", "strasse fin full"),
        ("so\u00adft hy\u200bphen", "soft hyphen"),
        ("a\x00b\x1fc", "a b c"),
        ("\ud800", ""),
        ("", ""),
        (" … ?! ", ""),
    ],
)
def test_a_name_is_folded(text: str, folded: str) -> None:
    """To words without case, marks and punctuation, in the script they are in."""
    assert fold(text) == folded


@given(TEXTS)
def test_what_is_folded_stays_so(text: str) -> None:
    """A folded text folds to itself, in words with one space between them."""
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())
    assert all(unicodedata.category(character)[0] in "LN" or character == " " for character in folded)


@given(TEXTS, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_the_normalisation_form_does_not_matter(text: str, form: str) -> None:
    """Neither for the folded text nor for its romanisation."""
    normal = unicodedata.normalize(form, text)  # type: ignore[arg-type]  # one of the four
    assert fold(normal) == fold(text)
    assert romanise(normal) == romanise(text)


@given(TEXTS)
def test_case_does_not_matter(text: str) -> None:
    """Whichever way it is changed; the small i without a dot has the capital I of everyone else."""
    assert fold(text.upper()) == fold(text.lower()) == fold(text.casefold()) == fold(text)


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Հադրութ", "hadrut"),
        ("ՀԱԴՐՈՒԹ", "hadrut"),
        ("Հադրութի ճակատամարտ", "hadruti chakatamart"),
        ("Երևան", "yerevan"),
        ("Երեւան", "yerevan"),
        ("Արցախ", "artsakh"),
        ("Շուշի", "shushi"),
        ("Ստեփանակերտ", "stepanakert"),
        ("Ջրական", "jrakan"),
        ("Ոսկեվան", "voskevan"),
        ("մինչև", "minchev"),
        ("Гадрут", "gadrut"),
        ("Степанакерт", "stepanakert"),
        ("Шуша", "shusha"),
        ("Нагорный Карабах", "nagornyy karabakh"),
        ("Ҹәбрајыл", "jabrayyl"),
        ("hədrut", "hadrut"),
        ("Şuşa", "shusha"),
        ("Ağdam", "aghdam"),
        ("Hadrut", "hadrut"),
        ("", ""),
    ],
)
def test_a_name_is_romanised(text: str, latin: str) -> None:
    """By BGN/PCGN without apostrophes, as English spells names."""
    assert romanise(text) == latin


@given(st.text(alphabet=ALPHABETS))
def test_a_romanised_name_is_plain_latin(text: str) -> None:
    """And stays what it is."""
    assert romanise(text).isascii()
    assert romanise(romanise(text)) == romanise(text)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Hadrut", ()),
        ("Հադրութ", ("hadrut",)),
        ("Гадрут", ("gadrut", "hadrut")),
        ("Hadrut döyüşü", ("hadrut doyushu",)),
        ("T-72", ("t72",)),
        ("BM-21 Grad", ("bm21 grad",)),
        ("7 October", ()),
    ],
)
def test_a_name_has_other_spellings(text: str, others: tuple[str, ...]) -> None:
    """Each folded, none of them the folded name itself."""
    assert spellings(text) == others


@pytest.mark.parametrize(
    ("text", "words", "marks"),
    [
        ("Battle of Hadrut", ["hadr"], ["Hadr"]),
        ("Hadrut döyüşü", ["doyu"], ["döyü"]),
        ("Hadrut do\u0308yüşü", ["do"], ["do\u0308"]),
        ("Հադրութի ճակատ", ["հադրութ"], ["Հադրութ"]),
        ("Երևան", ["երե"], ["Երև"]),
        ("Hadrut’i", ["hadruti"], ["Hadrut’i"]),
        ("artillery", ["ill"], ["ill"]),
        ("Hadrut in Hadrut", ["hadrut", "in"], ["Hadrut", "in", "Hadrut"]),
        ("Hadrut", ["zzz"], []),
        ("Hadrut", ["", "."], []),
        ("", ["x"], []),
    ],
)
def test_what_was_asked_for_is_marked(text: str, words: list[str], marks: list[str]) -> None:
    """In the name as it is written, a mark with its letter."""
    parts = marked(text, words)
    assert "".join(part for part, _ in parts) == text
    assert [part for part, is_marked in parts if is_marked] == marks


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_marking_changes_no_text(text: str, words: list[str]) -> None:
    """Whatever is marked in whatever."""
    assert "".join(part for part, _ in marked(text, map(fold, words))) == text
