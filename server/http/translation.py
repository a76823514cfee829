"""The words of the pages in the reader's language, as templates ask for them.

Flask-Babel finds the catalogues. Jinja's way from a message to one of them costs five times
this one, which a page with hundreds of messages feels: it calls three functions, of which
one copies all variables of the page, and looks the catalogue up anew.
"""

from __future__ import annotations

from babel.support import NullTranslations
from flask import Flask
from flask_babel import Babel, get_locale, get_translations
from markupsafe import Markup

from server.http.languages import PAGE_LANGUAGE, present_reading, translated


def register(app: Flask) -> None:
    """Make the app speak the reader's language where there is a translation, English elsewhere."""
    there = translated()
    Babel(app, locale_selector=lambda: language if (language := present_reading().language) in there else PAGE_LANGUAGE)
    catalogues: dict[str, NullTranslations] = {}

    def catalogue() -> NullTranslations:
        language = get_locale().language
        if language not in catalogues:
            catalogues[language] = get_translations()
        return catalogues[language]

    def gettext(message: str, /, **variables: object) -> Markup:
        return _filled(catalogue().gettext(message), variables)

    def ngettext(singular: str, plural: str, count: int, /, **variables: object) -> Markup:
        return _filled(catalogue().ngettext(singular, plural, count), {"num": count, **variables})

    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext)


def _filled(message: str, variables: dict[str, object]) -> Markup:
    """Return a message with its variables, which are escaped; `%%` in it is a per cent sign in any case."""
    # Whoever writes a catalogue writes HTML, as whoever writes a template does.
    text = Markup(message)  # noqa: S704  a message of the templates, or its translation
    return text % variables if "%" in message else text
