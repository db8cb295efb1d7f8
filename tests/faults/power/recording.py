"""A program of this suite, run under strace: what its work did to the files of an office."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.checkout import ROOT
from tests.faults.power import trace
from tests.faults.power.disk import Disk
from tests.faults.power.trace import Call

ANYWHERE, AT_END = 0.4, 0.2  # shares of cuts
_TELLING = ("sync", "move", "told", "drop")  # around these a cut shows most


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A folder before the work, and every call of the work in it."""

    root: Path
    before: Path
    calls: tuple[Call, ...]

    def cuts(self, numbers, seed, folder, deaf=lambda _path: False):
        """For each number a folder as a power cut leaves it, and what had been told by then."""
        chances = {number: random.Random(f"{seed} {number}") for number in numbers}
        places = sorted((self._place(chance), number) for number, chance in chances.items())
        disk, done = Disk(self.root, self.before, deaf), 0
        told: list[str] = []
        for place, number in places:
            for call in self.calls[done:place]:
                disk.do(call)
                told += [call.path] if call.kind == "told" else []
            done = place
            to = folder / f"cut-{number}"
            disk.after_a_cut(chances[number], to)
            yield to, tuple(told)
            shutil.rmtree(to)

    def _place(self, chance):
        """How many calls were made before the cut: many cuts are near telling ones."""
        luck = chance.random()
        if luck < ANYWHERE:
            return chance.randrange(len(self.calls) + 1)
        if luck < ANYWHERE + AT_END:
            return len(self.calls)
        near = [place for place, call in enumerate(self.calls) if call.kind in _TELLING]
        return min(max(chance.choice(near) + chance.randint(-1, 2), 0), len(self.calls))


def why_not():
    """Why nothing can be recorded here; empty when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed: no power cut can be simulated"
    command = ["strace", "-f", "--seccomp-bpf", "-y", "-o", os.devnull, "true"]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        return "this system does not let strace look at a program"
    return ""


class Recorder:
    """The program, waiting for its next line; its work is in the folder `root`."""

    def __init__(self, module, first, root, folder, environment=None):
        self._root, self._folder = Path(root), Path(folder)
        self._folder.mkdir()
        self._trace = self._folder / "trace"
        self._before: list[Path] = []
        strace = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", str(trace.LONGEST)]
        strace += ["-o", str(self._trace), "-e", "trace=" + ",".join(trace.TRACED)]
        self._process: Any = subprocess.Popen(
            [*strace, sys.executable, "-m", module],
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._send(first)

    def run(self, *line, until="done", count=1):
        """The work of this line, up to the `count`-th answer `until`; then it is killed."""
        before = self._folder / f"before-{len(self._before)}"
        shutil.copytree(self._root, before, ignore=shutil.ignore_patterns("*-shm"))
        self._before.append(before)
        self._send(*line)
        pid, seen = 0, 0
        while True:
            word, number = self._answer()
            pid = int(number) if word == "pid" else pid
            seen += word == until
            if word == "dead":
                assert seen, "the recorded work failed"
                return
            if seen == count and word == until != "done":
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def close(self):
        """All that was run, each as a recording."""
        with self._process as process:
            process.stdin.close()
            process.stdout.read()
        assert process.returncode == 0, "the recorded program failed"
        found: list[list[Call]] = [[]]
        for call in trace.calls(self._trace, self._root):
            if call.kind == "told" and call.path.startswith("dead "):
                found.append([])
            else:
                found[-1].append(call)
        self._trace.unlink()
        return tuple(
            Recording(root=self._root, before=before, calls=tuple(made))
            for before, made in zip(self._before, found, strict=False)
        )

    def _send(self, *words):
        self._process.stdin.write(" ".join(map(str, words)) + "\n")

    def _answer(self):
        line = self._process.stdout.readline()
        assert line, "the recorded program ended by itself"
        return line.split(maxsplit=1)
