"""Whether a sum of counts can only be one number: the counts are whole and not negative."""

import numpy as np
from scipy.optimize import Bounds as Within
from scipy.optimize import LinearConstraint, milp

_CLOSE = 1e-6
_NARROW = 3  # between which whole numbers are looked for one by one
_SECONDS = 5


class Bounds:
    """Sums between two numbers each, and sums that somebody is after, over the same counts."""

    def __init__(self, known, wanted):
        known, wanted = list(known), list(wanted)
        rows = np.array([*(row for row, _low, _high in known), *wanted], dtype=np.int64)
        marks = np.random.default_rng(1).integers(1, 2**62, len(rows)) @ rows
        _kinds, first = np.unique(marks, return_index=True)
        short = rows[:, first].astype(float)  # counts that no sum tells apart are one
        short = short[:, short.any(axis=0)]
        lows, highs = (np.array([one[end] for one in known], dtype=float) for end in (1, 2))
        self._given = LinearConstraint(short[: len(known)], lows, highs)
        self._wanted = short[len(known) :]

    def is_pinned(self, at):
        """Whether no two worlds in which all that is known is so differ in this sum."""
        low, high = self.of(at, whole=False)
        if np.ceil(low - _CLOSE) < np.floor(high + _CLOSE) and high - low <= _NARROW:
            low, high = self.of(at, whole=True)
        return bool(np.ceil(low - _CLOSE) >= np.floor(high + _CLOSE))

    def of(self, at, *, whole):
        """The least and the most it can be."""
        ends = [
            milp(
                sign * self._wanted[at],
                constraints=self._given,
                bounds=Within(0, np.inf),
                integrality=np.full(self._wanted.shape[1], int(whole)),
                options={"time_limit": _SECONDS},
            )
            for sign in (1, -1)
        ]
        assert all(end.status != 2 for end in ends), "what was read cannot all be so"
        low, high = (-np.inf if end.fun is None else end.fun for end in ends)
        return low, -high
