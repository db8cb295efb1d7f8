"""Past days on which far more came than ever around them, taken for what they are: rare.

A burst pipe, or a backlog entered in one go, is not what the next weeks will be like. One such day
would hold up a thin building's mean for months, and with it staff who wait for nothing.
"""

import numpy as np

from pmdesk.analytics.demand.history import Numbers

BLOCK = 28  # days that are compared with each other
RANK = 3  # what is usual: even with a holiday among them, each weekday is there three times
BEYOND = 1.25  # of what is usual, and one order more: what lies beyond is no pattern


def calmed(counts: Numbers) -> Numbers:
    """The counts (groups × days × parts), no day higher than a quarter above the third highest.

    Compared within blocks of four weeks, so that growth and seasons stay as they are. A history
    of less than one block stays as it is: there is nothing to compare with.
    """
    daily = counts.sum(axis=2)
    days = daily.shape[1]
    if days < BLOCK:
        return counts
    most = BEYOND * _usual(daily) + 1
    share = np.divide(most, daily, out=np.ones_like(daily), where=daily > most)
    return np.asarray(counts * share[:, :, None])


def _usual(daily: Numbers) -> Numbers:
    """For each day the third highest count of its block; the first block may overlap the next."""
    groups, days = daily.shape
    blocks, first = divmod(days, BLOCK)
    whole = daily[:, first:].reshape(groups, blocks, BLOCK)
    usual = np.repeat(_third(whole), BLOCK, axis=1)
    return np.concatenate((np.repeat(_third(daily[:, None, :BLOCK]), first, axis=1), usual), axis=1)


def _third(blocks: Numbers) -> Numbers:
    return np.asarray(np.partition(blocks, BLOCK - RANK, axis=2)[:, :, BLOCK - RANK])
