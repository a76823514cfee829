"""Templates of articles and what a page shows of them, by name.

After the documentation of each on the English Wikipedia. A template that stands in no table
here is not guessed at: its article gets a trouble that names it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final


def canonical(name: str) -> str:
    """Return the name of a template as the tables have it: lower case, single spaces, no namespace.

    >>> canonical(" Infobox_Military  conflict ")
    'infobox military conflict'
    """
    return " ".join(name.replace("_", " ").lower().removeprefix("template:").split())


def names_in(rows: str) -> frozenset[str]:
    """Return names that commas separate, over any number of rows."""
    return frozenset(" ".join(name.split()) for name in rows.split(",") if name.strip())


def _table(rows: str) -> MappingProxyType[str, str]:
    """Read lines of "what is shown: names, separated by commas"."""
    table: dict[str, str] = {}
    for row in rows.strip().splitlines():
        shown, _, names = row.strip().partition(": ")
        table.update(dict.fromkeys(names_in(names), shown))
    return MappingProxyType(table)


WRAPPERS: Final = _table(
    """
    1: nowrap, nobr, nobreak, no wrap, j, small, smaller, small caps, smallcaps, sc, smalldiv, big, larger, sc1
    1: nobold, no bold, normal, nbold, center, centre, midsize, strong, em, strikethrough, strike, bold, underline, u, b
    1: visible anchor, vanchor, linktext, script, angbr, allow wrap, wrap, sup, sub, block indent, noitalic, italic, i
    1: abbr, abbrlink, tooltip, hover title, ill, interlanguage link, interlanguage link multi, illm, link-interwiki
    1: sic, proper name, date, as written, not a typo, typo, aut, zh, korean, lower
    1: hlist item, formatprice, main link, no italic, normalfont, uc, text, plain text, quote inline
    2: lang, transl, transliteration, font color, font colour, color, colour, font size, fsize, font, langx, color text
    2: resize, lang-generic, colored text, coloured text, colored link, style, fs
    """
)
"""Which argument is shown as it is."""

LINKING: Final = names_in("ill, interlanguage link, interlanguage link multi, illm")
"""Wrappers whose text is a link to the page of that name."""

FIXED: Final = _table(
    """
    \N{EN DASH}: ndash, en dash, endash, nsndns, \N{EN DASH}
    \N{EM DASH}: mdash, em dash, emdash, \N{EM DASH}
    -: hyphen
    †: dagger, †
    ‡: ddagger, double-dagger, ‡
    |: !
    =: =
    *: asterisk, *
    ': ', apostrophe
    's: 's
    •: •, bull, bullet
    ·: ·, dot, middot
    \N{MULTIPLICATION SIGN}: times, \N{MULTIPLICATION SIGN}
    ≈: approx, ≈
    ±: ±, pm
    \N{MINUS SIGN}: minus, \N{MINUS SIGN}
    №: numero, number sign
    §: section sign
    (KIA): kia, killed in action
    (WIA): wia, wounded in action
    (POW): pow, prisoner of war
    (MIA): mia, missing in action
    (DOW): dow, died of wounds
    (executed): executed
    (surrendered): surrendered, surrender
    (natural causes): natural causes
    (assassinated): assassinated
    (suicide): suicide
    (captured): captured
    """
)
"""What is shown whatever the arguments."""

SPACED: Final = MappingProxyType(
    {
        name: shown
        for shown, names in (
            (" \N{EN DASH} ", "snd, snds, spnd, sndash, spaced ndash, spaced en dash, dash"),
            (" \N{EM DASH} ", "smd, spaced mdash, spaced em dash"),
            ("\N{NO-BREAK SPACE}", "nbsp, space, spaces"),
            ("\N{THIN SPACE}", "thinsp, thin space"),
            ("\N{HAIR SPACE}", "hair space, hairsp"),
        )
        for name in names_in(names)
    }
)
"""Like `FIXED`, with white space that counts."""

FORCES: Final = names_in(
    """
    army, navy, air force, armed forces, marines, coast guard, national guard, military, naval air force,
    naval aviation, gendarmerie
    """
)
"""Templates that show a flag and a force of whose it is; what they call that force is not in the article."""

FLAGGED: Final = FORCES | names_in(
    "flag, flagcountry, flagu, flagcu, flagc, flaglist, flag+link, flagg, flag2, flagright, flagteam, noflag"
)
"""Templates that show a flag and the name of whose it is."""

FLAGS: Final = names_in(
    """
    flagicon, flagdeco, flag icon, flag deco, flagicon2, flagicon image, flag icon image, flagdeco image, flagi,
    ficon, coat of arms, coa, roundel, mapicon, army icon, navy icon, emblem, flagbig, flagicons
    """
)
"""Templates that show a flag alone."""

LISTS: Final = names_in(
    """
    plainlist, plain list, ubl, unbulleted list, unbulletedlist, unbullet, ublist, vunblist, bulleted list, blist,
    bulletedlist, unordered list, flatlist, flat list, hlist, horizontal list, ordered list, numbered list, olist,
    tree list, treelist, indented plainlist, startplainlist, cslist, comma separated entries, div col, columns-list,
    flowlist, collapsible list, collapsible, collapsed list, clist, hidden, br separated entries, refbegin
    """
)
"""Templates each of whose arguments is a line or more; those of some are under a title."""

BREAKS: Final = names_in(
    """
    br, break, crlf, -, clear, clr, clear left, clear right, br0, hr, line break, pb, paragraph break, parabr,
    clearleft
    """
)
"""Templates that end a line."""

QUOTATIONS: Final = names_in(
    """
    quote, quotation, blockquote, cquote, rquote, bquote, quote box, quote frame, pull quote, centered pull quote,
    poemquote
    """
)
"""Templates that set words of a source apart; what they show is prose."""

FOOTNOTE_LISTS: Final = names_in(
    """
    reflist, notelist, notelist-ua, notelist-la, notelist-lr, references, refs, note list, notes
    """
)
"""Where the page lists its footnotes; some have the footnotes themselves as arguments."""

NOTES: Final = names_in(
    """
    efn, efn-la, efn-lr, efn-ua, efn-ur, efn-lg, efn2, refn, notetag, note tag, #tag:ref, footnote, nbnote,
    adaptnote
    """
)
"""Footnotes with their text; those of `refn` and `#tag:ref` may be sources."""

SHORT_CITATIONS: Final = names_in(
    """
    sfn, snf, sfnp, sfnm, sfnmp, harvnb, harv, harvtxt, harvcol, harvcolnb, harvcoltxt, harvp, harvs,
    harvard citation no brackets, harvard citation
    """
)
"""Author, year and page of a work in the list of works."""

FOOTNOTED: Final = names_in(
    """
    sfn, snf, sfnp, sfnm, sfnmp
    """
)
"""Short citations that make their own footnote."""

REUSES: Final = names_in(
    """
    r, ref name, refname, rnamed, ref label, cref, cref2, note label
    """
)
"""Templates that are marks of footnotes written elsewhere."""

PAGES: Final = names_in(
    """
    rp, reference page, r page
    """
)
"""The page after a mark."""


def is_citation(name: str) -> bool:
    """Tell whether a template of this name is a full citation."""
    return name == "citation" or name.startswith(("cite ", "cite-", "vcite ")) or name in _CITING


_CITING: Final = names_in(
    """
    eb1911, catholic encyclopedia, london gazette, 1911, wikisource1911enc citation, acad, dnb, nhle
    """
)
