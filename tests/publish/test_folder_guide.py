"""docs/publish/folder.md does what it says: both web servers, the rules, the timer and the cron line."""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.archive import ENVIRONMENT
from tests.support.guides import block, blocks, require_program
from tests.support.loopback import read
from tests.support.publications import Site, a_site
from tests.support.serving import free_port, until

GUIDE = "publish/folder.md"
WWW = "/srv/www/archive"
ASKED = ["/story.php?id=16", "/story.php?id=16&page=2", "/?p=16"]  # aliases of a story


class Published:
    """A site in a folder that a web server serves, as the guide says; a story was killed, another has moved."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.www = folder, free_port(), folder / "www"
        settings = block(GUIDE, "toml", "[tool.newsgen.publish.live]").partition("live]\n")[2]
        address = f"http://127.0.0.1:{self.port}"
        self.site: Site = a_site(folder / "site", self.here(settings).replace("https://archive.example", address))
        pyproject = self.site.root / "pyproject.toml"
        pyproject.write_text(pyproject.read_text().replace("https://archive.example", address))
        self.script = folder / "archive-rules"
        for make in ("publish", "kill", "rename"):
            getattr(self.site, make)()
        story = self.site.story("s16")
        story.write_text(story.read_text().replace("id: s16\n", f"id: s16\naliases: {json.dumps(ASKED)}\n"))
        self.site.publish()

    def here(self, text: str) -> str:
        """A text of the guide with this test's places."""
        return text.replace(WWW, str(self.www)).replace("/etc/archive-rules", str(self.folder / "rules"))

    def make_rules(self, last_line: str) -> None:
        """Run the guide's script, which tells the web server with another last line."""
        text = self.here(block(GUIDE, "sh", "awk"))
        self.script.write_text(text.replace("nginx -t -q && nginx -s reload", last_line))
        subprocess.run(["sh", str(self.script)], check=True)

    def verify(self) -> list[tuple[str, str]]:
        """What `newsgen verify live` finds."""
        done = self.site.newsgen("verify", "live", "--json", ok=(0, 1))
        return [(each["path"], each["kind"]) for each in json.loads(done.stdout)["differences"]]

    def status(self, path: str) -> int:
        answer = read(self.port, path)
        assert answer is not None
        return answer.status

    def assert_served(self) -> None:
        """All is as it should be; and `verify` would say so if it were not."""
        assert self.verify() == []
        assert self.status(self.site.url("s13")) == 410
        assert self.status(self.site.url("s15")) == 301
        for alias in ASKED:
            answer = read(self.port, alias)
            assert answer is not None
            location = {name.lower(): text for name, text in answer.headers}.get("location", "")
            assert (answer.status, location.partition("?")[0]) == (301, self.site.url("s16")), alias
        assert [self.status(path) for path in ("/story.php", "/story.php?id=17", "/?p=17")] == [404, 404, 200]
        assert self.status("/_headers") == self.status("/_redirects") == self.status("/nowhere/") == 404
        answer = read(self.port, self.site.url("s13"))
        assert answer is not None
        assert b"withdrawn" in answer.body.lower()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published(tmp_path_factory.mktemp("guide"))


@contextmanager
def running(command: list[str], log: Path, port: int) -> Iterator[None]:
    """A web server, until the block ends."""
    with log.open("wb") as told:
        server = subprocess.Popen(command, stdout=told, stderr=told, env=ENVIRONMENT | {"HOME": str(log.parent)})
    try:

        def is_up() -> bool:
            assert server.poll() is None, log.read_text()
            return read(port, "/") is not None

        until(is_up)
        yield
    finally:
        server.terminate()
        server.wait(20)


