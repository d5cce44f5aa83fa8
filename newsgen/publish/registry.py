"""The kinds of targets: each is one file, which is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from newsgen.model.errors import Problem, UsageError
from newsgen.model.settings import Settings
from newsgen.model.targets import TARGET_KINDS, TargetSettings
from newsgen.publish.protocol import Surroundings
from newsgen.publish.run import AnyTarget
from newsgen.text.nearest import nearest

__all__ = ["choose_target", "open_target"]

_OPENERS: Mapping[str, str] = {  # kind: the file of its `open_target`
    "cloudflare": "newsgen.publish.cloudflare",
    "folder": "newsgen.publish.folder",
    "github": "newsgen.publish.git",
    "gitlab": "newsgen.publish.git",
    "netlify": "newsgen.publish.netlify",
    "s3": "newsgen.publish.s3.target",
    "ssh": "newsgen.publish.ssh",
}


def choose_target(settings: Settings, name: str | None) -> TargetSettings:
    """The target of a name, or the only one. UsageError where there is none, or several and no name."""
    targets = {target.name: target for target in settings.publish}
    if not targets:
        raise UsageError(Problem("publish-no-target", "pyproject.toml", values=(", ".join(TARGET_KINDS),)))
    if name is None and len(targets) > 1:
        raise UsageError(Problem("publish-which", "pyproject.toml", values=(", ".join(targets),)))
    if name is None:
        return next(iter(targets.values()))
    if name not in targets:
        near = nearest(name, targets)
        values = (name, near, ", ".join(targets)) if near else (name, ", ".join(targets))
        raise UsageError(
            Problem("publish-unknown-near" if near else "publish-unknown", "pyproject.toml", values=values)
        )
    return targets[name]


def open_target(target: TargetSettings, settings: Settings, surroundings: Surroundings) -> AnyTarget:
    """A target, ready to be asked. UsageError where what it needs is missing: a library, a program, a secret."""
    module = import_module(_OPENERS[target.kind])
    opener: Callable[[TargetSettings, Settings, Surroundings], AnyTarget] = module.open_target
    return opener(target, settings, surroundings)
