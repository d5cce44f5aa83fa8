"""`newsgen publish`: what a publication would change, and the publication itself, for targets of both shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsgen.model.errors import Problem, UsageError
from newsgen.publish.in_place import InPlacePublication
from newsgen.publish.manifest import Difference, Manifest, compare
from newsgen.publish.protocol import InPlace, Publication, Standing, Surroundings, WholeSet
from newsgen.publish.release import ARTICLE, Release
from newsgen.publish.remembered import NOTHING, Remembered, mark, names_on
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
    named: tuple[str, ...]  # pages to be put that show a name of which the target says that it was made anonymous

    @property
    def is_nothing(self) -> bool:
        """Whether the target has it all already."""
        before = self.standing.manifest
        return not self.difference.put and not self.difference.vanishes and before == self.release.manifest

    def brought_back(self, known: Remembered, *, is_forced: bool) -> tuple[tuple[str, str], ...]:
        """What the target says was withdrawn, would be shown again, and is not known here as withdrawn.

        As rules of refusals, each with the first address or page where it would be shown. With `is_forced` only what
        was killed: all else may be shown again on purpose.
        """
        before = self.standing.manifest.remembered if self.standing.manifest else NOTHING
        kinds = {"publish-killed": before.killed - known.killed}
        if not is_forced:
            kinds |= {
                "publish-deleted": before.deleted - known.deleted,
                "publish-delisted": before.delisted - known.delisted,
            }
        found = {rule: self._first_of(marks) for rule, marks in kinds.items() if marks}
        if not is_forced:
            found["publish-name"] = min(self.named, default="")
        return tuple((rule, where) for rule, where in found.items() if where)

    def _first_of(self, marks: frozenset[str]) -> str:
        """The first address of a story with one of some marks; "" for none."""
        return min((url for url, story_id in self.release.shown.items() if mark(story_id) in marks), default="")

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


def make_plan(
    target: AnyTarget, release: Release, surroundings: Surroundings, known: Standing | None = None, *, is_forced: bool
) -> Plan:
    """Compare a release with what stands, of which the target is asked unless it is known.

    With `is_forced` every file is sent again, also over foreign ones.
    """
    standing = known or retrying(target.standing, surroundings.sleep, target.place)
    if standing.manifest and is_forced:
        standing = replace(standing, manifest=_of_no_bytes(standing.manifest))
    before = standing.manifest.remembered if standing.manifest else NOTHING
    difference = compare(standing.manifest, release.manifest)
    pages, names = _naming(release, difference, before.names - release.remembered.names)
    may_be_shown = release.remembered.deleted or before.deleted or before.delisted
    stories = frozenset(map(mark, release.shown.values() if may_be_shown else ()))
    release = replace(release, remembered=release.remembered.joined(before, stories, names))
    in_the_way = _in_the_way(standing, release.manifest, has_folders=target.shape == "whole set")
    return Plan(release, standing, difference, () if is_forced else in_the_way, pages)


def _naming(release: Release, difference: Difference, names: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The pages of stories among those to be put that show one of some names, and the names that they show.

    What stands was looked at before, and lists show no name that no story has.
    """
    found: dict[str, set[str]] = {}
    for path in difference.put if names else ():
        file = release.by_path[path]
        if path.endswith(".html") and file.rank == ARTICLE:
            found[file.url] = names_on(release.read(file).decode("utf-8", "replace"), names)
    return tuple(url for url, marks in found.items() if marks), frozenset().union(*found.values())


def _of_no_bytes(manifest: Manifest) -> Manifest:
    """The same files, of which none is known to be right."""
    return Manifest(dict.fromkeys(manifest.files, ""), remembered=manifest.remembered)


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

    def may_be_seen(publication: Publication) -> bool:
        """Whether it holds nothing withdrawn since, as far as is known here, and at the target."""
        return publication.key not in unfit and not _may_hold(publication, standing or Manifest({}))

    earlier = [each for each in publications if not each.is_standing and each.can_put_back]
    if key:
        chosen = next((each for each in earlier if each.key == key), None)
        if chosen is None:
            known = ", ".join(each.key for each in earlier)
            raise UsageError(Problem("publish-no-such", target.place, values=(key, known or "none")))
        if not may_be_seen(chosen):
            raise UsageError(Problem("publish-holds-withdrawn", target.place, values=(key,)))
    else:
        others = (each for each in earlier if each.manifest is not None and each.manifest != standing)
        chosen = next(filter(may_be_seen, others), None)
        if chosen is None:
            raise UsageError(Problem("publish-no-previous", target.place))
    retrying(lambda: target.put_back(chosen), surroundings.sleep, target.place)
    return chosen


def _may_hold(earlier: Publication, standing: Manifest) -> bool:
    """Whether an earlier publication may hold what was withdrawn since, as the target remembers: a name may be on any
    page, a story at its address, if other bytes stand there now.
    """
    before, then = standing.remembered, earlier.remembered
    if before.names - then.names:
        return True
    paths, files = before.paths - then.paths, earlier.manifest.files if earlier.manifest else {}
    return paths != frozenset() and any(
        not paths.isdisjoint((mark(path), mark(path[: path.rfind("/") + 1]))) and made != standing.files.get(path)
        for path, made in files.items()
    )
