"""Publishing to two real stores on loopback: what is put, with which headers, and what is deleted."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsgen.model.errors import SystemFault, UsageError
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.run import perform, put_back
from newsgen.publish.s3.bucket import Bucket
from newsgen.publish.s3.target import UNFINISHED, open_target
from newsgen.publish.send import NO_PROGRESS
from tests.support.fault_proxy import FaultProxy
from tests.support.loopback import Answer, Fault, Request
from tests.support.publishing import FakeTime, surroundings
from tests.support.s3_servers import KEY, SECRET, Store
from tests.support.s3_site import HEADERS, NEW, OLD, plan_of, publish, reader, release, served

PAGE = "public, max-age=0, must-revalidate"


def test_the_first_publication_and_the_second_of_the_same(store: Store) -> None:
    bucket = store.bucket()
    with FaultProxy(store.address) as proxy:
        publish(bucket.target(proxy.address), OLD)
        assert bucket.shown() == served(OLD)
        puts = proxy.asked("PUT")
        assert puts[0] == UNFINISHED
        assert puts[-1] == manifests.PATH
        assert sorted(puts[1:-1]) == sorted(served(OLD))
        proxy.start()
        publish(bucket.target(proxy.address), OLD)
        assert [request.method for request in proxy.requests] == ["GET", "GET"]  # a listing, and the manifest
    assert bucket.owner.get(UNFINISHED) is None


def test_one_corrected_one_killed_one_deleted_one_renamed(store: Store) -> None:
    bucket = store.bucket("archive/site")
    publish(bucket.target(), OLD)
    with FaultProxy(store.address) as proxy, reader(bucket, OLD, NEW) as looking:
        publish(bucket.target(proxy.address), NEW)
        puts = [path.removeprefix("archive/site/") for path in proxy.asked("PUT")]
    assert looking.findings == []
    assert looking.saw_new
    assert set(puts) == {path for path, data in NEW.items() if OLD.get(path) != data} | {UNFINISHED, manifests.PATH}
    assert puts[1] == "assets/style.bb.css"
    assert set(puts[-4:-1]) == {"index.html", "feed.xml", "world/index.html"}  # lists last
    assert bucket.shown() == served(NEW)


def test_objects_are_sent_with_our_types_and_headers(store: Store) -> None:
    bucket = store.bucket()
    publish(bucket.target(), NEW)
    got = {path: answer.headers for path in served(NEW) if (answer := bucket.owner.head(path))}
    assert {path: headers["content-type"] for path, headers in got.items() if "/" not in path} == {
        "index.html": "text/html; charset=utf-8",
        "404.html": "text/html; charset=utf-8",
        "feed.xml": "application/xml",
    }
    caches = {path: headers.get("cache-control") for path, headers in got.items()}
    assert {caches["index.html"], caches["feed.xml"], caches["assets/style.bb.css"]} in (
        {PAGE, "public, max-age=300", "public, max-age=31536000, immutable"},
        {None},  # rclone's server does not keep it
    )


def test_objects_are_cached_as_the_rules_say(moto: Store) -> None:
    bucket = moto.bucket()
    publish(bucket.target(), NEW)
    got = {path: answer.headers["cache-control"] for path in served(NEW) if (answer := bucket.owner.head(path))}
    assert got.pop("feed.xml") == "public, max-age=300"
    assert got.pop("assets/style.bb.css") == "public, max-age=31536000, immutable"
    assert set(got.values()) == {PAGE}


def test_an_old_address_is_an_object_that_leads_on(moto: Store) -> None:
    bucket = moto.bucket()
    publish(bucket.target(), NEW)
    answer = bucket.owner.head("world/quay.html")
    assert answer is not None
    assert answer.headers["x-amz-website-redirect-location"] == "/world/pier.html"
    publish(bucket.target(), OLD)  # the story is there again
    answer = bucket.owner.head("world/quay.html")
    assert answer is not None
    assert "x-amz-website-redirect-location" not in answer.headers


def test_foreign_objects_stay_and_are_named(store: Store) -> None:
    bucket = store.bucket()
    bucket.owner.put("logs/2026.txt", b"Not ours.", {})
    plan = plan_of(bucket.target(), OLD)
    assert plan.standing.foreign == ("logs/2026.txt",)
    publish(bucket.target(), OLD)
    publish(bucket.target(), NEW)
    assert bucket.shown() == {**served(NEW), "logs/2026.txt": b"Not ours."}


def test_what_stands_beside_the_prefix_is_not_looked_at(store: Store) -> None:
    bucket = store.bucket("archive")
    whole = store.bucket()
    whole.name, whole.prefix = bucket.name, ""
    whole.owner.put("archived/index.html", b"Another site.", {})
    publish(bucket.target(), OLD)
    assert plan_of(bucket.target(), OLD).standing.foreign == ()
    assert whole.shown()["archived/index.html"] == b"Another site."


def test_a_foreign_object_in_the_way_is_not_written_over(store: Store) -> None:
    bucket = store.bucket()
    bucket.owner.put("index.html", b"Somebody's", {})
    assert plan_of(bucket.target(), OLD).in_the_way == ("index.html",)
    assert plan_of(bucket.target(), OLD, is_forced=True).in_the_way == ()


def test_what_somebody_deleted_is_put_again(store: Store) -> None:
    bucket = store.bucket()
    publish(bucket.target(), OLD)
    bucket.owner.delete([("world/ferry.html", "")])
    with FaultProxy(store.address) as proxy:
        publish(bucket.target(proxy.address), OLD)
        assert proxy.asked("PUT") == [UNFINISHED, "world/ferry.html", manifests.PATH]
    assert bucket.shown() == served(OLD)


def test_other_headers_send_every_file_again(moto: Store) -> None:
    bucket = moto.bucket()
    publish(bucket.target(), OLD)
    publish(bucket.target(), {**OLD, "_headers": HEADERS.replace(b"max-age=300", b"max-age=60")})
    answer = bucket.owner.head("feed.xml")
    assert answer is not None
    assert answer.headers["cache-control"] == "public, max-age=60"


def test_more_than_a_thousand_files_are_listed_and_deleted(store: Store) -> None:
    bucket = store.bucket()
    many = {f"world/{number}.html": b"%d" % number for number in range(1_203)}
    few = {"index.html": b"Few"}
    publish(bucket.target(), {**few, **many})
    assert bucket.target().listing().keys() == {*few, *many, manifests.PATH}
    with FaultProxy(store.address) as proxy:
        publish(bucket.target(proxy.address), few)
        bodies = [request.body.count(b"<Key>") for request in proxy.requests if request.method == "POST"]
    assert bodies == [1_000, 203, 1]  # the last one: the manifest of the publication under way
    assert bucket.shown() == few


@pytest.mark.parametrize("path", ["world/ü & é.html", "world/a+b.html", "world/100%.html", "world/<i>'x'.html", "a b"])
def test_odd_names(store: Store, path: str) -> None:
    bucket = store.bucket("ä+b")
    publish(bucket.target(), {"index.html": b"Home", path: b"Odd"})
    assert bucket.shown() == {"index.html": b"Home", path: b"Odd"}
    publish(bucket.target(), {"index.html": b"Home"})
    assert bucket.shown() == {"index.html": b"Home"}


def test_a_store_that_knows_no_redirects_gets_the_page(moto: Store) -> None:
    """As Cloudflare's R2: it answers 501 to a header that it does not know."""
    bucket = moto.bucket()
    with RefusesRedirects(moto.address) as proxy:
        publish(bucket.target(proxy.address), NEW)
        assert proxy.refused == ["world/quay.html"]
    assert bucket.shown() == served(NEW)
    assert bucket.target().mismatches(release(NEW), list(NEW)) == ()


