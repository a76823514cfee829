"""Templates that say nothing of the battle: notices and tags of editors, navigation, pronunciations."""

from __future__ import annotations

from typing import Final

from graph.drafting.wikitext.templates import names_in

HIDDEN: Final = names_in(
    """
    citation needed, cn, fact, citation needed span, failed verification, verification failed, verify source,
    verify, verification needed, unreliable source, unreliable source?, unreliable source inline, rs, dubious,
    dubious-inline, dubious span, disputed inline, clarify, clarification needed, clarify span, huh, when, when?,
    who, who?, whom, whom?, by whom, by whom?, which, which?, where, where?, why, what, how, how often, vague,
    page needed, pages needed, pn, page number needed, page numbers needed, full, full citation needed,
    better source, better source needed, bsn, better source example, primary source inline, primary source-inline,
    non-primary source needed, self-published inline, self-published source, sps, original research inline, or,
    synthesis inline, syn, editorializing, peacock term, peacock inline, weasel inline, pov-inline, pov inline,
    pov statement, neutrality inline, according to whom, according to whom?, attribution needed, specify, quantify,
    update inline, update after, outdated inline, obsolete source, dead link, deadlink, broken link, cbignore,
    isbn missing, author missing, date missing, title missing, need quotation, quote needed, request quotation,
    contradict-inline, contradiction-inline, contradictory inline, inconsistent, discuss, opinion, undue inline,
    undue weight inline, relevance inline, importance inline, tone inline, jargon inline, technical inline,
    year needed, year missing, volume needed, third-party inline, third party source needed, circular reference,
    chronology citation needed, nonspecific, not in source, not in citation given, nicg, irrelevant citation,
    medical citation needed, lead extra info, anchor, anchors, shy, zwj, zwnj, zwsp, wbr, sort, hs,
    sfnref, harvid, endplainlist, endflatlist, end plainlist, end list, plainlist end, div col end, colend, col-end,
    col-begin, col-break, colbegin, end div col, hidden end, nowrap begin, nowrap end, end, nobots, bots,
    inflation-fn, inflation-year, subscription required, subscription, registration required, closed access,
    open access, free access, incomplete short citation, sfn whitelist, refend, toc limit, toc left, toc right,
    toclimit, no toc, short description, italic title, displaytitle, ambiguous, link note, void, efn note, ipac-en,
    ipa-fr, ipa, ipa-de, ipa-es, ipa-all, ipa-uk, ipa-pl, ipa-ru, ipa-it, pronunciation needed, respell, audio,
    icon, ru icon, de icon, fr icon, external media
    """
)
"""Tags of editors, pronunciations, places to jump to: a page shows nothing of the battle for them."""


def is_navigation(name: str) -> bool:
    """Tell whether a template of this name leads elsewhere or speaks to editors, wherever it stands."""
    return name in _NAVIGATION or name.startswith(_NAVIGATION_STARTS)


_NAVIGATION_STARTS: Final = (
    "about",
    "authority control",
    "campaignbox",
    "commons",
    "coord missing",
    "defaultsort:",
    "details",
    "displaytitle:",
    "featured",
    "for2",
    "further",
    "good article",
    "infobox",
    "location map",
    "main article",
    "navbox",
    "other uses",
    "portal",
    "pp-",
    "redirect",
    "see also",
    "sister",
    "subject bar",
    "use ",
    "wikiquote",
    "wikisource",
    "wiktionary",
)
_NAVIGATION: Final = names_in(
    """
    main, see, for, hatnote, distinguish, not to be confused with, multiple issues, refimprove, refimprove section,
    unreferenced, unreferenced section, more footnotes, no footnotes, more citations needed, citation style,
    cleanup, copy edit, copyedit, expand section, expand language, engvarb, library resources box, spoken wikipedia,
    multiple image, wide image, gallery, external images, legend, legend-line, portal bar, lead too short, pov,
    disputed, update, taxonbar
    """
)
