"""From the app to the files of a copy: every address that there is, and all that is offered at it.

Addresses come from the app itself: the pages it wants found, the rules of its router that
need no name, and the links of whatever was read, until nothing new is found. An address of
ours that answers with an error ends the copy, because the copy would have a dead link.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_list_header
from werkzeug.routing import RequestRedirect, Rule

from server.http.formats import HTML, Format
from server.site import Site
from server.static_site.asking import Answer, Asker
from server.static_site.named_paths import NAMED, named_paths
from server.static_site.own_pages import SERVICE_PAGES, OwnPage
from server.static_site.places import (
    OTHER_LANGUAGES,
    Variant,
    file_of,
    language_of,
    needs_server,
    page_address,
    variant_of,
)
from server.static_site.representations import representations
from server.static_site.rewriting import rewrite

_HERE: Final = "http://copy.invalid"
_SAMPLES: Final = 3
_COMPARED: Final = ("Content-Type", "Link", "Content-Location", "Content-Disposition", "Cache-Control")
_PAGE: Final = "/page/"
_OTHERS_OF_THINGS: Final = ("/id/", "/data/")
_ROUTER: Final = "the router"
_SITEMAP: Final = "the sitemap"


class UnusableAnswer(ValueError):
    """The app answers with an error where a copy needs an answer; the message names the address, and who links it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is at an address."""

    path: str
    rule: Rule
    arguments: dict[str, str]
    answers: tuple[tuple[Format | None, Answer, str | None], ...]
    """Each representation, and its file; no file where it leads elsewhere."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the copy."""

    name: str
    content: bytes


