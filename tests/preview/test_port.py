"""Where a preview listens, and by which addresses other devices reach it."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from newsgen.model.errors import SystemFault
from newsgen.preview.port import bound, own_addresses


def test_a_port_that_is_taken_is_said_to_be() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(SystemFault) as caught:
        bound("127.0.0.1", other.getsockname()[1])
    assert caught.value.problems[0].rule == "port-taken"


def test_without_a_port_a_free_one_is_found() -> None:
    with bound("127.0.0.1", None) as first, bound("127.0.0.1", None) as second:
        assert first.getsockname()[1] < second.getsockname()[1]


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_the_addresses_for_other_devices(host: str) -> None:
    """None on a machine without a network; never one that leads only to itself."""
    found = own_addresses(host)
    assert len(found) == len(set(found))
    assert not [each for each in found if ipaddress.ip_address(each).is_loopback]
    assert host == "::" or not [each for each in found if ":" in each]


def test_one_address_is_itself() -> None:
    assert own_addresses("192.0.2.7") == ("192.0.2.7",)
