"""`make bench-serve`: a preview beside `hugo server`, from a save to the new bytes and to the new page."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.errors import BenchError
from tests.bench.sites import Site

__all__ = ["Figure", "hugo", "markdown", "newsgen"]

_ASK_S = 0.002  # between two questions
_REST_S = 0.8  # between two saves: somebody who saves often
_LIMIT_S = 120.0
_RELOADS = 20  # of a page, while something is waited for


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, with the value of each time."""

    name: str
    unit: str  # ms, MB, %
    values: tuple[float, ...]

    def __str__(self) -> str:
        ordered = sorted(self.values)
        at = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        if len(ordered) == 1:
            return f"| {self.name} | {ordered[0]:.0f} {self.unit} | |"
        return f"| {self.name} | {statistics.median(ordered):.0f} {self.unit} | {at:.0f} {self.unit} |"


def markdown(facts: Sequence[str], figures: Sequence[Figure]) -> str:
    """The table."""
    head = "| | median | 95th of 100 |\n| --- | ---: | ---: |"
    return "\n".join([*facts, "", head, *map(str, figures)]) + "\n"


def _pause(seconds: float) -> None:
    threading.Event().wait(seconds)


class _Server:
    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def get(self, path: str) -> bytes:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_LIMIT_S)
        try:
            link.request("GET", path)
            return link.getresponse().read()
        finally:
            link.close()

    def until(self, path: str, word: bytes) -> float:
        """Milliseconds until a page has a word."""
        began = time.perf_counter()
        while word not in self.get(path):
            if time.perf_counter() - began > _LIMIT_S:
                raise BenchError(f"{path} never had {word.decode()}")
            _pause(_ASK_S)
        return 1000 * (time.perf_counter() - began)

    def memory(self) -> float:
        """MB that are this process's own and its share of others (PSS)."""
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text(encoding="ascii")
        return int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) / 1024  # type: ignore[index]

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: Sequence[str], root: Path, port: int) -> Iterator[tuple[_Server, float]]:
    """A server, and the milliseconds until its first page."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = _Server(process, port)
    try:
        while True:
            try:
                if b"</html>" in server.get("/"):
                    break
            except OSError:
                pass
            if process.poll() is not None or time.perf_counter() - began > _LIMIT_S:
                raise BenchError(f"{command[0]} did not serve")
            _pause(_ASK_S)
        yield server, 1000 * (time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _saves(server: _Server, site: Site, path: str, stories: Sequence[Path], address: Callable[[Path], str]) -> Figure:
    times = []
    for number, story in enumerate(stories):
        word = f"Savedword{number}."
        url = address(story)
        server.get(url)
        with story.open("a", encoding="utf-8") as out:
            out.write(f"\n\n{word}\n")
        times.append(server.until(url, word.encode()))
        _pause(_REST_S)
    return Figure(path, "ms", tuple(times))


def _some(site: Site, count: int) -> list[Path]:
    paths = sorted((site.root / "content").rglob("*.md"))
    return [paths[(number * 7919) % len(paths)] for number in range(1, count + 1)]


def newsgen(site: Site, saves: int, browser: str) -> list[Figure]:
    """A preview of the default site; with the path of a Chromium, what a reader of the page sees too."""
    theme = Path(__file__).parents[2] / "templates"
    for name in ("assets/site.css", "article.html.j2"):
        target = site.root / "templates" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(theme / name, target)
    port = _free_port()
    command = [sys.executable, "-m", "newsgen", "serve", "-q", "--port", str(port)]
    figures = []
    with _running(command, site.root, port) as (_server, first):
        figures.append(Figure("newsgen: start to first page, cold", "ms", (first,)))
        seal = site.root / ".newsgen/preview.json"
        while not seal.exists() or b'"unfinished"' in seal.read_bytes():  # the record is written after the first page
            _pause(_ASK_S)
    with _running(command, site.root, port) as (server, first):
        figures.append(Figure("newsgen: start to first page, warm", "ms", (first,)))
        _pause(5)
        began = server.cpu()
        _pause(10)
        figures.append(Figure("newsgen: processor while idle", "% of a core", (10 * (server.cpu() - began),)))

        def address(story: Path) -> str:
            name = story.relative_to(site.root / "content").parent.as_posix()
            index = server.get(f"/{'/'.join(name.split('/')[:3])}/").decode()
            link = re.search(rf'href="(/[^"]*/{re.escape(story.stem)}\.html)"', index)
            day = re.search(r"^date: \"?(\d{4})-(\d\d)-(\d\d)", story.read_text(encoding="utf-8"), re.M)
            assert day is not None
            return link[1] if link else f"/{name.split('/')[0]}/{day[1]}/{day[2]}/{day[3]}/{story.stem}.html"

        figures.append(_saves(server, site, "newsgen: saved to served", _some(site, saves), address))
        figures.append(_burst(server, site, address))
        if browser:
            figures += _shown(server, site, browser, address, saves)
        figures.append(Figure("newsgen: memory", "MB", (server.memory(),)))
    return figures


def _burst(server: _Server, site: Site, address: Callable[[Path], str]) -> Figure:
    stories = _some(site, 100)
    pages = [address(story) for story in stories]
    for story in stories:
        with story.open("a", encoding="utf-8") as out:
            out.write("\n\nBurstword.\n")
    began = time.perf_counter()
    for page in pages[::-1]:
        server.until(page, b"Burstword.")
    return Figure("newsgen: 100 saves, the last to all of them served", "ms", (1000 * (time.perf_counter() - began),))


def _shown(server: _Server, site: Site, browser: str, address: Callable[[Path], str], saves: int) -> list[Figure]:
    """From a save to what Chromium shows."""
    from playwright.sync_api import Error, sync_playwright

    base = f"http://127.0.0.1:{server.port}"
    story = _some(site, saves + 1)[-1]
    style, template = site.root / "templates/assets/site.css", site.root / "templates/article.html.j2"
    texts, styles, templates = [], [], []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page()

        def wait_until(condition: str) -> None:
            """Ask at every frame: a locator asks after 20, 50, 100, 100 and from then on 500 ms."""
            look = f"const look = () => ({condition}) ? done() : requestAnimationFrame(look); look();"
            for _time in range(_RELOADS):
                with suppress(Error):  # the page was reloaded
                    page.evaluate(f"new Promise((done) => {{ {look} }})")
                    return
            raise AssertionError(f"never so: {condition}")

        page.goto(base + address(story))
        page.wait_for_selector("html[data-newsgen-preview=ready]")
        for number in range(saves):
            _pause(_REST_S)
            began = time.perf_counter()
            with story.open("a", encoding="utf-8") as out:
                out.write(f"\n\nShownword{number}.\n")
            wait_until(f"document.body.innerText.includes('Shownword{number}.')")
            texts.append(1000 * (time.perf_counter() - began))
        for number in range(max(3, saves // 4)):
            _pause(_REST_S)
            text = style.read_text(encoding="utf-8")
            began = time.perf_counter()
            style.write_text(f"{text}\nh1 {{ outline: {number + 1}px solid red }}\n", encoding="utf-8")
            wait_until(f"getComputedStyle(document.querySelector('h1')).outlineWidth === '{number + 1}px'")
            styles.append(1000 * (time.perf_counter() - began))
        for number in range(max(3, saves // 4)):
            _pause(_REST_S)
            text = template.read_text(encoding="utf-8")
            began = time.perf_counter()
            template.write_text(re.sub(r"<h1( data-n=\"\d+\")? ", f'<h1 data-n="{number}" ', text), encoding="utf-8")
            wait_until(f"document.querySelector('h1[data-n=\"{number}\"]') !== null")
            templates.append(1000 * (time.perf_counter() - began))
        chromium.close()
    return [
        Figure("newsgen: saved to shown in Chromium", "ms", tuple(texts)),
        Figure("newsgen: style sheet saved to shown", "ms", tuple(styles)),
        Figure("newsgen: template saved to shown", "ms", tuple(templates)),
    ]


def hugo(site: Site, saves: int) -> list[Figure]:
    """`hugo server` with the peers' site: no related lists."""
    port = _free_port()
    command = [site.kind.command[0], "server", "--port", str(port), "--bind", "127.0.0.1", "--disableLiveReload"]
    with _running(command, site.root, port) as (server, first):

        def address(story: Path) -> str:
            return f"/{story.relative_to(site.root / 'content').with_suffix('').as_posix()}/"

        return [
            Figure("hugo server: start to first page", "ms", (first,)),
            _saves(server, site, "hugo server: saved to served", _some(site, saves), address),
            Figure("hugo server: memory", "MB", (server.memory(),)),
        ]
