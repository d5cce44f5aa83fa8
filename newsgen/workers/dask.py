"""Workers on a Dask cluster: they must see the site's folder and the output at the same paths. Owns distributed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from newsgen.model.errors import Problem, SystemFault, UsageError
from newsgen.source import project
from newsgen.workers.pool import Cluster

__all__ = ["connect"]

TIMEOUT_S = 10  # to reach the scheduler
_ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://[^\s/]+:\d+")
_AHEAD = 4  # batches a thread: enough that none waits for the next, few enough that memory stays small
_TRIES = 5  # workers that may die over one batch


def _standing(folder: str, timezone: str) -> tuple[bool, str]:
    """On a worker: whether it sees a folder, and which newsgen it has."""
    return os.path.isdir(folder), project.environment_digest(timezone)


@contextmanager
def connect(address: str, found: project.Project) -> Iterator[Cluster]:
    """The workers of the Dask cluster at an address, for the length of the block.

    UsageError for what is no address, where distributed is not installed, and where a worker does not see the site or
    has another newsgen; SystemFault where the cluster cannot be reached, or is lost.
    """
    try:
        from distributed import Client
        from distributed.comm.core import CommClosedError
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise UsageError(Problem("dask-missing", address)) from None
    if not _ADDRESS.fullmatch(address):
        raise UsageError(Problem("dask-address", address))
    folder = os.path.realpath(found.root / project.STATE)
    try:
        connect: Any = Client  # has no types
        client = connect(address, timeout=TIMEOUT_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError, CommClosedError) as error:
        raise SystemFault(Problem("dask-fault", address, values=(str(error) or type(error).__name__,))) from error
    try:
        with client:
            yield _checked(client, address, folder, found.settings.timezone)
    except (KilledWorker, CommClosedError) as error:
        raise SystemFault(Problem("dask-fault", address, values=(str(error) or type(error).__name__,))) from error


def _checked(client: Any, address: str, folder: str, timezone: str) -> Cluster:
    try:
        told = client.run(_standing, folder, timezone)
    except ImportError as error:
        raise UsageError(Problem("dask-other", address)) from error
    if not told:
        raise UsageError(Problem("dask-empty", address))
    stamp = project.environment_digest(timezone)
    for worker, (sees, other) in sorted(told.items()):
        if not sees:
            raise UsageError(Problem("dask-blind", worker, values=(folder,)))
        if other != stamp:
            raise UsageError(Problem("dask-other", worker))
    threads = sum(client.nthreads().values())
    return Cluster(client.get_executor(retries=_TRIES), folder, _AHEAD * threads)
