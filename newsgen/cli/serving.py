"""The command for live preview."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import Any

import click

from newsgen.cli.shared import clock, common, face_of, site_of
from newsgen.model.errors import LockHeld, Problem

__all__ = ["serve"]


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port. [default: the first free one from 8000]")
@click.option("--host", default="127.0.0.1", help="The address to listen at. [default: 127.0.0.1]")
@click.option("--allow-host", multiple=True, metavar="NAME", help="Another name by which it may be asked for.")
@click.option("--now", metavar="TIME", help="Show the site as it is at this time. [default: as time goes on]")
@click.option("--public", is_flag=True, help="As readers see it: no drafts, no bar, no clock to set.")
@click.option("--follow", is_flag=True, help="Go to the page of the story that was saved.")
@click.option("--poll", is_flag=True, help="Look at the files every second: for network disks, which tell nothing.")
@click.option("--open", "is_opened", is_flag=True, help="Open it in a browser.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Workers to read the site. [default: one a processor]")
@common
def serve(
    port: int | None, host: str, allow_host: tuple[str, ...], now: str | None, public: bool, follow: bool, poll: bool,
    is_opened: bool, jobs: int | None, **options: Any,
) -> None:  # fmt: skip
    """Show the site in a browser while you work on it: every save, at once. Drafts are shown, and marked.

    \b
    Example:
      newsgen serve --open
      newsgen serve --now 2026-01-01T06:00Z --public
    """
    from newsgen.engine.job import default_jobs
    from newsgen.preview.http import Guests
    from newsgen.preview.port import bound
    from newsgen.preview.server import Preview
    from newsgen.preview.session import Session
    from newsgen.source import project
    from newsgen.store import Store

    face = face_of(options)
    found = site_of(face, has_content=True)
    fixed = clock(now, found.settings.timezone) if now else None
    is_local = host in ("localhost", "127.0.0.1", "::1")
    guests = Guests(frozenset(name.lower() for name in (*allow_host, host)), not is_local)
    with ExitStack() as held:
        path = ":memory:"
        try:
            held.enter_context(found.disk.lock(f"{project.STATE}/preview.lock"))
            path = project.preview_path(found, is_public=public)
        except LockHeld:
            face.problems([Problem("preview-runs", found.disk.root, severity="warning")])
        store = held.enter_context(Store(path))
        listening = held.enter_context(bound(host, port))
        session = Session(
            found.root, store, lambda: int(time.time()) if fixed is None else fixed,
            drafts=not public, stamp=project.environment_digest(found.settings.timezone),
        )  # fmt: skip
        session.start(jobs or default_jobs(), face.progress)
        face.problems(session.problems)
        store.close()  # it goes on in another thread
        preview = Preview(session, found.root, face.problems, follow=follow, poll=poll)
        number = listening.getsockname()[1]
        shown = "127.0.0.1" if host in ("0.0.0.0", "127.0.0.1") else f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{number}{session.prefix}/"

        def ready() -> None:
            face.end_bar()
            face.say(f"The site is at {url}  Stop with Ctrl-C.")
            if not is_local:
                face.problems([Problem("served-to-all", url, severity="warning")])
            if preview.watch and preview.watch.reason:
                said = (preview.watch.reason,)
                face.problems([Problem("watch-polls", found.disk.root, values=said, severity="warning")])
            sys.stdout.flush()
            if is_opened:
                click.launch(url)

        try:
            preview.run(listening, guests, ready)
        except KeyboardInterrupt:  # the way to end it
            face.say("Stopped.")
