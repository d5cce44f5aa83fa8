"""Invariant 5 as non-interference: a site looks the same whatever its held stories say, and without them.

A search for words finds what is copied; this also finds what is counted, sorted, spelt or compared. `support.secrets`
says what a held story's twin may still say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from newsgen.engine import sample
from newsgen.lifecycle import resolve, state
from newsgen.preview.responses import Answer, Responses
from newsgen.preview.session import Session
from newsgen.preview.update import SessionOptions
from newsgen.store import Store
from tests.support.archive import save
from tests.support.secrets import KINDS, Secrets, a_site_with_secrets
from tests.support.sites import NOW, Desk, differences

FEW = range(6)
SETTINGS = '[tool.newsgen]\ntitle = "The Archive"\nbase_url = "https://archive.example"\n'


def a_site(seed: int) -> Secrets:
    """Of five to forty stories; one in twenty has lists that held stories would split."""
    return a_site_with_secrets(seed, 130 if seed % 20 == 19 else 5 + seed % 6 * 7)


def builds_that_differ(seeds: Iterable[int]) -> list[str]:
    """Where the builds of sites and of their twins differ: seed and file."""
    differing = []
    for seed in seeds:
        secrets = a_site(seed)
        differing += [f"{seed} {path}" for path in differences(secrets.held.clean(), secrets.twin.clean())]
    return differing


def test_builds_are_the_same_without_what_is_held() -> None:
    assert builds_that_differ(FEW) == []


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, 200, 25))
def test_builds_of_two_hundred_sites(start: int) -> None:
    assert builds_that_differ(range(start, start + 25)) == []


def test_every_kind_is_held_and_much_is_live() -> None:
    """A site of which nothing is shown, or nothing held, would prove nothing."""
    kinds: Counter[str] = Counter()
    for seed in FEW:
        secrets = a_site(seed)
        kinds.update(secrets.kinds.values())
        held, published = secrets.held.clean(), secrets.published.clean()
        assert len(published) > len(held) > 40
    assert set(kinds) == set(KINDS)


# --- the public preview ---


class PublicPreview:
    """What `serve --public` answers, without its sockets."""

    def __init__(self, root: Path, files: dict[str, bytes]) -> None:
        self._root = root
        root.mkdir()
        (root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
        self._store = Store(":memory:")
        save(root, files)
        self._session = Session(SessionOptions(root, lambda: NOW, "newsgen", drafts=False), self._store)
        self._session.start(1, None)

    def save(self, files: dict[str, bytes]) -> None:
        save(self._root, files)
        self._session.update(None)

    def answers(self, urls: Iterable[str]) -> dict[str, Answer]:
        """The problems, which only the editor's terminal is told, left out."""
        return {url: replace(self._session.answer(url), problems=()) for url in urls}

    def close(self) -> None:
        self._session.stop()
        self._store.close()


def previews_that_differ(folder: Path, seeds: Iterable[int]) -> list[str]:
    """Where the public previews of sites and of their twins answer otherwise: seed and address.

    Before the stories were held the preview showed them all, so that it might remember them.
    """
    differing = []
    for seed in seeds:
        secrets = a_site(seed)
        published = Desk(secrets.published.files).clean()
        urls = sorted({"/", *(f"/{path}" for path in published), *secrets.old_addresses})
        previews = [
            PublicPreview(folder / f"{seed}-{name}", files)
            for name, files in (("held", secrets.published.files), ("twin", secrets.twin.files))
        ]
        try:
            held, twin = previews
            assert len([answer for answer in held.answers(urls).values() if answer.status == 200]) > len(urls) / 2
            held.save(secrets.held.files)
            shown, expected = held.answers(urls), twin.answers(urls)
            differing += [f"{seed} {url}" for url in urls if shown[url] != expected[url]]
        finally:
            for preview in previews:
                preview.close()
    return differing


def test_the_public_preview_is_the_same_without_what_is_held(tmp_path: Path) -> None:
    assert previews_that_differ(tmp_path, FEW[:2]) == []


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, 100, 25))
def test_the_public_preview_of_a_hundred_sites(start: int, tmp_path: Path) -> None:
    assert previews_that_differ(tmp_path, range(start, start + 25)) == []


# --- the suite must be able to fail ---


def test_an_engine_that_looks_at_what_is_held_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Held stories say with others which words are common; none of their own words is shown."""
    monkeypatch.setattr(sample, "_is_open", lambda _card: True)
    assert builds_that_differ(FEW) != []


@pytest.mark.parametrize("seconds", [-1, 1])
def test_an_engine_whose_clock_is_a_second_off_is_caught(seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is embargoed is shown a second early, or what expires a second late."""
    right = state.state
    for module in (state, resolve):
        monkeypatch.setattr(module, "state", lambda card, clock: right(card, clock + seconds))
    assert builds_that_differ(FEW) != []


def test_a_preview_that_remembers_what_it_showed_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Responses, "forget", lambda _responses, _units: None)
    assert previews_that_differ(tmp_path, FEW[:2]) != []
