"""From a site to a plan: builds it, looks at what may keep it from being published, and compares it with the target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from newsgen.engine.request import BuildRequest
from newsgen.engine.result import BuildResult, Timer, unchanged
from newsgen.engine.run import build
from newsgen.engine.up_to_date import is_up_to_date, look_at_output
from newsgen.model.errors import Problem, UsageError
from newsgen.model.targets import TargetSettings
from newsgen.plan import units
from newsgen.publish.preflight import Preflight
from newsgen.publish.protocol import Standing, Surroundings
from newsgen.publish.release import Release, release_of
from newsgen.publish.run import AnyTarget, Plan, make_plan
from newsgen.publish.situation import Situation, read_situation
from newsgen.publish.withdrawn import Withdrawn
from newsgen.source.listing import scan_content
from newsgen.store import Seal, Store
from newsgen.text.address import output_path

__all__ = ["Built", "Prepared", "Way", "built_release", "output_as_it_stands", "prepare"]

_STALE = "publish-stale"


@dataclass(frozen=True, slots=True)
class Built:
    """What the output holds."""

    release: Release
    seal: Seal
    problems: tuple[Problem, ...]  # of the build, and whether the output is older than its sources
    stories: frozenset[str] = frozenset()  # files of the stories in an output that is older than its sources
    written_at: int | None = None  # when the last page of such an output was written, in seconds

    @property
    def has_errors(self) -> bool:
        """Whether the build has an error."""
        return any(problem.severity == "error" for problem in self.problems)

    def still_shown(self, situation: Situation) -> tuple[Withdrawn, ...]:
        """What an output that is older than its sources may still show, though it has been withdrawn since.

        A story by its page, whatever the hour of its kill says; what is on pages of several stories where the log of
        requests is not that of the build, or, of a brief, where it is not older than every page, to the second.
        """
        if self.written_at is None:
            return ()
        is_asked = situation.requests_digest != self.seal.requests_digest
        of_one = [each for each in situation.withdrawn if not each.is_shared and each.path in self.stories]
        of_several = [each for each in situation.withdrawn if each.is_shared]
        young = [
            each for each in of_several if is_asked or (_is_of_briefs(each) and (each.since or 0) >= self.written_at)
        ]
        return (*of_one, *young)


def _is_of_briefs(withdrawn: Withdrawn) -> bool:
    """Whether it stood on a page of briefs, or on those of the hours of one."""
    return withdrawn.path.endswith(("/briefs.html", "/briefs/"))


@dataclass(frozen=True, slots=True)
class Way:
    """How a user wants it done."""

    builds: bool = True  # else what the output holds is published, however old
    is_forced: bool = False  # every file is sent again, also over foreign ones


@dataclass(frozen=True, slots=True)
class Prepared:
    """A publication that may be made, or the reasons why not."""

    problems: tuple[Problem, ...]  # of the build, and what cannot be known of the target
    refusals: tuple[Problem, ...]
    plan: Plan
    situation: Situation


def built_release(request: BuildRequest, *, builds: bool) -> Built:
    """The publication of the site as it is, or with `builds=False` of the output as it stands, however old."""
    with Store(request.store_path) as store:
        result = build(request, store) if builds else _as_it_stands(request, store)
        release = release_of(store, request.output, urlsplit(request.settings.base_url).path.rstrip("/"))
        built = Built(release, store.seal.last, result.problems)
        return built if _STALE not in (problem.rule for problem in result.problems) else _outdated(built, store)


def output_as_it_stands(request: BuildRequest) -> Built:
    """The publication of the output as it stands, however old. UsageError where nothing finished was built."""
    built = built_release(request, builds=False)
    if not built.seal.is_finished:
        raise UsageError(Problem("publish-unbuilt", request.output.name))
    return built


def _outdated(built: Built, store: Store) -> Built:
    """The same of an output that is older than its sources."""
    rows = store.pages.files()
    stories = frozenset(output_path(url) for url, unit, *_rest in rows if units.split(unit)[0] == "story")
    written_ns = max((mtime_ns for _url, _unit, _size, mtime_ns, made in rows if made), default=0)
    return replace(built, stories=stories, written_at=written_ns // 1_000_000_000)


def _as_it_stands(request: BuildRequest, store: Store) -> BuildResult:
    with look_at_output(request) as output:
        is_current = is_up_to_date(request, store, scan_content(request.site), output)
    result = unchanged(store, Timer(), request.workers)
    if is_current:
        return result
    stale = Problem(_STALE, request.output.name, severity="warning")
    return replace(result, problems=(*result.problems, stale))


def prepare(
    request: BuildRequest,
    target: AnyTarget,
    settings: TargetSettings,
    surroundings: Surroundings,
    way: Way,
    known: Standing | None = None,
) -> Prepared:
    """Build and compare. The target is asked for what stands, unless that is known, and nothing is changed there."""
    built = built_release(request, builds=way.builds)
    situation = read_situation(request)
    release = replace(
        built.release, redirects=situation.redirects, shown=situation.shown, remembered=situation.remembered
    )
    preflight = Preflight(
        release, built.seal, request.settings, settings, target.urls, target.limits, surroundings.clock
    )
    refusals = [*preflight.refusals()]
    if built.has_errors:
        refusals.insert(0, Problem("publish-build-errors", request.output.name))
    if shown := built.still_shown(situation):
        named = next((each.path for each in shown if each.path), "a name that was taken out")
        refusals.append(Problem("publish-withdrawn", request.output.name, values=(named,)))
    plan = make_plan(target, release, surroundings, known, is_forced=way.is_forced)
    brought_back = plan.brought_back(situation.remembered, is_forced=way.is_forced)
    refusals += [Problem(rule, target.place, values=(where,)) for rule, where in brought_back]
    if plan.in_the_way:
        values = (str(len(plan.in_the_way)), plan.in_the_way[0])
        refusals.append(Problem("publish-in-the-way", target.place, values=values))
    return Prepared((*built.problems, *preflight.advice()), tuple(refusals), plan, situation)
