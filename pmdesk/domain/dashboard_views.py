"""What the charts page is set to, and settings that somebody keeps under a name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NewType

from pmdesk.domain.dashboard import LONGEST, Period, Scope, scope_of
from pmdesk.domain.fields import Problem
from pmdesk.domain.orders.kinds import Service
from pmdesk.i18n import N_

ViewId = NewType("ViewId", int)
SHORTEST_NAME, LONGEST_NAME = 2, 30  # characters
MOST_VIEWS = 20  # of one account
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A period by name or by its days, both in it; buildings and services, none: all."""

    period: Period | None = Period.QUARTER  # None: the days below
    first: date | None = None
    last: date | None = None
    buildings: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()

    @property
    def is_filtered(self) -> bool:
        """Whether it leaves out a part of the office."""
        return bool(self.buildings or self.services)

    def scope(self, today: date) -> Scope:
        """The days as seen today, with the filters."""
        if self.period is not None:
            return scope_of(self.period, today, self.buildings, self.services)
        last = min(self.last or today, today - _DAY)
        first = min(self.first or last, last)
        return Scope(
            since=max(first, last - timedelta(days=LONGEST - 1)),
            until=last + _DAY,
            buildings=self.buildings,
            services=self.services,
        )

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "period": self.period.value if self.period else "",
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "buildings": list(self.buildings),
            "services": [one.value for one in self.services],
        }


USUAL = Choice()


def choice_of(plain: Mapping[str, Any]) -> Choice:
    """What `Choice.plain` told."""
    return Choice(
        period=Period(plain["period"]) if plain["period"] else None,
        first=date.fromisoformat(plain["first"]) if plain["first"] else None,
        last=date.fromisoformat(plain["last"]) if plain["last"] else None,
        buildings=tuple(plain["buildings"]),
        services=tuple(Service(one) for one in plain["services"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A choice under a name: its owner's alone, or published to everybody who sees charts."""

    id: ViewId
    name: str
    owner: str  # uid
    choice: Choice
    is_published: bool


def name_problems(name: str) -> Iterator[Problem]:
    """What has to be mended before a view can have that name."""
    if not SHORTEST_NAME <= len(name.strip()) <= LONGEST_NAME:
        yield Problem(
            key="name",
            sentence=N_("A name has {low} to {high} characters."),
            places={"low": SHORTEST_NAME, "high": LONGEST_NAME},
        )
