"""What a forecast tells; light to import, unlike what makes it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Method(StrEnum):
    """Where the numbers come from; the page says so."""

    MODEL = "model"  # better than last week over the last twelve weeks, in that group
    LAST_WEEK = "last_week"  # the model was not better
    MEAN = "mean"  # less than four weeks are known


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Of one group and day: mean, median, and a band that holds it at least 8 times of 10."""

    group: str
    day: date
    mean: float
    median: int
    low: int
    high: int
    method: Method
