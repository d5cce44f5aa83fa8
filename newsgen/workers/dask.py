"""Workers of a Dask cluster, which must see the site and its output at the same paths. Owns distributed."""

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

TIMEOUT_S = 10  # seconds to reach the scheduler
_ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://[^\s/]+:\d+")
_CHUNKS_PER_THREAD = 4  # under way: enough that no thread waits for the next, few enough that memory stays small
_RETRIES = 5  # times that a chunk is given to another worker because its worker died


def _inspect(folder: str, timezone: str) -> tuple[bool, str]:
    """On a worker: whether it sees a folder, and the digest of its newsgen, libraries and Python."""
    return os.path.isdir(folder), project.environment_digest(timezone)


@contextmanager
def connect(address: str, site: project.Project) -> Iterator[Cluster]:
    """The workers of the Dask cluster at an address (`tcp://host:8786`), for the length of the block.

    UsageError where that is no address, where distributed is not installed, and where a worker does not see the site or
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
    folder = os.path.realpath(site.root / project.STATE)
    try:
        untyped_client: Any = Client
        client = untyped_client(address, timeout=TIMEOUT_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError, CommClosedError) as error:
        raise SystemFault(Problem("dask-fault", address, values=(str(error) or type(error).__name__,))) from error
    try:
        with client:
            yield _checked(client, address, folder, site.settings.timezone)
    except (KilledWorker, CommClosedError) as error:
        raise SystemFault(Problem("dask-fault", address, values=(str(error) or type(error).__name__,))) from error


def _checked(client: Any, address: str, folder: str, timezone: str) -> Cluster:
    """The cluster of a client, if each of its workers sees the folder and has our newsgen; else UsageError."""
    try:
        answers = client.run(_inspect, folder, timezone)
    except ImportError as error:
        raise UsageError(Problem("dask-other", address)) from error
    if not answers:
        raise UsageError(Problem("dask-empty", address))
    own_digest = project.environment_digest(timezone)
    for worker, (sees_folder, worker_digest) in sorted(answers.items()):
        if not sees_folder:
            raise UsageError(Problem("dask-blind", worker, values=(folder,)))
        if worker_digest != own_digest:
            raise UsageError(Problem("dask-other", worker))
    threads = sum(client.nthreads().values())
    return Cluster(client.get_executor(retries=_RETRIES), folder, _CHUNKS_PER_THREAD * threads)
