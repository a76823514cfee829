"""Claims as nanopublications: one small signed or unsigned publication each, which says of itself where it comes from.

Nothing here knows Flask except `views`, so that the command line writes the same bytes
as the server.
"""

from server.nanopublications.views import blueprint

__all__ = ["blueprint"]
