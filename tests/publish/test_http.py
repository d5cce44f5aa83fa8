"""What is told of a host that does not answer."""

from __future__ import annotations

import socket

import pytest

from newsgen.publish.http import Http
from newsgen.publish.protocol import Transient
from tests.support.publications import surroundings


def test_a_host_that_does_not_answer_is_named_and_nothing_secret() -> None:
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        http = Http(f"http://desk:word@{place}", "the store", surroundings("."), {"Authorization": "Bearer token"})
        with pytest.raises(Transient) as fault:
            http.once("GET", "/bucket?signature=abc")
    told = str(fault.value)
    assert f"no answer from {place} (" in told
    assert not [each for each in ("word", "signature", "abc", "token") if each in told]