class Crawl:
    """One walk over an app."""

    def __init__(self, asker: Asker, site: Site) -> None:
        self._asker = asker
        self._router = asker.app.url_map.bind("copy.invalid")
        self._site = site
        self._waiting: deque[tuple[str, Variant, str]] = deque()
        self._seen: set[tuple[str, Variant]] = set()
        self._formats: dict[tuple[str, str], str] = {}
        self._own: set[str] = set()
        self._led: dict[tuple[str, str], str] = {}
        self._pages: dict[str, bool] = {}
        self._alike: dict[tuple[str, str], int] = {}

    def adopt(self, pages: Sequence[OwnPage]) -> Iterator[Written]:
        """Yield the files of pages that the app has not; from then on links lead to them, too."""
        self._own.update(page.path for page in pages)
        for page in pages:
            name = file_of(page.path, HTML.media_type, language=page.language)
            yield Written(name, self.rewritten(page.path, page.text))

    def walk(self) -> Iterator[Found | Written]:
        """Yield every address with what was found there, and every file, the same in the same order each time."""
        for path, source in self._seeds():
            self._note(path, (), source)
        while self._waiting:
            path, variant, linked_from = self._waiting.popleft()
            if variant:
                yield from self._write_page(path, variant)
            else:
                yield from self._visit(path, linked_from)

    def _seeds(self) -> Iterator[tuple[str, str]]:
        for rule in sorted(self._asker.app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if not rule.arguments and "GET" in (rule.methods or ()):
                yield rule.rule, _ROUTER
        with self._asker.app.test_request_context():
            addresses = self._site.addresses
        for number in count(1):
            if number > addresses.parts:
                return
            yield f"/sitemap-{number}.xml", _ROUTER
            for path in addresses.part(number):
                yield path, _SITEMAP

    def _note(self, path: str, variant: Variant, linked_from: str) -> None:
        if (path, variant) not in self._seen and not needs_server(path):
            self._seen.add((path, variant))
            self._waiting.append((path, variant, linked_from))

    def _visit(self, path: str, linked_from: str) -> Iterator[Found | Written]:
        first = self._asker.ask(path, "*/*")
        if first.status == HTTPStatus.NOT_FOUND and linked_from in (_ROUTER, NAMED):
            # What an address without a name leads to need not be there, as the latest release before the first;
            # and of what data names in passing, the check tells what has no address.
            self._seen.discard((path, ()))
            return
        self._require(first, linked_from)
        rule, arguments = self._match(path, linked_from)
        answers: list[tuple[Format | None, Answer, str | None]] = []
        for offer, answer in representations(self._asker, first, self._led):
            self._require(answer, linked_from)
            for link in self._links_of(answer):
                self._lead(path, link)
            for other in named_paths(answer, self._site.dataset.base):
                self._note(other, (), NAMED)
            if answer.location is not None:
                answers.append((offer, answer, None))
            elif answer.media_type == HTML.media_type:
                answers.append((offer, answer, file_of(path, HTML.media_type)))
                yield from self._write_page(path, (), answer)
            else:
                own = answer.headers.get("Content-Location") or path
                is_shared = own == path and ("accept" in answer.vary or path.endswith("/"))
                name = file_of(own, answer.media_type, suffix=offer.name if offer and is_shared else "")
                answers.append((offer, answer, name))
                # What has an address of its own is visited there.
                if own == path:
                    yield Written(name, answer.body)
                else:
                    yield from self._visit_own(own, answer, path)
        if path.startswith(_PAGE):
            # Pages do not link the addresses of the thing itself and of its data in no particular format.
            for other in _OTHERS_OF_THINGS:
                self._note(f"{other}{path.removeprefix(_PAGE)}", (), path)
        yield Found(path, rule, arguments, tuple(answers))

    def _visit_own(self, own: str, answer: Answer, linked_from: str) -> Iterator[Found | Written]:
        """Visit the address that a representation has of its own.

        Where those of a few addresses of the rule turned out to be what was negotiated, save for Vary, the
        others are taken to be so, which spares half of all answers.
        """
        if (own, ()) in self._seen:
            return
        rule, arguments = self._match(own, linked_from)
        kind = (rule.rule, own.rpartition(".")[2])
        if (count := self._alike.setdefault(kind, 0)) < _SAMPLES:
            fixed = self._asker.ask(own)
            same = fixed.body == answer.body and all(fixed.headers.get(x) == answer.headers.get(x) for x in _COMPARED)
            # Once they were found to differ, each is asked for.
            self._alike[kind] = count + 1 if same and count >= 0 else -1
            self._note(own, (), linked_from)
            return
        self._seen.add((own, ()))
        headers = Headers(answer.headers)
        headers["Vary"] = ", ".join(name.title() for name in sorted(answer.vary - {"accept"}))
        name = file_of(own, answer.media_type)
        yield Written(name, answer.body)
        yield Found(own, rule, arguments, ((None, Answer(own, answer.status, headers, answer.body), name),))

    def _write_page(self, path: str, variant: Variant, plain: Answer | None = None) -> Iterator[Written]:
        for language in ("", *OTHER_LANGUAGES):
            fields = [*variant, *([("lang", language)] if language else [])]
            address = f"{path}?{urlencode(fields)}" if fields else path
            answer = plain if plain and not language else self._ask(address, path, HTML.media_type)
            name = file_of(path, HTML.media_type, language=language, variant=variant)
            yield Written(name, self.rewritten(path, answer.body.decode()))
            if "accept-language" not in answer.vary and not language:
                return

    def rewritten(self, path: str, page: str) -> bytes:
        """Return a page of the app as it is in the copy; its links are seen to."""
        return rewrite(page, lambda href: self._lead(path, href)).encode()

    def _match(self, path: str, linked_from: str) -> tuple[Rule, dict[str, str]]:
        try:
            rule, arguments = self._router.match(path, method="GET", return_rule=True)
        except RequestRedirect as error:
            raise UnusableAnswer(f"{path}, linked from {linked_from}, is moved by the router") from error
        except HTTPException as error:
            raise UnusableAnswer(f"{path}, linked from {linked_from}, is no address of the site") from error
        return rule, {name: str(value) for name, value in arguments.items()}

    def _ask(self, address: str, linked_from: str, accept: str = "*/*") -> Answer:
        answer = self._asker.ask(address, accept)
        self._require(answer, linked_from)
        return answer

    def _require(self, answer: Answer, linked_from: str) -> None:
        if not answer.is_document or not answer.is_kept:
            what = f"status {answer.status}" if not answer.is_document else "what may not be kept"
            raise UnusableAnswer(f"{answer.address}, linked from {linked_from}, answers with {what}")

    def _lead(self, path: str, href: str) -> str:
        """Return where a link on the page at this path leads to in the copy, and see to it that this is there."""
        target = urlsplit(urljoin(f"{_HERE}{path}", href))
        if f"{target.scheme}://{target.netloc}" != _HERE or href.startswith("#"):
            return href
        fields = parse_qsl(target.query, keep_blank_values=True)
        hash_sign = f"#{target.fragment}" if target.fragment else ""
        language, variant, asked = language_of(fields), variant_of(fields), dict(fields)
        to = target.path or "/"
        if to in self._own and to not in SERVICE_PAGES:
            return f"{page_address(to, language, ())}{hash_sign}"
        if needs_server(to):
            # Its page in the copy shows what was asked, and a search is made by the script.
            kept = urlencode([(name, asked[name]) for name in ("query", "q", "kind") if name in asked])
            service = next((each for each in SERVICE_PAGES if f"{to}/".startswith(f"{each}/")), "/sparql")
            return f"{page_address(service, language, ())}{'?' if kept else ''}{kept}{hash_sign}"
        if "format" in asked:
            return f"{self._in_format(to, asked['format'], path)}{hash_sign}"
        self._note(to, (), path)
        if variant:
            self._note(to, variant, path)
        # What the file does not depend on stays: a page may read it by script, and the address tells an edition.
        kept = urlencode([(name, value) for name, value in fields if name in ("v", "statement")])
        if language and not self._is_page(to):
            language = ""
        return f"{page_address(to, language, variant)}{'?' if kept else ''}{kept}{hash_sign}"

    def _is_page(self, path: str) -> bool:
        """Tell whether there is a page at this path, which there is at all addresses of a rule or at none."""
        try:
            rule, _ = self._router.match(path, method="GET", return_rule=True)
        except (RequestRedirect, HTTPException):
            return False
        if rule.rule not in self._pages:
            answer = self._asker.ask(path, HTML.media_type)
            self._pages[rule.rule] = answer.is_document and answer.location is None
        return self._pages[rule.rule]

    def _in_format(self, path: str, name: str, linked_from: str) -> str:
        if (path, name) not in self._formats:
            answer = self._ask(f"{path}?{urlencode({'format': name})}", linked_from, "*/*")
            own = answer.location or answer.headers.get("Content-Location")
            self._note(path, (), linked_from)
            if own is not None:
                self._note(own, (), linked_from)
            elif answer.media_type == HTML.media_type:
                own = path
            else:
                own = "/" + file_of(path, answer.media_type, suffix=name)
            self._formats[path, name] = own
        return self._formats[path, name]

    def _links_of(self, answer: Answer) -> Iterator[str]:
        """Yield the paths that the headers of an answer lead to, here or at the address that the data's IRIs have."""
        for member in parse_list_header(answer.headers.get("Link", "")):
            href = member.strip().partition("<")[2].partition(">")[0]
            if href.startswith("/"):
                yield href
            elif href.startswith(self._site.dataset.base):
                yield href.removeprefix(self._site.dataset.base.rstrip("/"))
        if answer.location is not None:
            yield answer.location
