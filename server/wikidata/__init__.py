"""The desk for Wikidata contributors: what of the data can go there, in their tools' formats, and what cannot.

Nothing here knows Flask except `views` and `page`, so that the command line writes the
same bytes as the server.
"""

from server.wikidata.views import blueprint

__all__ = ["blueprint"]
