"""The reconciliation service at `/reconcile`: names of a user's table matched to things of ours.

Reconciliation Service API 0.2, a final report of the W3C's Entity Reconciliation Community
Group (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/),
as OpenRefine and others speak it; what of 0.1 differs is understood, too. JSONP, which 0.2
leaves to the service, is not spoken: every answer allows CORS.
"""

from server.reconciliation.views import blueprint

__all__ = ["blueprint"]
