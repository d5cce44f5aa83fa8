"""The signature of requests is the one that Amazon's own library makes."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import pytest

from newsgen.publish.s3.signing import Keys, signed
from tests.support.s3_servers import KEY, SECRET

SESSION = Keys(KEY, SECRET, "PLANTED/session+token==", "eu-west-3")
LASTING = Keys(KEY, SECRET, "", "us-east-1")


def of_botocore(method: str, address: str, body: bytes, headers: Mapping[str, str], keys: Keys) -> dict[str, str]:
    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    request = AWSRequest(method, address, headers=dict(headers), data=body)
    S3SigV4Auth(Credentials(keys.id, keys.secret, keys.token or None), "s3", keys.region).add_auth(request)
    return {name.lower(): str(text) for name, text in request.headers.items()}


def requests() -> list[tuple[str, str, bytes, dict[str, str]]]:
    """Some of every sort that newsgen makes, with names that have to be escaped."""
    chance = random.Random(21)
    found = []
    for number in range(60):
        host = chance.choice(["http://127.0.0.1:9000/b", "https://b.s3.eu-west-3.amazonaws.com", "https://s3.gra.io/b"])
        name = "".join(chance.choice("aZ09-_.~ /+&=%ü漢'()*!$,;:@") for _mark in range(chance.randrange(1, 30)))
        key = "/" + quote(name.strip("/ ") or "a", safe="/-._~")
        query = {"prefix": name, "list-type": "2", "encoding-type": "url"} if number % 3 == 0 else {}
        query |= {"delete": ""} if number % 5 == 0 else {}
        tail = "?" + urlencode(sorted(query.items()), quote_via=quote, safe="") if query else ""
        more = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": " public,  max-age=0 "}
        headers = {name: more[name] for name in more if chance.random() < 0.6}
        headers |= {"x-amz-website-redirect-location": "/a%20b/#c"} if number % 4 == 0 else {}
        method = chance.choice(["GET", "HEAD", "PUT", "POST"])
        body = chance.randbytes(chance.randrange(50)) if method in ("PUT", "POST") else b""
        found.append((method, f"{host}{key}{tail}", body, headers))
    return found


@pytest.mark.parametrize("keys", [SESSION, LASTING])
def test_the_signature_is_that_of_amazon_s_library(monkeypatch: pytest.MonkeyPatch, keys: Keys) -> None:
    pytest.importorskip("botocore")
    now = datetime(2026, 11, 30, 9, 8, 7, tzinfo=UTC)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: now.replace(tzinfo=None))
    for method, address, body, headers in requests():
        ours, theirs = (
            signed(method, address, body, headers, keys, now),
            of_botocore(method, address, body, headers, keys),
        )
        assert ours.pop("host") in address
        theirs.pop("host", None)
        assert ours.pop("x-amz-content-sha256") == theirs.pop("x-amz-content-sha256")
        assert ours["authorization"] == theirs["authorization"], address
        assert ours["x-amz-date"] == theirs["x-amz-date"] == "20261130T090807Z"
        assert ours.get("x-amz-security-token", "") == keys.token


def test_each_day_and_each_secret_has_a_key_of_its_own() -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (29, 30)]
    others = [LASTING, LASTING._replace(secret="another"), LASTING._replace(region="eu-north-1")]
    told = {signed("GET", "http://s/b", b"", {}, keys, day)["authorization"] for day in days for keys in others}
    assert len(told) == len(days) * len(others)
