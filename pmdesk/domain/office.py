"""The office itself, its clock, and what changed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pmdesk.domain.fields import Problem
from pmdesk.domain.people import PersonId
from pmdesk.i18n import N_

FEWEST_SHOWN = 5  # people of a group; an office may ask for more, never for fewer
_NEEDED = (
    *("name", "address", "responsible", "contact_phone"),
    *("regulator_phone", "housing_phone"),  # PIPL 65: each notice says where to complain
)
# answered in every city, until the office enters the local numbers
REPORT_LINE, CITIZEN_LINE = "12377", "12345"
_PHONES = ("contact_phone", "regulator_phone", "housing_phone")
_PHONE = re.compile(r"\+?[\d\s()-]{5,24}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Clock(Protocol):
    """Time as a collaborator; tests move it."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """The present day in the office's time zone."""
        ...

    def local(self) -> datetime:
        """The present moment as the clock on the wall of the office shows it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeProfile:
    """Who processes personal information here, as every notice must say (PIPL 17)."""

    name: str
    address: str
    responsible: str  # PIPL 9: the person responsible; classification needs one
    contact_phone: str
    contact_email: str = ""
    place: str = ""  # where the computer stands
    regulator_phone: str = ""
    housing_phone: str = ""
    smallest_count: int = FEWEST_SHOWN  # k; may be raised, never lowered
    reask_months: int = 12  # after a no; may be raised, never lowered

    @property
    def fewest_shown(self) -> int:
        """k, and never below 5: groups of fewer people are not shown."""
        return max(FEWEST_SHOWN, self.smallest_count)

    def places(self) -> dict[str, str]:
        """What fills the placeholders of a notice text."""
        return {
            "office": self.name,
            "address": self.address,
            "contact_name": self.responsible,
            "contact_phone": self.contact_phone,
            "contact_email": self.contact_email,
            "place": self.place,
            "regulator_phone": self.regulator_phone,
            "housing_phone": self.housing_phone,
        }

    def problems(self) -> tuple[Problem, ...]:
        """What must be mended before a notice can name this office; one for each entry."""
        found = {
            key: N_("Please fill this in") for key in _NEEDED if not getattr(self, key).strip()
        }
        for key in _PHONES:
            number = getattr(self, key).strip()
            if number and not _PHONE.fullmatch(number):
                found[key] = N_("A phone number has digits, blanks and hyphens only")
        email = self.contact_email.strip()
        if email and not _EMAIL.fullmatch(email):
            found["contact_email"] = N_("An e-mail address looks like name@example.cn")
        return tuple(Problem(key=key, sentence=sentence) for key, sentence in found.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an act changed; pages that show such things reload."""

    kinds: frozenset[str]
    people: frozenset[PersonId] = frozenset()

    @classmethod
    def of(cls, *kinds: str, people: Iterable[PersonId] = ()) -> "Changes":
        """Changes of these kinds, to these people (none named: to any)."""
        return cls(kinds=frozenset(kinds), people=frozenset(people))


RESIDENTS = "residents"
CONSENTS = "consents"
CLASSIFICATION = "classification"
RULES = "rules"
STAFF = "staff"
TRAINING = "training"
OFFICE = "office"
RECORDS = "records"
REQUESTS = "requests"
PURPOSES = "purposes"
QUARANTINE = "quarantine"
ADDONS = "addons"
BACKUPS = "backups"
ORDERS = "orders"
PLANS = "plans"
STAFFING = "staffing"
VIEWS = "views"
WATCH = "watch"
