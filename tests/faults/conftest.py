"""Archives to break."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.archive import Archive, morning


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive that was never built."""
    archive = Archive(tmp_path / "site")
    archive.save(morning())
    return archive


@pytest.fixture
def built(archive: Archive) -> Archive:
    """An archive, built once."""
    archive.build()
    return archive


@pytest.fixture(scope="module")
def shared_archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive, built once, that the tests of a file share: each must leave it built and as it was."""
    archive = Archive(tmp_path_factory.mktemp("shared") / "site")
    archive.save(morning())
    archive.build()
    return archive
