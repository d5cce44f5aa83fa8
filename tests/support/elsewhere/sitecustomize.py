"""Runs as Python starts, for commands under test: what newsgen sees of the system is then as on another one.

See tests/support/other_systems.py. `NEWSGEN_TEST_SYSTEM` says which: windows or macos.
"""

from __future__ import annotations

import os

if _system := os.environ.get("NEWSGEN_TEST_SYSTEM"):
    from tests.support import other_systems

    other_systems.become(_system)
