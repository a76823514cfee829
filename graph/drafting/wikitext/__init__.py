"""From the wikitext of a battle article to a document.

Wikitext is parsed by mwparserfromhell; what it shows follows the documentation of MediaWiki and
of the templates. Everything visible keeps its place in the source.
"""

from __future__ import annotations

from graph.drafting.wikitext.article import LARGEST, read_wikitext

__all__ = ("LARGEST", "read_wikitext")
