"""The places where a site is published: [tool.newsgen.publish.NAME] of pyproject.toml."""

from __future__ import annotations

from collections.abc import Mapping

from newsgen.model.value import value

__all__ = ["TARGET_KINDS", "TargetKind", "TargetSettings"]


@value
class TargetKind:
    """What the settings of one kind of target may hold, and what a build for it must be."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    hosts: tuple[str, ...]  # values of the setting `host` that fit; () where all do


# Every kind may have `url` too.
TARGET_KINDS: Mapping[str, TargetKind] = {
    "cloudflare": TargetKind(("account", "project"), (), ("cloudflare",)),
    "folder": TargetKind(("path",), (), ()),
    "github": TargetKind(("remote",), ("branch",), ("github", "other")),
    "gitlab": TargetKind(("remote",), ("branch",), ("gitlab", "other")),
    "netlify": TargetKind(("site",), (), ("netlify",)),
    "s3": TargetKind(("bucket",), ("prefix", "endpoint", "region"), ("s3", "other")),
    "ssh": TargetKind(("host", "path"), ("port", "user"), ()),
}


@value
class TargetSettings:
    """One [tool.newsgen.publish.NAME]. Which keys it may have, its kind says; the others are ""."""

    name: str  # "live"
    kind: str  # one of TARGET_KINDS
    url: str = ""  # where readers find it, without a slash at its end, if that is not base_url
    account: str = ""
    branch: str = ""
    bucket: str = ""
    endpoint: str = ""
    host: str = ""
    path: str = ""
    port: int = 0  # 0 for the usual one
    prefix: str = ""
    project: str = ""
    region: str = ""
    remote: str = ""
    site: str = ""
    user: str = ""
