"""What GitHub Pages and GitLab Pages want of a branch: where the site lies in it, and files of the host's own. Pure.

GitHub serves the branch as it is. GitLab serves what a job named `pages` leaves in public/, so the branch has the site
there, and a job that has nothing to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsgen.publish.protocol import Limits

__all__ = ["HOSTS", "BranchHost", "own_domain", "repository_of"]

_REMOTE = re.compile(r"(?:(?:https?|ssh)://(?:[^/@]*@)?([^/:]+)(?::\d+)?/|(?:[^/@:]+@)?([^/:@]+):(?!//))([^\s]+)")
_JOB = b"""\
# Written by newsgen. GitLab serves what lies in public/ on this branch; the job has nothing to build.
pages:
  stage: deploy
  image: busybox:stable
  variables:
    GIT_DEPTH: "1"
  script:
    - test -f public/index.html
  artifacts:
    paths:
      - public
    expire_in: 1 hour
"""


@dataclass(frozen=True, slots=True)
class BranchHost:
    """One host that publishes a branch."""

    branch: str  # that is used where the settings name none
    folder: str  # of the site in the branch: "public/", or ""
    limits: Limits
    serves_rules: bool
    files: Callable[[str], Mapping[str, bytes]]  # the host's own for a base_url, by path in the branch
    urls: Callable[[str, str, str], tuple[str, ...]]  # where readers may find it: base_url, remote, text of CNAME
    first: str  # the rule of what to do after the first publication
    kept: str  # the rule of what stays at the host of a commit that no branch has any more


def repository_of(remote: str) -> tuple[str, str]:
    """Host and path of a repository: ("github.com", "desk/archive"); ("", "") for a remote of another form."""
    match = _REMOTE.fullmatch(remote)
    if not match:
        return "", ""
    host = (match[1] or match[2]).lower()
    return host.removeprefix("ssh.").removeprefix("altssh."), match[3].strip("/").removesuffix(".git")


def own_domain(base_url: str) -> str:
    """The domain for which GitHub needs a CNAME; "" for none.

    A site in a folder of a domain is a project's, under the domain of its owner's site: that one has the CNAME.
    """
    parts = urlsplit(base_url)
    domain = parts.hostname or ""
    return "" if parts.path.strip("/") or domain.endswith(".github.io") else domain


def _github_files(base_url: str) -> Mapping[str, bytes]:
    """No Jekyll, which leaves out files that begin with an underscore or a dot; and the domain."""
    domain = own_domain(base_url)
    return {".nojekyll": b""} | ({"CNAME": f"{domain}\n".encode()} if domain else {})


def _github_urls(base_url: str, remote: str, cname: str) -> tuple[str, ...]:
    host, path = repository_of(remote)
    owner, _, name = path.partition("/")
    if cname:
        return f"https://{cname}", f"http://{cname}"
    if host != "github.com" or not name:
        return ()
    domain = urlsplit(base_url).hostname or ""
    if not domain.endswith(".github.io"):
        folder = "" if own_domain(base_url) else f"/{name}"
        return f"https://{domain}{folder}", f"http://{domain}{folder}"
    home = f"{owner.lower()}.github.io"
    return (f"https://{home}",) if name.lower() == home else (f"https://{home}/{name}",)


def _gitlab_files(_base_url: str) -> Mapping[str, bytes]:
    return {".gitlab-ci.yml": _JOB}


def _gitlab_urls(base_url: str, remote: str, _cname: str) -> tuple[str, ...]:
    """Of gitlab.com. A project has an address of its own with random digits, or one under its group's."""
    host, path = repository_of(remote)
    group, _, name = path.partition("/")
    domain = urlsplit(base_url).hostname or ""
    if host != "gitlab.com" or not name or not domain.endswith(".gitlab.io"):
        return ()
    project = re.escape(name.rpartition("/")[2].lower().replace(".", "-").replace("_", "-"))
    if re.fullmatch(rf"{project}-[0-9a-f]{{4,}}\.gitlab\.io", domain):
        return (f"https://{domain}",)
    home = f"{group.lower()}.gitlab.io"
    return (f"https://{home}",) if name.lower() == home else (f"https://{home}/{name}",)


_PUSHED_FILE = 100 * 1024 * 1024  # bytes; both refuse a larger one in a push
HOSTS: Mapping[str, BranchHost] = {
    "github": BranchHost(
        branch="gh-pages",
        folder="",
        limits=Limits(file_bytes=_PUSHED_FILE, site_bytes=1_000_000_000),
        serves_rules=False,
        files=_github_files,
        urls=_github_urls,
        first="publish-github-first",
        kept="publish-github-kept",
    ),
    "gitlab": BranchHost(
        branch="pages",
        folder="public/",
        limits=Limits(file_bytes=_PUSHED_FILE, site_bytes=1_000_000_000, redirects=1_000, redirect_bytes=64 * 1024),
        serves_rules=False,
        files=_gitlab_files,
        urls=_gitlab_urls,
        first="publish-gitlab-first",
        kept="publish-gitlab-kept",
    ),
}
