"""The elements in which every page shows what has a name: filters, because a page has hundreds of them.

A macro costs Jinja ten times what such a filter does.
"""

from __future__ import annotations

import re
from typing import Final

from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup, escape

from server.terms.labels import Shown

_ARMENIAN: Final = re.compile(r"([\u0531-\u058f\ufb13-\ufb17](?:[^A-Za-z\n]*[\u0531-\u058f\ufb13-\ufb17])?)")
_ARMENIAN_WORDS: Final = Markup('<span lang="hy">{}</span>')


def register(app: Flask) -> None:
    """Give the templates of the app these filters."""
    for element in (lang, draft, link, mark_scripts):
        app.add_template_filter(element)


def lang(code: str | None) -> Markup:
    """Return the attribute for words in another language than the page's; nothing without a code."""
    return Markup(f' lang="{escape(code)}"') if code else Markup()  # noqa: S704  escaped


def draft(shown: Shown) -> Markup:
    """Return what stands behind whatever is named: that nobody has reviewed it, where that is so."""
    return Markup(' <small class="draft">{}</small>').format(_("unreviewed draft")) if shown.is_draft else Markup()


def link(shown: Shown) -> Markup:
    """Return the name of a thing as a link to its page, or as words where it has none."""
    text, code, mark = escape(shown.text), lang(shown.lang), draft(shown)
    if shown.href is None:
        return Markup(f"<span{code}>{text}</span>{mark}")  # noqa: S704  each part is escaped
    return Markup(f'<a href="{escape(shown.href)}"{code}>{text}</a>{mark}')  # noqa: S704  each part is escaped


def mark_scripts(text: str) -> Markup:
    """Return the text as HTML in which Armenian words say that they are Armenian."""
    if text.isascii():
        return escape(text)
    parts = _ARMENIAN.split(text)
    return Markup("").join(_ARMENIAN_WORDS.format(part) if place % 2 else part for place, part in enumerate(parts))
