"""A disk of a few megabytes, where the system lets us mount one, and filled as far as wanted."""

import contextlib
import os
import shutil
import subprocess
import sys

import pytest

FULL = "disk is full"


@contextlib.contextmanager
def mounted(at, size):
    """The folder `at` is a disk of its own; the test is skipped where nobody may mount one."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only the administrator of a Linux computer can mount a small disk")
    at.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this computer lets nobody mount a small disk")
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


def leave(disk, free):
    """Only so many bytes of the disk are free; the file that takes the rest."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    with filler.open("wb") as file:
        file.write(bytes(max(shutil.disk_usage(disk).free - free, 0)))
    return filler
