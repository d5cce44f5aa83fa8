"""What stores answer, read."""

from __future__ import annotations

import pytest

from newsgen.publish.protocol import Transient
from newsgen.publish.s3.answers import (
    Listing,
    deletion,
    read_code,
    read_errors,
    read_listing,
    read_versioning,
    read_versions,
)

SPACE = ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
MD5 = "0cc175b9c0f1b6a831c399e269772661"


@pytest.mark.parametrize("space", ["", SPACE])
def test_a_listing(space: str) -> None:
    text = f"""<ListBucketResult{space}><EncodingType>url</EncodingType>
    <Contents><Key>a%20b/%C3%BC%2B.html</Key><ETag>"{MD5}"</ETag></Contents>
    <Contents><Key>big</Key><ETag>"{MD5}-3"</ETag></Contents><Contents><Key>none</Key></Contents>
    <NextContinuationToken>t/1=</NextContinuationToken></ListBucketResult>"""
    assert read_listing(text.encode()) == Listing((("a b/ü+.html", MD5), ("big", ""), ("none", "")), "t/1=")


def test_a_store_that_does_not_escape_keys() -> None:
    text = "<ListBucketResult><Contents><Key>100%25 a+b &amp; ü</Key></Contents></ListBucketResult>"
    assert read_listing(text.encode()) == Listing((("100%25 a+b & ü", ""),), "")


def test_versions_with_marks_of_deletions() -> None:
    text = f"""<ListVersionsResult{SPACE}><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>
    <NextKeyMarker>a%20b</NextKeyMarker><NextVersionIdMarker>v1</NextVersionIdMarker>
    <DeleteMarker><Key>a%20b</Key><VersionId>v2</VersionId><IsLatest>true</IsLatest>
    <LastModified>2026-11-29T12:00:01.000Z</LastModified></DeleteMarker>
    <Version><Key>a%20b</Key><VersionId>v1</VersionId><IsLatest>false</IsLatest>
    <LastModified>2026-11-29T12:00:00Z</LastModified><ETag>&quot;{MD5}&quot;</ETag></Version></ListVersionsResult>"""
    part = read_versions(text.encode())
    assert part.next == ("a b", "v1")
    assert [(row.id, row.is_latest, row.is_deletion, row.md5) for row in part.versions] == [
        ("v2", True, True, ""),
        ("v1", False, False, MD5),
    ]
    assert part.versions[0].at - part.versions[1].at == 1.0
    last = text.replace("<IsTruncated>true", "<IsTruncated>false")
    assert read_versions(last.encode()).next == ("", "")


@pytest.mark.parametrize(("status", "keeps"), [("Enabled", True), ("Suspended", True), ("", False)])
def test_whether_versions_are_kept(status: str, keeps: bool) -> None:
    row = f"<Status>{status}</Status>" if status else ""
    assert read_versioning(f"<VersioningConfiguration{SPACE}>{row}</VersioningConfiguration>".encode()) is keeps


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<Error><Code>SlowDown</Code><Message>no</Message></Error>", "SlowDown"),
        (f"<Error{SPACE}><Code>AccessDenied</Code></Error>".encode(), "AccessDenied"),
        (b"<Error><Code>Bad AKIAPLANTED: /secret</Code></Error>", ""),  # no code of a store
        (b"<Error><AWSAccessKeyId>AKIAPLANTED</AWSAccessKeyId></Error>", ""),
        (b"<html>502</html", ""),
        (b"", ""),
    ],
)
def test_the_code_of_a_refusal(data: bytes, code: str) -> None:
    assert read_code(data) == code


def test_an_answer_that_was_cut_is_asked_for_again() -> None:
    with pytest.raises(Transient):
        read_listing(b"<ListBucketResult><Contents><Key>a")


def test_a_deletion_and_what_it_did_not_delete() -> None:
    body = deletion(iter([("a&b.html", ""), ("c.html", "v<1>")]))
    assert body == (
        b"<Delete><Quiet>true</Quiet><Object><Key>a&amp;b.html</Key></Object>"
        b"<Object><Key>c.html</Key><VersionId>v&lt;1&gt;</VersionId></Object></Delete>"
    )
    answer = f"<DeleteResult{SPACE}><Error><Key>a&amp;b.html</Key><Code>AccessDenied</Code></Error></DeleteResult>"
    assert read_errors(answer.encode()) == [("a&b.html", "AccessDenied")]
    assert read_errors(b"<DeleteResult/>") == []
