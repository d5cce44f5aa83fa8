"""A double of Cloudflare's API for Workers with static assets, and of what readers then see: on loopback.

Written from Cloudflare's public description ("Direct Uploads" of Workers static assets; the API's reference of scripts,
versions, deployments and subdomains), and checked with the official client by tests/clients/test_wrangler.py.
"""

from __future__ import annotations

import base64
import json
import re
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from types import TracebackType
from typing import Any, NamedTuple

from tests.support.cloudflare_edge import Blob, Version, serve
from tests.support.loopback import Answer, Loopback, Request

__all__ = ["ACCOUNT", "TOKEN", "CloudflareDouble", "Part", "parts_of"]

ACCOUNT = "0123456789abcdef0123456789abcdef"
TOKEN = "planted-cloudflare-token-5a1e"
API = "/client/v4"
TOKEN_S = 3_600  # how long a token for uploads lasts
MOST_FILES, MOST_BYTES = 20_000, 25 * 1024 * 1024
ASSET_KEYS = {"html_handling", "not_found_handling", "run_worker_first", "_headers", "_redirects", "retention"}
HASH = re.compile(r"[0-9a-f]{32}")


class Part(NamedTuple):
    """A part of a form (RFC 7578)."""

    name: str
    filename: str
    media_type: str
    data: bytes


class Refused(Exception):
    """What the API refuses: a status, a code of Cloudflare's, and why."""

    def __init__(self, status: int, code: int, why: str) -> None:
        super().__init__(why)
        self.answer = _json(status, None, [{"code": code, "message": why}])


@dataclass
class Session:
    """Files that are to be uploaded for a Worker."""

    script: str
    manifest: Mapping[str, Mapping[str, Any]]
    missing: set[str]
    until: float


@dataclass
class Worker:
    """A Worker: its versions, and which of them readers see."""

    tag: str
    versions: list[Version] = field(default_factory=list)
    deployed: list[str] = field(default_factory=list)  # ids of versions, the newest last
    has_subdomain: bool = False
    has_previews: bool = False

    def version(self, id_: str) -> Version:
        for version in self.versions:
            if version.id == id_:
                return version
        raise Refused(404, 10210, "This version does not exist.")


