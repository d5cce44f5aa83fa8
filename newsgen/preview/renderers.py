"""What renders the pages of a preview, kept from one change to the next."""

from __future__ import annotations

from collections.abc import Mapping

from newsgen.engine.page_maker import PageInputs
from newsgen.engine.request import theme_digest
from newsgen.engine.snapshot import Snapshot
from newsgen.render.fingerprint import site_digest
from newsgen.render.renderer import Renderer

__all__ = ["Renderers"]

_ROOM = 8 * 2**20  # bytes for what is printed on many pages, of which a preview renders few


class Renderers:
    """A renderer for each theme and site: what it has printed serves the next page."""

    def __init__(self) -> None:
        self.compiled: Mapping[str, bytes] = {}  # the templates
        self._made: dict[tuple[str, str, str], Renderer] = {}  # by the digests of theme, site and site notes

    def renderer(self, snapshot: Snapshot, inputs: PageInputs) -> Renderer:
        """That of a snapshot."""
        request = snapshot.request
        key = (
            theme_digest(request),
            site_digest(snapshot.scope.site, request.stamp),
            snapshot.changes.site_notes.digest,
        )
        if key not in self._made:
            if len(self._made) > 1:
                self._made.clear()
            self._made[key] = inputs.renderer(inputs.templates(_ROOM))
        return self._made[key]
