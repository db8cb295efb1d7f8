"""Keeping keys out of crash dumps."""

import ctypes
import sys

_PR_SET_DUMPABLE = 4


def harden_process() -> None:
    """On Linux no core dump is written and no other process of the user may read this memory."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415  # not part of Python on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