@dataclass
class CloudflareDouble:
    """An account of Cloudflare, while its `with` block runs."""

    bucket_files: int = 3  # how many files the API wants in one upload
    subdomain: str = "archive-desk"
    token: str = TOKEN
    workers: dict[str, Worker] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)  # a domain of the account -> the Worker that it leads to
    ever: list[Version] = field(default_factory=list)  # all versions: deleted ones stay readable at their addresses
    blobs: dict[str, Blob] = field(default_factory=dict)
    uploads: list[str] = field(default_factory=list)  # the hashes that were sent, in order
    now: float = 1_800_000_000.0  # seconds; a test moves it on
    sessions: dict[str, Session] = field(default_factory=dict)
    complete: dict[str, Session] = field(default_factory=dict)  # by completion token

    def __post_init__(self) -> None:
        self.server = Loopback(self._answer, is_counted=lambda request: request.path.startswith(API))
        self._lock = threading.RLock()

    def __enter__(self) -> CloudflareDouble:
        self.server.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.server.__exit__(kind, error, at)

    @property
    def api(self) -> str:
        """What CLOUDFLARE_API_BASE_URL is set to."""
        return f"{self.server.address}{API}"

    def _answer(self, request: Request) -> Answer:
        if not request.path.startswith(API):
            return self._read(request)
        try:
            with self._lock:
                return self._call(request)
        except Refused as error:
            return error.answer

    def _read(self, request: Request) -> Answer:
        """What a reader gets of the Worker or version that the Host names; at 127.0.0.1, of the only Worker."""
        host = request.headers.get("host", "").partition(":")[0]
        label = host.removesuffix(f".{self.subdomain}.workers.dev")
        for name, worker in self.workers.items():
            is_asked = self.domains.get(host) == name or (label == name and worker.has_subdomain)
            if worker.deployed and (is_asked or host == "127.0.0.1"):
                return serve(worker.version(worker.deployed[-1]), self.blobs, request)
            prefix = label.removesuffix(f"-{name}")
            if label not in (host, prefix) and worker.has_previews:
                found = [version for version in self.ever if version.id.startswith(prefix)]
                return serve(found[0], self.blobs, request) if found else Answer(404)
        return Answer(404)

    def _call(self, request: Request) -> Answer:
        path = request.path.removeprefix(API)
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if path == f"/accounts/{ACCOUNT}/workers/assets/upload":
            return self._upload(request, bearer)
        if bearer != self.token:
            raise Refused(401, 10000, "Authentication error")
        for method, pattern, answer in self._endpoints():
            found = re.fullmatch(f"/accounts/{ACCOUNT}/workers/{pattern}", path)
            if found and method == request.method:
                return answer(request, *found.groups())
        raise Refused(404, 7003, f"Could not route to {request.method} {path}")

    def _endpoints(self) -> Iterator[tuple[str, str, Callable[..., Answer]]]:
        yield "POST", "scripts/([^/]+)/assets-upload-session", self._begin
        yield "PUT", "scripts/([^/]+)", self._put
        yield "POST", "scripts/([^/]+)/versions", self._put_version
        yield "GET", "scripts/([^/]+)/versions", self._list_versions
        yield "GET", "scripts/([^/]+)/versions/([^/]+)", self._show_version
        yield "GET", "workers/([^/]+)/versions/([^/]+)", self._show_whole_version
        yield "DELETE", "workers/([^/]+)/versions/([^/]+)", self._delete_version
        yield "GET", "scripts/([^/]+)/deployments", self._list_deployments
        yield "POST", "scripts/([^/]+)/deployments", self._deploy
        yield "GET", "scripts/([^/]+)/subdomain", self._subdomain
        yield "POST", "scripts/([^/]+)/subdomain", self._set_subdomain
        yield "DELETE", "scripts/([^/]+)", self._delete
        yield "GET", "workers/([^/]+)", self._beta
        yield "GET", "services/([^/]+)", self._service
        yield "GET", "scripts/([^/]+)/settings", lambda _request, name: _json(200, {"tag": self._worker(name).tag})
        yield "PATCH", "scripts/([^/]+)/script-settings", lambda request, _name: _json(200, json.loads(request.body))
        yield "GET", "domains", self._list_domains
        yield "GET", "subdomain", lambda _request: _json(200, {"subdomain": self.subdomain})

    def _worker(self, name: str) -> Worker:
        if name not in self.workers:
            raise Refused(404, 10007, "This Worker does not exist on your account.")
        return self.workers[name]

    def _begin(self, request: Request, name: str) -> Answer:
        manifest = json.loads(request.body)["manifest"]
        if len(manifest) > MOST_FILES:
            raise Refused(413, 100324, f"A Worker may have at most {MOST_FILES} files.")
        for path, entry in manifest.items():
            if not path.startswith("/") or not HASH.fullmatch(entry["hash"]) or entry["size"] > MOST_BYTES:
                raise Refused(400, 100325, f"The manifest is wrong at {path}.")
        wanted = sorted({entry["hash"] for entry in manifest.values()} - self.blobs.keys())
        session = Session(name, manifest, set(wanted), self.now + TOKEN_S)
        buckets = [wanted[at : at + self.bucket_files] for at in range(0, len(wanted), self.bucket_files)]
        jwt = self._token(session)
        (self.sessions if buckets else self.complete)[jwt] = session
        return _json(200, {"jwt": jwt, "buckets": buckets})

    def _token(self, session: Session) -> str:
        """A token that looks like those of Cloudflare (RFC 7519); wrangler reads when it expires."""
        parts = ({"alg": "none"}, {"exp": int(session.until), "id": str(uuid.uuid4())})
        texts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
        return ".".join((*texts, "double"))

    def _upload(self, request: Request, jwt: str) -> Answer:
        session = self.sessions.get(jwt)
        if session is None or session.until <= self.now:
            raise Refused(401, 10001, "The token has expired.")
        assert request.query.get("base64") == "true"
        sizes = {entry["hash"]: entry["size"] for entry in session.manifest.values()}
        for part in parts_of(request):
            if part.name not in sizes or part.filename != part.name:
                raise Refused(400, 100326, f"{part.name} is not in the manifest.")
            data = base64.b64decode(part.data, validate=True)
            if len(data) != sizes[part.name]:
                raise Refused(400, 100327, f"{part.name} has another size.")
            media_type = "" if part.media_type == "application/null" else part.media_type
            self.blobs.setdefault(part.name, Blob(media_type, data))
            self.uploads.append(part.name)
            session.missing.discard(part.name)
        if session.missing:
            return _json(202, {})
        done = self._token(session)
        self.complete[done] = Session(session.script, session.manifest, set(), self.now + TOKEN_S)
        return _json(201, {"jwt": done})

    def _put(self, request: Request, name: str) -> Answer:
        worker = self.workers.get(name) or Worker(uuid.uuid4().hex)
        version = self._new_version(request, name, worker)
        self.workers[name] = worker
        worker.deployed.append(version.id)
        return _json(200, {"id": name, "tag": worker.tag, "etag": version.id, "deployment_id": version.id})

    def _put_version(self, request: Request, name: str) -> Answer:
        version = self._new_version(request, name, self._worker(name))
        return _json(200, _told(version, self._worker(name)))

    def _new_version(self, request: Request, name: str, worker: Worker) -> Version:
        parts = {part.name: part for part in parts_of(request)}
        metadata = json.loads(parts["metadata"].data)
        main = metadata.get("main_module", "")
        if main and main not in {part.filename or part.name for part in parts.values()}:
            raise Refused(400, 10021, f"There is no part for the main module {main}.")
        assets = metadata.get("assets", {})
        config = assets.get("config", {})
        if unknown := config.keys() - ASSET_KEYS:
            raise Refused(400, 10025, f"The configuration of assets has no {min(unknown)}.")
        if config.get("run_worker_first") and not main:
            raise Refused(400, 10026, "run_worker_first needs a script.")
        session = self.complete.get(assets.get("jwt", ""))
        if session is None or session.until <= self.now or session.script != name:
            raise Refused(400, 10024, "The completion token is not valid.")
        modules = {part.filename: Blob(part.media_type, part.data) for part in parts.values() if part.filename}
        version = Version(
            str(uuid.uuid4()),
            len(self.ever) + 1,
            {path: entry["hash"] for path, entry in session.manifest.items()},
            config,
            main,
            modules,
            metadata.get("annotations", {}),
            metadata["compatibility_date"],
        )
        worker.versions.append(version)
        self.ever.append(version)
        return version

    def _list_versions(self, request: Request, name: str) -> Answer:
        worker = self._worker(name)
        page, size = int(request.query.get("page", 1)), int(request.query.get("per_page", 10))
        newest = worker.versions[::-1]
        items = [_told(version, worker) for version in newest[(page - 1) * size : page * size]]
        return _json(200, {"items": items}, info={"page": page, "per_page": size, "total_count": len(newest)})

    def _show_version(self, _request: Request, name: str, id_: str) -> Answer:
        return _json(200, _told(self._worker(name).version(id_), self._worker(name)))

    def _show_whole_version(self, request: Request, name: str, id_: str) -> Answer:
        version = self._worker(name).version(id_)
        told = {
            "id": version.id,
            "number": version.number,
            "annotations": dict(version.annotations),
            "assets": {"config": dict(version.config)},
            "main_module": version.main,
        }
        if request.query.get("include") == "modules":
            told["modules"] = [
                {"name": file, "content_type": part.media_type, "content_base64": base64.b64encode(part.data).decode()}
                for file, part in version.modules.items()
            ]
        return _json(200, told)

    def _delete_version(self, _request: Request, name: str, id_: str) -> Answer:
        """A version that readers do not see may go; its own address serves it all the same, as Cloudflare says."""
        worker = self._worker(name)
        if worker.deployed[-1] == worker.version(id_).id:
            raise Refused(400, 10211, "A version that is deployed cannot be deleted.")
        worker.versions.remove(worker.version(id_))
        return _json(200, None)

    def _list_domains(self, _request: Request) -> Answer:
        return _json(200, [{"hostname": host, "service": name} for host, name in sorted(self.domains.items())])

    def _list_deployments(self, _request: Request, name: str) -> Answer:
        deployed = self._worker(name).deployed[::-1]
        return _json(200, {"deployments": [_deployment(id_) for id_ in deployed]})

    def _deploy(self, request: Request, name: str) -> Answer:
        wanted = json.loads(request.body)
        (only,) = wanted["versions"]
        assert wanted["strategy"] == "percentage"
        assert only["percentage"] == 100
        self._worker(name).deployed.append(self._worker(name).version(only["version_id"]).id)
        return _json(200, _deployment(only["version_id"]))

    def _subdomain(self, _request: Request, name: str) -> Answer:
        worker = self._worker(name)
        return _json(200, {"enabled": worker.has_subdomain, "previews_enabled": worker.has_previews})

    def _set_subdomain(self, request: Request, name: str) -> Answer:
        wanted, worker = json.loads(request.body), self._worker(name)
        worker.has_subdomain = wanted["enabled"]
        worker.has_previews = wanted.get("previews_enabled", worker.has_previews)
        return self._subdomain(request, name)

    def _delete(self, _request: Request, name: str) -> Answer:
        self._worker(name)
        del self.workers[name]
        return _json(200, None)

    def _beta(self, _request: Request, name: str) -> Answer:
        worker = self._worker(name)
        subdomain = {"enabled": worker.has_subdomain, "previews_enabled": worker.has_previews}
        return _json(200, {"id": worker.tag, "name": name, "subdomain": subdomain})

    def _service(self, _request: Request, name: str) -> Answer:
        """What wrangler asks to know whether a Worker stands; not documented."""
        return _json(
            200, {"default_environment": {"script": {"tag": self._worker(name).tag, "last_deployed_from": "api"}}}
        )


