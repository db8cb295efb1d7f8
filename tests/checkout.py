"""The files of this checkout, as git would take them or as they lie there."""

import ast
import functools
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NOT_OURS = {"__pycache__", "demo-out", "dist"}


@functools.cache
def files():
    """Every file that belongs to the project, tracked or about to be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return tuple(_walked())
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        return tuple(_walked())
    names = (name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in map(ROOT.joinpath, names) if path.is_file())


def _walked():
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name not in _NOT_OURS and (name == ".ci" or name[0] != ".")
        ]
        for name in names:
            if not name.endswith((".mo", ".pyc")) and name != ".coverage":
                yield Path(folder, name)


def name_of(path):
    """The path from the top of the checkout, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders):
    """The Python files under the folders."""
    return tuple(
        path for path in files() if path.suffix == ".py" and name_of(path).split("/")[0] in folders
    )


@functools.cache
def tree(path):
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"))
