"""The archive at one instant: the one value that the steps of the engine hand on. Each step gives a fuller one.

reindex   request, changes, scope with the shelves and redirects, resolved, removed, added, problems
relate    related, scope with the related lists
guard     leaks, problems of section files
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsgen.engine.changes import SourceChanges
from newsgen.engine.request import BuildRequest
from newsgen.index.index import Index
from newsgen.leaks.finder import Finder, HeldContent
from newsgen.lifecycle.redirects import LazyRedirects
from newsgen.lifecycle.resolve import Resolved
from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.plan import Scope
from newsgen.plan.menu import menu_problems
from newsgen.plan.own import own_problems
from newsgen.plan.story_forms import form_problems
from newsgen.related.in_store import ArchiveInStore
from newsgen.related.lookup import RelatedLists
from newsgen.source.near_pictures import with_near_pictures
from newsgen.store import RelatedRows

__all__ = ["LeakCheck", "RelatedChange", "Snapshot"]


@dataclass(frozen=True, slots=True)
class RelatedChange:
    """The related lists, and what changed in them."""

    lists: RelatedLists
    rows: RelatedRows  # for the store
    archive: ArchiveInStore | None = None  # that lists are found in when a page asks for one


@dataclass(frozen=True, slots=True)
class LeakCheck:
    """What a build must not give away."""

    finder: Finder | None = None  # None where nothing is held
    withdrawn: HeldContent | None = None  # of what the last build may have shown
    is_in_theme: bool = False  # a template of the site has words of a held story: every page is rendered and looked at


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The archive at the clock of a request."""

    request: BuildRequest
    changes: SourceChanges
    scope: Scope  # what planning may see: the shelves with the changes, settings, names, related lists
    resolved: tuple[Resolved, ...]  # the stories that may be other than before; all of them after a full reading
    removed: tuple[Card, ...]  # as they were shown
    added: tuple[Card, ...]  # as they are shown
    problems: tuple[Problem, ...]  # of stories
    related: RelatedChange = RelatedChange(RelatedLists({}), RelatedRows())
    leaks: LeakCheck = LeakCheck()
    section_problems: tuple[Problem, ...] = ()  # of section files, seen from the stories

    @property
    def index(self) -> Index:
        """The shelves."""
        return self.scope.index

    @property
    def redirects(self) -> LazyRedirects:
        """Where the addresses of the ledger lead."""
        return self.scope.lazy_redirects

    def with_related(self, related: RelatedChange) -> Snapshot:
        """The same with related lists."""
        return replace(self, related=related, scope=replace(self.scope, related=related.lists))

    @property
    def site_problems(self) -> tuple[Problem, ...]:
        """What is wrong beside the stories: with other files, the theme, addresses that were published."""
        return (*self.input_problems, *self.redirects.problems)

    @property
    def input_problems(self) -> tuple[Problem, ...]:
        """What is wrong with files beside the stories, and what they hold."""
        return (*self.section_problems, *self.changes.problems(self.request.theme), *self._own_problems)

    @property
    def _own_problems(self) -> tuple[Problem, ...]:
        scope = self.scope
        templates = {name for name, _text in self.request.theme.templates}
        missing = (page for page in self.changes.own.pages if page.template not in templates)
        return (
            *own_problems(scope),
            *form_problems(scope.settings, scope.index.count(("date", ""))),
            *menu_problems(scope.settings.menu, scope.own.pages),
            *(Problem("page-template-missing", page.path, values=(page.template,)) for page in missing),
        )

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """What is wrong with stories and beside them, as a person is told it."""
        pictures = (path for path, *_stat in self.changes.listing.pictures)
        return with_near_pictures((*self.site_problems, *self.problems), pictures)
