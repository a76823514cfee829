"""Where an IRI of the data is found on this server, and which IRI an address stands for.

The data keeps its IRIs wherever the server runs, so a page shows the IRI and links to
the server's own path. Paths start at the root of the server: nothing here, and nothing
else, reads the Host header, so that answers are the same behind any proxy.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from graph.iris import ONTOLOGY_IRI, SHAPES_IRI
from graph.namespaces import curie

# What RFC 3986 allows in a path besides letters and digits; everything else is percent-encoded.
_SAFE = "/-._~!$&'()*+,;=:@"


def encode_path(path: str) -> str:
    """Return the path in ASCII, as it may stand in a Location header or an href."""
    return quote(path, safe=_SAFE)


def fragment_of_borrowed(iri: str) -> str:
    """Return the fragment under which a borrowed term is documented, `sem-Event`."""
    return (curie(iri) or iri).replace(":", "-")


@dataclass(frozen=True, slots=True)
class Links:
    """The two-way map between the IRIs on one base and the paths of the server."""

    base: str
    root: str = ""
    """Path under which the server is mounted, without a slash at its end."""
    language: str | None = None
    """The language that the reader chose, which links to pages carry on."""

    def entity_name(self, iri: str) -> str | None:
        """Return `kind/slug…` of an entity's IRI, or None where it is not one of ours."""
        head = self.base + "id/"
        return iri.removeprefix(head).partition("#")[0] if iri.startswith(head) else None

    def graph_name(self, iri: str) -> str | None:
        """Return the name of one of our named graphs, as `viewpoint/azerbaijan`."""
        head = self.base + "graph/"
        return iri.removeprefix(head).partition("#")[0] if iri.startswith(head) else None

    def entity(self, name: str) -> str:
        """Return the IRI of the entity with this `kind/slug…`."""
        return f"{self.base}id/{name}"

    def page(self, name: str) -> str:
        """Return the path of an entity's page, as documents name it; links of a page use `href` or `to`."""
        return f"{self.root}/page/{encode_path(name)}"

    def to(self, path: str) -> str:
        """Return the address of a page for a link on another one; `path` may have a query and a fragment."""
        address, hash_sign, fragment = path.partition("#")
        if self.language is not None:
            address += f"{'&' if '?' in address else '?'}lang={self.language}"
        return f"{self.root}{address}{hash_sign}{fragment}"

    def data(self, name: str, suffix: str = "") -> str:
        """Return the path of an entity's data, in one format where a suffix is given."""
        return f"{self.root}/data/{encode_path(name)}{'.' + suffix if suffix else ''}"

    def borrowed(self, iri: str) -> str:
        """Return the address at which the ontology's page documents a term of another vocabulary."""
        return self.to(f"/ontology#{fragment_of_borrowed(iri)}")

    def href(self, iri: str) -> str | None:
        """Return the address a page links this IRI to, or None where no browser should follow it.

        Ours lead to the server's own path, other web addresses to themselves. Anything
        else, `javascript:` above all, is shown and never linked.
        """
        address, _, fragment = iri.partition("#")
        fragment = f"#{encode_path(unquote(fragment))}" if fragment else ""
        if address in (ONTOLOGY_IRI, SHAPES_IRI):
            return self.to(f"/{address.rpartition('/')[2]}{fragment}")
        if (name := self.entity_name(address)) is not None:
            return self.to(f"/page/{encode_path(name)}{fragment}")
        if address.startswith(self.base):
            return self.to(f"/{encode_path(address.removeprefix(self.base))}{fragment}")
        return iri if is_web_address(iri) else None


def is_web_address(text: str) -> bool:
    """Tell whether a page may link to it: what `javascript:` begins, a browser would run."""
    return text.startswith(("https://", "http://"))
