"""What the tests of large lists ask for, and how a refusal is looked at."""

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.people import Occupancy, PartyRole, PersonId
from pmdesk.errors import RefusedError
from pmdesk.services import export_guard

REASON = "秋季检修要按楼栋排期。"
WORDS = "看过范围，同意。"
EVERYBODY = ResidentQuery()
PLAIN = ResidentQuery(consent=ConsentState.NEVER_ASKED)  # 251 people
TELLING = ResidentQuery(tag="addon")  # 26 people
BUDGET = {"addon_budget_band": "101_to_300"}


def never(_made):
    raise AssertionError("a file was written")


def taken(_made):
    """The file lies where it was wanted."""


def settle(office, work, building, room):
    work.premises.ensure(building, "1", room)
    home = Occupancy(unit=work.premises.find(building, "1", room), role=PartyRole.OWNER)
    work.people.add("王小明", "", (home,), at=office.clock.now())


def ids_of(session, query):
    with session.store.reading() as work:
        return [PersonId(one) for one in work.people.ids(query, today=session.clock.today())]


def refused(act, *args, code="E_EXPORT_APPROVAL", **rest):
    with pytest.raises(RefusedError) as caught:
        act(*args, **rest)
    assert caught.value.code == code
    assert caught.value.remedy
    return caught.value


def stage(manager):
    return export_guard.own(manager)[0].stage
