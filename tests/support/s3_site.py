"""A small site in two states, and what publishing it to a bucket takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from newsgen.publish.release import RULE_FILES, Release
from newsgen.publish.retry import retrying
from newsgen.publish.run import Plan, Published, make_plan, perform, tidy
from newsgen.publish.s3.target import S3Target
from newsgen.publish.send import NO_PROGRESS
from newsgen.publish.withdrawn import Withdrawn
from tests.support.publications import Reader
from tests.support.publishing import FakeTime, release_with, surroundings
from tests.support.s3_servers import StoreBucket

__all__ = ["HEADERS", "KILLED", "NEW", "OLD", "plan_of", "publish", "reader", "release", "served"]

HEADERS = b"""/*
  X-Content-Type-Options: nosniff
/assets/*
  Cache-Control: public, max-age=31536000, immutable
/feed.xml
  Cache-Control: public, max-age=300
"""
OLD = {
    "_headers": HEADERS,
    "index.html": b'<link href="/assets/style.aa.css"><a href=/world/bridge.html>Old</a>',
    "404.html": b"<p>No such page</p>",
    "feed.xml": b"<feed>Old</feed>",
    "world/index.html": b'<link href="/assets/style.aa.css"><p>Three stories</p>',
    "world/ferry.html": b'<link href="/assets/style.aa.css"><p>The ferry sails at nine.</p>',
    "world/bridge.html": b'<link href="/assets/style.aa.css"><p>Quillfeather shuts the bridge.</p>',
    "world/quay.html": b'<link href="/assets/style.aa.css"><p>The quay is long.</p>',
    "world/gone.html": b'<link href="/assets/style.aa.css"><p>Deleted later.</p>',
    "assets/style.aa.css": b"p{margin:0}",
}
NEW = {
    "_headers": HEADERS,
    "index.html": b'<link href="/assets/style.bb.css"><a href=/world/pier.html>New</a>',
    "404.html": b"<p>No such page</p>",
    "feed.xml": b"<feed>New</feed>",
    "world/index.html": b'<link href="/assets/style.bb.css"><p>One story, and another</p>',
    "world/ferry.html": b'<link href="/assets/style.bb.css"><p>The ferry sails at ten.</p>',  # corrected
    "world/bridge.html": b'<link href="/assets/style.bb.css"><p>This story has been withdrawn.</p>',  # killed
    "world/pier.html": b'<link href="/assets/style.bb.css"><p>The quay is long.</p>',
    "world/quay.html": b"<p>This story is at another address.</p>",  # renamed: leads to pier.html
    "assets/style.bb.css": b"p{margin:1px}",
}
LEADS = {"world/quay.html": "/world/pier.html"}
KILLED = (Withdrawn("world/bridge.html"),)


def release(files: Mapping[str, bytes]) -> Release:
    """A release, with the redirect where the new site has one."""
    leads = LEADS if files.get("world/quay.html") == NEW["world/quay.html"] else {}
    return replace(release_with(files), redirects=leads)


def plan_of(target: S3Target, files: Mapping[str, bytes], *, is_forced: bool = False) -> Plan:
    """What publishing would change."""
    return make_plan(target, release(files), surroundings(FakeTime()), is_forced=is_forced)


def publish(
    target: S3Target, files: Mapping[str, bytes], withdrawn: tuple[Withdrawn, ...] = (), *, forget: bool = False
) -> Published:
    """Publish as the command does."""
    computer = surroundings(FakeTime())
    plan = plan_of(target, files)
    perform(target, plan, computer, NO_PROGRESS)
    return tidy(target, plan.release, withdrawn, computer, may_forget=forget)


def served(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What readers get of an output."""
    return {path: data for path, data in files.items() if path not in RULE_FILES}


def reader(bucket: StoreBucket, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Reader:
    """Somebody who reads the bucket all the while."""
    owner = bucket.owner

    def read(path: str) -> bytes | None:
        """Again where the answer was cut: rclone's server does so to who reads a file that is just replaced."""
        answer = retrying(lambda: owner.get(path), lambda _seconds: None, bucket.name)
        return answer.data if answer else None

    return Reader(read, served(old), served(new))