def _told(version: Version, worker: Worker) -> dict[str, Any]:
    """A version as the API tells it."""
    return {
        "id": version.id,
        "number": version.number,
        "metadata": {
            "created_on": f"2026-11-29T00:00:{version.number % 60:02}Z",
            "source": "api",
            "hasPreview": worker.has_previews,
        },
        "annotations": dict(version.annotations),
        "resources": {
            "bindings": [],
            "script": {"etag": version.id, "handlers": ["fetch"]},
            "script_runtime": {"compatibility_date": version.compatibility_date},
        },
    }


def _deployment(id_: str) -> dict[str, Any]:
    return {"id": id_, "strategy": "percentage", "versions": [{"version_id": id_, "percentage": 100}], "source": "api"}


def parts_of(request: Request) -> list[Part]:
    """The parts of a form."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    parts = []
    for part in BytesParser().parsebytes(head + request.body).get_payload():
        assert isinstance(part, Message)
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        name = part.get_param("name", header="content-disposition")
        parts.append(Part(str(name), part.get_filename(""), part.get("content-type", ""), data))
    return parts


def _json(status: int, result: object, errors: list[dict[str, object]] | None = None, info: object = None) -> Answer:
    """An answer in Cloudflare's envelope."""
    envelope = {"success": not errors, "errors": errors or [], "messages": [], "result": result, "result_info": info}
    return Answer(status, json.dumps(envelope).encode(), (("Content-Type", "application/json"),))
