"""The netlify.toml of a new site, built by Netlify's own client: as it is, and again with what its cache kept."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.caches import pack, unpack
from tests.support.netlify_cli import netlify_client
from tests.support.wheels import clean_python, make_wheel

pytestmark = pytest.mark.long
CACHE = ".netlify/cache"  # where the client keeps what a plugin gives it
COUNTS = re.compile(r"\b([\d,]+) rendered, ([\d,]+) written")


def test_a_new_site_is_built_and_built_again_from_the_cache(tmp_path: Path) -> None:
    """pip finds newsgen in wheels/ of the site; the libraries are those of this computer."""
    client = netlify_client(tmp_path / "home")
    site = tmp_path / "site"
    subprocess.run([sys.executable, "-m", "newsgen", "init", str(site), "--host", "netlify"], check=True)
    make_wheel(site / "wheels")
    clean_python(tmp_path / "python", tmp_path)
    env = {"PIP_NO_INDEX": "1", "PYTHONPATH": str(tmp_path / "python/libraries")}
    said = client.run(site, "build", "--offline", **env)
    ((rendered, written),) = COUNTS.findall(said)
    assert int(rendered) == int(written) > 30
    shutil.rmtree(site / ".newsgen")
    shutil.rmtree(site / "build")
    for path in (site / "content").rglob("*"):
        os.utime(path)  # as in a fresh clone
    again = client.run(site, "build", "--offline", **env)
    assert COUNTS.findall(again) == [("0", "0")]
    assert (site / "build/index.html").is_file()
    pack(tmp_path / "cache.tar", site, [CACHE])
    for name in (CACHE, ".newsgen", "build"):
        shutil.rmtree(site / name)
    unpack(tmp_path / "cache.tar", site)  # each file has another time now
    assert COUNTS.findall(client.run(site, "build", "--offline", **env)) == [("0", "0")]
