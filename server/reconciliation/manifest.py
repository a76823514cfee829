"""The service's manifest: what it is and where its parts are (API 0.2, section 3.1)."""

from __future__ import annotations

from typing import Any, Final

from graph.namespaces import BG
from server.reconciliation.extension import LIMIT_SETTING
from server.reconciliation.kinds import EntityTypes
from server.reconciliation.query import BATCH_SIZE
from server.site import Site

PREVIEW_WIDTH: Final = 400
PREVIEW_HEIGHT: Final = 120


def manifest(site: Site, address: str, types: EntityTypes) -> dict[str, Any]:
    """Return the manifest of a service; `address` is that of the server as the client reached it, without a slash.

    Clients put the parts' addresses together from it, so they must work where the manifest was
    fetched; the identifier space is the data's own and the same everywhere.
    """
    service = f"{address}/reconcile"
    return {
        "versions": ["0.1", "0.2"],
        "name": "battlegraph: battles, places, actors and what was lost, with who says so",
        "identifierSpace": f"{site.dataset.base}id/",
        "schemaSpace": BG,
        "documentation": f"{address}/wikidata",
        "serviceVersion": site.software,
        "logo": f"{address}/static/icon.svg",
        "view": {"url": f"{address}/id/{{{{id}}}}"},
        "defaultTypes": [{"id": each.id, "name": each.name} for each in types.defaults],
        "batchSize": BATCH_SIZE,
        "preview": {
            "url": f"{service}/preview?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {
            part: {
                "service_url": service,
                "service_path": f"/suggest/{part}",
                "flyout_service_url": service,
                "flyout_service_path": f"/flyout/{part}?id=${{id}}",
            }
            for part in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/extend/propose"},
            "property_settings": [LIMIT_SETTING],
        },
    }
