"""The sign-in window, from process start to first paint, beside an empty PySide6 window.

    python benchmarks/signin.py [--times 9]

Budget: 1.6 times the empty window; nothing slow may be imported before the first paint.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

EMPTY = """
import os, time
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print(time.time(), flush=True)
        os._exit(0)
app = QApplication([])
window = Window(); window.resize(900, 580); window.show()
app.exec()
"""
SIGN_IN = """
import os, sys, time
from pathlib import Path
from pmdesk.app import window
from pmdesk.app.gate import Gate
def painted(gate):
    print(time.time(), flush=True)
    slow = ("pandas", "numpy", "matplotlib", "scipy", "sqlalchemy", "reportlab")
    os._exit(any(name in sys.modules for name in slow))
Gate._on_first_paint = painted
window.run(Path(sys.argv[1]), "qiantai")
"""


def once(code: str, folder: str) -> float:
    """Milliseconds from the start of a process to its end right after the first paint."""
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": folder}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code, folder],
        check=True,
        env=surroundings,
        stderr=subprocess.DEVNULL,
    )
    return (time.perf_counter() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=9)
    times = parser.parse_args().times
    taken: dict[str, list[float]] = {"empty window": [], "sign-in window": []}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(times + 1):  # the first turn warms the file cache
            for name, code in zip(taken, (EMPTY, SIGN_IN), strict=True):
                spent = once(code, folder)
                if turn:
                    taken[name].append(spent)
    empty, sign_in = (statistics.median(runs) for runs in taken.values())
    print(f"empty window   {empty:7.1f} ms")
    print(f"sign-in window {sign_in:7.1f} ms  {sign_in / empty:5.2f} x empty (budget 1.6)")


if __name__ == "__main__":
    main()
