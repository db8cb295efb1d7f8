"""Plans and change notices in the store: steps that fit, records that stand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from pmdesk.domain.ports.notices import EVERY_NOTICE, ChangeText, Way
from pmdesk.domain.purpose_plans import ProposalStatus
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import Words
from pmdesk.services import starters
from pmdesk.store import schema_acts
from pmdesk.store.notices import SqlNotices
from tests.store.conftest import AT, P2, P3, TODAY, UID

PLAN = next(p for p in starters.plans(starters.catalogue()) if p.purpose.code == "P3")
OTHER = "0" * 31 + "2"
TEXT = ChangeText(alterations=(), summary=Words("变", "changed"))


@pytest.fixture
def notices(connection, context):
    return SqlNotices(connection, context)


@pytest.fixture
def draft(notices):
    return notices.add(PLAN, "1.0", author=UID, at=AT)


def decided(notices, draft, by=OTHER):
    notices.submit(draft)
    notices.publish(draft, "1.1", by=by, words="好", at=AT)


def change(notices, **rest):
    usual = {"asks_again": False, "everybody": True, "at": AT, "today": TODAY}
    return notices.change(EVERY_NOTICE, "", TEXT, **(usual | rest))


def test_a_plan_is_read_as_it_was_written(notices, draft):
    assert notices.get(draft).plan == PLAN
    assert notices.source(P3) is None


def test_only_a_draft_is_rewritten_and_only_what_waits_is_decided(notices, draft):
    notices.rewrite(draft, replace(PLAN, wants_major=True))
    assert notices.get(draft).plan.wants_major
    with pytest.raises(ConflictError):
        notices.publish(draft, "1.1", by=OTHER, words="", at=AT)
    notices.submit(draft)
    for act in (lambda: notices.rewrite(draft, PLAN), lambda: notices.discard(draft)):
        with pytest.raises(ConflictError):
            act()
    with pytest.raises(NotFoundError):
        notices.get(draft + 1)


def test_the_database_itself_refuses_to_let_the_author_decide(notices, draft):
    with pytest.raises(RefusedError):
        decided(notices, draft, by=UID)


def test_what_was_published_last_is_in_force(notices, draft):
    decided(notices, draft)

    assert notices.source(P3) == PLAN
    assert notices.get(draft).status is ProposalStatus.PUBLISHED
    assert notices.get(draft).version == "1.1"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE purpose_proposal SET words = 'x'",
        "UPDATE purpose_proposal SET document = '{}'",
        "DELETE FROM purpose_proposal",
        "INSERT OR REPLACE INTO purpose_proposal SELECT * FROM purpose_proposal",
    ],
)
def test_what_is_in_force_stands(notices, draft, connection, statement):
    decided(notices, draft)

    with pytest.raises(Exception, match=r"in force|kept|draft"):
        connection.exec_driver_sql(statement)


def test_a_change_concerns_everybody_or_those_who_agree(notices, enter, decide):
    people = [enter(f"业主{n}", f"1380000000{n}", f"3-1-{n}01") for n in range(1, 4)]
    decide(people[1])

    everyone = change(notices)
    some = change(notices, everybody=False)
    of_p2 = notices.change(P2, "1.1", TEXT, asks_again=True, everybody=False, at=AT, today=TODAY)

    assert list(notices.untold(everyone)) == people
    assert list(notices.untold(some)) == []
    assert list(notices.untold(of_p2)) == [people[1]]


def test_telling_counts_each_person_once(notices, enter):
    people = [enter(f"业主{n}", f"1380000000{n}", f"3-1-{n}01") for n in range(1, 4)]
    made = change(notices)

    assert notices.tell(made, people[:1], Way.PERSON, on=TODAY) == 1
    assert notices.tell(made, people[:2], Way.PERSON, on=TODAY) == 1
    assert notices.tell(made, None, Way.BOARD, on=TODAY) == 1

    (found,) = notices.changes()
    assert (found.people, found.told, found.posted_on, found.is_done) == (3, 3, TODAY, True)


def test_records_go_when_the_sweep_is_three_years_further(notices, enter, connection):
    enter()
    made = change(notices)
    notices.tell(made, None, Way.BOARD, on=TODAY)
    clear = ("DELETE FROM notice_delivery", "DELETE FROM notice_change")
    day = TODAY.replace(year=TODAY.year + 3)
    _sweep(connection, day)
    with pytest.raises(Exception, match="three years"):
        connection.exec_driver_sql(clear[0])

    _sweep(connection, day + timedelta(days=1))
    for statement in clear:
        connection.exec_driver_sql(statement)

    assert notices.changes() == ()


def _sweep(connection, day):
    if not connection.execute(update(schema_acts.sweep).values(day=day)).rowcount:
        connection.execute(insert(schema_acts.sweep).values(id=1, day=day, at=AT))


def test_versions_of_consents_count_as_used_though_their_notice_is_gone(
    notices, enter, decide, connection
):
    decide(enter())
    connection.exec_driver_sql("DROP TRIGGER notice_stays")
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    connection.exec_driver_sql("DELETE FROM notice WHERE purpose = 'P2'")

    assert notices.used_versions(P2) == ("1.0",)
    assert not notices.is_intact(P2, "1.0")
    assert notices.older_consents(P2, 2) == 1
    assert notices.live_consents() == {P2: 1}
