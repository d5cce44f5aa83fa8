"""A publication file by file, where readers see each at once: assets, then articles, then lists, then deletions.

A page is put after all that it needs, and a file is deleted after all that led to it. Before the first file is put, the
manifest at the target says which ones may stand in either state; a run that is killed leaves that to the next one. It
goes on where that one stopped, except with files of which only the headers change: no listing tells these.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsgen.model.errors import Problem, SystemFault
from newsgen.publish import manifest as manifests
from newsgen.publish.manifest import Difference, Manifest
from newsgen.publish.protocol import InPlace, Standing, Surroundings
from newsgen.publish.release import ARTICLE, ASSET, LIST, RULE_FILES, File, Release, rank_of
from newsgen.publish.retry import retrying
from newsgen.publish.send import Meter, Progress, Sender, send_all

__all__ = ["InPlacePublication"]


@dataclass(frozen=True, slots=True)
class InPlacePublication:
    """One publication to a target that is changed in place."""

    target: InPlace
    release: Release
    standing: Standing
    surroundings: Surroundings

    def publish(self, difference: Difference, progress: Progress) -> None:
        """Put what differs, then delete what vanishes. SystemFault where a file cannot be put: nothing is deleted."""
        to_put = self._still_missing(difference)
        if not to_put and not difference.vanishes:
            if self.standing.manifest != self.release.manifest:  # a killed run had all but the manifest done
                self._put_manifest(self.release.manifest)
            return
        self._put_manifest(self._on_the_way(to_put, difference.vanishes))
        meter = Meter(progress, len(to_put), sum(file.size for file in to_put))
        for rank in (ASSET, ARTICLE, LIST):
            send_all((file for file in to_put if file.rank == rank), self._sender(), self.target.uploads, meter)
        self._delete(difference.vanishes)
        self._put_manifest(self.release.manifest)

    def _still_missing(self, difference: Difference) -> list[File]:
        """The files to put. Of those that a killed run was about to put, the ones that it did put are left out."""
        before = self.standing.manifest
        files = [self.release.by_path[path] for path in difference.put]
        if before is None or not before.unsure or before.rules != self.release.manifest.rules:
            return files
        listing = self._listing()
        begun = {path for path in before.unsure if before.files.get(path) == self.release.manifest.files.get(path)}
        return [file for file in files if not (file.path in begun and self._stands(file, listing))]

    def _stands(self, file: File, listing: dict[str, str]) -> bool:
        known = listing.get(file.path, "")
        return known != "" and known == self.target.identify(self.release.read(file))

    def _on_the_way(self, to_put: Iterable[File], vanishes: Iterable[str]) -> Manifest:
        """Every file that is ours at any moment of this publication.

        Those that may stand with the bytes that they should have, and with other headers than these, have no digest.
        """
        before, after = self.standing.manifest or Manifest({}), self.release.manifest
        put = [file.path for file in to_put]
        sure = (path for path in put if before.files.get(path) == after.files[path] and path not in before.unsure)
        of_other_rules = vanishes if before.rules != after.rules else ()
        known_doubtful = (path for path in (*put, *vanishes) if before.files.get(path) == "")
        doubtful = dict.fromkeys((*sure, *of_other_rules, *known_doubtful), "")
        files, unsure = {**before.files, **after.files, **doubtful}, frozenset([*put, *vanishes])
        return Manifest(files, after.rules, unsure, after.remembered)

    def _sender(self) -> Sender:
        def put(file: File) -> None:
            self.target.put(self.release, file, self.release.read(file))

        return Sender(put, self.surroundings, self.target.place)

    def _listing(self) -> dict[str, str]:
        return dict(retrying(self.target.listing, self.surroundings.sleep, self.target.place))

    def _delete(self, vanishes: tuple[str, ...]) -> None:
        """Delete what vanishes, if every file of the release is there. SystemFault where one is not."""
        if not vanishes:
            return
        there = self._listing()
        lost = [file for file in self.release.files if file.path not in there and file.path not in RULE_FILES]
        if lost:
            raise SystemFault(Problem("publish-not-there", self.target.place, values=(str(len(lost)), lost[0].path)))
        for rank in (LIST, ARTICLE, ASSET):
            doomed = tuple(path for path in vanishes if path in there and rank_of(path) == rank)
            if doomed:
                retrying(lambda: self.target.delete(doomed), self.surroundings.sleep, self.target.place)  # noqa: B023

    def _put_manifest(self, manifest: Manifest) -> None:
        data = manifests.to_bytes(manifest)
        is_finished = not manifest.unsure

        def put() -> None:
            self.target.put_manifest(data, is_finished=is_finished)

        retrying(put, self.surroundings.sleep, self.target.place)
