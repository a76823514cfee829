"""All that is offered at an address, found out by asking for what is liked best, then for anything but that."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from server.http import formats
from server.http.formats import Format
from server.static_site.asking import Answer, Asker

_MOST: Final = 20
_BY_MEDIA_TYPE: Final = MappingProxyType(
    {each.media_type: each for each in vars(formats).values() if isinstance(each, Format)}
)


class UnknownOffer(ValueError):
    """An address offers what the formats of the server do not name, or does not come to an end."""


def representations(
    asker: Asker, first: Answer, known: dict[tuple[str, str], str]
) -> Iterator[tuple[Format | None, Answer]]:
    """Yield what is offered where the first answer is one of several, in the order of preference; else that alone.

    An answer that leads elsewhere is of the format that it leads to; `known` keeps what that was found to be, by
    the first part of the address and the Accept header.
    """
    if "accept" not in first.vary:
        yield _BY_MEDIA_TYPE.get(first.media_type), first
        return
    refused: list[str] = []
    accept, answer = "*/*", first
    while answer.is_document:
        offer = _offer(asker, answer, accept, known)
        if offer.media_type in refused:
            if answer.location is None:
                raise UnknownOffer(f"{first.address}: offers {offer.media_type} to a client that refuses it")
            # It leads to one place whatever the client likes; the choice is made there.
            return
        if len(refused) == _MOST:
            raise UnknownOffer(f"{first.address}: offers more than {_MOST} formats")
        yield offer, answer
        refused.append(offer.media_type)
        accept = ", ".join(("*/*", *(f"{each};q=0" for each in refused)))
        answer = asker.ask(first.address, accept)


def _offer(asker: Asker, answer: Answer, accept: str, known: dict[tuple[str, str], str]) -> Format:
    media_type = answer.media_type
    if answer.location is not None:
        named = formats.RDF_BY_NAME.get(answer.location.rpartition(".")[2])
        key = (answer.location.split("/")[1], accept)
        if named is None and key not in known:
            known[key] = asker.ask(answer.location, accept).media_type
        media_type = named.media_type if named else known[key]
    found = _BY_MEDIA_TYPE.get(media_type)
    if found is None:
        raise UnknownOffer(f"{answer.address}: offers {media_type}, which is no format that the server names")
    return found
