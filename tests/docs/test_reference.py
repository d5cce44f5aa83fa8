"""docs/reference/ says what the code says, and leaves nothing out."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsgen.model import settings, site_files
from tests.docs.reference import PAGES, fields_of

REFERENCE = Path(__file__).parents[2] / "docs/reference"


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_that_of_the_code(name: str) -> None:
    """If it is not: python -m tests.docs."""
    assert (REFERENCE / name).read_text(encoding="utf-8") == PAGES[name]()


def test_there_is_no_other_page() -> None:
    assert sorted(path.name for path in REFERENCE.iterdir()) == sorted(PAGES)


@pytest.mark.parametrize(
    "cls", [settings.Settings, settings.Agency, settings.FeedSettings, settings.RelatedSettings, site_files.MenuEntry]
)
def test_every_setting_is_explained(cls: type) -> None:
    assert [name for name, _kind, _default, comment in fields_of(cls) if not comment] == []
