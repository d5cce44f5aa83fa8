"""Every file of a publication against the manifest: in the output here, at the target, and as readers get it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from newsgen.disk import Disk
from newsgen.engine.request import BuildRequest
from newsgen.model.files import digest
from newsgen.model.targets import TargetSettings
from newsgen.publish.manifest import compare
from newsgen.publish.prepare import output_as_it_stands
from newsgen.publish.protocol import Mismatch, Publication, Standing, Surroundings
from newsgen.publish.release import File, Release
from newsgen.publish.retry import retrying
from newsgen.publish.run import AnyTarget
from newsgen.publish.situation import read_situation
from newsgen.publish.web_check import web_check
from newsgen.publish.withdrawn import leftovers

__all__ = ["Verified", "sample", "verify_output", "verify_target"]

_LOOKED_AT = 10  # earlier publications: a host may keep hundreds


@dataclass(frozen=True, slots=True)
class Verified:
    """What was compared, and what is not as it should be."""

    files: int  # compared
    mismatches: tuple[Mismatch, ...]
    is_http: bool = False  # whether readers' answers were looked at too
    put_back: Publication | None = None  # the earlier publication that readers see again, where that is why it differs


def sample(files: tuple[File, ...], count: int | None) -> tuple[File, ...]:
    """So many of the files, always the same ones of one publication; all with None. Chosen by their digests."""
    if count is None or count >= len(files):
        return files
    chosen = sorted(files, key=lambda file: digest(f"{file.path}\0{file.digest}".encode()))[:count]
    return tuple(sorted(chosen, key=lambda file: file.path))


def verify_output(release: Release, others: Iterable[str], count: int | None) -> Verified:
    """Every file of the output by its bytes; `others` are files there that newsgen did not write."""
    files = sample(release.files, count)
    found = [mismatch for file in files if (mismatch := _compare(release.output, file))]
    return Verified(len(files), (*found, *(Mismatch(path, "foreign") for path in others)))


def _compare(output: Disk, file: File) -> Mismatch | None:
    try:
        data = output.read(file.path)
    except OSError:
        return Mismatch(file.path, "missing")
    return None if digest(data) == file.digest else Mismatch(file.path, "differs")


def verify_target(
    request: BuildRequest,
    target: AnyTarget,
    settings: TargetSettings,
    surroundings: Surroundings,
    count: int | None,
) -> Verified:
    """The target's manifest, its files by bytes, what readers get over HTTP, and what should not be readable.

    Compared with the output as it stands; nothing is built. Over HTTP where the settings or the host say where readers
    find the site.
    """
    situation = read_situation(request)
    release = replace(output_as_it_stands(request).release, redirects=situation.redirects)
    withdrawn = situation.withdrawn
    standing = retrying(target.standing, surroundings.sleep, target.place)
    found = [*_of_manifest(release, standing)]
    files = sample(release.files, count)
    paths = [file.path for file in files]
    of_target = retrying(lambda: target.mismatches(release, paths), surroundings.sleep, target.place)
    found += of_target or ()
    url = settings.url or next(iter(target.urls), "")
    if url:
        web = web_check(url, release, surroundings, serves_rules=target.serves_rules)
        found += web.of_files(files)
        found += web.of_rules()
        found += web.of_withdrawn(withdrawn)
    publications = retrying(target.publications, surroundings.sleep, target.place)
    readable = (publication for publication in publications if publication.is_readable)
    for leftover in leftovers(readable, withdrawn, release.manifest):
        found.append(Mismatch(leftover.publication.place, "readable", got=", ".join(leftover.paths[:3])))
    differs = standing.manifest is not None and dict(standing.manifest.files) != dict(release.manifest.files)
    put_back = _put_back(publications) if differs else None
    unique = {(mismatch.path, mismatch.kind): mismatch for mismatch in found}
    return Verified(len(files), tuple(unique[key] for key in sorted(unique)), url != "", put_back)


def _put_back(publications: tuple[Publication, ...]) -> Publication | None:
    """The earlier publication that readers see again, after one that came later; None where they see the last one.

    Some targets make an older one the standing one; others publish its files once more.
    """
    now = next((each for each in publications if each.is_standing), None)
    others = [each for each in publications if each.can_put_back and not each.is_standing]
    if now is None or now.manifest is None:
        return None
    if now.at is not None and any(each.at is not None and each.at > now.at for each in others):
        return now
    files = dict(now.manifest.files)
    return next((each for each in others[:_LOOKED_AT] if each.manifest and dict(each.manifest.files) == files), None)


def _of_manifest(release: Release, standing: Standing) -> Iterable[Mismatch]:
    """What the manifest at the target says otherwise, and files there that are nobody's."""
    if standing.manifest is None:
        yield Mismatch(release.manifest_file.path, "missing")
        return
    difference = compare(standing.manifest, release.manifest)
    yield from (Mismatch(path, "missing") for path in difference.appears)
    yield from (Mismatch(path, "differs") for path in difference.changes)
    yield from (Mismatch(path, "earlier") for path in difference.vanishes)
    yield from (Mismatch(path, "foreign") for path in standing.foreign)
