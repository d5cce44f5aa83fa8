"""Netlify: a deploy by the digests of its files, which readers see whole or not at all (docs.netlify.com, API guide).

`_headers`, `_redirects` and our manifest are files like others. A deploy is known by its title, which has the release's
id: so a run goes on where a killed one stopped, whatever became of its deploy meanwhile.

A deploy is a whole site. Single files that others put there are taken along by their digests; another site that stands
there is replaced, with --force.

Every deploy stays readable at an address of its own, by default for 90 days; `forget` deletes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache, partial
from hashlib import sha1
from typing import Any, Literal
from urllib.parse import quote

from newsgen.model.errors import Problem, SystemFault, UsageError
from newsgen.model.settings import HOSTS, Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.http import Answer, Http
from newsgen.publish.manifest import FilesOnDemand, Manifest
from newsgen.publish.protocol import Expired, Limits, Publication, Sent, Standing, Surroundings, Transient
from newsgen.publish.release import RULE_FILES, File, Release
from newsgen.publish.retry import retrying

__all__ = ["NetlifyTarget", "open_target"]

_TOKEN = "NETLIFY_AUTH_TOKEN"  # the names that Netlify's own client reads
_API = "NETLIFY_API_URL"
_API_URL = "https://api.netlify.com/api/v1"
_SITE_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_ASYNC_FROM = 100  # files; with more, Netlify compares them in the background, or its answer would come too late
_PAGE = 100  # of a list, at most
_POLL_S = 2.0
_POLLS = 600  # 20 minutes, as Netlify's own client waits
_PATIENCE = 15  # polls until files that were sent, and are not there yet, count as lost
_BETWEEN_DEPLOYS_S = 20.0  # three a minute

_COMPARING = frozenset({"new", "preparing", "enqueued"})  # it does not say yet which files it lacks
_LACKING = frozenset({"prepared", "uploading"})
_UNDER_WAY = _COMPARING | _LACKING | {"uploaded", "processing", "processed", "retrying"}

_TITLE = "newsgen "  # then the release's id, and _TAKEN where files of others were taken along
_TAKEN = " and files of others"
_UNSERVED = (*RULE_FILES, "netlify.toml")  # what Netlify reads, and shows to nobody
_UNESCAPED = "/~@+!$&'()*,;=:"  # in a path, beside letters, digits and -._ (RFC 3986, 3.3)


def open_target(target: TargetSettings, _settings: Settings, surroundings: Surroundings) -> NetlifyTarget:
    """The site. UsageError where the environment has no token."""
    return NetlifyTarget(target.site, surroundings)


class NetlifyTarget:
    """A site at Netlify as a target."""

    shape: Literal["whole set"] = "whole set"
    serves_rules = True
    is_own = False
    uploads = 5  # at once, as Netlify's own client sends
    limits = Limits(redirects=HOSTS["netlify"].redirect_limit)

    def __init__(self, site: str, surroundings: Surroundings) -> None:
        self.place = f"Netlify's site {site}"
        token, api = surroundings.env.get(_TOKEN, ""), surroundings.env.get(_API) or _API_URL
        if not token:
            raise UsageError(Problem("publish-no-token", self.place, values=(_TOKEN,)))
        self._api = Http(api, self.place, surroundings, {"Authorization": f"Bearer {token}"})
        self._web = Http("", self.place, surroundings, {"Accept-Encoding": "gzip"})  # asks as readers do: without token
        self._sleep = surroundings.sleep
        name = site if "." in site or _SITE_ID.fullmatch(site) else f"{site}.netlify.app"
        self._path = f"/sites/{quote(name, safe='')}"
        self._site_name = site
        self._deploy = ""  # the id of the deploy that this run makes

    @property
    def urls(self) -> tuple[str, ...]:
        site = self._site()
        names = (site.get("custom_domain"), *(site.get("domain_aliases") or ()), site.get("default_domain"))
        urls = (site.get("ssl_url"), site.get("url"), *(f"https://{name}" for name in names if name))
        return tuple(dict.fromkeys(url.rstrip("/") for url in urls if url))

    # --- what is there ---

    def standing(self) -> Standing:
        deploy = self._published()
        return Standing(self._manifest(deploy), tuple(sorted(self._files_of_others(deploy))))

    def publications(self) -> tuple[Publication, ...]:
        published = self._published()
        is_open = self._manifest(published) is not None  # else all are behind a password, or the site is another's
        manifest_at = lru_cache(maxsize=2)(self._manifest_at)

        def publication(deploy: Any) -> Publication:
            """A manifest of ours is read when it is looked into: they stand for 90 days, and may have megabytes."""
            is_ours, read = is_open and _is_ours(deploy), partial(manifest_at, _address(deploy))
            return Publication(
                key=deploy["id"],
                place=_address(deploy),
                manifest=Manifest(FilesOnDemand(lambda: read().files)) if is_ours else self._manifest(deploy),
                at=_seconds(deploy.get("created_at")),  # published_at is later where it was put back
                is_standing=deploy["id"] == published.get("id"),
                can_put_back=deploy.get("context") == "production",
                remembers=(lambda: read().remembered) if is_ours else None,
            )

        return tuple(
            map(publication, (each for each in self._pages(f"{self._path}/deploys") if each["state"] == "ready"))
        )

    def mismatches(self, _release: Release, _paths: Iterable[str]) -> None:
        """None: Netlify tells the digests of what it was sent, and not of what it makes of it for readers."""

    def notes(self) -> tuple[Problem, ...]:
        builds = self._site().get("build_settings") or {}
        if builds.get("repo_url") and not builds.get("stop_builds"):
            return (Problem("publish-netlify-builds", self.place, severity="warning"),)
        return ()

    # --- a publication ---

    def missing(self, release: Release) -> tuple[File, ...]:
        odd = next((file.path for file in release.files if set(file.path) & set("#?")), "")
        if odd:
            raise UsageError(Problem("publish-netlify-name", odd))
        published = self._published()
        if published.get("locked"):
            raise UsageError(Problem("publish-netlify-locked", self.place))
        digests = {file: sha1(release.read(file), usedforsecurity=False).hexdigest() for file in release.whole}
        begun = self._begun(release, published)
        deploy = self._wait(begun or self._create(release, digests, published), _COMPARING)
        self._deploy = deploy["id"]
        files = {made: file for file, made in reversed(digests.items())}  # one a digest
        lacking = deploy.get("required") or () if deploy["state"] in _LACKING else ()
        return tuple(files[made] for made in lacking if made in files)

    def _begun(self, release: Release, published: Any) -> Any:
        """The deploy of this release that a killed run began, or whose answer was lost; None where there is none.

        Any other that is under way is cancelled, or it could come after ours.
        """
        title, found = f"{_TITLE}{release.id}", None
        for deploy in self._get(f"{self._path}/deploys?per_page={_PAGE}"):
            is_same = _title(deploy).removesuffix(_TAKEN) == title
            is_under_way = deploy["state"] in _UNDER_WAY
            if found is None and is_same and (is_under_way or deploy["id"] == published.get("id")):
                found = deploy
            elif is_under_way and _is_ours(deploy):
                self._api.call("POST", f"/deploys/{deploy['id']}/cancel")
        return found

    def _create(self, release: Release, digests: dict[File, str], published: Any) -> Any:
        files = {file.path: made for file, made in digests.items()}
        others = self._files_of_others(published)
        taken = {path: made for path, made in others.items() if path not in files}
        if not _is_ours(published) and len(taken) < len(others):
            taken = {}  # it is another site, which --force replaces: its pages may hold what has been withdrawn since
        body = {"files": {**taken, **files}, "draft": False, "async": len(files) > _ASYNC_FROM}
        title = f"{_TITLE}{release.id}" + (_TAKEN if taken else "")
        try:  # once: where the answer is lost, the next attempt finds the deploy by its title
            answer = self._api.once(
                "POST", f"{self._path}/deploys?title={quote(title)}", json.dumps(body).encode(), _JSON
            )
        except Transient as fault:
            raise Transient(fault.reason, max(fault.wait_s or 0.0, _BETWEEN_DEPLOYS_S)) from None
        return self._told(self._api.accepted(answer, "POST"), "POST")

    def put(self, file: File, data: bytes) -> None:
        path = f"/deploys/{self._deploy}/files/{quote(file.path, safe=_UNESCAPED)}"
        answer = self._api.once("PUT", path, data, {"Content-Type": "application/octet-stream"})
        if answer.status in (404, 422):  # somebody cancelled or deleted the deploy
            raise Expired(f"HTTP {answer.status}")
        self._api.accepted(answer, "PUT")

    def commit(self, _release: Release, _sent: Sent) -> None:
        deploy = self._wait(self._get_deploy(self._deploy), _UNDER_WAY)
        if deploy["id"] != self._published().get("id"):  # somebody published another one meanwhile
            self._restore(deploy["id"])

    def _wait(self, deploy: Any, states: frozenset[str]) -> Any:
        """The deploy when it is in none of these states any more. Expired where files are lost that were sent."""
        for poll in range(_POLLS):
            if deploy["state"] in ("error", "rejected"):
                reason = deploy.get("error_message") or deploy["state"]
                raise SystemFault(Problem("publish-netlify-error", self.place, values=(str(reason)[:200],)))
            if deploy["state"] not in states:
                return deploy
            if deploy["state"] in _LACKING and deploy.get("required") and poll > _PATIENCE:
                raise Expired("files that were sent are not there")
            self._sleep(_POLL_S)
            deploy = self._get_deploy(deploy["id"])
        raise Transient(f"the deploy is {deploy['state']}")

    # --- earlier ones ---

    def forget(self, publication: Publication) -> None:
        answer = self._api.call("DELETE", f"/deploys/{publication.key}")
        if answer.status == 422:
            raise SystemFault(Problem("publish-answer", self.place, values=("422", "DELETE")))

    def put_back(self, publication: Publication) -> None:
        self._restore(publication.key)

    def _restore(self, key: str) -> None:
        self._told(self._api.call("POST", f"{self._path}/deploys/{key}/restore"), "POST")

    # --- Netlify's answers ---

    def _get(self, path: str) -> Any:
        answer = self._api.call("GET", path)
        if answer.status == 404 and path == self._path:
            raise UsageError(Problem("publish-netlify-site", self.place, values=(self._site_name,)))
        return self._told(answer, "GET")

    def _told(self, answer: Answer, method: str) -> Any:
        """A site, a deploy or a list, as JSON. SystemFault for anything else, such as the page of a proxy."""
        told = answer.json()
        if answer.status < 300 and (isinstance(told, list) or (isinstance(told, dict) and "id" in told)):
            return told
        raise SystemFault(Problem("publish-answer", self.place, values=(str(answer.status), method)))

    def _pages(self, path: str) -> Iterator[Any]:
        """The rows of a list. It has further pages while one is full."""
        seen: set[str] = set()
        for number in range(1, 1_000):
            rows = self._get(f"{path}?page={number}&per_page={_PAGE}")
            yield from (row for row in rows if row["id"] not in seen)
            if len(rows) != _PAGE or rows[0]["id"] in seen:  # not every list is divided
                return
            seen.update(row["id"] for row in rows)

    def _site(self) -> Any:
        return self._get(self._path)

    def _published(self) -> Any:
        """The deploy that readers see; {} where there is none."""
        key = (self._site().get("published_deploy") or {}).get("id")
        return self._get_deploy(key) if key else {}

    def _get_deploy(self, key: str) -> Any:
        return self._get(f"{self._path}/deploys/{key}")

    def _manifest(self, deploy: Any) -> Manifest | None:
        """The manifest of a deploy, as its own address shows it: no other deploy's, and no cache's."""
        if not deploy:
            return None
        url = f"{_address(deploy)}/{manifests.PATH}"
        answer = retrying(lambda: self._web.once("GET", url), self._sleep, self.place)
        return manifests.read(answer.data) if answer.status == 200 else None

    def _manifest_at(self, address: str) -> Manifest:
        """The manifest of a deploy of ours."""
        manifest = self._manifest({"deploy_url": address})
        if manifest is None:
            raise SystemFault(Problem("publish-answer", address, values=("404", "GET")))
        return manifest

    def _files_of_others(self, deploy: Any) -> dict[str, str]:
        """The files of the published deploy that are not newsgen's, with their digests."""
        if not deploy or (_is_ours(deploy) and not _title(deploy).endswith(_TAKEN)):
            return {}
        manifest = self._manifest(deploy)
        ours = {*(manifest.files if manifest else ()), manifests.PATH, *_UNSERVED}
        rows = ((row["path"].lstrip("/"), row["sha"]) for row in self._pages(f"{self._path}/files"))
        return {path: made for path, made in rows if path not in ours}


_JSON = {"Content-Type": "application/json"}


def _title(deploy: Any) -> str:
    return deploy.get("title") or ""


def _is_ours(deploy: Any) -> bool:
    return _title(deploy).startswith(_TITLE)


def _address(deploy: Any) -> str:
    """A deploy's own address."""
    return str(deploy.get("deploy_ssl_url") or deploy.get("deploy_url") or "").rstrip("/")


def _seconds(text: str | None) -> int | None:
    try:
        return int(datetime.fromisoformat(text or "").timestamp())
    except ValueError:
        return None
