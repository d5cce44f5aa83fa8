"""A wheel of this source tree, made without a network: what `pip install newsgen` would fetch."""

from __future__ import annotations

import base64
import hashlib
import os
import site
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

__all__ = ["clean_python", "make_wheel"]

ROOT = Path(__file__).parent.parent.parent


def make_wheel(folder: Path) -> Path:
    """A wheel with the package, its theme and its command, by the rules of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    name, version = project["project"]["name"], project["project"]["version"]
    folder.mkdir(parents=True, exist_ok=True)
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in _sources(ROOT / "newsgen")}
    for source, target in project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"].items():
        for path in _sources(ROOT / source):
            files[f"{target}/{path.relative_to(ROOT / source).as_posix()}"] = path.read_bytes()
    needs = "".join(f"Requires-Dist: {each}\n" for each in project["project"]["dependencies"])
    scripts = "".join(f"{key} = {text}\n" for key, text in project["project"]["scripts"].items())
    info = f"{name}-{version}.dist-info"
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}".encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = f"[console_scripts]\n{scripts}".encode()
    rows = [f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in files.items()]
    files[f"{info}/RECORD"] = "".join([*rows, f"{info}/RECORD,,\n"]).encode()
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name_inside, data in files.items():
            archive.writestr(name_inside, data)
    return wheel


def _sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def clean_python(folder: Path, wheels: Path) -> dict[str, str]:
    """A new virtual environment that has the libraries of this one but not newsgen, which pip finds in `wheels`.

    The environment variables to use it with.
    """
    venv.create(folder, with_pip=True)
    (packages,) = (folder / "lib").glob("python*/site-packages")
    libraries = folder / "libraries"
    libraries.mkdir()
    for place in map(Path, [each for each in sys.path if each.endswith("site-packages")] or site.getsitepackages()):
        for entry in place.iterdir():
            name = entry.name
            is_other = not name.startswith(("newsgen", "__editable__", "pip", "_virtualenv")) and entry.suffix != ".pth"
            if is_other and not (libraries / name).exists():
                (libraries / name).symlink_to(entry)
    (packages / "libraries.pth").write_text(f"{libraries}\n")
    return {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
        "VIRTUAL_ENV": str(folder),
    }
