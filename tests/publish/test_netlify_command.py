"""`newsgen publish` and `newsgen verify` as a user runs them, with a site at Netlify's double."""

from __future__ import annotations

import http.client
import os
import re
import shlex
import shutil
import signal
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from newsgen.publish import manifest as manifests
from tests.support.archive import COMMAND, ENVIRONMENT, tree
from tests.support.netlify_double import Fault, NetlifyDouble
from tests.support.publications import Reader, Site, a_site, difference

SECRET = "nfp_PLANTED4f1c9e0b7a"


@dataclass
class Published:
    """A site, and the double at which it is published."""

    site: Site
    double: NetlifyDouble

    @property
    def env(self) -> dict[str, str]:
        return {"NETLIFY_AUTH_TOKEN": SECRET, "NETLIFY_API_URL": self.double.api}

    def newsgen(self, *arguments: str, ok: tuple[int, ...] = (0,)) -> str:
        """What a command says."""
        done = self.site.newsgen(*arguments, ok=ok, **self.env)
        assert SECRET not in done.stdout + done.stderr
        return done.stdout + done.stderr

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `newsgen publish` in a process that can be killed."""
        command = [*COMMAND, "publish", *arguments, "--site", str(self.site.root)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=ENVIRONMENT | self.env, stdout=pipe, stderr=subprocess.STDOUT, text=True)

    def read(self, path: str) -> bytes | None:
        """What a reader gets of a file of the output."""
        status, data = get(self.double.url, "/" + path.removesuffix("index.html"))
        return data if status == 200 else None

    def shown(self) -> dict[str, bytes]:
        """What stands at the site, without our manifest."""
        files = self.double.files_of(self.double.deploys[self.double.published])
        return {path: data for path, data in files.items() if path != manifests.PATH}

    def uploaded(self) -> list[str]:
        """The files that were sent since this was asked last, in order, without our manifest."""
        paths = sorted(path for path in self.double.uploaded if path != manifests.PATH)
        self.double.uploaded.clear()
        return paths


def get(address: str, path: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=120)
    try:
        line.request("GET", quote(path))
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """A site, built and published once for all tests here."""
    with NetlifyDouble(token=SECRET) as double:
        double.limits = (100_000, 100_000)
        site = a_site(tmp_path_factory.mktemp("netlify") / "site", f'kind = "netlify"\nsite = "{double.name}"')
        settings = site.root / "pyproject.toml"
        settings.write_text(settings.read_text("utf-8").replace("https://archive.example", double.url), "utf-8")
        there = Published(site, double)
        there.newsgen("publish")
        assert there.shown() == site.public()
        yield there


@pytest.fixture
def published(first: Published, tmp_path: Path) -> Iterator[Published]:
    """A copy of that site, and the double as it was when it had been published."""
    state = first.double.state()
    shutil.copytree(first.site.root, tmp_path / "site")
    first.double.return_to(state)
    yield Published(Site(tmp_path / "site"), first.double)
    first.double.token, first.double.name = SECRET, "northern-wire"
    first.double.return_to(state)


def test_a_day_of_edits(published: Published) -> None:
    """Exactly what differs is sent: after a correction at most 40 files; after nothing none."""
    site = published.site
    published.newsgen("publish")
    assert published.uploaded() == []
    for edit in (site.correct, site.kill, site.delete, site.rename):
        before = site.public()
        edit()
        published.newsgen("publish", "--yes")
        after = site.public()
        put = difference(before, after).put
        assert published.shown() == after
        new = {data for path, data in after.items() if path in put} - set(before.values())  # Netlify has the others
        assert {site.public()[path] for path in published.uploaded()} == new
        assert 0 < len(put) <= 40


def test_what_was_killed_is_gone_at_every_deploy(published: Published) -> None:
    site, path = published.site, published.site.url("s13")
    first = published.double.address_of(published.double.deploys[published.double.published])
    site.kill()
    said = published.newsgen("publish")
    assert first in said
    assert "--forget" in said
    assert get(first, path)[0] == 200
    assert "can still be read" in published.newsgen("verify", "live", ok=(1,))
    assert first in published.newsgen("publish", "--forget")
    addresses = [f"http://127.0.0.1:{port}" for port in published.double.ports]
    assert [get(address, path)[0] for address in addresses] == [410, 404, 410]  # of the site, and of two deploys
    published.newsgen("verify", "live")


def test_going_back(published: Published) -> None:
    before = published.site.public()
    published.site.correct()
    published.newsgen("publish")
    assert published.shown() != before
    published.newsgen("publish", "--to", "previous")
    assert published.shown() == before


def test_verify_finds_what_is_wrong(published: Published) -> None:
    """A flipped byte, a missing file, another header, another redirect."""
    published.site.rename()
    published.newsgen("publish")
    published.newsgen("verify", "live")
    deploy = published.double.deploys[published.double.published]
    story = published.site.url("s03")

    def changed(path: str, old: bytes, new: bytes) -> None:
        data = published.double.files_of(deploy)[path]
        assert old in data
        deploy.files[f"/{path}"] = published.double.keep(data.replace(old, new))

    changed(story[1:], b"Nobody", b"nobody")
    changed("_headers", b"nosniff", b"sniff")
    changed("_redirects", b"301", b"302")
    del deploy.files["/" + published.site.url("s04")[1:]]
    said = published.newsgen("verify", "live", ok=(1,))
    assert f"{story[1:]}: has other bytes" in said
    assert f"{published.site.url('s04')[1:]}: answers HTTP 404, not 200" in said
    assert "is sent with X-Content-Type-Options: sniff, not X-Content-Type-Options: nosniff" in said
    assert f"{published.site.url('s15')}: leads to 302, not 301" in said


def test_a_reader_who_polls_sees_one_site_or_the_other(published: Published) -> None:
    before = published.site.public()
    published.site.correct()
    published.site.build_now()
    with Reader(published.read, before, published.site.public(), is_whole=True) as reader:
        published.newsgen("publish")
    assert reader.findings == []
    assert reader.saw_old
    assert reader.saw_new


@pytest.mark.parametrize("at", [pytest.param(at, marks=() if at == 8 else pytest.mark.long) for at in range(1, 21)])
def test_a_killed_process_leaves_the_old_site_or_the_new(published: Published, at: int) -> None:
    before = published.site.public()
    published.site.change_picture()
    published.site.correct()
    published.site.build_now()
    after = published.site.public()
    with Reader(published.read, before, after, is_whole=True) as reader:
        process = published.start()
        published.double.on_call = lambda: os.kill(process.pid, signal.SIGKILL)
        published.double.fail(Fault("call-after", at))
        assert SECRET not in process.communicate(timeout=120)[0]
        published.double.settle()
    assert process.returncode == -signal.SIGKILL
    assert reader.findings == []
    published.double.fail()
    published.newsgen("publish")
    assert published.shown() == after
    assert len(published.double.uploaded) == len(set(published.double.uploaded))  # nothing was sent twice


def test_the_token_is_nowhere(published: Published) -> None:
    """Not in what is said with --debug, not in arguments, not in a file of the site; the next run goes on."""
    published.site.correct()
    published.double.fail(Fault("expired", 8))
    said = published.start("--debug", "--verbose").communicate(timeout=120)[0]
    assert "publish-token" in said
    assert SECRET not in said
    published.double.token = SECRET
    published.double.fail(Fault("500", 6, 1))
    process = published.start("--debug", "--verbose")
    arguments = Path(f"/proc/{process.pid}/cmdline")
    assert not arguments.exists() or SECRET.encode() not in arguments.read_bytes()
    assert SECRET not in process.communicate(timeout=120)[0]
    assert process.returncode == 0
    assert published.shown() == published.site.public()
    assert [path for path, data in tree(published.site.root).items() if SECRET.encode() in data] == []


def test_a_base_url_that_is_not_the_site_is_refused(published: Published) -> None:
    settings = published.site.root / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace(published.double.url, "https://elsewhere.example"), "utf-8")
    assert published.double.url in published.newsgen("publish", "--dry-run", ok=(2,))


def test_the_guide_does_as_it_says(published: Published) -> None:
    """Every command of docs/publish/netlify.md, in its order, with the settings that stand there.

    But for verify, which asks the address that readers have.
    """
    double, site = published.double, published.site
    double.return_to(({}, "", {}))
    shutil.rmtree(site.output)  # of a site at another address
    guide = (Path(__file__).parent.parent.parent / "docs/publish/netlify.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(toml|sh)\n(.*?)```", guide.replace("\n   ", "\n"), re.DOTALL)
    (settings,) = (text for kind, text in blocks if kind == "toml")
    told = tomllib.loads(settings)["tool"]["newsgen"]
    target = "\n".join(f'{key} = "{value}"' for key, value in told["publish"]["live"].items())
    site.set_settings(target, f'host = "{told["host"]}"')
    file = site.root / "pyproject.toml"
    file.write_text(file.read_text("utf-8").replace("https://archive.example", told["base_url"]), "utf-8")
    commands = [line for kind, text in blocks if kind == "sh" for line in text.splitlines()]
    assert sum(line.startswith("newsgen ") for line in commands) == 8
    for line in commands:
        if line.startswith("curl ") and shutil.which("curl"):
            asked = line.replace("https://api.netlify.com/api/v1", double.api)
            subprocess.run(["sh", "-c", asked], env=ENVIRONMENT | published.env, check=True, capture_output=True)
            assert double.name == "your-name"
        double.name = "your-name"
        if line.startswith("newsgen ") and not line.startswith("newsgen verify"):
            arguments = [argument.replace("ID", "s13") for argument in shlex.split(line, comments=True)[1:]]
            if "--to" in arguments:  # a publication to go back to
                site.correct()
                published.newsgen("publish")
            published.newsgen(*arguments)
    at = double.deploys[double.published].port
    assert double.serve(at, site.url("s13"), takes_gzip=False).status == 410
    assert len(double.deploys) == 2  # after the kill, and after the correction; the first one is forgotten
    assert double.published == min(double.deploys)
