"""What stands in a bucket, compared with the release: bytes, types, headers, redirects."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest

from newsgen.publish.protocol import Mismatch
from newsgen.publish.run import make_plan, perform
from newsgen.publish.send import NO_PROGRESS
from newsgen.publish.web_check import web_check
from tests.support.fault_proxy import FaultProxy
from tests.support.loopback import Answer, Loopback, Request
from tests.support.publishing import FakeTime, surroundings
from tests.support.s3_servers import Store, StoreBucket
from tests.support.s3_site import NEW, publish, release

PAGE = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "public, max-age=0, must-revalidate"}
LOCATION = "x-amz-website-redirect-location"
FERRY = "world/ferry.html"


def found(bucket: StoreBucket, endpoint: str = "") -> tuple[Mismatch, ...]:
    """What is not as it should be."""
    return bucket.target(endpoint).mismatches(release(NEW), list(NEW))


@pytest.fixture
def bucket(moto: Store) -> StoreBucket:
    """With the new site in it, and one more page that leads on."""
    bucket = moto.bucket("archive")
    publish(bucket.target(), NEW)
    return bucket


def test_nothing_is_found_where_all_is_as_it_should_be(store: Store) -> None:
    bucket = store.bucket()
    publish(bucket.target(), NEW)
    differences = found(bucket)
    if any(each.kind == "header" for each in differences):  # rclone's server does not keep every header
        assert {each.kind for each in differences} == {"header"}
        assert {each.wanted.partition(":")[0] for each in differences} == {"Cache-Control"}
    else:
        assert differences == ()


@pytest.mark.parametrize(
    ("path", "data", "headers", "wanted"),
    [
        (FERRY, NEW[FERRY][:-1] + b"?", PAGE, Mismatch(FERRY, "differs")),
        (FERRY, NEW[FERRY] + b" ", PAGE, Mismatch(FERRY, "differs")),
        (
            FERRY, NEW[FERRY], {**PAGE, "Content-Type": "binary/octet-stream"},
            Mismatch(FERRY, "type", "text/html; charset=utf-8", "binary/octet-stream"),
        ),
        (
            FERRY, NEW[FERRY], {**PAGE, "Cache-Control": "max-age=86400"},
            Mismatch(FERRY, "header", f"Cache-Control: {PAGE['Cache-Control']}", "Cache-Control: max-age=86400"),
        ),
        (
            FERRY, NEW[FERRY], {**PAGE, "Content-Language": "fr"},
            Mismatch(FERRY, "header", "Content-Language: ", "Content-Language: fr"),
        ),
        (
            "world/quay.html", NEW["world/quay.html"], {**PAGE, LOCATION: "/world/older.html"},
            Mismatch("world/quay.html", "redirect", "/world/pier.html", "/world/older.html"),
        ),
        (
            FERRY, NEW[FERRY], {**PAGE, LOCATION: "/world/bridge.html"},
            Mismatch(FERRY, "redirect", "its own page", "/world/bridge.html"),
        ),
        (
            "assets/style.bb.css", NEW["assets/style.bb.css"], {**PAGE, "Content-Type": "text/css; charset=utf-8"},
            Mismatch(
                "assets/style.bb.css", "header", "Cache-Control: public, max-age=31536000, immutable",
                f"Cache-Control: {PAGE['Cache-Control']}",
            ),
        ),
    ],
)  # fmt: skip
def test_one_thing_that_is_wrong(
    bucket: StoreBucket, path: str, data: bytes, headers: dict[str, str], wanted: Mismatch
) -> None:
    bucket.owner.put(path, data, headers)
    assert found(bucket) == (wanted,)


def test_a_missing_file(bucket: StoreBucket) -> None:
    bucket.owner.delete([(FERRY, "")])
    assert found(bucket) == (Mismatch(FERRY, "missing"),)


def test_a_redirect_that_somebody_lost(moto: Store) -> None:
    """A store that keeps where others lead would keep this one."""
    bucket = moto.bucket()
    both = {"world/quay.html": "/world/pier.html", "world/dock.html": "/world/pier.html"}
    files = {**NEW, "world/dock.html": b"<p>Elsewhere.</p>"}
    target = bucket.target()
    whole = replace(release(files), redirects=both)
    computer = surroundings(FakeTime())
    perform(target, make_plan(target, whole, computer, is_forced=False), computer, NO_PROGRESS)
    bucket.owner.put("world/quay.html", files["world/quay.html"], PAGE)
    assert bucket.target().mismatches(whole, list(files)) == (
        Mismatch("world/quay.html", "redirect", "/world/pier.html", ""),
    )


def test_where_the_etag_says_nothing_bytes_are_compared(bucket: StoreBucket, moto: Store) -> None:
    """An object that was sent in parts, as other tools do with large ones."""
    place = {"Bucket": bucket.name, "Key": f"archive/{FERRY}"}
    told = {name.replace("-", ""): text for name, text in PAGE.items()}
    upload = moto.client.create_multipart_upload(**place, **told)["UploadId"]
    part = moto.client.upload_part(**place, UploadId=upload, PartNumber=1, Body=NEW[FERRY])
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    moto.client.complete_multipart_upload(**place, UploadId=upload, MultipartUpload=parts)
    assert bucket.target().listing()[FERRY] == ""
    assert found(bucket) == ()


def test_only_the_sample_is_asked_for(bucket: StoreBucket) -> None:
    with FaultProxy(bucket.address) as proxy:
        bucket.target(proxy.address).mismatches(release(NEW), ["index.html", FERRY])
        assert len(proxy.asked("HEAD")) == 2
        assert len(proxy.asked("GET")) == 1  # a listing


# --- over HTTP ---


class Website(Loopback):
    """A website endpoint: indexes of folders, an error document, objects that lead on."""

    def __init__(self, bucket: StoreBucket, *more: tuple[str, str]) -> None:
        super().__init__(self._website)
        self._bucket, self._more = bucket, more

    def _website(self, request: Request) -> Answer:
        path = unquote(request.path).lstrip("/")
        found = self._bucket.owner.get(f"{path}index.html" if path == "" or path.endswith("/") else path)
        page = found or self._bucket.owner.get("404.html")
        assert page is not None
        location = found.headers.get(LOCATION, "") if found else ""
        told = (("Content-Type", page.headers["content-type"]), ("Server", "AmazonS3"), *self._more)
        if location:
            return Answer(301, b"", (*told, ("Location", location)))
        return Answer(200 if found else 404, page.data, told)


def found_over_http(bucket: StoreBucket, *more: tuple[str, str]) -> list[Mismatch]:
    """What readers would notice."""
    site = release({**NEW, "index.html": NEW["index.html"] + b"<p>Long.</p>" * 400})
    publish(bucket.target(), {**NEW, "index.html": NEW["index.html"] + b"<p>Long.</p>" * 400})
    with Website(bucket, *more) as website:
        web = web_check(website.address, site, surroundings(FakeTime()), serves_rules=False)
        return [*web.of_files(site.files), *web.of_rules()]


def test_a_website_endpoint_shows_the_site(moto: Store) -> None:
    """It compresses nothing, and cannot: that is no difference. A cache before it can."""
    assert found_over_http(moto.bucket()) == []
    compressed = Mismatch("index.html", "header", "Content-Encoding: gzip", "Content-Encoding: none")
    assert found_over_http(moto.bucket(), ("Via", "1.1 f00.cloudfront.net (CloudFront)")) == [compressed]


def test_a_stale_redirect_is_found_over_http(moto: Store) -> None:
    bucket = moto.bucket()
    publish(bucket.target(), NEW)
    bucket.owner.put("world/quay.html", NEW["world/quay.html"], {**PAGE, LOCATION: "/world/older.html"})
    with Website(bucket) as website:
        web = web_check(website.address, release(NEW), surroundings(FakeTime()), serves_rules=False)
        assert web.of_files(release(NEW).files) == [
            Mismatch("/world/quay.html", "redirect", "301 /world/pier.html", "301 /world/older.html")
        ]
