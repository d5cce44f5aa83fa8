"""Connections over which no request comes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from newsgen.preview.connections import ConnectionLimits, protocol

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def hello(_scope: Scope, _receive: Receive, send: Send) -> None:
    """An application that says hello."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


def serve(limits: ConnectionLimits, visit: Callable[[Callable[[], Awaitable[Stream]]], Awaitable[None]]) -> None:
    """Serve `hello` while somebody visits, who gets a way to connect."""

    async def run() -> None:
        config, state, kind = Config(hello, lifespan="off", log_level="critical"), ServerState(), protocol(limits)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: kind(config, state, {}, loop), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        await asyncio.wait_for(visit(lambda: asyncio.open_connection("127.0.0.1", port)), 20)
        server.close()

    asyncio.run(run())


async def end_of(stream: Stream) -> bytes:
    """What comes until the other side closes."""
    data = b""
    try:
        while part := await stream[0].read(4096):
            data += part
    except ConnectionResetError:
        pass
    stream[1].close()
    return data


async def answer(stream: Stream) -> bytes:
    stream[1].write(REQUEST)
    return await stream[0].readuntil(b"hello")


@pytest.mark.parametrize("begun", [b"", b"GET / HT", REQUEST[:-2], b"POST / HTTP/1.1\r\nHost: a\r\nContent-Le"])
def test_who_never_asks_is_sent_away(begun: bytes) -> None:
    async def visit(connect: Callable[[], Awaitable[Stream]]) -> None:
        stream = await connect()
        stream[1].write(begun)
        assert await end_of(stream) == b""

    serve(ConnectionLimits(wait_s=0.05), visit)


def test_who_asks_again_and_does_not_end_is_sent_away() -> None:
    async def visit(connect: Callable[[], Awaitable[Stream]]) -> None:
        stream = await connect()
        assert (await answer(stream)).startswith(b"HTTP/1.1 200")
        stream[1].write(b"GET / HT")
        assert await end_of(stream) == b""

    serve(ConnectionLimits(wait_s=0.05), visit)


def test_half_open_connections_leave_room_for_readers() -> None:
    async def visit(connect: Callable[[], Awaitable[Stream]]) -> None:
        reader = await connect()
        assert (await answer(reader)).startswith(b"HTTP/1.1 200")
        half_open = [await connect() for _each in range(8)]
        assert await asyncio.gather(*map(end_of, half_open[:5])) == [b""] * 5  # the oldest
        for stream in (reader, await connect()):
            assert (await answer(stream)).startswith(b"HTTP/1.1 200")
            stream[1].close()
        for _reader, writer in half_open[5:]:
            writer.close()

    serve(ConnectionLimits(wait_s=60, most_waiting=3), visit)
