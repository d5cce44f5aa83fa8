"""A publication that appears at once: readers see the old site until the last file is there."""

from __future__ import annotations

from newsgen.model.errors import Problem, SystemFault
from newsgen.publish.protocol import Expired, Surroundings, WholeSet
from newsgen.publish.release import File, Release
from newsgen.publish.retry import ATTEMPTS, retrying
from newsgen.publish.send import Meter, Progress, Sender, send_all

__all__ = ["publish_whole"]


def publish_whole(
    target: WholeSet, release: Release, surroundings: Surroundings, progress: Progress, changed: tuple[str, ...] = ()
) -> None:
    """Send what the target lacks, then have it show the whole. SystemFault where it fails: readers see the old site.

    `changed` has the paths that the publication changes, for the progress of targets that are sent all at the end.
    """
    files = tuple(release.by_path[path] for path in changed)
    reason = ""
    for _attempt in range(ATTEMPTS):
        try:
            _publish(target, release, files, surroundings, progress)
        except Expired as expired:  # what was sent is kept by the host: only the rest is sent again
            reason = expired.reason
        else:
            return
    raise SystemFault(Problem("publish-failed", target.place, values=(reason,)))


def _publish(
    target: WholeSet, release: Release, changed: tuple[File, ...], surroundings: Surroundings, progress: Progress
) -> None:
    missing = retrying(lambda: target.missing(release), surroundings.sleep, target.place)
    to_send = missing or changed
    meter = Meter(progress, len(to_send), sum(file.size for file in to_send))

    def put(file: File) -> None:
        target.put(file, release.read(file))

    send_all(missing, Sender(put, surroundings, target.place), target.uploads, meter)
    retrying(lambda: target.commit(release, meter.sent), surroundings.sleep, target.place)
