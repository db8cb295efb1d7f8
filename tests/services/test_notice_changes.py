"""Change notices: whoever is concerned has to be told, and that is kept for three years."""

from dataclasses import replace

import pytest

from pmdesk.domain.ports.notices import ChangeId
from pmdesk.domain.purpose_plans import Aspect
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import said
from pmdesk.services import office as office_service
from pmdesk.services import residents
from pmdesk.services.notices import copies, notice_changes, purpose_desk
from pmdesk.services.notices.change_words import headline, what_to_do
from pmdesk.services.paper.change import change_pdf
from tests.offices import P1, P2, P3, PROFILE, consenting, resident
from tests.pdf import text_of
from tests.services.plans import OK, plan_of, planned, shorter


def new_phone(admin):
    office_service.save_profile(admin, replace(PROFILE, contact_phone="0000-87654321"))
    return notice_changes.changes(admin)[0]


def test_edited_contact_details_have_to_be_told_to_everybody(admin, clerk):
    people = {resident(clerk, f"业主{number}", f"1380000000{number}") for number in range(3)}

    change = new_phone(admin)

    assert (change.people, change.told, change.asks_again) == (3, 0, False)
    assert set(notice_changes.untold(clerk, change.id)) == people
    (difference,) = change.text.alterations
    assert (difference.aspect, "0000-87654321" in difference.new.zh) == (Aspect.OFFICE, True)


def test_particulars_that_no_notice_says_change_no_notice(admin):
    office_service.save_profile(admin, replace(PROFILE, smallest_count=9))

    assert notice_changes.changes(admin) == ()


def test_a_change_of_a_purpose_concerns_those_who_agreed_to_it(admin, reviewer, clerk):
    agreed = consenting(clerk, P3)
    consenting(clerk, P2, name="李四")

    purpose_desk.approve(reviewer, planned(admin, P3, **shorter(admin, 6)), OK)

    (change,) = notice_changes.changes(clerk)
    assert list(notice_changes.untold(clerk, change.id)) == [agreed]
    assert (change.purpose, change.version) == (P3, "1.1")


def test_a_change_of_the_contract_notice_concerns_everybody(admin, reviewer, clerk):
    resident(clerk)
    plan = plan_of(admin, P1)
    words = tuple(
        replace(
            one, text=one.text.replace("保洁、", "保洁清洁、").replace("cleaning,", "cleaning ,")
        )
        for one in plan.texts
    )

    purpose_desk.approve(reviewer, planned(admin, P1, texts=words), OK)

    assert notice_changes.changes(clerk)[0].people == 1


def test_people_are_told_one_by_one_and_the_rest_by_the_board(admin, clerk, office):
    first, second, third = (
        resident(clerk, f"业主{number}", f"1380000000{number}") for number in range(3)
    )
    change = new_phone(admin)

    with office.logged() as log:
        notice_changes.tell(clerk, change.id, [first])
        notice_changes.tell(clerk, change.id, [first, second])
        notice_changes.post(clerk, change.id)

    (after,) = notice_changes.changes(clerk)
    assert (after.told, after.is_done, after.posted_on) == (3, True, office.clock.today())
    assert [action for action, _, _ in log] == ["notice.told", "notice.told", "notice.posted"]
    rows = office.sql("SELECT person, way FROM notice_delivery ORDER BY person")
    assert rows == [(first, "person"), (second, "person"), (third, "board")]


def test_who_left_the_register_need_not_be_told(admin, clerk):
    stays, leaves = resident(clerk), resident(clerk, "李四", "13900000000")
    change = new_phone(admin)

    with admin.store.writing() as work:
        work.people.remove(leaves)
        work.commit()

    assert list(notice_changes.untold(clerk, change.id)) == [stays]
    assert notice_changes.changes(clerk)[0].people == 1


def test_only_those_who_take_consents_tick_people_off(admin, reviewer, clerk):
    resident(clerk)
    change = new_phone(admin)

    with pytest.raises(RefusedError):
        notice_changes.post(reviewer, change.id)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM notice_change",
        "UPDATE notice_change SET version = 'x'",
        "UPDATE notice_delivery SET told_on = '2030-01-01'",
        "DELETE FROM notice_delivery",
    ],
)
def test_what_was_told_cannot_be_changed_or_lost_by_sql(admin, clerk, statement):
    resident(clerk)
    change = new_phone(admin)
    notice_changes.post(clerk, change.id)

    with admin.store.writing() as work, pytest.raises(Exception, match=r"kept|change"):
        work._connection.exec_driver_sql(statement)


@pytest.mark.parametrize("poster", [False, True])
def test_the_paper_says_what_was_what_is_and_what_to_do(admin, clerk, poster):
    resident(clerk)
    sheet = notice_changes.sheet(clerk, new_phone(admin).id)

    text = "".join(text_of(change_pdf(sheet, poster=poster)))

    assert "0000-12345678" in text
    assert "0000-87654321" in text
    assert len(what_to_do(sheet)) == 2


def test_a_major_change_says_that_people_are_asked_again(admin, reviewer, clerk):
    consenting(clerk, P3)
    plan = plan_of(admin, P3)
    facts = replace(plan.particulars, times_a_month="3")
    purpose_desk.approve(reviewer, planned(admin, P3, particulars=facts), OK)

    sheet = notice_changes.sheet(clerk, notice_changes.changes(clerk)[0].id)

    assert sheet.change.asks_again
    assert sheet.purpose == residents.catalogue(clerk).purpose(P3).name
    assert "earlier consent does not hold" in what_to_do(sheet)[0]


def test_a_change_that_never_was_has_no_sheet(clerk):
    with pytest.raises(NotFoundError):
        notice_changes.sheet(clerk, ChangeId(99))


def test_copies_are_counted_in_the_log(clerk, office):
    with office.logged() as log:
        copies.handed_out(clerk, ["P2 1.0 zh_CN abcd"], copies=3)

    assert log == [("notice.copied", "copies", ("P2 1.0 zh_CN abcd",))]


def test_the_sheet_says_whether_one_notice_changed_or_all_did(admin, reviewer, clerk):
    resident(clerk)
    everybody = notice_changes.sheet(clerk, new_phone(admin).id)
    assert headline(everybody) == "Our notices on personal information have changed"
    consenting(clerk, P3, name="李四")
    purpose_desk.approve(reviewer, planned(admin, P3, **shorter(admin, 6)), OK)

    one = notice_changes.sheet(clerk, notice_changes.changes(clerk)[0].id)

    assert "has changed" in headline(one)
    assert one.purpose is not None
    assert said(one.purpose) in headline(one)


def test_a_change_waits_until_everybody_was_told(admin, clerk):
    person = resident(clerk)
    change = new_phone(admin)
    with clerk.store.reading() as work:
        assert [one.id for one in notice_changes.waiting(work)] == [change.id]

    notice_changes.tell(clerk, change.id, [person])

    with clerk.store.reading() as work:
        assert notice_changes.waiting(work) == ()


def test_where_the_wording_alone_changed_the_paper_has_no_table(admin, clerk):
    resident(clerk)
    sheet = notice_changes.sheet(clerk, new_phone(admin).id)
    wording = tuple(replace(one, aspect=Aspect.TEXT) for one in sheet.change.text.alterations)
    text = replace(sheet.change.text, alterations=wording)
    reworded = replace(sheet, change=replace(sheet.change, text=text))

    pages = "".join(text_of(change_pdf(reworded)))

    assert "Until now" not in pages
    assert "Until now" in "".join(text_of(change_pdf(sheet)))
