"""What the charts page asks: numbers of orders, and what an account has been shown of them."""

from array import array
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.dashboard import SeenView


class OrderMarks(Protocol):
    """Each order as one number, made for counting a million of them."""

    def within(self, since: date, until: date) -> "array[int]":
        """Of the orders that came from `since` to before `until`; see `analytics.dashboard`."""
        ...

    def waiting(self) -> "array[int]":
        """Of the orders that are open now."""
        ...

    def overdue(self, now: datetime) -> "array[int]":
        """Of those that are open though what was promised is over."""
        ...

    def buildings(self) -> Mapping[str, int]:
        """The number of each building by its name, in the order of the office."""
        ...

    def homes(self) -> "tuple[array[int], Mapping[int, str]]":
        """Homes that somebody lives in, packed as code, building (14 bits), home (24 bits).

        The code is that of the strongest tier there, which the mapping names; 0: no result.
        """
        ...

    def daily(
        self,
        since: date,
        until: date,
        buildings: Collection[int],
        services: Collection[int],
    ) -> Mapping[date, int]:
        """Orders of each day that had any, in these buildings and of these services; none: all."""
        ...

    def home_count(self) -> int:
        """In how many homes somebody lives."""
        ...


class SeenViews(Protocol):
    """What an account has been shown; kept in the office, so that signing out forgets nothing."""

    def of(self, uid: str) -> tuple[SeenView, ...]:
        """Oldest first."""
        ...

    def last(self, uid: str) -> int:
        """A number that grows with what the account is shown."""
        ...

    def add(self, uid: str, views: Iterable[SeenView], on: date) -> None:
        """The account has seen these as well."""
        ...
