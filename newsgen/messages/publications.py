"""What `newsgen publish` and `newsgen verify` would do, did and found: in sentences, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsgen.messages.problems import printable
from newsgen.messages.times import in_utc
from newsgen.model.errors import Problem
from newsgen.text.english import plural

if TYPE_CHECKING:
    from newsgen.publish.protocol import Mismatch, Publication
    from newsgen.publish.run import Plan, Published
    from newsgen.publish.verify import Verified
    from newsgen.publish.withdrawn import Leftover

__all__ = [
    "leftover_problems", "mismatch_lines", "plan_lines", "publish_json", "published_lines", "put_back_line",
    "put_back_reason", "recorded_line", "verified_line", "verify_json",
]  # fmt: skip

_SHOWN = 10  # paths of a kind; all with --verbose
_MISMATCHES = {
    "missing": "is missing",
    "differs": "has other bytes",
    "foreign": "is not newsgen's",
    "earlier": "is of another publication: the build here has no such file",
    "status": "answers HTTP {got}, not {wanted}",
    "type": "is sent as {got}, not {wanted}",
    "header": "is sent with {got}, not {wanted}",
    "redirect": "leads to {got}, not {wanted}",
    "readable": "can still be read, though withdrawn: {got}",
}


def plan_lines(plan: Plan, place: str, next_release: int | None, *, is_whole: bool) -> Iterator[str]:
    """What a publication would change; every path with `is_whole`."""
    difference = plan.difference
    yield f"To {printable(place)}:"
    for word, paths in (
        ("appear", difference.appears),
        ("change", difference.changes),
        ("vanish", difference.vanishes),
    ):
        yield f"  {len(paths):,} {word}" + (":" if paths else "")
        yield from _paths(paths, is_whole=is_whole)
    yield f"  {len(difference.unchanged):,} stay as they are; {plural(len(plan.redirects), 'redirect', 'redirects')}"
    foreign = plan.standing.foreign
    if foreign:
        yield f"  {plural(len(foreign), 'file', 'files')} there not newsgen's, left alone:"
        yield from _paths(foreign, is_whole=is_whole)
    if next_release is not None:
        yield f"The clock changes the site next at {in_utc(next_release)}: publish again then."


def _paths(paths: tuple[str, ...], *, is_whole: bool) -> Iterator[str]:
    shown = paths if is_whole else paths[:_SHOWN]
    yield from (f"    {printable(path)}" for path in shown)
    if len(paths) > len(shown):
        yield f"    and {len(paths) - len(shown):,} more"


def recorded_line(new: int) -> str:
    """What was added to the ledger, and what to do with it."""
    addresses = plural(new, "address", "addresses")
    return f"{addresses} added to content/_urls.tsv: commit that file with your stories."


def published_lines(plan: Plan, published: Published, place: str) -> Iterator[str]:
    """What was done."""
    put, gone = len(plan.difference.put), len(plan.difference.vanishes)
    if plan.is_nothing:
        yield f"Nothing to publish: {printable(place)} has it all."
    else:
        yield f"Published to {printable(place)}: {plural(put, 'file', 'files')} put, {gone:,} deleted."
    yield from (f"Deleted, for it held what was withdrawn: {printable(each.place)}" for each in published.forgotten)


def leftover_problems(leftovers: Iterable[Leftover]) -> Iterator[Problem]:
    """A warning for each earlier publication in which something withdrawn can be read."""
    for leftover in leftovers:
        publication = leftover.publication
        advice = "newsgen publish --forget deletes it" if publication.can_forget else "Only the host can delete it"
        what = ", ".join(leftover.paths[:3]) or "perhaps every page"
        yield Problem("publish-readable", publication.place, values=(what, advice), severity="warning")


def publish_json(plan: Plan, refused: Iterable[Problem], left: Iterable[Leftover]) -> str:
    """The result of a publication, or of a dry run; lists of paths."""
    told = {
        "put": plan.difference.put,
        "deleted": plan.difference.vanishes,
        "unchanged": plan.difference.unchanged,
        "redirects": plan.redirects,
        "refused": [problem.path for problem in refused],
        "readable_elsewhere": [leftover.publication.place for leftover in left],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def put_back_line(publication: Publication, place: str) -> str:
    """Which publication readers see again."""
    when = in_utc(publication.at)
    made = f", made at {when}" if when else ""
    return f"Readers of {printable(place)} see the publication {printable(publication.key)} again{made}."


def mismatch_lines(mismatches: Iterable[Mismatch]) -> Iterator[str]:
    """Each difference in a line."""
    for mismatch in mismatches:
        what = _MISMATCHES[mismatch.kind].format(got=mismatch.got or "nothing", wanted=mismatch.wanted)
        yield f"{printable(mismatch.path)}: {printable(what)}"


def put_back_reason(publication: Publication) -> str:
    """Why a target differs that shows an earlier publication again."""
    when = in_utc(publication.at)
    which = f"the publication of {when}" if when else f"the publication {printable(publication.key)}"
    return f"It was put back to {which}, and the build here is another. newsgen publish puts this one there."


def verified_line(verified: Verified, place: str) -> str:
    """How much was compared, and how much differs."""
    how = " and over HTTP" if verified.is_http else ""
    found = plural(len(verified.mismatches), "difference", "differences") if verified.mismatches else "no difference"
    return f"{plural(verified.files, 'file', 'files')} of {printable(place)} compared by bytes{how}: {found}."


def verify_json(verified: Verified) -> str:
    """What was compared and found."""
    keys = ("path", "kind", "wanted", "got")
    found = [{key: getattr(each, key) for key in keys} for each in verified.mismatches]
    told: dict[str, object] = {"files": verified.files, "differences": found}
    if verified.put_back:
        told["put_back_to"] = verified.put_back.key
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
