"""LICENSE.txt: under which licence what of a release is, and whom a copy has to credit."""

from __future__ import annotations

from typing import Final

from server.description.licences import OF_SOFTWARE, OF_VOCABULARY, find_licence
from server.description.publication import Publication, Register
from server.releases.lettering import INDENT, entry, wrapped
from server.releases.release import Release

_LICENCE: Final = """\
{title}
Version {version}

DATA

Everything in this release that is not named below is under

    {name}
    {license}

{rights}

Whoever passes it on credits as above, links the licence, says what was
changed, and keeps the same licence for what is derived from it.

VOCABULARY

ontology/ and shapes/, and the named graphs ontology and shapes in every file
that holds them, are dedicated to the public domain:

    {cc0}
    {cc0_iri}

RULES

sources/rules/ is part of the software, and under

    {apache}
    {apache_iri}
{outside}"""
_OUTSIDE: Final = """
FROM OUTSIDE THE ARTICLES

The named graph crosslinks, and with it what the merged files, places.geojson,
claims.csv and the pages have of it, holds coordinates, names and links from
registers. What is theirs is under their terms, as far as these could be
found:

"""


def licence_text(publication: Publication, release: Release) -> str:
    """Return the text that says who may do what with the data, and whom to credit."""
    license_ = publication.license or "none stated"
    registers = "\n".join(_register(one) for one in publication.registers)
    return _LICENCE.format(
        title=wrapped(publication.title or "A dataset without a title"),
        version=release.version,
        name=find_licence(license_).name,
        license=license_,
        rights=wrapped(publication.rights or ""),
        cc0=OF_VOCABULARY.name,
        cc0_iri=OF_VOCABULARY.iri,
        apache=OF_SOFTWARE.name,
        apache_iri=OF_SOFTWARE.iri,
        outside=f"{_OUTSIDE}{registers}" if registers else "",
    )


def _register(register: Register) -> str:
    licence = find_licence(register.license) if register.license else None
    told = entry(f"{register.name}\n{INDENT}{register.iri}", register.rights or "No terms are known.")
    if licence is None:
        return f"{told}{INDENT}Licence: none could be confirmed.\n"
    # A document of their own, which no list of licences has, is its address and no more.
    name = licence.name if licence.name != licence.iri else "its own, at"
    return f"{told}{INDENT}Licence: {name}\n{INDENT}{licence.iri}\n"
