"""The long run of the fault programme: `python -m tests.faults.long`, half an hour or more.

Words after it go to pytest, such as `-k power`. At its end stands the table for CONTRIBUTING.md.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.checkout import ROOT

HERE = str(Path(__file__).parent)


def main():
    """The exit code of pytest over this folder, with the counts before a release."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", HERE]
    environment = {**os.environ, "PMDESK_FAULTS": "long"}
    return subprocess.run(
        [*command, *sys.argv[1:]], cwd=ROOT, env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
