"""Of which buildings the page Attention tells how much was late, beside what an account saw."""

from datetime import date

from pmdesk.analytics.dashboard.apart import told_apart
from pmdesk.analytics.dashboard.guard import Question
from pmdesk.analytics.dashboard.marks import Ints
from pmdesk.domain.dashboard import CardKey, Scope
from pmdesk.services.dashboard import desk
from pmdesk.services.dashboard.asking import Asking
from pmdesk.services.dashboard.counting import BY_LATE, Counting
from pmdesk.services.session import Session


def buildings_told(session: Session, since: date, until: date) -> frozenset[str]:
    """These are told from now on: cards on what is late take that into account, and this them."""
    scope = Scope(since=since, until=until)
    return desk.remembered(session, CardKey.LOAD, scope, session.staff.uid, _told)


def _told(asking: Asking) -> frozenset[str]:
    counting = Counting(asking, asking.scope.since, asking.scope.until)
    late, inside = counting.late(), counting.inside(counting.scope)
    able = told_apart(counting.marks.only(inside), late[inside], asking.smallest)
    told = _permitted(counting, late.astype(int), able)
    counting.tell_served(frozenset(counting.buildings.values()) - told)
    return frozenset(name for name, number in counting.buildings.items() if number in told)


def _permitted(counting: Counting, late: Ints, able: frozenset[int]) -> frozenset[int]:
    """Those of which, together with all that no view tells apart from them, late may be told."""
    groups = counting.apart(able)
    boxes = counting.by_buildings(groups)
    question = Question(
        scope=counting.scope,
        boxes=boxes,
        cut=BY_LATE,
        parts=late,
        count=2,
        tells_total=False,
        beside=counting.served(),
    )
    found = counting.permitted(question) if groups else None
    if found is None:
        return frozenset()
    kept = zip(groups, found.hidden, strict=True)
    return frozenset().union(*(group for group, hidden in kept if hidden == frozenset()))