def test_nginx(published: Published) -> None:
    nginx = require_program("nginx")
    folder = published.folder
    config = published.here(block(GUIDE, "nginx", "server {"))
    (folder / "archive.conf").write_text(config.replace("listen 80;", f"listen 127.0.0.1:{published.port};"))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    lines = [f"{kind}_temp_path {folder}/{kind};" for kind in kinds]
    lines += ["access_log off;", f"include {folder}/archive.conf;"]
    user = "user root;\n" if os.geteuid() == 0 else ""
    http = "\n".join(lines)
    (folder / "nginx.conf").write_text(f"{user}pid {folder}/nginx.pid;\nevents {{}}\nhttp {{\n{http}\n}}\n")
    command = [nginx, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    published.make_rules("true")
    with running([*command, "-g", "daemon off;"], folder / "nginx.log", published.port):
        published.assert_served()

        (folder / "rules/moved.map").write_text("")
        reload = " ".join([*command, "-s", "reload"])
        subprocess.run(reload.split(), check=True)
        moved = published.site.url("s15")
        until(lambda: published.status(moved) != 301)
        assert published.verify() == [(moved, "redirect")]
        published.make_rules(f"{' '.join(command)} -t -q && {reload}")
        until(lambda: published.status(moved) == 301)
        assert published.verify() == []


def test_caddy(published: Published) -> None:
    caddy = require_program("caddy")
    folder = published.folder
    config = published.here(block(GUIDE, "caddy", "file_server"))
    config = config.replace("archive.example {", f"http://127.0.0.1:{published.port} {{")
    (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + config)
    published.make_rules("true")
    command = [caddy, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with running(command, folder / "caddy.log", published.port):
        published.assert_served()


def unit(name: str) -> configparser.ConfigParser:
    """A unit of systemd in the guide, by its description and kind."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(block(GUIDE, "ini", name))
    return parser


def as_here(published: Published, command: str) -> str:
    """A command of the guide with this test's places."""
    newsgen = f"{sys.executable} -m newsgen"
    text = command.replace("/home/editor/.venv/bin/newsgen", newsgen)
    return text.replace("/home/editor/archive", str(published.site.root))


def test_the_service_and_the_cron_line_publish(published: Published) -> None:
    service = unit("ExecStart=/home")
    line = block(GUIDE, "cron", "newsgen publish").strip()
    schedule, command = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    assert schedule == ["*/5", "*", "*", "*", "*"]
    for number, each in enumerate((service["Service"]["ExecStart"], command)):
        published.site.correct_body("s04", f"Text {number}.")
        folder = as_here(published, service["Service"]["WorkingDirectory"])
        done = subprocess.run(
            ["sh", "-c", as_here(published, each)],
            cwd=folder if number == 0 else "/", env=ENVIRONMENT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        page = published.www / "current" / published.site.url("s04")[1:]
        assert f"Text {number}." in page.read_text(encoding="utf-8")


def test_the_units_are_good(published: Published) -> None:
    """As systemd itself sees them, with programs and a folder that are there."""
    analyze = require_program("systemd-analyze")
    folder = published.folder / "units"
    folder.mkdir()
    names = ("archive-rules.service", "archive-rules.path", "archive-publish.service", "archive-publish.timer")
    for name, text in zip(names, blocks(GUIDE, "ini"), strict=True):
        text = text.replace("/usr/local/bin/archive-rules", "/bin/true").replace(WWW, str(published.www))
        text = text.replace("User=editor", "User=root").replace("/home/editor/.venv/bin/newsgen", "/bin/true")
        (folder / name).write_text(text)
    paths = [str(folder / name) for name in names]
    done = subprocess.run([analyze, "verify", "--man=no", *paths], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if any(name in line for name in names)] == []
    (folder / names[1]).write_text("[Path]\nPathChangd=x\n")
    done = subprocess.run([analyze, "verify", "--man=no", paths[1]], capture_output=True, text=True, check=False)
    assert names[1] in done.stderr, "a unit with a mistake passes too"


def test_the_guide_s_commands_are_newsgen_s(published: Published) -> None:
    """Each line of its shell blocks that calls newsgen does what it says."""
    said = [line for text in blocks(GUIDE, "sh") for line in text.splitlines() if line.startswith("newsgen ")]
    assert [line.split()[1] for line in said] == ["publish", "publish", "verify", "verify", "verify"]
    published.site.correct_body("s07")
    for line in said[:2]:
        published.site.newsgen(*line.split()[1:])
    assert "to previous" in block_text()
    published.site.publish("live", "--to", "previous")


def block_text() -> str:
    return (Path(__file__).resolve().parents[2] / "docs" / GUIDE).read_text(encoding="utf-8")
