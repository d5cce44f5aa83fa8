"""When a save counts as over, and when everything is looked at."""

from __future__ import annotations

import asyncio
import time

from newsgen.preview.debounce import DebounceLimits, Debouncer


def test_the_parts_of_a_save_come_together() -> None:
    async def save() -> None:
        debouncer = Debouncer()
        for path in ("content/a.md", "content/a.md~", "content/a.md"):
            debouncer.report(path, is_open=False)
        assert await debouncer.next() == {"content/a.md", "content/a.md~"}
        debouncer.report("content/b.md", is_open=False)
        assert await debouncer.next() == {"content/b.md"}

    asyncio.run(save())


def test_a_file_that_is_open_is_waited_for_and_keeps_no_other_waiting() -> None:
    async def write() -> None:
        debouncer = Debouncer(DebounceLimits(open_s=60))
        debouncer.report("content/slow.md", is_open=True)
        debouncer.report("content/a.md", is_open=False)
        assert await debouncer.next() == {"content/a.md"}
        asyncio.get_running_loop().call_soon(lambda: debouncer.report("content/slow.md", is_open=False))  # closed
        assert await debouncer.next() == {"content/slow.md"}

    asyncio.run(write())


def test_a_writer_that_never_closes_is_not_waited_for_forever() -> None:
    async def write() -> None:
        debouncer = Debouncer(DebounceLimits(open_s=0.05))
        debouncer.report("content/slow.md", is_open=True)
        began = time.monotonic()
        assert await debouncer.next() == {"content/slow.md"}
        assert time.monotonic() - began >= 0.05

    asyncio.run(write())


def test_a_burst_without_a_pause_is_looked_at_all_the_same() -> None:
    async def burst() -> None:
        debouncer = Debouncer(DebounceLimits(quiet_s=60, longest_s=0.02))
        debouncer.report("content/a.md", is_open=False)
        assert await debouncer.next() == {"content/a.md"}

    asyncio.run(burst())


def test_of_too_much_only_a_part_may_have_been_reported() -> None:
    async def flood() -> None:
        debouncer = Debouncer(DebounceLimits(most_paths=2, most_reports=5))
        for path in ("a", "b", "c"):
            debouncer.report(path, is_open=False)
        assert await debouncer.next() is None
        for _ in range(6):
            debouncer.report("a", is_open=False)
        assert await debouncer.next() is None
        debouncer.report("a", is_open=False)
        assert await debouncer.next() == {"a"}

    asyncio.run(flood())
