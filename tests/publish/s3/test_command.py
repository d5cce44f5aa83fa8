"""`newsgen publish` and `newsgen verify` with a bucket: a site of thirty stories, by the real command."""

from __future__ import annotations

import re
import shlex
import shutil
import signal
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsgen.publish import manifest as manifests
from newsgen.publish.release import RULE_FILES
from newsgen.publish.s3.target import UNFINISHED
from tests.support.archive import COMMAND, ENVIRONMENT
from tests.support.fault_proxy import FaultProxy
from tests.support.loopback import Answer, Fault, Request
from tests.support.publications import Reader, Site, a_site, difference
from tests.support.s3_servers import ENV, SECRET, Store, StoreBucket

HOST = 'host = "s3"'
SESSION = "PLANTED-session-5d0c41"  # a token of an hour, as a machine's role has
GUIDE = Path(__file__).parent.parent.parent.parent / "docs/publish/s3.md"


class Desk:
    """A site, and the bucket that it is published to through a proxy."""

    def __init__(self, root: Path, bucket: StoreBucket, proxy: FaultProxy) -> None:
        self.bucket, self.proxy = bucket, proxy
        self.site: Site = a_site(root, bucket.toml(proxy.address), more=HOST)
        self.env = {**ENV, "AWS_SESSION_TOKEN": SESSION}

    def publish(self, *arguments: str, ok: tuple[int, ...] = (0,)) -> str:
        """`newsgen publish`; all that it said."""
        done = self.site.publish("--yes", *arguments, ok=ok, **self.env)
        return done.stdout + done.stderr

    def verify(self, ok: int = 0) -> str:
        """`newsgen verify live`; all that it said."""
        done = self.site.newsgen("verify", "live", ok=(ok,), **self.env)
        return done.stdout + done.stderr

    def served(self) -> dict[str, bytes]:
        """The files of the output that readers are to get."""
        return {path: data for path, data in self.site.public().items() if path not in RULE_FILES}

    def reader(self, before: dict[str, bytes], after: dict[str, bytes]) -> Reader:
        """Somebody who reads the bucket all the while."""
        owner = self.bucket.owner

        def read(path: str) -> bytes | None:
            answer = owner.get(path)
            return answer.data if answer else None

        return Reader(read, before, after)


@pytest.fixture
def desk(tmp_path: Path, moto: Store) -> Iterator[Desk]:
    with FaultProxy(moto.address) as proxy:
        yield Desk(tmp_path / "site", moto.bucket(keeps_versions=True), proxy)


def test_a_day_of_publishing(desk: Desk) -> None:
    """First all, then what was corrected, killed, deleted and renamed and nothing else, then nothing."""
    desk.publish()
    before = desk.served()
    assert desk.bucket.shown() == before
    desk.proxy.start()
    assert "Nothing to publish" in desk.publish()
    assert [request.method for request in desk.proxy.requests] == ["GET", "GET"]
    for edit in (desk.site.correct, desk.site.kill, desk.site.delete, desk.site.rename):
        edit()
    desk.site.build_now()
    after = desk.served()
    expected = difference(before, after)
    desk.proxy.start()
    with desk.reader(before, after) as reader:
        said = desk.publish("--forget")
    assert reader.findings == []
    assert reader.saw_old
    assert reader.saw_new
    assert sorted(desk.proxy.asked("PUT")) == sorted([*expected.put, UNFINISHED, manifests.PATH])
    deleted = re.findall(rb"<Key>([^<]*)</Key></Object>", b"".join(r.body for r in desk.proxy.requests))
    assert sorted(key.decode() for key in deleted) == sorted([*expected.deleted, UNFINISHED])
    assert desk.bucket.shown() == after
    assert f"{len(expected.put)} files put, {len(expected.deleted)} deleted" in said
    old = desk.bucket.owner.head("sport/2019/06/01/report-15.html") or desk.bucket.owner.head(desk.site.url("s15")[1:])
    assert old is not None
    assert old.headers["x-amz-website-redirect-location"].endswith("/renamed-15.html")
    assert "Deleted, for it held what was withdrawn" in said
    assert b"report 13" not in b"".join(bytes_of(desk.bucket))
    assert "no difference" in desk.verify()


def bytes_of(bucket: StoreBucket) -> Iterator[bytes]:
    """The bytes of every version in a bucket."""
    for row in bucket.owner.versions():
        if not row.is_deletion and (answer := bucket.owner.get(row.key, row.id)):
            yield answer.data


def test_a_corrected_story_takes_at_most_forty_files(desk: Desk) -> None:
    desk.publish()
    desk.site.correct()
    desk.proxy.start()
    desk.publish()
    assert 3 < len(desk.proxy.asked("PUT")) <= 40


def test_verify_finds_what_is_wrong(desk: Desk) -> None:
    desk.site.rename()
    desk.publish()
    old = desk.site.url("s15")[1:]
    flipped = desk.bucket.shown()["index.html"][:-2] + b"?\n"
    page = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "public, max-age=0, must-revalidate"}
    desk.bucket.owner.put("index.html", flipped, page)
    desk.bucket.owner.delete([("404.html", "")])
    desk.bucket.owner.put("feed.xml", desk.served()["feed.xml"], {"Content-Type": "text/plain"})
    desk.bucket.owner.put(old, desk.served()[old], {**page, "x-amz-website-redirect-location": "/elsewhere.html"})
    desk.bucket.owner.put("stray.txt", b"?", {})
    said = desk.verify(1).splitlines()
    wanted = {
        "404.html: is missing",
        "feed.xml: is sent as text/plain, not application/xml",
        "feed.xml: is sent with Cache-Control: , not Cache-Control: public, max-age=300",
        "index.html: has other bytes",
        f"{old}: leads to /elsewhere.html, not {old.rpartition('/')[0].join(('/', '/'))}renamed-15.html",
        "stray.txt: is not newsgen's",
    }
    assert wanted == set(said[:-1])


