"""Cross-links against the registers they lead to: checked, and proposed where there are none.

The only part of `graph` that opens connections; the build imports nothing of it.
"""

from typing import Final

WIKIDATA_API: Final = "https://www.wikidata.org/w/api.php"
"""Wikidata's own Wikibase API."""

WIKIDATA_RECONCILIATION: Final = "https://wikidata.reconci.link/en/api"
"""The reconciliation service for Wikidata that OpenRefine comes with."""
