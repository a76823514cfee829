"""The losses of an article in the form of the gold annotations, in which they are printed and scored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.drafting.document import Document, Form
from graph.drafting.reading import Loss, Reading


def gold_form(reading: Reading) -> list[dict[str, Any]]:
    """Return each loss as a JSON object; `refs` are printed marks, `ref_names` the names that wikitext has instead."""
    document = reading.document
    return [_row(loss, found.losses, document) for _, found in reading.fields for loss in found.losses]


def _row(loss: Loss, losses: Sequence[Loss], document: Document) -> dict[str, Any]:
    names = [mark.name for mark in loss.marks]
    printed = document.form is Form.RENDERED
    whole = losses[loss.included_in] if loss.included_in is not None else None
    return {
        "side": loss.side,
        "side_basis": loss.side_basis,
        "per": loss.claimant.name if loss.claimant else None,
        "count_min": loss.count.least,
        "count_max": loss.count.most,
        "qualifier": loss.count.qualifier,
        "category": loss.effect,
        "object": loss.object,
        "civilian": loss.civilian,
        "refs": names if printed else [],
        "ref_names": names,
        "quote": _quote(document, loss),
        "included_in": _quote(document, whole) if whole else None,
        "scope": loss.scope,
        "phase": loss.phase,
        "force": loss.force,
        "rule": loss.rule,
    }


def _quote(document: Document, loss: Loss) -> str:
    span = loss.words.span
    return document.source[span.start : span.end]
