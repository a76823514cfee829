"""The configuration with which Apache answers from a copy as the server does, as far as files can: `.htaccess`.

Apache's own negotiation (mod_negotiation) knows media types by the suffixes of files and not
the order of preference of the server, and prefers among equals what is smallest. So mod_rewrite follows the same
maps as nginx does, rule by rule.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from server.http.formats import Format
from server.static_site.families import Families, Family, Outcome
from server.static_site.mapping import Map
from server.static_site.nginx import FILE as NGINX_FILE
from server.static_site.reading_language import language_maps
from server.static_site.tables import MARK, UNKNOWN, Choice, choices_of, language_mark, offers_of

FILE: Final = ".htaccess"
_ABOUT: Final = """\
# For Apache 2.4 with mod_rewrite, mod_headers, mod_mime and mod_dir (and mod_deflate for gzip), where AllowOverride
# lets it: FileInfo Indexes Options. It stands in the root of a host, not in a folder below it.
# It was written by `battlegraph export-site` and answers as the server does, formats by Accept and by
# ?format=, languages by Accept-Language and by ?lang=, redirects included. What differs:
# - this file is read for each request, which takes some 20 ms: where you may, put its lines into a <Directory> of
#   the host's own configuration instead, with AllowOverride None;
# - Location has the host in it, and the body of a redirect or an error is Apache's;
# - entity tags are Apache's own, and there are no Link headers; pages have the same links in their heads;
# - qualities count to three digits, as RFC 9110 has them;
# - ?lang=en does not stay with a reader whose browser prefers another language;
# - ?viewpoint=, ?words=, ?all= and ?only= give the whole page; the pages link to files that have them;
# - Accept-Datetime (Memento) is not looked at; dated versions have addresses of their own.
Options -Indexes
<IfModule mod_negotiation.c>
Options -MultiViews
</IfModule>
DirectorySlash Off
DirectoryIndex index.html
AddDefaultCharset Off
ErrorDocument 404 /404.html
<IfModule mod_deflate.c>
AddOutputFilterByType DEFLATE text/html text/css text/javascript text/plain text/turtle application/json
AddOutputFilterByType DEFLATE application/ld+json application/n-triples application/n-quads application/trig
AddOutputFilterByType DEFLATE application/rdf+xml
</IfModule>
RewriteEngine On
RewriteBase /
# What was found already is not looked for again.
RewriteCond %{ENV:REDIRECT_STATUS} .
RewriteRule ^ - [END]
"""
_PREFIX: Final = "bg_"
_GIVEN: Final = {"http_accept": "%{HTTP:Accept}", "http_accept_language": "%{HTTP:Accept-Language}"}
_VARIABLE: Final = re.compile(r"\$(\d)|\$\{?([a-z_][a-z0-9_]*)\}?")


def write(families: Families) -> str:
    """Return the configuration for these addresses."""
    grouped = list(families.by_rule())
    every = [(first, True) for first, _ in grouped] + [(other, False) for _, others in grouped for other in others]
    choices = choices_of(family for family, _ in every)
    lines = [_ABOUT, *_files(), *_types([family for family, _ in every]), *_argument("lang"), *_argument("format")]
    lines += [line for each in (*language_maps(), language_mark()) for line in _map(each)]
    negotiated: defaultdict[tuple[Format, ...], list[str]] = defaultdict(list)
    rules: list[str] = []
    for family, is_first in every:
        for place, names in _places(family, is_first=is_first):
            if family.is_negotiated:
                negotiated[offers_of(family)].append(place)
            rules += _family(family, choices, place, names)
    for offers, places in negotiated.items():
        lines += _choice(choices[offers], places)
    lines += rules
    lines += [
        f"RewriteCond %{{DOCUMENT_ROOT}}/$1/index%{{ENV:{_PREFIX}{MARK}}}.html -f",
        f"RewriteRule ^(.*?)/?$ /$1/index%{{ENV:{_PREFIX}{MARK}}}.html [END,E={_PREFIX}page:1]",
        "RewriteCond %{DOCUMENT_ROOT}/$1/index.html -f",
        "RewriteRule ^(.*?)/?$ /$1/index.html [END]",
        *(f'Header always set {name} "{_header(value)}"' for name, value in sorted(families.common or ())),
        f'Header set Vary "Accept-Language, Accept-Encoding" env=REDIRECT_{_PREFIX}page',
        'Header set Cache-Control "public, max-age=300"',
    ]
    lines += _marked(every)
    return "\n".join([*lines, ""])


def _files() -> Iterator[str]:
    """Yield the rules for what is a file at its own address."""
    yield f"RewriteRule ^{re.escape(NGINX_FILE)}$ - [R=404,END]"
    yield "RewriteCond %{REQUEST_FILENAME} -f"
    yield f"RewriteRule ^ - [END,E={_PREFIX}file:1]"
    yield f"Header set Vary Accept-Encoding env={_PREFIX}file"


def _argument(name: str) -> Iterator[str]:
    yield f'RewriteCond %{{QUERY_STRING}} "(?:^|&){name}=([^&]*)"'
    yield f"RewriteRule ^ - [E={_PREFIX}arg_{name}:%1]"


def _map(each: Map) -> Iterator[str]:
    variable = f"{_PREFIX}{each.name}"
    left = len(each.entries) + bool(each.default)
    for pattern, value in each.entries:
        left -= 1
        over = f",S={left}" if left else ""
        yield f'RewriteCond "{_filled(each.source)}" "{pattern}" [NC,NV]'
        yield f"RewriteRule ^ - [E={variable}:{_filled(value)}{over}]"
    if each.default:
        yield f"RewriteRule ^ - [E={variable}:{_filled(each.default)}]"


def _filled(text: str) -> str:
    def put(found: re.Match[str]) -> str:
        if found[1]:
            return f"%{found[1]}"
        return _GIVEN.get(found[2], f"%{{ENV:{_PREFIX}{found[2]}}}")

    return _VARIABLE.sub(put, text)


def _choice(choice: Choice, places: Sequence[str]) -> Iterator[str]:
    """Yield the maps of one set of offers, which are passed over at addresses that do not offer it."""
    lines = [line for each in choice.maps() for line in _map(each)]
    count = sum(line.startswith("RewriteRule") for line in lines)
    # A line has its longest length, too.
    some = [f'RewriteCond %{{REQUEST_URI}} "!^(?:{place})$"' for place in places]
    yield from some
    yield f"RewriteRule ^ - [S={count}]"
    yield from lines


def _places(family: Family, *, is_first: bool) -> Iterator[tuple[str, Mapping[str, str]]]:
    if is_first and family.names:
        yield family.matching(""), {name: f"%{number}" for number, name in enumerate(family.names, 1)}
        return
    for path, arguments in family.addresses:
        yield re.escape(path), arguments


def _family(
    family: Family, choices: Mapping[tuple[Format, ...], Choice], place: str, names: Mapping[str, str]
) -> Iterator[str]:
    at = f'RewriteCond %{{REQUEST_URI}} "^{place}$"'
    choice = choices[offers_of(family)] if family.is_negotiated else None
    if choice is not None:
        # What is not there is not refused, it is not found.
        at = f"RewriteCond %{{DOCUMENT_ROOT}}%{{REQUEST_URI}}/index.html -f\n{at}"
        for value, status in (("", 406), (UNKNOWN, 400)):
            yield at
            yield f"RewriteCond %{{ENV:{_PREFIX}{choice.media_type}}} ^{value}$"
            yield f"RewriteRule ^ - [R={status},END,E={_PREFIX}refused:1]"
    for number, outcome in enumerate(family.outcomes):
        rule = _rule(outcome, names, choice)
        if rule is not None:
            if choice is not None:
                yield f"RewriteCond %{{ENV:{_PREFIX}{choice.name}}} ^{choice.offers[number].name}$"
            yield at
            yield rule
    if family.moved is not None:
        status, path = family.moved
        yield f'RewriteCond %{{REQUEST_URI}} "^{place}/+$"'
        yield f"RewriteRule ^ {path.format_map(names)} [R={status},NE,END,E={_PREFIX}leads:1]"


def _rule(outcome: Outcome, names: Mapping[str, str], choice: Choice | None) -> str | None:
    """Return the rule that gives a representation, None where it is a file at its own address."""
    target, marks = outcome.target.format_map(names), f"E={_PREFIX}{_mark(outcome.vary)}:1"
    if 300 <= outcome.status < 400:  # noqa: PLR2004  redirects
        return f"RewriteRule ^ {target} [R={outcome.status},NE,END,E={_PREFIX}leads:1,{marks}]"
    if choice is None and not outcome.is_page:
        return None
    if outcome.is_page and "accept-language" in outcome.vary:
        target = target.removesuffix(".html") + f"%{{ENV:{_PREFIX}{MARK}}}.html"
    if choice is not None:
        marks += f",E={_PREFIX}type:%{{ENV:{_PREFIX}{choice.media_type}}}"
    return f"RewriteRule ^ /{target} [END,{marks}]"


def _mark(vary: Sequence[str]) -> str:
    return "vary_" + "_".join(name.replace("-", "") for name in vary)


def _marked(every: Sequence[tuple[Family, bool]]) -> Iterator[str]:
    """Yield the headers of what the rules have marked."""
    yield f"Header set Content-Type %{{REDIRECT_{_PREFIX}type}}e env=REDIRECT_{_PREFIX}type"
    is_text = f"reqenv('REDIRECT_{_PREFIX}type') =~ m#^text/|/xml$#"
    yield f'Header set Content-Type "%{{REDIRECT_{_PREFIX}type}}e; charset=utf-8" "expr={is_text}"'
    for vary in sorted({outcome.vary for family, _ in every for outcome in family.outcomes if outcome.vary}):
        text = ", ".join(name.title() for name in vary)
        yield f'Header set Vary "{text}" env=REDIRECT_{_PREFIX}{_mark(vary)}'
        yield f'Header always set Vary "{text}" env={_PREFIX}{_mark(vary)}'
    yield f'Header always set Cache-Control "public, max-age=300" env={_PREFIX}leads'
    yield f'Header always set Vary "Accept, Accept-Language" env={_PREFIX}refused'
    yield f"Header always set Cache-Control no-store env={_PREFIX}refused"


def _types(every: Sequence[Family]) -> Iterator[str]:
    """Yield the media types of files by their suffixes, and of files by their names where they differ."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for family in every:
        for outcome in family.outcomes:
            if not outcome.is_page and outcome.status < 300:  # noqa: PLR2004  no redirect
                counted[_suffix(outcome.target)][outcome.content_type] += family.count
    for suffix, types in sorted(counted.items()):
        if not suffix:
            yield f'<FilesMatch "^[^.]+$">\nForceType "{types.most_common(1)[0][0]}"\n</FilesMatch>'
        elif re.fullmatch("[a-z0-9]+", suffix):
            yield f'<FilesMatch "\\.{suffix}$">\nForceType "{types.most_common(1)[0][0]}"\n</FilesMatch>'
    yield '<FilesMatch "\\.html$">\nForceType "text/html; charset=utf-8"\n</FilesMatch>'
    for family in every:
        for outcome in family.outcomes:
            name = outcome.target.rpartition("/")[2]
            usual = counted.get(_suffix(outcome.target))
            if usual and not family.names and outcome.content_type != usual.most_common(1)[0][0]:
                yield f'<Files "{name}">\nForceType "{outcome.content_type}"\n</Files>'


def _suffix(target: str) -> str:
    """Return what a file's name has after its last dot; empty where that is no suffix."""
    name = target.rpartition("/")[2]
    return name.rpartition(".")[2] if "." in name else ""


def _header(value: str) -> str:
    return value.replace('"', '\\"').replace("%", "%%")
