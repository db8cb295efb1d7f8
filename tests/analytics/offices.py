"""An office as charts see it: counts without people."""

from datetime import date

from pmdesk.analytics.needs import Needs
from pmdesk.services import starters

TODAY = date(2026, 3, 2)
BUILDINGS = {f"{n}": 30 + 7 * n for n in range(1, 7)} | {"7": 3, "8": 22}
TIERS = {"standard": 160, "care": 74, "enhanced": 44, "special": 14}
RATES = {
    "clean_need": 31,
    "repair_need": 44,
    "patrol_need": 12,
    "green_need": 18,
    "ev_charging_need": 9,
    "home_service_interest": 22,
}
STATES = {
    "live": 292,
    "expiring": 31,
    "refused": 24,
    "withdrawn": 11,
    "stale": 9,
    "expired": 6,
    "never_asked": 77,
}


class FakeCounts:
    """Counts that follow from the sizes of groups."""

    def __init__(self, *, tiers=None, buildings=None, states=None, rates=None):
        self._groups = {
            "tier": TIERS if tiers is None else tiers,
            "building": BUILDINGS if buildings is None else buildings,
        }
        self._states = STATES if states is None else states
        self._rates = RATES if rates is None else rates

    def tiers(self):
        return self.people(by="tier")

    def people(self, *, by):
        return self._groups[by]

    def needs(self, field, options, *, by):
        assert options
        rate = self._rates[field]
        return {
            group: people * max(min(rate + 9 * place, 95), 0) // 100
            for place, (group, people) in enumerate(self._groups[by].items())
        }

    def moves(self, ruleset):
        assert ruleset
        return {}

    def consent_states(self, purpose, *, today):
        assert purpose != "P1"
        assert today == TODAY
        return self._states


def needs_of(**counts):
    """The figures of such an office."""
    return Needs(
        counts=FakeCounts(**counts), catalogue=starters.catalogue(), smallest=5, today=TODAY
    )
