"""Stores for these tests, each started once: that takes some seconds, and credentials that open them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.s3_servers import ENV, Store, moto_store, rclone_store


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, text in ENV.items():
        monkeypatch.setenv(name, text)


@pytest.fixture(scope="session")
def moto() -> Iterator[Store]:
    with moto_store() as store:
        yield store


@pytest.fixture(scope="session")
def rclone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with rclone_store(tmp_path_factory.mktemp("rclone")) as store:
        yield store


@pytest.fixture(params=["moto", "rclone"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each of the two."""
    started: Store = request.getfixturevalue(request.param)
    return started
