"""What the use-cases ask of the register of requests about rights."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pmdesk.domain.people import PersonId
from pmdesk.domain.requests import Request, RequestId, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings:
    """The city whose rules count, and the working days the office gives itself."""

    city: str
    target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDay:
    """A day that the office works or not, whatever the calendar of the country says."""

    day: date
    working: bool
    note: str = ""


class Requests(Protocol):
    """The cases of the rights desk and their timelines, which only grow."""

    def next_number(self, day: date) -> str:
        """The first number of that day that no request has yet."""
        ...

    def add(self, request: Request) -> RequestId:
        """The request is entered; its `id` is ignored."""
        ...

    def get(self, request: RequestId) -> Request:
        """NotFoundError when there is none of that id."""
        ...

    def save(self, request: Request) -> None:
        """The request stands as given."""
        ...

    def all(self) -> tuple[Request, ...]:
        """Open ones first, then by their last day."""
        ...

    def open(self) -> tuple[Request, ...]: ...
    def of(self, person: PersonId) -> tuple[Request, ...]:
        """Newest first."""
        ...

    def step(self, request: RequestId, step: Step) -> None:
        """The timeline ends with this step."""
        ...

    def steps(self, request: RequestId) -> tuple[Step, ...]:
        """Oldest first."""
        ...

    def forget(self, person: PersonId) -> int:
        """No request still tells in words what the person asked for; how many did."""
        ...

    def expire(self, today: date) -> int:
        """Requests closed more than three years ago are gone; how many."""
        ...

    def settings(self) -> DeskSettings: ...
    def configure(self, settings: DeskSettings) -> None: ...
    def days(self) -> tuple[OfficeDay, ...]:
        """In order."""
        ...

    def put_day(self, day: OfficeDay) -> None: ...
    def drop_day(self, day: date) -> None: ...


class Dossiers(Protocol):
    """Every table of the office, and what it holds about one person."""

    def tables(self) -> Mapping[str, tuple[str, ...]]:
        """The columns of each table that the office has now."""
        ...

    def rows(self, name: str, key: str, value: str | int) -> tuple[Mapping[str, object], ...]:
        """The rows of a table with that value in that column, as plain values."""
        ...
