"""A screen that nobody looks at, so that the pages can be used as people use them."""

import os
import shutil
import subprocess

import pytest


@pytest.fixture(scope="session")
def display():
    """The name of a screen that nobody looks at."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb is missing: install the package xvfb to see the real window tested")
    reader, writer = os.pipe()
    command = [program, "-displayfd", str(writer), "-screen", "0", "1280x860x24"]
    command += ["-nolisten", "tcp"]
    with subprocess.Popen(
        command, pass_fds=(writer,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        assert number, "Xvfb ended by itself"
        yield f":{number}"
        server.terminate()