def test_a_publication_is_put_back(desk: Desk) -> None:
    desk.publish()
    before = desk.served()
    desk.site.correct()
    desk.publish()
    said = desk.publish("--to", "previous")
    assert "see the publication" in said
    shown = desk.bucket.shown()
    assert shown == before or shown.keys() == before.keys()  # whole seconds: both were made in one


def test_planted_credentials_are_in_no_message_and_no_file(desk: Desk) -> None:
    """Not where all goes well, nor in a traceback, nor in what a process is called, nor in what is stored."""
    told = [desk.publish("--verbose"), desk.publish("--debug", "--force")]
    desk.proxy.loopback.answer = lambda request: Answer(403, refusal(request))
    traced = subprocess.run(
        [*COMMAND, "publish", "--debug", "--site", str(desk.site.root)],
        env=ENVIRONMENT | desk.env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" in traced.stderr
    told += [traced.stderr + traced.stdout, desk.publish(ok=(4,))]
    desk.proxy.loopback.answer = desk.proxy.forward
    desk.proxy.start(dict.fromkeys(range(1, 40), Fault.SERVER_ERROR))
    process = subprocess.Popen(
        [*COMMAND, "publish", "--debug", "--site", str(desk.site.root)],
        env=ENVIRONMENT | desk.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    title = b""
    while process.poll() is None and not desk.proxy.requests:  # until it has asked, and waits before it asks again
        title = Path(f"/proc/{process.pid}/cmdline").read_bytes()
    process.kill()
    told += [title.decode(), process.communicate()[0]]
    kept = [path.read_bytes() for path in desk.site.root.rglob("*") if path.is_file()]
    kept += bytes_of(desk.bucket)
    for planted in (SECRET, SESSION):
        assert [text for text in told if planted in text] == []
        assert [data for data in kept if planted.encode() in data] == []
    assert "s3:ListBucket" in told[2]


def refusal(request: Request) -> bytes:
    """A refusal that repeats what it was sent, as some stores do."""
    sent = " ".join(request.headers.values())
    return f"<Error><Code>SignatureDoesNotMatch</Code><Message>{sent} {SECRET}</Message></Error>".encode()


@pytest.mark.parametrize("number", [1, 4, 20, pytest.param(0, marks=pytest.mark.long)])
def test_a_process_killed_at_a_request(desk: Desk, number: int) -> None:
    """SIGKILL at the nth request, or with 0 at each of fifty: the next run completes it, and sends nothing twice."""
    desk.publish()
    for nth in range(1, 51) if number == 0 else (number,):
        before = desk.served()
        desk.site.correct("s07")
        desk.site.correct("s12")
        desk.site.build_now()
        after = desk.served()
        with desk.reader(before, after) as reader:
            desk.proxy.start({nth: Fault.CALL})
            command = [*COMMAND, "publish", "--yes", "--site", str(desk.site.root)]
            process = subprocess.Popen(command, env=ENVIRONMENT | desk.env, stdout=subprocess.DEVNULL)
            desk.proxy.loopback.call = process.kill
            assert process.wait() in (-signal.SIGKILL, 0)
            there = desk.bucket.shown()
            assert there.keys() >= before.keys() & after.keys()
            desk.proxy.start()
            desk.publish()
        again = [path for path in desk.proxy.asked("PUT") if path in after and there.get(path) == after[path]]
        assert len(again) <= 16, again  # at once: the store had them, and the killed process was not told
        assert reader.findings == []
        assert desk.bucket.shown() == after


def test_two_machines_publish_the_same(desk: Desk, tmp_path: Path) -> None:
    """Another folder, another zone: nothing is left to publish."""
    desk.publish()
    shutil.copytree(desk.site.root, tmp_path / "elsewhere")
    other = Site(tmp_path / "elsewhere")
    shutil.rmtree(other.root / "build")
    done = other.publish("--yes", ok=(0,), **desk.env, TZ="Pacific/Kiritimati", LANG="C")
    assert "Nothing to publish" in done.stdout


def test_the_guide_does_as_it_says(desk: Desk) -> None:
    """Every newsgen command of docs/publish/s3.md in its order, with each of the settings that stand there."""
    blocks = re.findall(r"^ *```(toml|sh)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    tables = [
        tomllib.loads("\n".join(line.strip() for line in text.splitlines())) for kind, text in blocks if kind == "toml"
    ]
    assert len(tables) == 4  # Amazon, R2, OVH, MinIO
    lines = [line.strip() for kind, text in blocks if kind == "sh" for line in text.splitlines()]
    commands = [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("newsgen ")]
    assert len(commands) >= 6
    for table in tables:
        told = table["tool"]["newsgen"]
        assert told["host"] == "s3"
        target = {**told["publish"]["live"], "endpoint": desk.proxy.address, "bucket": desk.bucket.name}
        desk.site.set_settings("\n".join(f'{key} = "{text}"' for key, text in target.items()), HOST)
        desk.publish("--dry-run")
    desk.site.set_settings(desk.bucket.toml(desk.proxy.address), HOST)
    for command in commands:
        arguments = [argument.replace("ID", "s13") for argument in command]
        if "--to" in arguments:  # a publication that may be put back
            desk.site.correct()
            desk.publish()
        answer = ["--yes"] if arguments[0] == "publish" else []
        desk.site.newsgen(*arguments, *answer, ok=(0,), **desk.env)