class RefusesRedirects(FaultProxy):
    """A store that does not know where an object may lead."""

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream)
        self.refused: list[str] = []
        forward = self.loopback.answer

        def answer(request: Request) -> Answer:
            if "x-amz-website-redirect-location" in request.headers:
                self.refused.append(request.path.split("/", 2)[2])
                return Answer(501, b"<Error><Code>NotImplemented</Code></Error>")
            return forward(request)

        self.loopback.answer = answer


def test_a_bucket_without_versions_has_no_earlier_publication(store: Store) -> None:
    bucket = store.bucket()
    publish(bucket.target(), OLD)
    publish(bucket.target(), NEW)
    target = bucket.target()
    assert [each.key for each in target.publications()] == ["now"]
    with pytest.raises(UsageError) as raised:
        put_back(target, release(NEW).manifest, (), "", surroundings(FakeTime()))
    assert raised.value.problems[0].rule == "publish-no-previous"


def test_a_cache_is_told_of_where_something_changed(moto: Store) -> None:
    bucket = moto.bucket()
    assert [note.rule for note in publish(bucket.target(), OLD).notes] == ["publish-s3-cache"]
    assert publish(bucket.target(), OLD).notes == ()
    site = Settings("T", "http://x.s3-website.eu-west-3.amazonaws.com")
    website = open_target(bucket.settings(), site, surroundings(FakeTime()))
    assert publish(website, NEW).notes == ()  # nothing stands before a website endpoint


@pytest.mark.parametrize(
    ("base_url", "urls"),
    [
        ("https://archive.example", ()),
        ("http://x.s3-website-us-east-1.amazonaws.com", ("http://archive.s3-website-us-east-1.amazonaws.com",)),
        ("http://x.s3-website.eu-west-3.amazonaws.com/p", ("http://archive.s3-website.eu-west-3.amazonaws.com",)),
        ("https://s3-website.example", ()),
    ],
)
def test_the_address_of_a_website_endpoint_is_known(base_url: str, urls: tuple[str, ...]) -> None:
    settings = TargetSettings("live", "s3", bucket="archive", region="eu-west-3")
    assert open_target(settings, Settings("T", base_url), surroundings(FakeTime())).urls == urls


