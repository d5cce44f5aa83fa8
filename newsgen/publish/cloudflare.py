"""Cloudflare: a Worker with static assets, by the API that Cloudflare documents for direct uploads.

Files are uploaded, then a version of the Worker is made of them, which readers see whole. Each version has its manifest
as a module that no script asks for: the API tells it, and readers do not see it.

Every version may have an address of its own, at which Cloudflare goes on serving it even when it has been deleted. So
each publication turns these addresses off: that alone takes a killed story away for good.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from newsgen.model.errors import Problem, UsageError
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish.cloudflare_api import CloudflareApi, Upload, begin_upload
from newsgen.publish.cloudflare_site import PUBLISHED, assets_of, manifest_of, worker_parts
from newsgen.publish.http import Http
from newsgen.publish.manifest import Manifest
from newsgen.publish.protocol import Expired, Limits, Publication, Sent, Standing, Surroundings
from newsgen.publish.release import File, Release
from newsgen.publish.retry import retrying

__all__ = ["CloudflareTarget", "open_target"]

_TOKEN = "CLOUDFLARE_API_TOKEN"  # the names that Cloudflare's own client reads
_API = "CLOUDFLARE_API_BASE_URL"
_API_URL = "https://api.cloudflare.com/client/v4"
_TOLD = 4  # versions of which the manifest is read, up to 2 MB each: enough to go back


def open_target(target: TargetSettings, settings: Settings, surroundings: Surroundings) -> CloudflareTarget:
    """The Worker. UsageError where the environment has no token."""
    return CloudflareTarget(target.account, target.project, settings.base_url, surroundings)


class CloudflareTarget:
    """A Worker as a target."""

    shape: Literal["whole set"] = "whole set"
    serves_rules = True
    is_own = False
    uploads = 3  # at once, as Cloudflare's own client sends
    # Files: of an account that is paid for; of others, Cloudflare says so before anything is sent. Redirects: the build
    # keeps to the limit (model.settings.HOSTS); those of killed stories, which the script answers, do not count here.
    limits = Limits(files=100_000, file_bytes=25 * 1024 * 1024, header_rules=100, rule_length=2_000)

    def __init__(self, account: str, project: str, base_url: str, surroundings: Surroundings) -> None:
        self.place = f"the Worker {project} at Cloudflare"
        token = surroundings.env.get(_TOKEN, "")
        if not token:
            raise UsageError(Problem("publish-no-token", self.place, values=(_TOKEN,)))
        api = surroundings.env.get(_API) or _API_URL
        http = Http(api, self.place, surroundings, {"Authorization": f"Bearer {token}"})
        self._api = CloudflareApi(http, self.place, account, project)
        self._project = project
        self._base = urlsplit(base_url)
        self._sleep = surroundings.sleep
        self._upload: Upload | None = None
        self._has_sent = False  # whether a version of this publication was sent; its answer may have been lost
        self._has_closed = False  # whether this run turned the addresses of versions off

    @property
    def urls(self) -> tuple[str, ...]:
        return retrying(self._urls, self._sleep, self.place)

    def _urls(self) -> tuple[str, ...]:
        if self._is_on_workers_dev:
            subdomain = self._api.subdomain()
            return (f"https://{self._project}.{subdomain}.workers.dev",) if subdomain else ()
        names = [each["hostname"] for each in self._api.domains() if each.get("service") == self._project]
        return tuple(f"https://{name}{self._base.path.rstrip('/')}" for name in names)

    @property
    def _is_on_workers_dev(self) -> bool:
        """Whether readers find it at the address that Cloudflare gives."""
        return (self._base.hostname or "").endswith(".workers.dev")

    # --- what is there ---

    def standing(self) -> Standing:
        id_ = self._api.deployed()
        if not id_:
            return Standing()
        version = self._api.version_with_modules(id_)
        manifest = manifest_of(version.get("modules") or ())
        is_ours = str((version.get("annotations") or {}).get("workers/message")).startswith(PUBLISHED)
        # Cloudflare lists no assets: a Worker that somebody else made is in the way of the first page that it may have.
        return Standing(manifest, () if manifest or is_ours else ("index.html",))

    def publications(self) -> tuple[Publication, ...]:
        standing = self._api.deployed()
        is_open = bool(self._api.addresses().get("previews_enabled"))
        domain = f"{self._project}.{self._api.subdomain()}.workers.dev" if is_open else ""
        found = []
        for number, version in enumerate(self._api.versions()):
            id_ = str(version["id"])
            is_told = number < _TOLD or id_ == standing
            found.append(
                Publication(
                    key=id_,
                    place=f"https://{id_[:8]}-{domain}" if is_open else f"version {id_[:8]} of {self.place}",
                    manifest=self._manifest(id_) if is_told else None,
                    at=_seconds((version.get("metadata") or {}).get("created_on")),
                    is_standing=id_ == standing,
                    is_readable=is_open or id_ == standing,
                )
            )
        return tuple(found)

    def _manifest(self, id_: str) -> Manifest | None:
        return manifest_of(self._api.version_with_modules(id_).get("modules") or ())

    def mismatches(self, _release: Release, _paths: Iterable[str]) -> None:
        """None: Cloudflare tells no digests."""

    def notes(self) -> tuple[Problem, ...]:
        return (Problem("publish-cloudflare-versions", self.place, severity="advice"),) if self._has_closed else ()

    # --- a publication ---

    def missing(self, release: Release) -> tuple[File, ...]:
        self._refuse_retention()
        self._has_sent = False
        self._upload = begin_upload(self._api, assets_of(release))
        return self._upload.files

    def put(self, file: File, data: bytes) -> None:
        assert self._upload is not None, "missing() comes first"
        self._upload.put(self._api, file, data)

    def commit(self, release: Release, _sent: Sent) -> None:
        if not (self._has_sent and self.standing().manifest == release.manifest):
            if self._upload is None or not self._upload.completion:
                raise Expired("an upload without an end")
            self._has_sent = True
            self._api.put_version(worker_parts(release, self._upload.completion))
        self._close()

    def _refuse_retention(self) -> None:
        """UsageError where Cloudflare keeps what publications take away (asset retention), as far as it tells."""
        id_ = self._api.deployed()
        assets = (self._api.version(id_) if id_ else {}).get("assets") or {}
        if ((assets.get("config") or {}).get("retention") or {}).get("enabled"):
            raise UsageError(Problem("publish-cloudflare-retention", self.place))

    def _close(self) -> None:
        """Turn the addresses of versions off, and the Worker's own on where readers find the site there."""
        now = self._api.addresses()
        is_worker_on = bool(now.get("enabled")) or self._is_on_workers_dev
        if now.get("previews_enabled") or is_worker_on != bool(now.get("enabled")):
            self._api.set_addresses(worker=is_worker_on)
        self._has_closed = self._has_closed or bool(now.get("previews_enabled"))

    # --- earlier ones ---

    def forget(self, publication: Publication) -> None:
        self._close()  # nobody can read it from now on
        self._api.delete_version(publication.key)  # nor can it be put back

    def put_back(self, publication: Publication) -> None:
        self._api.deploy(publication.key)
        self._close()


def _seconds(text: Any) -> int | None:
    try:
        return int(datetime.fromisoformat(str(text)).timestamp())
    except ValueError:
        return None
