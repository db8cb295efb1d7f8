"""How many times each fault is tried: a short run for every change, a long one before a release.

PMDESK_FAULTS=long makes the long run; `python -m tests.faults.long` does so and prints its figures.
"""

import os
import sys

LONG = os.environ.get("PMDESK_FAULTS") == "long"


def times(short, long):
    """How many attempts this run makes."""
    return long if LONG else short


def counted(what, count):
    """The attempts from 0 on; a long run tells on one line how far it is."""
    for number in range(count):
        if LONG and number % 10 == 0:
            sys.stderr.write(f"\r{what}: {number} of {count}\x1b[K")
            sys.stderr.flush()
        yield number
    if LONG:
        sys.stderr.write("\r\x1b[K")
