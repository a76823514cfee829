"""The date field of a battle, read to the Extended Date/Time Format with phases, durations and calendars."""

from __future__ import annotations

from graph.drafting.chronicle.dates.field import RULES, read_date

__all__ = ["RULES", "read_date"]
