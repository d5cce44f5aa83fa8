"""A day of publishing 11,000 stories of Reuters to each kind of target that runs here: what each edit puts and deletes.

The table that it prints is for people; what must hold is that a publication puts and deletes exactly what differs
between two builds, compared byte by byte, and that a corrected story is at most 40 files.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.archive import COMMAND, ENVIRONMENT
from tests.support.cloudflare_double import ACCOUNT, TOKEN, CloudflareDouble
from tests.support.git_remotes import GitRemote
from tests.support.netlify_double import NetlifyDouble
from tests.support.publications import Changes, Site, difference
from tests.support.reuters import write_reuters
from tests.support.s3_servers import ENV, moto_store
from tests.support.sshd import Sshd, require_sshd

pytestmark = pytest.mark.long
STORIES = int(os.environ.get("NEWSGEN_REUTERS", "11000"))
MOST_PUT = 40  # files of one corrected story
Start = Callable[[ExitStack, Path], tuple[str, str, dict[str, str]]]  # host, lines of the target, environment


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story files, as newsgen reads them."""
    sources, folder = tmp_path_factory.mktemp("sgml"), tmp_path_factory.mktemp("reuters") / "world"
    write_reuters(folder, STORIES, sources)
    return folder


def _folder(_stack: ExitStack, folder: Path) -> tuple[str, str, dict[str, str]]:
    return "other", f'kind = "folder"\npath = "{folder}/www"', {}


def _ssh(stack: ExitStack, folder: Path) -> tuple[str, str, dict[str, str]]:
    require_sshd()
    server = stack.enter_context(Sshd())
    lines = f'kind = "ssh"\nhost = "127.0.0.1"\nuser = "{server.user}"\nport = {server.port}\npath = "{folder}/www"'
    return "other", lines, server.env


def _s3(stack: ExitStack, _folder: Path) -> tuple[str, str, dict[str, str]]:
    with pytest.MonkeyPatch.context() as patch:
        for name, text in ENV.items():
            patch.setenv(name, text)
        bucket = stack.enter_context(moto_store()).bucket()
    return "s3", bucket.toml(), ENV


def _github(_stack: ExitStack, folder: Path) -> tuple[str, str, dict[str, str]]:
    return "github", f'kind = "github"\nremote = "{GitRemote(folder / "remote.git").url}"', {}


def _gitlab(_stack: ExitStack, folder: Path) -> tuple[str, str, dict[str, str]]:
    return "gitlab", f'kind = "gitlab"\nremote = "{GitRemote(folder / "remote.git", "pages").url}"', {}


def _netlify(stack: ExitStack, _folder: Path) -> tuple[str, str, dict[str, str]]:
    double = stack.enter_context(NetlifyDouble(token=TOKEN))
    double.limits = (1_000_000, 1_000_000)  # requests in a minute
    env = {"NETLIFY_AUTH_TOKEN": TOKEN, "NETLIFY_API_URL": double.api}
    return "netlify", f'kind = "netlify"\nsite = "{double.name}"\nurl = "{double.url}"', env


def _cloudflare(stack: ExitStack, _folder: Path) -> tuple[str, str, dict[str, str]]:
    double = stack.enter_context(CloudflareDouble(bucket_files=500))
    lines = f'kind = "cloudflare"\naccount = "{ACCOUNT}"\nproject = "archive"\nurl = "{double.server.address}"'
    return "cloudflare", lines, {"CLOUDFLARE_API_TOKEN": TOKEN, "CLOUDFLARE_API_BASE_URL": double.api}


KINDS: dict[str, Start] = {
    "folder": _folder,
    "ssh": _ssh,
    "s3": _s3,
    "github": _github,
    "gitlab": _gitlab,
    "netlify": _netlify,
    "cloudflare": _cloudflare,
}


@pytest.fixture(params=KINDS)
def site(request: pytest.FixtureRequest, stories: Path, tmp_path: Path) -> Iterator[Site]:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    shutil.copytree(stories, root / "content/world")
    with ExitStack() as stack:
        host, lines, env = KINDS[request.param](stack, tmp_path)
        site = Site(root)
        site.env = env
        site.set_settings(lines, f'host = "{host}"')
        if read_at := re.search(r'url = "(http://127.*)"', lines):
            settings = root / "pyproject.toml"
            settings.write_text(settings.read_text("utf-8").replace("https://archive.example", read_at[1]), "utf-8")
        yield site


def replacing(old: bytes, new: bytes) -> Callable[[Path], None]:
    def edit(path: Path) -> None:
        data = path.read_bytes()
        assert old in data
        path.write_bytes(data.replace(old, new, 1))

    return edit


def published(site: Site) -> dict[str, list[str]]:
    """What `newsgen publish --json` says, however long it takes."""
    command = [*COMMAND, "publish", "--json", "--yes", "--site", str(site.root)]
    done = subprocess.run(command, env={**ENVIRONMENT, **site.env}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told


def test_a_day_with_the_stories_of_reuters(
    site: Site, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = request.node.callspec.params["site"]
    files = sorted((site.root / "content").rglob("*.md"))
    chosen = files[len(files) // 3 :: len(files) // 20]
    edits: dict[str, Callable[[Path], object]] = {
        "first": lambda _path: None,
        "same again": lambda _path: None,
        "body edited": lambda path: path.write_bytes(path.read_bytes() + b"\nAnother sentence.\n"),
        "headline corrected": replacing(b'headline: "', b'headline: "Corrected '),
        "killed": lambda path: site.kill(path.stem),
        "deleted": lambda path: site.delete(path.stem),
        "renamed": replacing(b"slug: ", b"slug: renamed-"),
    }
    before: dict[str, bytes] = {}
    for number, (name, edit) in enumerate(edits.items()):
        edit(chosen[number])
        told = published(site)
        after = site.public()
        done = Changes(told["put"], told["deleted"])
        with capsys.disabled():
            print(f"\n{kind:12}{name:20}{len(done.put):6} put {len(done.deleted):4} deleted", end="", flush=True)
        assert done == difference(before, after)
        assert name not in ("same again",) or done == ([], [])
        assert name not in ("body edited", "headline corrected") or len(done.put) <= MOST_PUT
        before = after
