"""A card of the charts page: a question, its figures, one sentence, and why there are none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pmdesk.analytics.figures import Figure
from pmdesk.domain.dashboard import QUESTIONS, CardKey, CardState, Scope, SeenView
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.i18n import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a click leads: a page, and what it is to show there."""

    page: str  # `orders`, `fairness`, `classification`, `consents`, `staffing`, `watch`, `rules`
    label: str
    query: OrderQuery | None = None  # for the page of work orders


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What may be seen of an answer. Chart, table, tip, export and print all draw from `figures`.

    Numbers that would tell of single homes are in none of them: their cells say `Gap.HIDDEN`.
    """

    key: CardKey
    scope: Scope
    state: CardState
    answer: str  # one sentence; why there is no figure where there is none
    remedy: str = ""  # what to do then
    figures: tuple[Figure, ...] = ()  # the first is the chart; more are small multiples of it
    notes: tuple[str, ...] = ()
    as_of: date  # the last day told of
    version: int | None  # of the rules in force then; where tiers are counted, now
    smallest: int  # homes below which nothing is told
    targets: tuple[Target, ...] = ()
    told: frozenset[SeenView] = frozenset()  # which orders it tells of, and what not

    @property
    def question(self) -> str:
        """The title of the card."""
        return said(QUESTIONS[self.key])

    def tables(self) -> Iterator[tuple[tuple[str, ...], ...]]:
        """The same numbers as rows of text, one table for each figure."""
        return (figure.table() for figure in self.figures)
