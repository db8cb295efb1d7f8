"""Where disputes may come up: complaint rates by place, drawn to what all places share.

A place with two orders and one complaint has no rate of 50 %: the gamma prior of all places (fitted
by maximum likelihood of the negative binomial) draws it to the common rate as far as it knows
little. Of the alarms this gives, measured on real cases, four in ten still do not last: so a place
is watched only after two periods in a row, and only to offer service, never as a rule's input.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

LEAST = 5  # complaints, below which nothing is said
RAISED = 1.5  # times the common rate
SURE = 0.8
_STEPS = 41  # of each side of the grid; an odd number holds the common rate itself
_STRENGTHS = (0.3, 300.0)  # of the prior, in complaints
_MEANS = (0.2, 5.0)  # of the prior, in common rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Complaints in one place, and what they are compared with (orders, or household-months).

    The complaints are those that are told (`analytics.rounding`), so that rates tell no more.
    """

    key: str
    complaints: float
    exposure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What the complaint rate of a place is likely to be."""

    key: str
    complaints: float
    exposure: float
    mean: float
    low: float  # the band holds the rate with 80 %
    high: float
    raised: float  # the probability that it is more than 1.5 × the common rate

    @property
    def stands_out(self) -> bool:
        """Whether this period alone would ask for a look."""
        return self.complaints >= LEAST and self.raised > SURE


def rates(places: Sequence[Place]) -> tuple[Rate, ...]:
    """Each place with its drawn rate, the highest first; places without exposure are left out."""
    from scipy.special import gammaincc, gammaincinv  # noqa: PLC0415  # it takes its time

    known = [place for place in places if place.exposure > 0]
    if not known:
        return ()
    shape, scale = _prior(known)
    common = sum(p.complaints for p in known) / sum(p.exposure for p in known)
    found = []
    for place in known:
        own, per = shape + place.complaints, scale + place.exposure
        found.append(
            Rate(
                key=place.key,
                complaints=place.complaints,
                exposure=place.exposure,
                mean=own / per,
                low=float(gammaincinv(own, 0.1)) / per,
                high=float(gammaincinv(own, 0.9)) / per,
                raised=float(gammaincc(own, RAISED * common * per)),
            )
        )
    return tuple(sorted(found, key=lambda rate: (-rate.mean, rate.key)))


def watched(now: Sequence[Rate], before: Mapping[str, Rate]) -> tuple[str, ...]:
    """The places that stood out in this period and in the one before."""
    return tuple(
        rate.key
        for rate in now
        if rate.stands_out and rate.key in before and before[rate.key].stands_out
    )


def _prior(places: Sequence[Place]) -> tuple[float, float]:
    """Shape and inverse scale of the gamma prior: the most likely on a grid of strengths and means.

    Up to what is the same for all priors this is the negative binomial's likelihood.
    """
    from scipy.special import gammaln  # noqa: PLC0415  # it takes its time

    seen = np.array([place.complaints for place in places])
    among = np.array([place.exposure for place in places])
    rate = seen.sum() / among.sum()
    if not rate:
        return 1.0, 1.0 / max(float(among.min()), 1.0)
    shapes = np.geomspace(*_STRENGTHS, _STEPS)[:, None, None]
    scales = shapes / (rate * np.geomspace(*_MEANS, _STEPS)[None, :, None])
    both = np.log(scales + among)
    likely = gammaln(shapes + seen) - gammaln(shapes) + shapes * (np.log(scales) - both)
    strength, mean = divmod(int(np.argmax((likely - seen * both).sum(axis=2))), _STEPS)
    return float(shapes[strength, 0, 0]), float(scales[strength, mean, 0])
