"""One thread for arithmetic: small matrices stall when they are spread over a busy computer."""

import os

NAMES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def keep_to_one() -> None:
    """Libraries that are loaded from now on calculate in one thread, unless the user chose."""
    for name in NAMES:
        os.environ.setdefault(name, "1")
