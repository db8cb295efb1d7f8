"""How threads share the computer: one for arithmetic, and the window waits for no other long."""

import os
import sys

NAMES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_PATIENCE = 0.001  # seconds; Python's own are five times that


def keep_to_one() -> None:
    """Libraries that are loaded from now on calculate in one thread, unless the user chose."""
    for name in NAMES:
        os.environ.setdefault(name, "1")


def let_the_window_go_first() -> None:
    """A thread that computes hands on after a millisecond.

    The window gives Python's lock away each time it calls Qt, which is thousands of times while a
    page is built, and has to wait as long to get it back.
    """
    sys.setswitchinterval(_PATIENCE)
