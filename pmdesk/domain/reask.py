"""When a person may be asked again: nobody is pressed into a yes (条例 22)."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time

from pmdesk.domain.consents import ConsentEvent, ConsentState, Decision

LEAST_MONTHS = 12  # an office may wait longer, never shorter
PROOF_MONTHS = 36  # after the end: law.md 6.8, R-CONS
QUIET_UNTIL, QUIET_FROM = time(9), time(20)  # nobody is rung up outside these hours

_NO = frozenset({Decision.REFUSED, Decision.WITHDRAWN})
_PERSONAL = _NO | {Decision.GIVEN}
_DUE = frozenset({ConsentState.EXPIRING, ConsentState.EXPIRED, ConsentState.STALE})


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last one of that month."""
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def locked_until(
    events: Sequence[ConsentEvent],
    shown: ConsentState,
    today: date,
    *,
    months: int,
    by_item: bool = False,
) -> date | None:
    """The first day on which the purpose may be asked about again; None when that is today.

    `events` are those of one purpose, newest first. A consent that runs out or whose notice
    changed may be renewed; one that was refused or withdrawn rests. Of items that are asked
    `by_item` the whole sheet rests when one of them was refused on the last sheet.
    """
    personal = [event for event in events if event.decision in _PERSONAL]
    if shown in _DUE or not personal:
        return None
    newest = personal[0].at
    sheet = [one for one in personal if one.at == newest] if by_item else personal[:1]
    if not any(event.decision in _NO for event in sheet):
        return None
    until = months_after(newest.astimezone().date(), months)
    return until if today < until else None


def is_quiet(at: datetime) -> bool:
    """Whether people are left alone at that local time, unless they call themselves."""
    return not QUIET_UNTIL <= at.time() < QUIET_FROM
