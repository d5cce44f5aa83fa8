"""Calls again what failed for a moment: the connection broke, or the host was busy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from newsgen.model.errors import Problem, SystemFault
from newsgen.publish.protocol import Expired, Transient

__all__ = ["ATTEMPTS", "LONGEST_WAIT_S", "retrying", "wait_before"]

Result = TypeVar("Result")

ATTEMPTS = 6  # the fifth wait is 16 s: a host that answers 429 or restarts is back by then
LONGEST_WAIT_S = 120.0  # a host that wants more is told of instead


def wait_before(attempt: int, fault: Transient) -> float:
    """How many seconds to wait before attempt 2, 3, …: what the host asks for, else 1, 2, 4, …"""
    return fault.wait_s if fault.wait_s is not None else 2.0 ** (attempt - 2)


def retrying(call: Callable[[], Result], sleep: Callable[[float], None], place: str) -> Result:
    """What the call returns, at the latest at the sixth attempt. SystemFault where all fail; Expired goes through."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return call()
        except Expired:
            raise
        except Transient as fault:
            wait_s = wait_before(attempt + 1, fault)
            if attempt == ATTEMPTS or wait_s > LONGEST_WAIT_S:
                raise SystemFault(Problem("publish-failed", place, values=(fault.reason,))) from None
            sleep(wait_s)
    raise AssertionError("unreachable")
