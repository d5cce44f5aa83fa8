"""What GitHub Pages and GitLab Pages want of a branch, and where readers find it."""

from __future__ import annotations

import pytest
import yaml

from newsgen.publish.git_hosts import HOSTS, own_domain, repository_of


@pytest.mark.parametrize(
    "remote",
    [
        "https://github.com/desk/archive",
        "https://github.com/desk/archive.git",
        "https://GitHub.com/desk/archive.git/",
        "git@github.com:desk/archive.git",
        "github.com:desk/archive",
        "ssh://git@github.com/desk/archive.git",
        "ssh://git@ssh.github.com:443/desk/archive.git",
    ],
)
def test_forms_of_a_remote(remote: str) -> None:
    assert repository_of(remote) == ("github.com", "desk/archive")
    assert HOSTS["github"].urls("https://desk.github.io/archive", remote, "") == ("https://desk.github.io/archive",)


@pytest.mark.parametrize("remote", ["file:///srv/archive.git", "/srv/archive.git", "../archive.git", ""])
def test_a_remote_on_a_disk_has_no_address(remote: str) -> None:
    assert repository_of(remote) == ("", "")
    assert HOSTS["github"].urls("https://archive.example", remote, "") == ()
    assert HOSTS["gitlab"].urls("https://desk.gitlab.io/archive", remote, "") == ()


@pytest.mark.parametrize(
    ("base_url", "path", "cname", "url"),
    [
        ("https://desk.github.io/archive", "desk/archive", "", "https://desk.github.io/archive"),
        ("https://desk.github.io/other", "Desk/archive", "", "https://desk.github.io/archive"),
        ("https://desk.github.io", "desk/desk.github.io", "", "https://desk.github.io"),
        ("https://desk.github.io", "Desk/Desk.github.io", "", "https://desk.github.io"),
        ("https://archive.example", "desk/archive", "", "https://archive.example"),
        ("https://archive.example", "desk/archive", "www.archive.example", "https://www.archive.example"),
        ("https://desk.github.io/archive", "desk/archive", "archive.example", "https://archive.example"),
        ("https://wire.example/archive", "desk/archive", "", "https://wire.example/archive"),
        ("https://wire.example/other", "desk/archive", "", "https://wire.example/archive"),
    ],
)
def test_addresses_at_github(base_url: str, path: str, cname: str, url: str) -> None:
    assert HOSTS["github"].urls(base_url, f"https://github.com/{path}.git", cname)[0] == url


@pytest.mark.parametrize(
    ("base_url", "path", "urls"),
    [
        ("https://desk.gitlab.io/archive", "desk/archive", ("https://desk.gitlab.io/archive",)),
        ("https://desk.gitlab.io/x", "desk/news/archive", ("https://desk.gitlab.io/news/archive",)),
        ("https://desk.gitlab.io", "desk/desk.gitlab.io", ("https://desk.gitlab.io",)),
        ("https://archive-9f86d0.gitlab.io", "desk/archive", ("https://archive-9f86d0.gitlab.io",)),
        ("https://other-9f86d0.gitlab.io", "desk/archive", ("https://desk.gitlab.io/archive",)),
        ("https://archive.example", "desk/archive", ()),
    ],
)
def test_addresses_at_gitlab(base_url: str, path: str, urls: tuple[str, ...]) -> None:
    assert HOSTS["gitlab"].urls(base_url, f"git@gitlab.com:{path}.git", "") == urls


@pytest.mark.parametrize(
    ("base_url", "domain"),
    [
        ("https://archive.example", "archive.example"),
        ("https://archive.example/", "archive.example"),
        ("https://wire.example/archive", ""),
        ("https://desk.github.io/archive", ""),
        ("https://desk.github.io", ""),
    ],
)
def test_whether_github_needs_a_cname(base_url: str, domain: str) -> None:
    assert own_domain(base_url) == domain
    assert (HOSTS["github"].files(base_url).get("CNAME") or b"").decode().strip() == domain


def test_gitlabs_job_publishes_public_and_nothing_else() -> None:
    job = yaml.safe_load(HOSTS["gitlab"].files("")[".gitlab-ci.yml"])
    assert list(job) == ["pages"]
    assert job["pages"]["artifacts"]["paths"] == ["public"]
    assert HOSTS["gitlab"].folder == "public/"
