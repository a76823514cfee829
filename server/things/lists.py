"""One list of a thing's page, whole, on as many pages as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from flask_babel import gettext as _

from server.site import Site
from server.terms.anchors import ANCHOR, things_in
from server.terms.claims import Claim, is_claim, read_claims
from server.terms.labels import Shown
from server.terms.rows import Quote, Term, order_of, show_value
from server.terms.values import Value
from server.things.describe import describe_thing
from server.things.headings import head_list
from server.things.listings import CLAIMS, Leaf, Listing, choose_leaf, list_address
from server.things.related import Related, claimant, read_related


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; either claims or values."""

    thing: Shown
    heading: Shown
    claims: tuple[Claim, ...]
    values: tuple[Value | Quote, ...]
    leaf: Leaf
    count: int
    """How many there are in the whole list."""
    is_whole: bool
    """Whether all that points at the thing was read."""
    previous: str | None
    next: str | None
    address: str
    """The query string of this page of the list."""


def make_list(site: Site, thing: ox.NamedNode, listing: Listing, page: str) -> ListPage | None:
    """Return the page of a list that a text asks for, None where the thing has nothing on this list."""
    own = [quad for quad in describe_thing(site.dataset.store, thing) if quad.subject == thing]
    is_read = listing.is_inverse or (listing.property == CLAIMS and listing.within is None)
    related = read_related(site, thing, own, ()) if is_read else None
    members = _members(site, thing, listing, own, related)
    if not members:
        return None
    leaf = choose_leaf(members, page)
    chosen = members[leaf.start : leaf.end]
    is_claims = listing.property == CLAIMS
    name = ANCHOR.value if listing.property == ANCHOR.value and not listing.is_inverse else ""
    return ListPage(
        thing=site.labels.show_iri(thing.value),
        heading=_heading(site, listing),
        claims=tuple(read_claims(site, (term.value for term in chosen if isinstance(term, ox.NamedNode))))
        if is_claims
        else (),
        values=() if is_claims else tuple(show_value(site, name, term) for term in chosen),
        leaf=leaf,
        count=len(members),
        is_whole=related is None or related.is_whole,
        previous=list_address(site, thing.value, listing, leaf.number - 1) if leaf.number > 1 else None,
        next=list_address(site, thing.value, listing, leaf.number + 1) if leaf.number < leaf.last else None,
        address=listing.query(leaf.number),
    )


def _members(
    site: Site, thing: ox.NamedNode, listing: Listing, own: Sequence[ox.Quad], related: Related | None
) -> Sequence[Term]:
    if listing.property == CLAIMS and listing.within is not None:
        return _claims_within(site, thing, listing, listing.within)
    if related is None:
        return sorted({quad.object for quad in own if quad.predicate.value == listing.property}, key=order_of)
    if listing.property == CLAIMS:
        return [claim for claim in _claims(related) if listing.only is None or _is_of(site, claim, listing.only)]
    return next((x.subjects for x in related.others if (x.property, x.only) == (listing.property, listing.only)), ())


def _claims(related: Related) -> Sequence[ox.NamedNode]:
    return sorted({*related.asserted, *related.mentioning}, key=order_of)


def _claims_within(site: Site, thing: ox.NamedNode, listing: Listing, article: str) -> Sequence[ox.NamedNode]:
    """Return an article's claims that name a thing, however many others there are in other articles."""
    store = site.dataset.store
    try:
        stated = things_in(store, ox.NamedNode(article))
    except ValueError:
        return ()
    found = (
        node
        for node in stated
        if is_claim(store, node.value) and any(store.quads_for_pattern(node, None, thing, ox.DefaultGraph()))
    )
    return sorted((node for node in found if listing.only is None or _is_of(site, node, listing.only)), key=order_of)


def _is_of(site: Site, claim: ox.NamedNode, only: str) -> bool:
    """Tell whether a claim is made by this viewpoint, or its first kind is this class."""
    made_by = claimant(site.dataset.store, claim)
    if made_by is not None and made_by.value == only:
        return True
    return next((kind.value for kind in site.taxonomy.kinds_of(claim)), None) == only


def _heading(site: Site, listing: Listing) -> Shown:
    if listing.property != CLAIMS:
        return head_list(site, listing)
    narrowing = [site.labels.show_iri(iri) for iri in (listing.only, listing.within) if iri is not None]
    if not narrowing:
        return Shown(_("All claims"))
    first = narrowing[0]
    return Shown(_("All claims: %(name)s", name=", ".join(one.text for one in narrowing)), None, first.href, first.iri)
