"""What goes wrong with a store that is another program, perhaps on another machine."""

from __future__ import annotations


class StoreAway(ConnectionError):
    """The store did not answer, or not with what was asked for; the message is one line that names it.

    Trying again later may help. Nothing has been changed.
    """


class StoreSlow(StoreAway):
    """The store did not answer in the time it had."""


class RefusedByStore(StoreAway):
    """The store answered that it would not do what it was asked; `status` is the HTTP status."""

    def __init__(self, message: str, status: int, reason: str) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        """The first line of what it said."""


class LargerThanAsked(StoreAway):
    """An answer had more bytes than were wanted; the rest was not read."""


class VersionGone(StoreAway):
    """The version that is being served is no longer in the store; another one is, or none."""


class UnusableStore(ValueError):
    """An address or a credential that cannot be used; the message says which and why."""


class UnfitForStore(ValueError):
    """The store would change the data, or lost part of it; what it serves is what it was."""
