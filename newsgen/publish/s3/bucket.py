"""Requests to one bucket, or to the keys of it that begin with a prefix; every refusal as a sentence.

No answer of a store is quoted but its code: some name the key that was used.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import md5
from itertools import islice
from urllib.parse import quote, urlencode, urlsplit

from newsgen.model.errors import Problem, SystemFault
from newsgen.model.targets import TargetSettings
from newsgen.publish.http import Answer, Http
from newsgen.publish.protocol import Surroundings, Transient
from newsgen.publish.s3.answers import (
    Version,
    deletion,
    read_code,
    read_errors,
    read_listing,
    read_versioning,
    read_versions,
)
from newsgen.publish.s3.signing import open_bucket

__all__ = ["Bucket"]

_BATCH = 1_000  # objects in one request to delete, and in one part of a listing: S3's limit
_PASSING = frozenset({"InternalError", "OperationAborted", "RequestTimeout", "ServiceUnavailable", "SlowDown"})
_UNVERSIONED = frozenset({"NotImplemented", "MethodNotAllowed", "NoSuchVersion"})  # a store that keeps no versions


class Bucket:
    """One bucket. Keys are told without the prefix. Every method may raise Transient, or SystemFault."""

    def __init__(self, target: TargetSettings, surroundings: Surroundings) -> None:
        """UsageError where the library, the credentials or the name of the bucket are not usable."""
        prefix = target.prefix.strip("/")
        self.prefix = f"{prefix}/" if prefix else ""
        self.place = f"the bucket s3://{target.bucket}/{self.prefix}".rstrip("/")
        endpoint = target.endpoint or surroundings.env.get("AWS_ENDPOINT_URL_S3", "")
        self.is_amazon = not endpoint
        self.address, self._sign = open_bucket(replace(target, endpoint=endpoint), self.place)
        parts = urlsplit(self.address)
        self._origin, self._root = f"{parts.scheme}://{parts.netloc}", parts.path
        self._http = Http(self._origin, self.place, surroundings, {})

    # --- objects ---

    def list(self) -> Iterator[tuple[str, str]]:
        """Every object: its key, and the MD5 of its bytes, as far as its ETag may be that; else ""."""
        start = len(self.prefix)
        token = ""
        while True:
            query = {"encoding-type": "url", "list-type": "2", "prefix": self.prefix}
            query |= {"continuation-token": token} if token else {}
            part = read_listing(self._query("s3:ListBucket", query))
            yield from ((key[start:], md5) for key, md5 in part.objects)
            if not (token := part.next):
                return

    def get(self, path: str, version: str = "") -> Answer | None:
        """An object with its headers; None where there is none."""
        return self._read("GET", path, version)

    def head(self, path: str) -> Answer | None:
        """The headers of an object; None where there is none."""
        return self._read("HEAD", path, "")

    def _read(self, method: str, path: str, version: str) -> Answer | None:
        query = {"versionId": version} if version else {}
        answer = self._ask(method, self._key(path), query)
        code = read_code(answer.data)
        if answer.status == 404 and code != "NoSuchBucket":
            return None
        return self._accepted(answer, "s3:GetObjectVersion" if version else "s3:GetObject")

    def put(self, path: str, data: bytes, headers: Mapping[str, str]) -> Answer:
        """Put an object. An answer of 501 is given back: the store does not know one of the headers."""
        answer = self._ask("PUT", self._key(path), {}, data, headers)
        return answer if answer.status == 501 else self._accepted(answer, "s3:PutObject")

    def delete(self, entries: Iterable[tuple[str, str]]) -> None:
        """Delete objects, each given with "", or versions of them. SystemFault where one is refused."""
        rest = iter(entries)
        while batch := list(islice(rest, _BATCH)):
            body = deletion((self.prefix + path, version) for path, version in batch)
            checked = b64encode(md5(body, usedforsecurity=False).digest()).decode()
            headers = {"Content-MD5": checked, "Content-Type": "application/xml"}
            right = "s3:DeleteObjectVersion" if batch[0][1] else "s3:DeleteObject"
            answer = self._accepted(self._ask("POST", "", {"delete": ""}, body, headers), right)
            for key, code in read_errors(answer.data):
                if code in _PASSING:
                    raise Transient(code)
                raise SystemFault(Problem("publish-s3-kept", f"{self.place}: {key}", values=(right, code)))

    # --- versions ---

    def keeps_versions(self) -> bool | None:
        """Whether the bucket keeps versions, or has kept some; None where the credentials may not ask."""
        answer = self._ask("GET", "", {"versioning": ""})
        if answer.status == 501 or read_code(answer.data) in _UNVERSIONED:
            return False
        if answer.status == 403 and read_code(answer.data) == "AccessDenied":
            return None
        return read_versioning(self._accepted(answer, "s3:GetBucketVersioning").data)

    def versions(self) -> Iterator[Version]:
        """Every version of every object, the newest of each first."""
        key = version = ""
        while True:
            query = {"encoding-type": "url", "prefix": self.prefix, "versions": ""}
            query |= {"key-marker": key, "version-id-marker": version} if version else {}
            part = read_versions(self._query("s3:ListBucketVersions", query))
            for each in part.versions:
                yield replace(each, key=each.key[len(self.prefix) :])
            key, version = part.next
            if not key:
                return

    # --- requests ---

    def _key(self, path: str) -> str:
        return "/" + quote(f"{self.prefix}{path}", safe="/-._~")

    def _query(self, right: str, query: Mapping[str, str]) -> bytes:
        return self._accepted(self._ask("GET", "", query), right).data

    def _ask(
        self,
        method: str,
        key: str,
        query: Mapping[str, str],
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        path = self._root + key or "/"
        if query:
            path += "?" + urlencode(sorted(query.items()), quote_via=quote, safe="")
        signed = self._sign(method, f"{self._origin}{path}", body or b"", headers or {})
        answer = self._http.once(method, path, body, signed)
        if answer.status >= 400 and read_code(answer.data) in _PASSING:
            raise Transient(f"HTTP {answer.status} {read_code(answer.data)}")
        return answer

    def _accepted(self, answer: Answer, right: str) -> Answer:
        """An answer that is none of a refusal. SystemFault for others: `right` is what the credentials need for it."""
        if answer.status < 300:
            return answer
        code = read_code(answer.data)
        region = answer.headers.get("x-amz-bucket-region", "")
        if code == "NoSuchBucket":
            raise SystemFault(Problem("publish-s3-bucket", self.place))
        if answer.status in (301, 307, 400) and region:
            raise SystemFault(Problem("publish-s3-region", self.place, values=(region,)))
        if code == "RequestTimeTooSkewed":
            raise SystemFault(Problem("publish-s3-clock", self.place))
        if answer.status in (400, 401, 403):
            raise SystemFault(Problem("publish-s3-refused", self.place, values=(right, code or str(answer.status))))
        raise SystemFault(Problem("publish-answer", self.place, values=(f"{answer.status} {code}".strip(), right)))
