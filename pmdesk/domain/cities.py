"""What a city asks beyond the law of the country: extra duties and shorter times."""

from dataclasses import dataclass

from pmdesk.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One local duty, with the article that says it."""

    article: str
    says: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """The profile of a city; it can only make the office faster."""

    code: str
    name: Words
    duties: tuple[Duty, ...] = ()
    complaint_days: int | None = None  # calendar days
