"""base_url as one spelling of itself, or the rule that it breaks.

It stands before every link of the site, so whatever a browser would read otherwise than a person is put right or
refused: `https://a.example//x` makes `//x/world/`, which is another host.
"""

from __future__ import annotations

import re

from newsgen.model.value import value

__all__ = ["BaseUrl", "read_base_url"]

_FORM = re.compile(r"(https?)://([^/?#\\\s]+)([^?#\\\s]*)", re.I)
_LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9a-f:.]+\]")
_AUTHORITY = re.compile(r"(.*?)(?::(\d{0,5}))?", re.S)
_PATH = re.compile(r"[A-Za-z0-9._~@+/-]*")  # what needs no percent signs, and means nothing in a host's list of rules
_FILE = re.compile(r"/[^/]+\.(?:html?|php|aspx?)/?", re.I)
_USUAL_PORT = {"http": "80", "https": "443"}
_EXAMPLE = "https://example.org"
_OTHER_THAN_IDNA_2003 = frozenset("ßς\u200c\u200d")  # Python's codec would write another host than browsers ask for


@value
class BaseUrl:
    """What became of a base_url: one spelling, or a rule with the values of its sentence."""

    url: str = ""
    rule: str = ""
    values: tuple[str, ...] = ()


def read_base_url(written: str) -> BaseUrl:
    """The address with a lower-case ASCII host, single slashes and none at its end."""
    if "?" in written or "#" in written:
        return BaseUrl(rule="base-url-query", values=(_suggestion(written),))
    form = _FORM.fullmatch(written)
    if form is None:
        return _no_address(written)
    scheme, authority, path = form[1].lower(), form[2], re.sub("/+", "/", form[3]).rstrip("/")
    if "@" in authority:
        return BaseUrl(rule="base-url-user", values=(_suggestion(written),))
    parts = _AUTHORITY.fullmatch(authority)
    host = _ascii_host(parts[1]) if parts else ""
    if parts is None or not _HOST.fullmatch(host) or len(host) > 253 or not 0 < int(parts[2] or 80) < 65536:
        return _no_address(written)
    if any(part in (".", "..") for part in path.split("/")):
        return _no_address(written)
    if not _PATH.fullmatch(path):
        return BaseUrl(rule="base-url-path", values=(path[:80],))
    if file := _FILE.fullmatch(path, path.rfind("/") if path else 0):
        return BaseUrl(rule="base-url-file", values=(f"{scheme}://{host}{path[: file.start()]}",))
    port = f":{parts[2]}" if parts[2] and parts[2] != _USUAL_PORT[scheme] else ""
    return BaseUrl(f"{scheme}://{host}{port}{path}")


def _no_address(written: str) -> BaseUrl:
    return BaseUrl(rule="base-url-scheme", values=(written[:80], _suggestion(written)))


def _ascii_host(host: str) -> str:
    """A host in lower case, a name of other letters as its ASCII form (IDNA); "" where that is not certain."""
    if host.isascii():
        return host.lower()
    if not _OTHER_THAN_IDNA_2003.isdisjoint(host):
        return ""
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _suggestion(written: str) -> str:
    """What was probably meant; an example where nobody can tell."""
    rest = re.sub(r"^\s*(?:[a-z]*:)?[/\\]*", "", written, flags=re.I).replace("\\", "/")
    address = re.split(r"[?#\s]", rest, maxsplit=1)[0]
    authority, _slash, path = address.rpartition("@")[2].partition("/")
    folders = [part for part in path.split("/") if part not in ("", ".", "..")]
    scheme = "http" if written.lower().startswith("http:") else "https"
    likely = "/".join([f"{scheme}://{authority}", *folders])
    is_host = "." in authority or authority.startswith("localhost")
    return read_base_url(likely).url or _EXAMPLE if is_host and likely != written else _EXAMPLE
