"""What the panels of the rules page are about: one version, as it is shown now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pmdesk.domain.classification import Ruleset, RulesetStatus
from pmdesk.rules.facts import Fact
from pmdesk.rules.table import DecisionTable
from pmdesk.ui.rules.lifecycle import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A version with its table as last edited, and what is around it."""

    ruleset: Ruleset
    table: DecisionTable
    desk: Desk
    facts: Sequence[Fact]  # what rules may ask about
    versions: Sequence[Ruleset]  # newest first
    names: Mapping[str, str]  # of staff, by uid

    @property
    def active(self) -> Ruleset | None:
        """The version that is in force."""
        active = (one for one in self.versions if one.status is RulesetStatus.ACTIVE)
        return next(active, None)


class Panel(Protocol):
    """A view of a version; it is made when its tab is first opened."""

    def show_version(self, shown: Shown) -> None:
        """The panel is about this version, or about the same one after an edit."""
        ...
