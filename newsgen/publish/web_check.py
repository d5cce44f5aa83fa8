"""What readers get over HTTP, compared with what they should: bytes, media type, headers, redirects, 404 and 410."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from newsgen.model.files import digest
from newsgen.publish.http import Answer, Http
from newsgen.publish.protocol import Mismatch, Surroundings
from newsgen.publish.release import RULE_FILES, File, Release
from newsgen.publish.retry import retrying
from newsgen.publish.withdrawn import EVERYTHING, Withdrawn

__all__ = ["WebCheck", "web_check"]

_AT_ONCE = 8
_NO_PAGE = "/no-such-page-2f6d1c/"  # an address that no site has
_COMPRESSED_FROM = 2_000  # bytes of text from which a host is expected to compress
_TEXT = ("text/", "application/json", "application/xml", "image/svg+xml")


def web_check(url: str, release: Release, surroundings: Surroundings, *, serves_rules: bool) -> WebCheck:
    """The check of a site at an address. `serves_rules`: whether the host obeys `_headers` and `_redirects`."""
    parts = urlsplit(url)
    http = Http(f"{parts.scheme}://{parts.netloc}", url, surroundings, {})
    return WebCheck(http, url, parts.path.rstrip("/"), release, surroundings.sleep, serves_rules)


@dataclass(frozen=True, slots=True)
class WebCheck:
    """Asks a site as a reader's browser does."""

    http: Http
    place: str  # the site's address
    prefix: str  # of its path: "/archive", or ""
    release: Release
    sleep: Callable[[float], None]
    serves_rules: bool

    def of_files(self, files: Iterable[File]) -> list[Mismatch]:
        """The files as served: a host may have deployed something else than it was sent, or not yet."""
        served = [file for file in files if file.path not in RULE_FILES]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return [each for found in pool.map(self._of_file, served) for each in found]

    def _of_file(self, file: File) -> list[Mismatch]:
        answer = self._get(file.url)
        to = self.release.redirects.get(file.path, "")
        if to and 300 <= answer.status < 400:  # the host leads on, where the page would do so
            return [*self._of_location(f"/{file.path}", answer, to, answer.status)]
        wanted = answer.status if file.path == "404.html" and answer.status == 404 else 200  # hosts answer either
        rule = self.release.rules.redirect_of(f"{self.prefix}{file.url}")
        if rule and self.serves_rules:
            wanted = rule.status
        if answer.status != wanted:
            return [Mismatch(file.path, "status", str(wanted), str(answer.status))]
        if 300 <= wanted < 400:
            return []
        found = []
        if digest(answer.data) != file.digest:
            found.append(Mismatch(file.path, "differs"))
        found += self._of_headers(file, answer)
        return found

    def _of_headers(self, file: File, answer: Answer) -> Iterator[Mismatch]:
        got = answer.headers.get("content-type", "")
        if _plain_type(got) != _plain_type(file.media_type):
            yield Mismatch(file.path, "type", file.media_type, got)
        if self.serves_rules:
            for name, wanted in self.release.headers_of(file).items():
                if (value := answer.headers.get(name.lower(), "")) != wanted:
                    yield Mismatch(file.path, "header", f"{name}: {wanted}", f"{name}: {value}")
        is_text = file.media_type.startswith(_TEXT) and not _never_compresses(answer)
        is_text = is_text and answer.status == 200  # nginx and others compress no 410
        if is_text and len(answer.data) >= _COMPRESSED_FROM and not answer.headers.get("content-encoding"):
            yield Mismatch(file.path, "header", "Content-Encoding: gzip", "Content-Encoding: none")

    def of_rules(self) -> list[Mismatch]:
        """Redirects of the host, and its answer where nothing is."""
        found = []
        answer = self._get(_NO_PAGE)
        if answer.status != 404:
            found.append(Mismatch(_NO_PAGE, "status", "404", str(answer.status)))
        for url, rule in sorted(self.release.rules.redirects.items()) if self.serves_rules else ():
            found += self._of_redirect(url.removeprefix(self.prefix), rule.to, rule.status)
        return found

    def _of_redirect(self, url: str, to: str, status: int) -> Iterator[Mismatch]:
        answer = self._get(unquote(url))
        if answer.status != status:
            yield Mismatch(url, "redirect", f"{status} {to}", str(answer.status))
        elif 300 <= status < 400:
            yield from self._of_location(url, answer, to, status)

    def _of_location(self, url: str, answer: Answer, to: str, status: int) -> Iterator[Mismatch]:
        location = urlsplit(urljoin(f"{self.place}{url}", answer.headers.get("location", "")))
        got = f"{location.path}#{location.fragment}" if location.fragment else location.path
        if unquote(got) != unquote(to):
            yield Mismatch(url, "redirect", f"{status} {to}", f"{status} {got}")

    def of_withdrawn(self, withdrawn: Iterable[Withdrawn]) -> list[Mismatch]:
        """The addresses of withdrawn stories: what stands there now is of the release, or nothing."""
        found = []
        for each in withdrawn:
            if each.path == EVERYTHING or each.path.endswith("/"):
                continue
            file = self.release.by_path.get(each.path)
            answer = self._get(f"/{each.path}")
            is_ours = file is not None and digest(answer.data) == file.digest
            if answer.status == 200 and not is_ours:
                found.append(Mismatch(f"/{each.path}", "readable", "404, 410 or a tombstone", "200"))
        return found

    def _get(self, url: str) -> Answer:
        path = quote(f"{self.prefix}{url}", safe="/~@+!$&'()*,;=:?")  # no file has a ? in its name
        headers = {"Accept-Encoding": "gzip"}
        return retrying(lambda: self.http.once("GET", path, None, headers), self.sleep, self.place)


def _never_compresses(answer: Answer) -> bool:
    """Whether it came from Amazon's S3 itself, without a cache before it, which would name itself in Via."""
    return "AmazonS3" in answer.headers.get("server", "").split(", ") and "via" not in answer.headers


def _plain_type(text: str) -> str:
    """A media type without blanks and case, for hosts write it either way."""
    return text.replace(" ", "").lower()
