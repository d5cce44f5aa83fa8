"""What a new site needs for the host that it is made for: settings to fill in, and the files that the host reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newsgen.commands.workflow import GITHUB_WORKFLOW, WORKFLOW_PATH

__all__ = ["INIT_HOSTS", "REQUIREMENTS", "WHEELS", "files_of_host", "settings_of_host"]

REQUIREMENTS = "requirements.txt"
WHEELS = "wheels"  # a folder of the site, in which pip looks for newsgen first

# For each kind of target: the setting `host`, and its keys with what stands in their places until they are filled in.
INIT_HOSTS: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "cloudflare": (
        "cloudflare",
        (
            ('account = "0123456789abcdef0123456789abcdef"', "the dashboard shows it under Workers & Pages"),
            ('project = "archive"', "the name of the Worker, which need not exist yet"),
        ),
    ),
    "folder": ("other", (('path = "/srv/www/archive"', "a folder of this computer, or one that is mounted"),)),
    "github": (
        "github",
        (('remote = "https://github.com/OWNER/REPOSITORY.git"', "the repository of this site"),),
    ),
    "gitlab": (
        "gitlab",
        (('remote = "https://gitlab.com/OWNER/PROJECT.git"', "the project of this site"),),
    ),
    "netlify": ("netlify", (('site = "your-name"', "its name, its id or its domain"),)),
    "s3": (
        "s3",
        (
            ('bucket = "archive"', "its name"),
            ('region = "eu-west-1"', "of the bucket; for a store other than Amazon's, endpoint too"),
        ),
    ),
    "ssh": (
        "other",
        (
            ('host = "www.example.org"', "the server"),
            ('path = "/srv/www/archive"', "a folder there; the web server serves its link `current`"),
        ),
    ),
}
_REQUIREMENTS = """\
# newsgen, in the version that made this site. pip looks into wheels/ first, then into the package index.
--find-links wheels
{requirements}
"""
_NETLIFY = """\
# Netlify builds the site from its repository. To publish from your own computer instead: newsgen publish live.
[build]
  command = "python3 -m venv .venv && .venv/bin/pip install --quiet -r requirements.txt && .venv/bin/newsgen build"
  publish = "build"

[build.environment]
  PYTHON_VERSION = "3.11"

# Keeps what the last build knew and made, so that the next one makes only what differs.
[[plugins]]
  package = "/netlify/keep-record"
"""
_PLUGIN = """\
// Keeps the record and the output of newsgen between builds. Without them, a build makes everything.
const kept = [".newsgen", "build"];

export const onPreBuild = ({ utils }) => utils.cache.restore(kept);
export const onPostBuild = ({ utils }) => utils.cache.save(kept);
"""


def settings_of_host(kind: str) -> str:
    """The lines of pyproject.toml that say where the site is published; "" for no kind of target."""
    if not kind:
        return ""
    host, keys = INIT_HOSTS[kind]
    width = max(len(line) for line, _comment in keys)
    lines = [f"{line:{width}}  # {comment}" for line, comment in keys]
    return "\n".join([f'host = "{host}"', "", "[tool.newsgen.publish.live]", f'kind = "{kind}"', *lines, ""])


def files_of_host(kind: str, ci: str, requirements: Iterable[str]) -> dict[str, str]:
    """The files that a host, or who publishes for it, reads; `requirements` are what pip is to install."""
    files = {}
    if ci == "github":
        files[WORKFLOW_PATH] = GITHUB_WORKFLOW
    elif kind in ("", "netlify"):
        files["netlify.toml"] = _NETLIFY
        files["netlify/keep-record/manifest.yml"] = "name: keep-record\n"
        files["netlify/keep-record/package.json"] = '{ "type": "module" }\n'
        files["netlify/keep-record/index.js"] = _PLUGIN
    if files:
        files[REQUIREMENTS] = _REQUIREMENTS.format(requirements="\n".join(requirements))
    return files
