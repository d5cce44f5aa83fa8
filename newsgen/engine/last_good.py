"""Whether a page that could not be made anew may stay as it stands: only a story's own failure takes its page away.

A page stays if it is the one that newsgen wrote, and shows nothing that may not be shown any more: no words of a held
story, and no address of a story that is not shown now. Where that is not certain, it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from newsgen.disk import Disk
from newsgen.engine.page_maker import PageInputs
from newsgen.model.errors import ContentError
from newsgen.model.files import digest
from newsgen.model.pages import Page
from newsgen.render.renderer import read_sources
from newsgen.text.address import output_path, page_url

__all__ = ["LastGood"]

# What may be an address, in HTML, XML, JSON and lists of rules: an address is ASCII without any of the marks.
_MAYBE_ADDRESS = re.compile(rb"[^\s\"'<>()\[\]{}|\\^`,;&#?=*!]*/[^\s\"'<>()\[\]{}|\\^`,;&#?=*!]*(?:#[a-z0-9.-]+)?")


class LastGood:
    """The pages that stand; `lost` are the addresses of what is not shown any more."""

    def __init__(self, inputs: PageInputs, output: Disk, lost: frozenset[str]) -> None:
        self._inputs = inputs
        self._output = output
        self._lost = lost

    def may_stay(self, page: Page, url: str, written: str) -> bool:
        """Whether the file at an address may stay in place of a page; `written` is the digest of what newsgen wrote."""
        try:
            data = self._output.read(output_path(url))
            if digest(data) != written:
                return False
            if self._inputs.finder:
                self._inputs.finder.check(page, read_sources(self._inputs.site, page), data)
        except (OSError, ContentError):
            return False
        if url in map(page_url, self._lost):  # a brief stood there, and may be named by its place alone
            return False
        return not self._lost or self._lost.isdisjoint(self._addresses(data))

    def named_by(self, urls: Iterable[str]) -> set[str]:
        """The addresses of this site that the pages at some addresses name."""
        named: set[str] = set()
        for url in urls:
            with suppress(OSError):
                named.update(self._addresses(self._output.read(output_path(url))))
        return named

    def _addresses(self, data: bytes) -> Iterator[str]:
        """The addresses of this site that some bytes name."""
        site = self._inputs.scope.site
        for found in set(_MAYBE_ADDRESS.findall(data)):
            address = found.decode("ascii", "replace").removeprefix(site.base_url).removeprefix(site.prefix)
            yield from {address, page_url(address)}
