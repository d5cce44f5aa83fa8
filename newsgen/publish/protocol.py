"""What every target can do. The engine (`whole_set`, `in_place`, `run`, `verify`) asks only for what is here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from newsgen.model.errors import Problem
from newsgen.model.value import value
from newsgen.publish.manifest import Manifest
from newsgen.publish.release import File, Release
from newsgen.publish.remembered import NOTHING, Remembered

__all__ = [
    "NO_LIMITS", "Expired", "InPlace", "Limits", "Mismatch", "Publication", "Sent", "Standing", "Surroundings",
    "Target", "Transient", "WholeSet",
]  # fmt: skip

Sent = Callable[[File], None]  # told of each file when it has been sent


@value
class Limits:
    """What a host takes at most (its own documentation, 2026); None for no limit."""

    files: int | None = None
    file_bytes: int | None = None
    site_bytes: int | None = None
    redirects: int | None = None  # rules of `_redirects`
    redirect_bytes: int | None = None  # of `_redirects`
    header_rules: int | None = None  # of `_headers`
    rule_length: int | None = None  # characters in a line of these


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a target may know of the computer: read once by the command line, so that tests can give it."""

    env: Mapping[str, str]  # the environment, for secrets
    folder: str  # of the site, absolute: paths in the settings are relative to it
    clock: int  # now, in seconds
    sleep: Callable[[float], None]  # waits so many seconds
    timeout_s: float = 60.0  # of requests: to connect, and between two pieces of an answer


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication that a target has: readable by its own address or in the target's history, or to be put back."""

    key: str  # what the target knows it by
    place: str  # where it is, as a person looks for it: an address, a folder, a branch
    manifest: Manifest | None  # None where it has none of ours: it may hold anything
    at: int | None = None  # when it was made, in seconds; None where the target does not say
    is_standing: bool = False  # it is what readers see
    is_readable: bool = True  # it has an address; else only who runs the site can have it, to put it back
    can_forget: bool = True  # the target can delete it
    can_put_back: bool = True  # the target can make it what readers see
    remembers: Callable[[], Remembered] | None = None  # what it remembers, where its manifest tells only the files

    @property
    def remembered(self) -> Remembered:
        """What the target remembered when it was made."""
        if self.remembers:
            return self.remembers()
        return self.manifest.remembered if self.manifest else NOTHING


@dataclass(frozen=True, slots=True)
class Standing:
    """What readers see at a target now."""

    manifest: Manifest | None = None  # of the publication; None where newsgen has published nothing there
    foreign: tuple[str, ...] = ()  # paths of files that are not of it, as far as the target can list files


@value
class Mismatch:
    """One thing at a target that is not as the manifest says."""

    path: str  # of the file, or the address
    kind: str  # "missing", "differs", "foreign", "earlier", "status", "type", "header", "redirect", "readable"
    wanted: str = ""
    got: str = ""


class Transient(Exception):
    """A call failed, and may work if it is made again: the connection broke, or the host is busy."""

    def __init__(self, reason: str, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason  # for a person; holds no secret
        self.wait_s = wait_s  # how long the host wants to be left alone; None where it does not say


class Expired(Transient):
    """What the publication was begun with holds no longer, such as a token of an hour: it must be begun again."""


class Target(Protocol):
    """One place where a site is published. Every method may raise Transient, or SystemFault with a Problem.

    It holds no state that a later run would miss: what stands at the target says how far a killed run came.
    """

    serves_rules: bool  # it obeys `_headers` and `_redirects`
    is_own: bool  # the site's own disk: what may not be read any more is deleted there without asking

    @property
    def place(self) -> str:
        """What a person calls it, for messages: "the folder /srv/www". No secret."""

    @property
    def urls(self) -> tuple[str, ...]:
        """Where readers find it, without a slash at the end, as far as the host tells; () where it does not."""

    @property
    def limits(self) -> Limits:
        """What the host takes at most."""

    def standing(self) -> Standing:
        """What readers see now."""

    def publications(self) -> tuple[Publication, ...]:
        """Every publication that can be read or put back, newest first; the standing one too."""

    def forget(self, publication: Publication) -> None:
        """Delete one that is not standing; nobody can read it afterwards."""

    def put_back(self, publication: Publication) -> None:
        """Make an earlier publication what readers see."""

    def mismatches(self, release: Release, paths: Iterable[str]) -> tuple[Mismatch, ...] | None:
        """Which files at the target are not those of the release, by bytes; None where only HTTP can tell."""

    def notes(self) -> tuple[Problem, ...]:
        """What a person should know or do after a publication: advice and warnings."""


class WholeSet(Target, Protocol):
    """A target at which a publication appears at once: the old site or the new one, never a mixture."""

    shape: Literal["whole set"]
    uploads: int  # how many files may be sent at once

    def missing(self, release: Release) -> tuple[File, ...]:
        """Begin a publication, or go on with one that was interrupted: the files that the target needs sent."""

    def put(self, file: File, data: bytes) -> None:
        """Send one of the missing files; called from several threads. Expired: begin again with `missing`."""

    def commit(self, release: Release, sent: Sent) -> None:
        """Make it what readers see, whole; returns when they do. What `put` did not send, it sends itself."""


class InPlace(Target, Protocol):
    """A target at which readers see each file as soon as it is put."""

    shape: Literal["in place"]
    uploads: int  # how many files may be sent at once

    def listing(self) -> Mapping[str, str]:
        """Every file there by path, with what identifies its bytes, as `identify` does; "" where that is not known."""

    def identify(self, data: bytes) -> str:
        """What `listing` says of a file with these bytes."""

    def put(self, release: Release, file: File, data: bytes) -> None:
        """Put one file where readers see it, with its headers; called from several threads."""

    def put_manifest(self, data: bytes, *, is_finished: bool) -> None:
        """Put the manifest: of a publication that is finished, or of one under way."""

    def delete(self, paths: tuple[str, ...]) -> None:
        """Delete some files."""
