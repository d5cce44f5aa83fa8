"""`newsgen publish` and `newsgen verify` with a Worker at Cloudflare: a site of thirty stories, by the real command."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from newsgen.publish.release import RULE_FILES
from tests.support.archive import COMMAND, ENVIRONMENT
from tests.support.cloudflare_double import ACCOUNT, TOKEN, CloudflareDouble
from tests.support.cloudflare_edge import Blob
from tests.support.loopback import Fault, read
from tests.support.publications import Reader, Site, a_site, difference

KINDS = f'kind = "cloudflare"\naccount = "{ACCOUNT}"\nproject = "archive"\n'


@dataclass
class Desk:
    """A site, and the double that it is published to."""

    site: Site
    double: CloudflareDouble

    def publish(self, *arguments: str, ok: tuple[int, ...] = (0,)) -> str:
        """`newsgen publish`; all that it said."""
        done = self.site.publish("--yes", *arguments, ok=ok, **self.env)
        return done.stdout + done.stderr

    def verify(self, *, ok: int = 0) -> str:
        done = self.site.newsgen("verify", "live", ok=(ok,), **self.env)
        return done.stdout + done.stderr

    @property
    def env(self) -> dict[str, str]:
        return {"CLOUDFLARE_API_TOKEN": TOKEN, "CLOUDFLARE_API_BASE_URL": self.double.api}

    def page(self, path: str) -> bytes | None:
        """What readers get at the address of a file of the output; also where it answers 410."""
        answer = read(self.double.server.port, "/" + path.removesuffix("index.html"))
        assert answer is not None
        return answer.body if answer.status in (200, 410) else None

    def served(self) -> dict[str, bytes]:
        """The files of the output that readers are to get."""
        return {path: data for path, data in self.site.public().items() if path not in RULE_FILES}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with CloudflareDouble(bucket_files=40) as double:
        site = a_site(tmp_path / "site", more='host = "cloudflare"')
        site.set_settings(f'{KINDS}url = "{double.server.address}"', 'host = "cloudflare"')
        settings = site.root / "pyproject.toml"
        settings.write_text(settings.read_text().replace("https://archive.example", double.server.address))
        yield Desk(site, double)


def test_a_day_of_publishing(desk: Desk) -> None:
    """First all, then what was corrected, killed, deleted and renamed and nothing else, then nothing."""
    desk.publish()
    before = desk.served()
    assert {path: desk.page(path) for path in before} == before
    assert "Nothing to publish" in desk.publish()
    for edit in (desk.site.correct, desk.site.kill, desk.site.delete, desk.site.rename):
        edit()
    sent = len(desk.double.uploads)
    desk.site.build_now()
    after = desk.served()
    with Reader(desk.page, before, after, is_whole=True) as reader:
        said = desk.publish()
    assert reader.findings == []
    assert reader.saw_old
    assert reader.saw_new
    contents = {desk.site.public()[path] for path in difference(before, after).put}
    assert len(desk.double.uploads) - sent == len(contents - set(before.values())) + 1  # and the manifest
    assert {path: desk.page(path) for path in after} == after
    assert TOKEN not in said
    killed = read(desk.double.server.port, desk.site.url("s13"))
    assert killed is not None
    assert killed.status == 410
    assert "no difference" in desk.verify()


@pytest.mark.long
def test_verify_finds_what_is_not_as_it_was_published(desk: Desk) -> None:
    """A flipped byte, a missing file, a wrong header, a stale redirect."""
    desk.site.rename()
    desk.publish()
    desk.verify()
    worker = desk.double.workers["archive"]
    (good,) = worker.versions
    page = good.files[desk.site.url("s12")]
    blob = desk.double.blobs[page]
    desk.double.blobs[page] = Blob(blob.media_type, blob.data.replace(b"report", b"rePort", 1))
    assert desk.site.url("s12")[1:] in desk.verify(ok=1)
    desk.double.blobs[page] = blob
    fewer = {path: name for path, name in good.files.items() if path != desk.site.url("s12")}
    headers, redirects = good.config["_headers"], good.config["_redirects"].replace("renamed-15", "renamed-16")
    for broken, wanted in (
        (replace(good, files=fewer), "answers HTTP 404"),
        (replace(good, config={**good.config, "_headers": headers.replace("nosniff", "sniff")}), "is sent with"),
        (replace(good, config={**good.config, "_redirects": redirects}), "leads to"),
    ):
        worker.versions = [broken]
        assert wanted in desk.verify(ok=1)
    worker.versions = [good]
    desk.verify()


def test_after_a_kill_nothing_of_it_can_be_read_anywhere(desk: Desk) -> None:
    desk.publish()
    desk.double.workers["archive"].has_previews = True
    desk.site.kill()
    desk.publish()
    text = b"counted in report 13"
    for version in desk.double.ever:
        host = f"{version.id[:8]}-archive.{desk.double.subdomain}.workers.dev"
        for address in (desk.site.url("s13"), "/"):
            answer = read(desk.double.server.port, address, host=host)
            assert answer is not None
            assert answer.status == 404
    assert text not in b"".join(desk.page(path) or b"" for path in desk.served())
    desk.verify()


def test_the_guide_does_as_it_says(desk: Desk) -> None:
    """Every command of docs/publish/cloudflare.md, in its order, with the settings that stand there."""
    guide = (Path(__file__).parent.parent.parent / "docs/publish/cloudflare.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(toml|sh)\n(.*?)```", textwrap.dedent(guide.replace("\n   ", "\n")), re.DOTALL)
    (settings,) = (text for kind, text in blocks if kind == "toml")
    told = tomllib.loads(settings)["tool"]["newsgen"]
    target = "\n".join(f'{key} = "{value}"' for key, value in told["publish"]["live"].items())
    desk.site.set_settings(target, f'host = "{told["host"]}"')
    desk.double.subdomain = "your-name"
    file = desk.site.root / "pyproject.toml"
    file.write_text(file.read_text().replace("https://archive.example", told["base_url"]))
    commands = [line for kind, text in blocks if kind == "sh" for line in text.splitlines() if line[:8] == "newsgen "]
    assert len(commands) == 7
    for line in commands:
        arguments = [argument.replace("ID", "s13") for argument in shlex.split(line, comments=True)[1:]]
        if arguments[0] == "verify":  # asks the address that readers have
            continue
        if "--to" in arguments:  # a version that may be put back
            desk.site.correct()
            desk.publish()
        answer = ["--yes"] if arguments[0] == "publish" else []
        desk.site.newsgen(*arguments, *answer, ok=(0,), **desk.env)
        if "--dry-run" in arguments:
            assert desk.double.workers == {}
    killed = read(desk.double.server.port, desk.site.url("s13"), host="archive.your-name.workers.dev")
    assert killed is not None
    assert killed.status == 410
    assert [desk.double.workers["archive"].deployed[number] for number in (1, 3)] == [desk.double.ever[1].id] * 2


@pytest.mark.long
def test_a_process_killed_at_any_request_leaves_a_whole_site(desk: Desk) -> None:
    """SIGKILL at each request of a publication; the next run completes it."""
    desk.publish()
    killed = number = 0
    while killed == number:  # until a publication has fewer requests
        number += 1
        before = desk.served()
        desk.site.correct_body("s12", f"Sentence {number}.")
        desk.site.correct_body("s07", f"Sentence {number} too.")
        desk.site.build_now()
        after = desk.served()
        command = [*COMMAND, "publish", "--yes", "--site", str(desk.site.root)]
        with Reader(desk.page, before, after, is_whole=True) as reader:
            process = subprocess.Popen(command, env=ENVIRONMENT | desk.env, stdout=subprocess.DEVNULL)
            desk.double.server.call = process.kill
            desk.double.server.faults = {len(desk.double.server.requests) + number: Fault.CALL}
            killed += process.wait() == -signal.SIGKILL
            desk.double.server.faults = {}
            desk.publish()
        assert reader.findings == [], number
        assert {path: desk.page(path) for path in after} == after
    assert killed >= 9