@pytest.mark.parametrize(
    ("bucket", "endpoint", "address"),
    [
        ("archive-example", "", "https://archive-example.s3.eu-west-3.amazonaws.com"),
        ("archive.example", "", "https://s3.eu-west-3.amazonaws.com/archive.example"),  # no certificate has two dots
        ("archive-example", "https://s3.gra.io.cloud.ovh.net", "https://s3.gra.io.cloud.ovh.net/archive-example"),
    ],
)
def test_where_a_bucket_is(bucket: str, endpoint: str, address: str) -> None:
    settings = TargetSettings("live", "s3", bucket=bucket, region="eu-west-3", endpoint=endpoint)
    assert Bucket(settings, surroundings(FakeTime())).address == address


# --- what a person may have got wrong ---


def refused(settings: TargetSettings) -> tuple[str, tuple[str, ...]]:
    """The rule and the values of what is said."""
    with pytest.raises((UsageError, SystemFault)) as raised:
        open_target(settings, Settings("T", "https://archive.example"), surroundings(FakeTime())).standing()
    return raised.value.problems[0].rule, raised.value.problems[0].values


def test_no_such_bucket(store: Store) -> None:
    settings = TargetSettings("live", "s3", bucket="no-such-bucket", endpoint=store.address)
    assert refused(settings)[0] == "publish-s3-bucket"


def test_no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    settings = TargetSettings("live", "s3", bucket="archive-example")
    assert refused(settings)[0] == "publish-s3-credentials"
    monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
    assert refused(settings) == ("publish-s3-credentials", ("ProfileNotFound",))


def test_wrong_credentials(rclone: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = rclone.bucket()
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    rule, values = refused(bucket.settings())
    assert rule == "publish-s3-refused"
    assert values[0] == "s3:ListBucket"


def short_lived(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile whose keys come from a program, as those of single sign-on do, and hold for so short that they are
    renewed for each request. The program ends with an error when the file that is given back is there.
    """
    keys = {
        "Version": 1, "AccessKeyId": KEY, "SecretAccessKey": SECRET,
        "Expiration": (datetime.now(UTC) + timedelta(minutes=5)).isoformat(),
    }  # fmt: skip
    (folder / "keys.json").write_text(json.dumps(keys))
    stop = folder / "stop"
    program = folder / "keys.sh"
    program.write_text(f"#!/bin/sh\necho x >> {folder}/calls\n[ -e {stop} ] && exit 3\ncat {folder}/keys.json\n")
    program.chmod(0o700)
    (folder / "config").write_text(f"[default]\ncredential_process = {program}\n")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(folder / "config"))
    return stop


def test_keys_that_end_are_renewed(rclone: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = rclone.bucket()
    short_lived(tmp_path, monkeypatch)
    publish(bucket.target(), {"index.html": b"Home"})
    assert len((tmp_path / "calls").read_text().split()) > 2
    assert bucket.shown() == {"index.html": b"Home"}


def test_keys_that_cannot_be_renewed(rclone: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = rclone.bucket()
    stop = short_lived(tmp_path, monkeypatch)
    target = bucket.target()
    stop.touch()
    with pytest.raises(UsageError) as raised:
        publish(target, OLD)
    assert raised.value.problems[0].rule == "publish-s3-credentials"
    assert SECRET not in repr(raised.value.problems)


@pytest.mark.parametrize(("bucket", "endpoint"), [("has spaces", ""), ("archive", "no-address"), ("a/b", "")])
def test_settings_that_name_no_bucket(bucket: str, endpoint: str) -> None:
    settings = TargetSettings("live", "s3", bucket=bucket, endpoint=endpoint)
    assert refused(settings)[0] == "publish-s3-settings"


def test_a_file_that_cannot_be_put_leaves_all_others(moto: Store) -> None:
    """The connection is refused from the fourth put on: nothing is deleted, and the next run completes."""
    bucket = moto.bucket()
    publish(bucket.target(), OLD)
    with FaultProxy(moto.address) as proxy:
        target = bucket.target(proxy.address)
        plan = plan_of(target, NEW)
        proxy.start(dict.fromkeys(range(4, 200), Fault.SERVER_ERROR))
        with pytest.raises(SystemFault) as raised:
            perform(target, plan, surroundings(FakeTime()), NO_PROGRESS)
        assert raised.value.problems[0].rule == "publish-failed"
    assert bucket.shown().keys() >= served(OLD).keys()
    publish(bucket.target(), NEW)
    assert bucket.shown() == served(NEW)
