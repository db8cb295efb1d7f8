"""A program of this suite that is killed in the middle of its work, and the next one after it."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from typing import Any

from tests.checkout import ROOT


class Victims:
    """The program, waiting for its next line; it forks for each."""

    def __init__(self, module, first):
        self._process: Any = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._send(first)

    def timed(self, *line):
        """How many seconds the work takes when nobody kills it."""
        self._begun(line)
        start = time.perf_counter()
        assert self._ended(), "the work failed by itself"
        return time.perf_counter() - start

    def killed(self, after, *line):
        """The work was killed so many seconds after it began; whether it was done by then."""
        pid = self._begun(line)
        select.select([], [], [], after)
        with contextlib.suppress(ProcessLookupError):  # it was done meanwhile
            os.kill(pid, signal.SIGKILL)
        return self._ended()

    def close(self):
        """The program ends."""
        with self._process as process:
            process.stdin.close()
            process.stdout.read()

    def _begun(self, line):
        self._send(*line)
        pid, begun = 0, False
        while not (pid and begun):
            word, number = self._answer()
            pid = int(number) if word == "pid" else pid
            begun = begun or word == "begun"
        return pid

    def _ended(self):
        done = False
        while True:
            word, _number = self._answer()
            done = done or word == "done"
            if word == "dead":
                return done

    def _send(self, *words):
        self._process.stdin.write(" ".join(map(str, words)) + "\n")

    def _answer(self):
        line = self._process.stdout.readline()
        assert line, "the program ended by itself"
        return line.split(maxsplit=1)
