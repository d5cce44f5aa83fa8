"""What keeps a build from being published: drafts in it, another clock, a host's limits. Pure.

A build with errors is told by `commands`; here it only counts as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsgen.model.errors import Problem
from newsgen.model.settings import Settings
from newsgen.model.targets import TARGET_KINDS, TargetSettings
from newsgen.publish.protocol import Limits
from newsgen.publish.release import Release
from newsgen.store import Seal

__all__ = ["Preflight"]

_SHOWN = 3  # files named in a sentence


@dataclass(frozen=True, slots=True)
class Preflight:
    """What a publication is checked against."""

    release: Release
    seal: Seal  # of the build
    settings: Settings
    target: TargetSettings
    urls: tuple[str, ...]  # where the target says that readers find it
    limits: Limits
    clock: int  # now, in seconds

    def refusals(self) -> tuple[Problem, ...]:
        """Why it may not be published; () where it may."""
        return (*self._of_build(), *self._of_files(), *self._of_target(), *self._of_limits())

    def advice(self) -> tuple[Problem, ...]:
        """What cannot be known here."""
        if self.target.url or self.urls:
            return ()
        values = (self.settings.base_url,)
        return (Problem("publish-no-url", f"publish.{self.target.name}", values=values, severity="advice"),)

    def _of_build(self) -> Iterator[Problem]:
        if not self.seal.is_finished:
            yield Problem("publish-unbuilt", self._output)
            return
        if self.seal.drafts:
            yield Problem("publish-drafts", self._output)
        if not self.seal.stable.covers(self.clock):
            yield Problem("publish-clock", self._output)
        if not self.seal.story_count:
            yield Problem("publish-empty", self._output)

    def _of_files(self) -> Iterator[Problem]:
        others = self.seal.other_files
        if others:
            named = ", ".join(others[:_SHOWN])
            yield Problem("publish-foreign", f"{self._output}/{others[0]}", values=(str(len(others)), named))

    def _of_target(self) -> Iterator[Problem]:
        name, kind = f"publish.{self.target.name}", self.target.kind
        hosts = TARGET_KINDS[kind].hosts
        if hosts and self.settings.host not in hosts:
            yield Problem("publish-host", name, values=(self.settings.host, kind, hosts[0]))
        wanted = (self.target.url,) if self.target.url else self.urls
        if wanted and self.settings.base_url not in wanted:
            yield Problem("publish-base-url", name, values=(self.settings.base_url, wanted[0]))

    def _of_limits(self) -> Iterator[Problem]:
        files, limits, name = self.release.whole, self.limits, f"publish.{self.target.name}"
        if limits.files is not None and len(files) > limits.files:
            yield Problem("publish-files", name, values=(f"{len(files):,}", f"{limits.files:,}"))
        for file in files:
            if limits.file_bytes is not None and file.size > limits.file_bytes:
                values = (_megabytes(file.size), _megabytes(limits.file_bytes))
                yield Problem("publish-file-size", f"{self._output}/{file.path}", values=values)
        size = sum(file.size for file in files)
        if limits.site_bytes is not None and size > limits.site_bytes:
            yield Problem("publish-size", name, values=(_megabytes(size), _megabytes(limits.site_bytes)))
        redirects, headers = len(self.release.rules.redirects), len(self.release.rules.headers)
        if limits.redirects is not None and redirects > limits.redirects:
            yield Problem("publish-redirects", name, values=(f"{redirects:,}", f"{limits.redirects:,}"))
        rules = self.release.by_path.get("_redirects")
        if rules and limits.redirect_bytes is not None and rules.size > limits.redirect_bytes:
            values = (f"{rules.size:,} bytes", f"{limits.redirect_bytes:,}")
            yield Problem("publish-redirects-size", name, values=values)
        if limits.header_rules is not None and headers > limits.header_rules:
            yield Problem("publish-headers", name, values=(f"{headers:,}", f"{limits.header_rules:,}"))
        if limits.rule_length is not None:
            yield from self._of_rule_length(limits.rule_length)

    def _of_rule_length(self, limit: int) -> Iterator[Problem]:
        lines = [f"{name}: {text}" for _pattern, pairs in self.release.rules.headers for name, text in pairs]
        lines += [f"{url} {rule.to} {rule.status}" for url, rule in self.release.rules.redirects.items()]
        longest = max(lines, key=len, default="")
        if len(longest) > limit:
            yield Problem("publish-rule-length", self._output, values=(longest[:60], f"{len(longest):,}", f"{limit:,}"))

    @property
    def _output(self) -> str:
        return self.release.output.name


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
