"""Cloudflare's API for Workers with static assets, as far as newsgen asks it: what stands, uploads, versions.

One request each, without retries: `Transient` goes to the engine, which calls a whole step again. The endpoints are
those of the API's reference (developers.cloudflare.com/api) and of "Direct Uploads" of static assets.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from newsgen.model.errors import Problem, SystemFault, UsageError
from newsgen.model.settings import HOSTS
from newsgen.publish.cloudflare_site import Part, asset_hash, form
from newsgen.publish.http import Answer, Http
from newsgen.publish.protocol import Expired, Transient
from newsgen.publish.release import File

__all__ = ["FREE_FILES", "CloudflareApi", "Upload", "begin_upload"]

FREE_FILES = HOSTS["cloudflare"].file_limit
_PAGE = 100  # versions in one answer
_PAGES = 100  # as many answers at most
_REFUSED = (401, 403)


class CloudflareApi:
    """One Worker of an account. What it answers is JSON of Cloudflare's; {} where Cloudflare knows no such thing."""

    def __init__(self, http: Http, place: str, account: str, project: str) -> None:
        self.place = place
        self.http = http
        self.account = account
        self._account = f"/accounts/{quote(account, safe='')}/workers"
        self._script = f"{self._account}/scripts/{quote(project, safe='')}"
        self._versions = f"{self._account}/workers/{quote(project, safe='')}/versions"

    def deployed(self) -> str:
        """The version that readers see, or most of them; "" for none."""
        newest: Any = next(iter(self._ask("GET", f"{self._script}/deployments").get("deployments") or ()), {})
        versions = sorted(newest.get("versions") or (), key=lambda each: each["percentage"])
        return str(versions[-1]["version_id"]) if versions else ""

    def version(self, id_: str) -> Any:
        """A version, without its modules."""
        return self._ask("GET", f"{self._versions}/{quote(id_, safe='')}")

    def version_with_modules(self, id_: str) -> Any:
        """A version, with modules of up to some MB."""
        return self._ask("GET", f"{self._versions}/{quote(id_, safe='')}?include=modules")

    def versions(self) -> Iterator[Any]:
        """Every version, newest first, without modules."""
        for page in range(1, _PAGES + 1):
            items = self._ask("GET", f"{self._script}/versions?page={page}&per_page={_PAGE}").get("items") or []
            yield from items
            if len(items) < _PAGE:
                return

    def delete_version(self, id_: str) -> None:
        """Delete a version; it may stay where Cloudflare keeps it for another reason than missing rights."""
        answer = self._send("DELETE", f"{self._versions}/{quote(id_, safe='')}")
        if answer.status in _REFUSED:
            self.result(answer, "DELETE")

    def deploy(self, id_: str) -> None:
        """Show a version to all readers."""
        versions = [{"version_id": id_, "percentage": 100}]
        self._ask("POST", f"{self._script}/deployments", {"strategy": "percentage", "versions": versions})

    def put_version(self, parts: tuple[Part, ...]) -> None:
        """Make a version and show it to all readers. Expired where the token of its assets may hold no longer."""
        body, media_type = form(parts)
        answer = self.http.once("PUT", self._script, body, {"Content-Type": media_type})
        if answer.status in (400, 404, 409, 422):  # what is wrong, Cloudflare says in numbers that it does not document
            raise Expired(f"HTTP {_status(answer)}")
        self.result(answer, "PUT")

    def addresses(self) -> Any:
        """Whether the Worker (`enabled`) and its versions (`previews_enabled`) have addresses under workers.dev."""
        return self._ask("GET", f"{self._script}/subdomain")

    def set_addresses(self, *, worker: bool) -> None:
        """Turn the addresses of versions off, and that of the Worker on or off."""
        self._ask("POST", f"{self._script}/subdomain", {"enabled": worker, "previews_enabled": False})

    def subdomain(self) -> str:
        """The account's name under workers.dev; "" for none."""
        return str(self._ask("GET", f"{self._account}/subdomain").get("subdomain") or "")

    def domains(self) -> Any:
        """The domains that lead to Workers of the account: a list."""
        return self._ask("GET", f"{self._account}/domains") or []

    def begin(self, manifest: Mapping[str, object]) -> Answer:
        """Say which assets a version will have; the answer says which of them are to be uploaded."""
        return self._send("POST", f"{self._script}/assets-upload-session", {"manifest": manifest})

    def upload(self, parts: list[Part], jwt: str) -> str:
        """Upload assets that Cloudflare wants together; the completion token where these were the last, or ""."""
        body, media_type = form(parts)
        headers = {"Content-Type": media_type, "Authorization": f"Bearer {jwt}"}
        try:
            answer = self.http.once("POST", f"{self._account}/assets/upload?base64=true", body, headers)
        except Transient as fault:
            if "Timeout" in fault.reason:  # they may have come: a new session knows, and lasts a whole hour
                raise Expired(fault.reason) from None
            raise
        if answer.status in _REFUSED:
            raise Expired(f"HTTP {answer.status}")
        return str(self.result(answer, "POST").get("jwt") or "")

    def _send(self, method: str, path: str, value: object = None) -> Answer:
        body = None if value is None else json.dumps(value, separators=(",", ":")).encode()
        return self.http.once(method, path, body, {"Content-Type": "application/json"} if body else None)

    def _ask(self, method: str, path: str, value: object = None) -> Any:
        return self.result(self._send(method, path, value), method)

    def result(self, answer: Answer, method: str) -> Any:
        """What an answer holds; {} where Cloudflare has nothing to show. SystemFault where it refused."""
        if answer.status < 300:
            return _object(answer).get("result") or {}
        if answer.status == 404 and method == "GET":
            return {}
        rule = "publish-token" if answer.status in _REFUSED else "publish-answer"
        raise SystemFault(Problem(rule, self.place, values=(_status(answer), method)))


