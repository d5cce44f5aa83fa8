"""The command for live preview."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import Any

import click

from newsgen.cli.console import console_of
from newsgen.cli.shared import clock, common_options, site_of
from newsgen.cli.streams import shows_blocks
from newsgen.model.errors import LockHeld, Problem

__all__ = ["serve"]


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port. [default: the first free one from 8000]")
@click.option("--host", default="127.0.0.1", help="The address to listen at. [default: 127.0.0.1]")
@click.option("--allow-host", multiple=True, metavar="NAME", help="Also answer under this host name.")
@click.option("--now", metavar="TIME", help="Show the site as it is at this time. [default: the current time]")
@click.option("--public", is_flag=True, help="Show what readers see: no drafts, no bar, no clock to set.")
@click.option("--follow", is_flag=True, help="Go to the page of the story that was saved last.")
@click.option("--poll", is_flag=True, help="Look at all files every second: network disks report no changes.")
@click.option("--open", "is_opened", is_flag=True, help="Open the site in a browser.")
@click.option("--jobs", type=click.IntRange(1, 256), help="How many worker processes. [default: one per processor]")
@common_options
def serve(
    port: int | None, host: str, allow_host: tuple[str, ...], now: str | None, public: bool, follow: bool, poll: bool,
    is_opened: bool, jobs: int | None, **options: Any,
) -> None:  # fmt: skip
    """Show the site in a browser while you work on it, and every save at once. Drafts are shown, and marked.

    \b
    Example:
      newsgen serve --open
      newsgen serve --now 2026-01-01T06:00Z --public
    """
    from newsgen.messages import results
    from newsgen.preview.access import AllowedHosts
    from newsgen.preview.port import bound, own_addresses
    from newsgen.preview.qr_code import qr_lines
    from newsgen.preview.server import Server, ServerOptions
    from newsgen.preview.session import Session
    from newsgen.preview.update import SessionOptions
    from newsgen.preview.watch import WatchOptions
    from newsgen.source import project
    from newsgen.store import Store
    from newsgen.workers.system import processors

    console = console_of(options)
    site = site_of(options, has_content=True)
    fixed_clock = clock(now, site.settings.timezone) if now else None
    is_local = host in ("localhost", "127.0.0.1", "::1")
    hosts = AllowedHosts(frozenset(name.lower() for name in (*allow_host, host)), any_ip=not is_local)
    with ExitStack() as stack:
        path = ":memory:"
        try:
            stack.enter_context(site.disk.lock(f"{project.STATE}/preview.lock"))
            path = project.preview_path(site, is_public=public)
        except LockHeld:
            console.problems([Problem("preview-runs", site.disk.root, severity="warning")])
        store = stack.enter_context(Store(path))
        listening = stack.enter_context(bound(host, port))
        session_options = SessionOptions(
            site.root, lambda: int(time.time()) if fixed_clock is None else fixed_clock,
            project.environment_digest(site.settings.timezone), drafts=not public,
        )  # fmt: skip
        session = Session(session_options, store)
        session.start(jobs or processors(), console.progress)
        console.problems(session.problems)
        store.close()  # the preview opens it again in its own thread
        server = Server(session, site.root, console.problems, ServerOptions(hosts, follow, WatchOptions(polls=poll)))
        is_everywhere = host in ("0.0.0.0", "::")
        rest = f":{listening.getsockname()[1]}{session.views.prefix}/"
        url = _url("127.0.0.1" if is_everywhere else host, rest)
        others = [_url(each, rest) for each in own_addresses(host)] if is_everywhere else []

        def on_ready(polling_reason: str) -> None:
            console.end_bar()
            console.say(*results.preview_place(url, others))
            if others and shows_blocks(sys.stdout):
                console.say(*(click.style(line, fg="black", bg="bright_white") for line in qr_lines(others[0])))
            if not is_local:
                console.problems([Problem("served-to-all", url, severity="warning")])
            if polling_reason:
                console.problems([Problem("watch-polls", site.disk.root, values=(polling_reason,), severity="warning")])
            sys.stdout.flush()
            if is_opened:
                click.launch(url)

        try:
            server.run(listening, on_ready)
        except KeyboardInterrupt:  # Ctrl-C is the way to end a preview
            console.say(results.SERVE_ENDED)


def _url(host: str, rest: str) -> str:
    """An address of the preview; one of IPv6 stands in brackets (RFC 3986)."""
    return f"http://[{host}]{rest}" if ":" in host else f"http://{host}{rest}"
