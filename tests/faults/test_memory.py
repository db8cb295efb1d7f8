"""After the lock nothing of the office is left in memory: it is another program by then."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

import pytest

from pmdesk.store.vault import vault
from tests.checkout import ROOT
from tests.fakes import FakeClock
from tests.faults.remembering import HALF
from tests.faults.scale import counted, times
from tests.offices import P2, P5, PASSPHRASE, answers, consenting, founded_office

RUNS = times(1, 5)
PATIENCE = 60.0  # seconds
CHUNK = 1 << 24
NAME, MOBILE, ROOM = "濮阳云岫", "13812349067", "17-1-1703"

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="looks into /proc, which only Linux has"
)

# what the fresh process runs besides itself: a look at its own window, and leave for the test
EYES = """
    import json, os, sys
    if sys.orig_argv[1:3] == ["-m", "pmdesk"]:
        import ctypes, resource
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication, QComboBox, QLabel
        libc = ctypes.CDLL(None)
        begin = QApplication.exec

        def look(timer):
            shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
            boxes = [box for one in shown for box in one.findChildren(QComboBox)]
            if not any(box.count() for box in boxes):
                return
            timer.stop()
            labels = [line.text() for one in shown for line in one.findChildren(QLabel)]
            seen = {
                "windows": [type(one).__name__ for one in shown],
                "words": labels,
                "dumpable": libc.prctl(3, 0, 0, 0, 0),
                "core": resource.getrlimit(resource.RLIMIT_CORE),
            }
            libc.prctl(4, 1, 0, 0, 0)
            path = os.environ["PMDESK_EYES"]
            with open(path + ".tmp", "w") as file:
                json.dump(seen, file)
            os.replace(path + ".tmp", path)

        def run(*arguments):
            timer = QTimer()
            timer.timeout.connect(lambda: look(timer))
            timer.start(50)
            return begin()

        QApplication.exec = staticmethod(run)
"""


@pytest.fixture
def office(tmp_path, clock):
    """A resident with marked values, one of them sealed."""
    made = founded_office(tmp_path / "founded").copied(tmp_path / "office", clock)
    manager = made.session("manager")
    consenting(
        manager, P2, P5, values=answers(clean_need="in_home"), name=NAME, mobile=MOBILE, room=ROOM
    )
    made.close()
    return made


def test_after_the_lock_the_new_process_holds_no_key_and_no_resident(office, tmp_path, figure):
    for number in counted("memory", RUNS):
        kept = tmp_path / f"kept-{number}"
        kept.mkdir()
        sought = {**keys(office.folder), **markers()}
        with at_work(office.folder, kept) as process:
            wait_for(process, kept / "open")
            before = found(process.pid, sought)
            (kept / "lock").touch()
            wait_for(process, kept / "eyes.json")
            program = Path("/proc", str(process.pid), "cmdline").read_bytes().split(b"\0")[1:-1]
            after = found(process.pid, sought)
        seen = json.loads((kept / "eyes.json").read_text())

        assert {"ring ops", "pen", "name", "mobile", "half", "passphrase"} <= before, (
            "the eyes are open"
        )
        assert program == [b"-m", b"pmdesk"]
        assert after == set()
        assert seen["windows"] == ["Shell"]
        assert any("1 份未保存草稿" in words for words in seen["words"]), seen["words"]
        assert (seen["dumpable"], seen["core"]) == (0, [0, 0])
    figure("memory of the new process after a lock", RUNS, "0 keys, 0 markers")


def keys(folder):
    """Every key that signing in brings into memory, as bytes and spelled in hex."""
    with vault.unlock(folder, login="manager", password=PASSPHRASE, clock=FakeClock()) as opened:
        signer = opened._signer
        plain = {f"ring {name}": bytes(key) for name, key in signer.rings.items()}
        plain |= {"box": bytes(signer.pair.box), "pen": bytes(signer.pair.pen)}
    spelled = {f"{name} in hex": key.hex().encode() for name, key in plain.items()}
    return {name: (key,) for name, key in (plain | spelled).items()}


def markers():
    """What the clerk saw, typed and copied, as Python and as Qt keep texts."""
    words = {
        "name": NAME,
        "mobile": MOBILE,
        "half": HALF,
        "passphrase": PASSPHRASE,
    }
    # without the last zero: memory is full of zeros, and a search for them takes its time
    return {
        name: (text.encode(), text.encode("utf-16-le").rstrip(b"\0"))
        for name, text in words.items()
    }


@contextmanager
def at_work(folder, kept):
    """The program in a process of its own, which replaces itself by the real one."""
    site = kept / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(dedent(EYES))
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(kept),
        "PYTHONPATH": os.pathsep.join((str(site), str(ROOT))),
        "PMDESK_EYES": str(kept / "eyes.json"),
    }
    command = [sys.executable, "-m", "tests.faults.remembering", str(folder), str(kept)]
    with (
        (kept / "errors").open("w") as errors,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=errors
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def wait_for(process, path):
    """The file is there; the process still runs."""
    late = time.monotonic() + PATIENCE
    while not path.exists():
        assert process.poll() is None, (path.parent / "errors").read_text()
        assert time.monotonic() < late, f"{path.name}: {(path.parent / 'errors').read_text()}"
        time.sleep(0.02)  # there is no descriptor to wait for: the process replaces itself


def found(pid, sought):
    """Which of these lie anywhere in the memory that the process can read."""
    seen = set()
    longest = max(len(one) for spellings in sought.values() for one in spellings)
    try:
        memory = Path("/proc", str(pid), "mem").open("rb", buffering=0)  # noqa: SIM115  # below
    except PermissionError:
        pytest.skip("nobody may look into the memory of another process here (Yama, a container)")
    with memory:
        for start, end in readable(pid):
            tail = b""
            for at in range(start, end, CHUNK):
                try:
                    memory.seek(at)
                    chunk = tail + memory.read(min(CHUNK, end - at))
                except (OSError, ValueError, OverflowError):
                    break  # a device, or gone meanwhile
                seen |= {
                    name
                    for name, spellings in sought.items()
                    if name not in seen and any(one in chunk for one in spellings)
                }
                tail = chunk[-longest:]
    return seen


def readable(pid):
    """Start and end of each mapping that can be read."""
    for line in Path("/proc", str(pid), "maps").read_text().splitlines():
        place, rights, *_rest = line.split()
        if rights.startswith("r") and "[v" not in line:
            start, end = place.split("-")
            yield int(start, 16), int(end, 16)