def _object(answer: Answer) -> Any:
    told = answer.json()
    return told if isinstance(told, dict) else {}


def _status(answer: Answer) -> str:
    """The status of an answer, with Cloudflare's own numbers of what is wrong."""
    codes = [str(error["code"]) for error in _object(answer).get("errors") or () if isinstance(error.get("code"), int)]
    return f"{answer.status} (code {', '.join(codes)})" if codes else str(answer.status)


@dataclass
class Upload:
    """One upload: the files that Cloudflare lacks, in the groups in which it wants them, and its tokens of an hour."""

    files: tuple[File, ...]  # one for each content, a group after the other
    jwt: str = field(repr=False)
    group_of: Mapping[str, int]  # by asset_hash
    sizes: Mapping[int, int]  # how many files each group has
    completion: str = field(repr=False)  # the token for a version with these assets; "" until all are there
    _waiting: dict[int, dict[str, Part]] = field(default_factory=dict)  # what is there of each group
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, api: CloudflareApi, file: File, data: bytes) -> None:
        """Keep a file until its group is whole, then send the group. For several threads."""
        part = Part(asset_hash(file), base64.b64encode(data), file.media_type, asset_hash(file))
        number = self.group_of[part.name]
        with self._lock:
            group = self._waiting.setdefault(number, {})
            group[part.name] = part
            parts = list(group.values())
        if len(parts) == self.sizes[number]:
            completion = api.upload(parts, self.jwt)
            with self._lock:
                self._waiting.pop(number, None)
                self.completion = completion or self.completion


def begin_upload(api: CloudflareApi, assets: Mapping[str, File]) -> Upload:
    """Begin an upload of assets, by their addresses. UsageError where these are too many for the account."""
    answer = api.begin({path: {"hash": asset_hash(file), "size": file.size} for path, file in assets.items()})
    if answer.status == 404:
        raise UsageError(Problem("publish-cloudflare-account", api.place, values=(api.account,)))
    if answer.status in (400, 413) and len(assets) > FREE_FILES:
        values = (f"{len(assets):,}", f"{FREE_FILES:,} in an account that is not paid for")
        raise UsageError(Problem("publish-files", api.place, values=values))
    told = api.result(answer, "POST")
    groups: list[Iterable[str]] = [dict.fromkeys(group) for group in told.get("buckets") or () if group]
    by_hash = {asset_hash(file): file for file in assets.values()}
    group_of = {name: number for number, group in enumerate(groups) for name in group}
    if not told.get("jwt") or not by_hash.keys() >= group_of.keys():
        raise SystemFault(Problem("publish-answer", api.place, values=(f"{answer.status}, of no use,", "POST")))
    sizes = {number: len(list(group)) for number, group in enumerate(groups)}
    files = tuple(by_hash[name] for name in group_of)
    return Upload(files, told["jwt"], group_of, sizes, "" if groups else told["jwt"])
