"""The configuration with which nginx answers from a copy as the server does, as far as files can.

One file to include in the `http` block: the maps, and a `server` block whose `listen`,
`server_name` and `root` are the host's to set. A location finds out which file it is, sets
the headers, and hands over to the location of a media type, because nginx cannot send
a file under a media type that a variable holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from server.http.formats import RDF_FORMATS, Format
from server.static_site.families import Families, Family
from server.static_site.mapping import Map
from server.static_site.tables import MARK, UNKNOWN, Choice, all_maps, choices_of, media_types, offers_of

FILE: Final = "nginx.conf"
_ABOUT: Final = """\
# For nginx 1.18 or newer: include this file in the http block, after setting the next lines' values below.
# It was written by `battlegraph export-site` and answers as the server does, formats by Accept and by
# ?format=, languages by Accept-Language and by ?lang=, redirects and headers included. What differs:
# - entity tags are nginx's own; they change with the edition, and 304 works;
# - qualities count to three digits, as RFC 9110 has them;
# - ?lang=en does not stay with a reader whose browser prefers another language;
# - ?viewpoint=, ?words=, ?all= and ?only= give the whole page; the pages link to files that have them;
# - Accept-Datetime (Memento) is not looked at; dated versions have addresses of their own;
# - errors are JSON or the page 404.html, whatever is asked for.
"""
_SERVER: Final = """\
server {
    listen 80;
    server_name _;
    root /srv/battlegraph;

    absolute_redirect off;
    charset off;
    etag on;
    gzip on;
    gzip_comp_level 5;
    gzip_min_length 1024;
    gzip_proxied any;
    gzip_static on;
    gzip_types *;
    gzip_vary off;
    error_page 404 /404.html;
    error_page 301 303 307 308 @leads;
"""
_SET: Final = ("vary", "link", "content_location", "content_disposition", "cache_control", "location")
_LONGEST: Final = 4000
"""Characters of a value in a configuration."""
_PACKED: Final = ("application/gzip", "application/zip", "image/png")


class UnwritableConfiguration(ValueError):
    """A text that nginx has no way to write."""


def write(families: Families) -> str:
    """Return the configuration for these addresses."""
    grouped = list(families.by_rule())
    rules = {first.rule for first, _ in grouped}
    every = [family for first, rest in grouped for family in (first, *rest)]
    choices = choices_of(every)
    common = sorted(families.common or ())
    lines = [_ABOUT]
    lines += [line for each in all_maps(choices.values()) for line in _map(each)]
    lines.append(_SERVER)
    lines += _headers(common)
    lines += _fixed(common)
    for _, others in grouped:
        for other in others:
            for path, arguments in other.addresses:
                lines += _family(other, choices, common, f"= {_quoted(path)}", arguments)
    for number, (first, _) in enumerate(grouped):
        captured = {name: f"${{n{number}_{name}}}" for name in first.names}
        lines += _family(first, choices, common, _matching(first, f"n{number}"), captured)
        if f"{first.rule}/" not in rules:
            lines += _moved(first, captured, f"n{number}", common)
    for content_type in media_types(choices.values(), every):
        lines += _type(content_type, common)
    return "\n".join([*lines, "}", ""])


def _map(each: Map) -> Iterator[str]:
    yield f"map {_quoted(each.source)} ${each.name} {{"
    yield f"    default {_quoted(each.default)};"
    for pattern, value in each.entries:
        # An empty text is matched with no pattern.
        key = "" if pattern == "^$" else f"~*{pattern}"
        yield f"    {_quoted(key)} {_quoted(value)};"
    yield "}"


def _fixed(common: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the locations that every copy has."""
    types = " ".join(
        f"{media_type} {suffix};"
        for suffix, media_type in [
            ("html", "text/html"), ("json", "application/json"), *((x.name, x.media_type) for x in RDF_FORMATS)
        ]
    )  # fmt: skip
    plain = ["types { " + types + " }", "charset utf-8;", "charset_types text/turtle application/rdf+xml;"]
    no_variables = [f"set $out_{name} '';" for name in _SET]
    vary = ["set $out_vary 'Accept-Language, Accept-Encoding';", "set $out_cache_control 'public, max-age=300';"]
    yield from _location("/", [*no_variables, *vary, *plain, *_headers(common, indent=""),
                               f"try_files $uri $uri/index${MARK}.html $uri/index.html =404;"])  # fmt: skip
    # A file beside a page, by its own name.
    named = r'~ "/index(?:\.[A-Za-z0-9-]+)*\.[a-z]+$"'
    yield from _location(
        named, [*no_variables, *vary[1:], *plain, *_headers(common, indent=""), "try_files $uri =404;"]
    )
    for name in (f"/{FILE}", "/.htaccess"):
        yield from _location(f"= {name}", ["return 404;"])
    refused = ["set $out_vary 'Accept, Accept-Language';", "set $out_cache_control no-store;"]
    yield from _location("= /404.html", [*no_variables, *refused, *plain, *_headers(common, indent="")])
    leads = ["default_type text/plain;", "charset utf-8;", "charset_types *;", "gzip off;"]
    yield from _location("@leads", [*leads, *_headers(common, indent=""), 'return 200 "See $out_location\\n";'])


def _family(
    family: Family,
    choices: Mapping[tuple[Format, ...], Choice],
    common: Sequence[tuple[str, str]],
    place: str,
    names: Mapping[str, str],
) -> Iterator[str]:
    lines = [f"set $out_{name} '';" for name in _SET]
    lines += ["default_type application/problem+json;", *_headers(common, indent="")]
    lines += ["set $out_type '';", "set $out_target '';"]
    if not family.is_negotiated:
        lines += _outcome(family, 0, names, family.outcomes[0].content_type.partition(";")[0])
    else:
        choice = choices[offers_of(family)]
        lines += _refusals(family, choice, names)
        for number, offer in enumerate(choice.offers):
            lines.append(f'if (${choice.name} = "{offer.name}") {{')
            lines += [f"    {line}" for line in _outcome(family, number, names, f"${choice.media_type}")]
            lines.append("}")
    # Where the file is not, there may be the page that leads on.
    lines += ['if (!-f "$document_root/$out_target") {', '    rewrite ^ "/.as/text/html${uri}/index.html" last;', "}"]
    lines.append('rewrite ^ "/.as/$out_type/$out_target" last;')
    yield from _location(place, lines)


def _outcome(family: Family, number: int, names: Mapping[str, str], media_type: str) -> Iterator[str]:
    outcome = family.outcomes[number]
    values = {name.lower().replace("-", "_"): value for name, value in family.headers(number, names)}
    values["vary"] = ", ".join(name.title() for name in outcome.vary)
    target = outcome.target.format_map(names)
    for name, value in values.items():
        # Nginx reads no longer one.
        if name in _SET and 0 < len(value) < _LONGEST:
            yield f"set $out_{name} {_quoted(value)};"
    if 300 <= outcome.status < 400:  # noqa: PLR2004  redirects
        yield f"set $out_location {_quoted(target)};"
        yield f"return {outcome.status} $out_location;"
        return
    if outcome.is_page and "accept-language" in outcome.vary:
        target = target.removesuffix(".html") + f"${{{MARK}}}.html"
    yield f"set $out_type {_quoted(media_type)};"
    yield f"set $out_target {_quoted(target)};"


def _moved(family: Family, names: Mapping[str, str], group: str, common: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the location that leads from an address with a slash too many."""
    if family.moved is None:
        return
    status, path = family.moved
    place = _matching(family, group)
    place = f'{place[:-1]}/"' if place.startswith("=") else place.replace('$"', '/+$"')
    target = _quoted(f"{path.format_map(names)}$is_args$args")
    cleared = [f"set $out_{name} '';" for name in _SET]
    cache = "set $out_cache_control 'public, max-age=300';"
    yield from _location(place, [*cleared, cache, *_headers(common, indent=""), f"set $out_location {target};",
                                 f"return {status} $out_location;"])  # fmt: skip


def _refusals(family: Family, choice: Choice, names: Mapping[str, str]) -> Iterator[str]:
    link = dict(family.headers(0, names)).get("Link", "")
    yield 'if (!-f "$document_root${uri}/index.html") {'
    yield "    return 404;"
    yield "}"
    yield f"set $out_vary {_quoted(', '.join(name.title() for name in family.refused_vary))};"
    yield "set $out_cache_control no-store;"
    if link:
        yield f"set $out_link {_quoted(link)};"
    for condition, status, told in (("", 406, family.refused), (UNKNOWN, 400, family.unknown)):
        body = told if len(told) < _LONGEST else f'{{{{"status": {status}}}}}'
        yield f'if (${choice.media_type} = "{condition}") {{'
        yield f"    return {status} {_quoted(body.format_map(names))};"
        yield "}"


def _matching(family: Family, group: str) -> str:
    """Return the head of the location of a family: its path, or a pattern for its paths."""
    if not family.names:
        return f"= {_quoted(family.addresses[0][0])}"
    return f"~ {_quoted(f'^{family.matching(group)}$')}"


def _type(content_type: str, common: Sequence[tuple[str, str]]) -> Iterator[str]:
    media_type, _, parameters = content_type.partition(";")
    lines = ["internal;", "types { }", f"default_type {media_type};"]
    if "charset=utf-8" in parameters:
        lines += ["charset utf-8;", "charset_types *;"]
    if media_type in _PACKED:
        lines.append("gzip off;")
    yield from _location(f"^~ /.as/{media_type}/", [*lines, *_headers(common, indent=""),
                         r'rewrite "^/\.as/[^/]+/[^/]+(/.*)$" $1 break;'])  # fmt: skip


def _headers(common: Sequence[tuple[str, str]], indent: str = "    ") -> Iterator[str]:
    for name, value in common:
        yield f"{indent}add_header {name} {_quoted(value)} always;"
    if not indent:
        for name in _SET[:-1]:
            yield f"add_header {name.replace('_', '-').title()} $out_{name} always;"


def _location(place: str, lines: list[str]) -> Iterator[str]:
    yield f"    location {place} {{"
    yield from (f"        {line}" for line in lines)
    yield "    }"


def _quoted(text: str, *, is_ours: bool = True) -> str:
    r"""Return the text between quotation marks.

    A backslash before another character is itself there, and of a pattern no backslash stands at the end.
    """
    if "$" in text.replace("${", "").rstrip("$") and not is_ours:
        raise UnwritableConfiguration(f"{text!r} has a $, which nginx cannot write")
    if '"' not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "\\'") + "'"
