"""`newsgen publish`: what a publication would change, and the publication itself, for targets of both shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from newsgen.model.errors import Problem, UsageError
from newsgen.model.files import digest
from newsgen.publish.in_place import InPlacePublication
from newsgen.publish.manifest import Difference, Manifest, compare
from newsgen.publish.protocol import InPlace, Publication, Standing, Surroundings, WholeSet
from newsgen.publish.release import Release
from newsgen.publish.retry import retrying
from newsgen.publish.send import Progress
from newsgen.publish.whole_set import publish_whole
from newsgen.publish.withdrawn import Leftover, Withdrawn, leftovers

__all__ = ["AnyTarget", "Plan", "Published", "make_plan", "perform", "put_back", "tidy"]

AnyTarget = WholeSet | InPlace
_MANY = 0.1  # of the files that stand: where more vanish, a person is asked


@dataclass(frozen=True, slots=True)
class Plan:
    """What a publication would change."""

    release: Release
    standing: Standing
    difference: Difference
    in_the_way: tuple[str, ...]  # foreign files at addresses that the release needs

    @property
    def is_nothing(self) -> bool:
        """Whether the target has it all already."""
        before = self.standing.manifest
        return not self.difference.put and not self.difference.vanishes and before == self.release.manifest

    def brought_back(self, shown: Mapping[str, str]) -> tuple[str, ...]:
        """The addresses of `shown`, each with the id of its story, at which the target says that it was killed."""
        killed = self.standing.manifest.killed if self.standing.manifest else frozenset()
        return tuple(sorted(url for url, story_id in shown.items() if killed and digest(story_id.encode()) in killed))

    @property
    def loses_many(self) -> bool:
        """Whether more than a tenth of what readers see would vanish."""
        before = len(self.standing.manifest.files) if self.standing.manifest else 0
        return len(self.difference.vanishes) > before * _MANY

    @property
    def redirects(self) -> tuple[str, ...]:
        """The addresses that lead on to another, by a rule of the host."""
        rules = self.release.rules.redirects.items()
        return tuple(sorted(url for url, rule in rules if 300 <= rule.status < 400))


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication left to know."""

    leftovers: tuple[Leftover, ...]  # in which something withdrawn can still be read
    forgotten: tuple[Publication, ...]  # that were deleted
    notes: tuple[Problem, ...]  # of the target


def make_plan(target: AnyTarget, release: Release, surroundings: Surroundings, *, is_forced: bool) -> Plan:
    """Compare a release with what stands. With `is_forced` every file is sent again, also over foreign ones."""
    standing = retrying(target.standing, surroundings.sleep, target.place)
    if standing.manifest and is_forced:
        standing = replace(standing, manifest=_of_no_bytes(standing.manifest))
    difference = compare(standing.manifest, release.manifest)
    in_the_way = _in_the_way(standing, release.manifest, has_folders=target.shape == "whole set")
    return Plan(release, standing, difference, () if is_forced else in_the_way)


def _of_no_bytes(manifest: Manifest) -> Manifest:
    """The same files, of which none is known to be right."""
    return Manifest(dict.fromkeys(manifest.files, ""), killed=manifest.killed)


def _in_the_way(standing: Standing, new: Manifest, *, has_folders: bool) -> tuple[str, ...]:
    """The foreign files at addresses of the release, and where folders are real, those that stand where it has one."""
    ours = standing.manifest.files if standing.manifest else {}
    folders = {folder for path in new.files for folder in _folders(path)} if has_folders else set()
    return tuple(
        path
        for path in standing.foreign
        if path not in ours
        and (path in new.files or path in folders or (has_folders and any(map(new.files.__contains__, _folders(path)))))
    )


def _folders(path: str) -> Iterator[str]:
    """The folders that a file lies in: of "a/b/c" a and a/b."""
    end = path.find("/")
    while end > 0:
        yield path[:end]
        end = path.find("/", end + 1)


def perform(target: AnyTarget, plan: Plan, surroundings: Surroundings, progress: Progress) -> None:
    """Make the publication. SystemFault where it fails: run again, it goes on where it stopped."""
    if plan.is_nothing:
        return
    if target.shape == "whole set":
        publish_whole(target, plan.release, surroundings, progress, plan.difference.put)
    else:
        InPlacePublication(target, plan.release, plan.standing, surroundings).publish(plan.difference, progress)


def tidy(
    target: AnyTarget,
    release: Release,
    withdrawn: tuple[Withdrawn, ...],
    surroundings: Surroundings,
    *,
    may_forget: bool,
) -> Published:
    """Look for what was withdrawn in earlier publications, and delete these where it may: always on one's own disk."""
    publications = retrying(target.publications, surroundings.sleep, target.place) if withdrawn else ()
    left, forgotten = [], []
    readable = (publication for publication in publications if publication.is_readable)
    for leftover in leftovers(readable, withdrawn, release.manifest):
        publication = leftover.publication
        if publication.can_forget and (may_forget or target.is_own):
            retrying(lambda: target.forget(publication), surroundings.sleep, target.place)  # noqa: B023
            forgotten.append(publication)
        else:
            left.append(leftover)
    return Published(tuple(left), tuple(forgotten), target.notes())


def put_back(
    target: AnyTarget, now: Manifest, withdrawn: tuple[Withdrawn, ...], key: str, surroundings: Surroundings
) -> Publication:
    """Make an earlier publication what readers see: the one with the key, or with "" the last that may be read.

    `now` is the manifest of the site as it is. UsageError where there is none, or where it holds something withdrawn.
    """
    publications = retrying(target.publications, surroundings.sleep, target.place)
    standing = next((each.manifest for each in publications if each.is_standing), None)
    unfit = {leftover.publication.key for leftover in leftovers(publications, withdrawn, now)}
    earlier = [each for each in publications if not each.is_standing and each.can_put_back]
    if key:
        chosen = next((each for each in earlier if each.key == key), None)
        if chosen is None:
            known = ", ".join(each.key for each in earlier)
            raise UsageError(Problem("publish-no-such", target.place, values=(key, known or "none")))
        if chosen.key in unfit:
            raise UsageError(Problem("publish-holds-withdrawn", target.place, values=(key,)))
    else:
        fit = (each for each in earlier if each.key not in unfit and each.manifest != standing)
        chosen = next((each for each in fit if each.manifest is not None), None)
        if chosen is None:
            raise UsageError(Problem("publish-no-previous", target.place))
    retrying(lambda: target.put_back(chosen), surroundings.sleep, target.place)
    return chosen
