"""A fresh process instead of this one: keys and texts in its memory are gone for certain."""

import os
import sys


def replace_process() -> None:
    """This process ends here; a new one starts at the sign-in window."""
    command = [sys.executable, "-m", "pmdesk"]
    if sys.platform == "win32":  # has no exec: the old process would stay the parent
        import subprocess  # noqa: PLC0415  # only here, and every start would pay for it

        subprocess.Popen(command, close_fds=True)  # noqa: S603  # this very program
        os._exit(0)  # nothing is open any more; a native dialog could hold up a quit
    os.execv(sys.executable, command)  # noqa: S606  # this very program
