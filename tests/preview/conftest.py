"""A preview that the tests of one file share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.serving import CANARY, Serving, a_folder


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    root = a_folder(tmp_path_factory.mktemp("serve"))
    (root.parent / "outside.txt").write_text(CANARY)
    (root / "secret.txt").write_text(CANARY)
    (root / "content/.hidden.md").write_text(CANARY)
    (root / "content/world/2019/linked.md").symlink_to(root.parent / "outside.txt")
    with Serving(root) as preview:
        yield preview
