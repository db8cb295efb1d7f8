"""移交: nothing leaves before everybody was told and a second person approved, then the roster."""

import hashlib
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pmdesk.domain.fields import FieldKey, Value
from pmdesk.domain.people import PartyRole
from pmdesk.domain.records import RecordStatus
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services import acts, residents
from pmdesk.services.consent import consents
from pmdesk.services.notices import notice_changes
from pmdesk.services.notices.change_words import headline, what_to_do
from pmdesk.services.paper.change import change_pdf
from pmdesk.services.records import record_desk
from pmdesk.services.residents import SHIELD
from pmdesk.services.rights import handover, handover_package
from pmdesk.services.rights.handover import Stage
from tests.fakes import FakeClock
from tests.offices import P1, P2, P5, P8, answers, consenting, resident
from tests.pdf import text_of
from tests.services.bookkeeping import DISCLOSURE

PLAN: dict[str, Value] = {
    "occasion": "handover",
    "recipient": "青禾物业",
    "contact": "吴敏 0000-1112222",
    "given_on": date(2026, 4, 1),
    "statute": "前期物业服务合同第12条",
    "paper": "业主大会决定 2026-3号",
}
WORDS = "核对过范围。"


def begun(admin):
    return handover.begin(admin, PLAN)[0]


def told(admin, clerk):
    record = begun(admin)
    notice_changes.post(clerk, handover.handovers(admin)[0].change)
    return record


def approved(admin, clerk, second):
    record = told(admin, clerk)
    handover.put_forward(admin, record)
    record_desk.approve(second, record, WORDS)
    return record


def sheets(made):
    book = CalamineWorkbook.from_filelike(BytesIO(made.workbook))
    found = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert all(made.number in str(rows[0][0]) for rows in found)  # who made it, above each sheet
    return [rows[1:] for rows in found]


def stage(admin):
    return handover.handovers(admin)[0].stage


def code_of(act):
    with pytest.raises(RefusedError) as refused:
        act()
    return refused.value.code


def test_step_by_step_until_the_roster_is_handed_over(admin, clerk, manager, office):
    person = resident(clerk, "欧阳清远", "13800000042", "3-1-502")
    record = begun(admin)
    assert stage(admin) is Stage.NOTICES
    notice_changes.tell(clerk, handover.handovers(admin)[0].change, [person])
    assert stage(admin) is Stage.SUBMIT
    handover.put_forward(admin, record)
    assert stage(admin) is Stage.APPROVAL
    record_desk.approve(manager, record, WORDS)
    assert stage(admin) is Stage.PACKAGE

    made = handover_package.package(admin, record)

    (found,) = handover.handovers(admin)
    assert found.stage is Stage.HANDED
    assert (found.recipient, found.day, found.told) == ("青禾物业", date(2026, 4, 1), 1)
    roster, units = sheets(made)
    assert roster[1:] == [["3", "1", "502", "欧阳清远", "Owner", "13800000042"]]
    assert units[1:] == [["3", "1", "502"]]
    assert made.digest == hashlib.sha256(made.workbook).hexdigest()
    paper = "".join(text_of(made.paper))
    for words in (
        "青禾物业",
        "前期物业服务合同第12条",
        made.digest[:30],
        made.number,
        "2026-03-02",
    ):
        assert words in paper


def test_nothing_leaves_before_everybody_was_told(admin, clerk):
    resident(clerk)
    record = begun(admin)

    assert code_of(lambda: handover.put_forward(admin, record)) == "E_EXPORT_NOTICE"
    assert code_of(lambda: handover_package.package(admin, record)) == "E_EXPORT_NOTICE"
    assert acts.lists(admin) == ()


def test_whoever_is_registered_later_has_to_be_told_too(admin, clerk, manager):
    resident(clerk)
    record = approved(admin, clerk, manager)
    late = resident(clerk, "李四", "13900000000", "3-2-502")

    assert stage(admin) is Stage.NOTICES
    assert code_of(lambda: handover_package.package(admin, record)) == "E_EXPORT_NOTICE"
    change = handover.handovers(admin)[0].change
    assert list(notice_changes.untold(clerk, change)) == [late]
    notice_changes.tell(clerk, change, [late])
    assert handover_package.package(admin, record).people == 2


def test_nothing_leaves_before_a_second_person_approved(admin, clerk):
    resident(clerk)
    record = told(admin, clerk)
    assert code_of(lambda: handover_package.package(admin, record)) == "E_EXPORT_APPROVAL"
    handover.put_forward(admin, record)

    with pytest.raises(RefusedError):
        record_desk.approve(admin, record, WORDS)  # who began it

    assert code_of(lambda: handover_package.package(admin, record)) == "E_EXPORT_APPROVAL"


@pytest.mark.parametrize(
    "changed", [{"recipient": "另一家物业"}, {"contact": "别人"}, {"occasion": "provide"}]
)
def test_an_entry_that_says_otherwise_than_the_notice_lets_nothing_out(
    admin, clerk, manager, changed
):
    resident(clerk)
    record = approved(admin, clerk, manager)
    document = record_desk.opened(admin, record).document
    kind = "disclosure"
    record_desk.put_forward(admin, kind, "", {**document, **changed}, record=record)
    record_desk.approve(manager, record, WORDS)

    assert code_of(lambda: handover_package.package(admin, record)) == "E_EXPORT_NOTICE"


@pytest.mark.parametrize("missing", ["recipient", "contact", "given_on", "statute", "paper"])
def test_without_recipient_day_and_ground_nothing_begins(admin, missing):
    plan = {key: value for key, value in PLAN.items() if key != missing}

    assert [problem.key for problem in handover.problems(plan)] == [missing]
    assert code_of(lambda: handover.begin(admin, plan)) == "E_NO_BASIS"
    assert notice_changes.changes(admin) == ()


def test_another_disclosure_is_no_hand_over(admin):
    record, _changes = record_desk.save(admin, "disclosure", "", DISCLOSURE)

    with pytest.raises(NotFoundError):
        handover_package.package(admin, record)
    assert handover.handovers(admin) == ()


def test_a_closed_one_is_over(admin, clerk, manager):
    record = approved(admin, clerk, manager)
    record_desk.close(manager, record, "不再移交。")

    assert stage(admin) is Stage.CLOSED
    assert code_of(lambda: handover_package.package(admin, record)) == "E_EXPORT_APPROVAL"


@pytest.mark.parametrize("login", ["clerk", "manager", "reviewer"])
def test_only_an_administrator_hands_over(office, admin, clerk, manager, login):
    record = approved(admin, clerk, manager)
    session = office.session(login)

    for act in (
        lambda: handover.handovers(session),
        lambda: handover.begin(session, PLAN),
        lambda: handover.put_forward(session, record),
        lambda: handover_package.package(session, record),
    ):
        with pytest.raises(RefusedError):
            act()


def test_of_a_shielded_person_neither_room_nor_phone_leaves(admin, clerk, manager):
    person = resident(clerk, "欧阳清远", "13800000042", "7-1-1909")
    residents.save_answers(clerk, person, P1, {SHIELD: True})

    made = handover_package.package(admin, approved(admin, clerk, manager))

    assert sheets(made)[0][1:] == [["Shielded", "", "", "欧阳清远", "Owner", ""]]


def test_who_restricted_the_use_is_left_out_and_what_is_disputed_is_blank(admin, clerk, manager):
    frozen = resident(clerk, "李四", "13900000000", "3-1-101")
    unsure = resident(clerk, "王五", "13700000000", "3-1-102", role=PartyRole.TENANT)
    with manager.store.writing() as work:
        acts.restrict(manager, work, frozen, P1)
        acts.dispute(manager, work, unsure, P1, FieldKey("mobile"))
        work.commit()

    made = handover_package.package(admin, approved(admin, clerk, manager))

    assert sheets(made)[0][1:] == [["3", "1", "102", "王五", "Tenant", ""]]
    assert made.people == 1


def test_the_list_is_on_record_and_a_withdrawal_does_not_call_it_back(admin, clerk, manager):
    person = consenting(clerk)
    record = approved(admin, clerk, manager)
    first, second = (handover_package.package(admin, record).number for _again in range(2))

    assert first != second
    assert {one.number for one in handover.handovers(admin)[0].lists} == {first, second}
    consents.withdraw(clerk, person, P2)
    assert not any(one.is_recalled for one in acts.lists(admin))  # it rests on the contract


def test_entry_and_list_are_kept_for_three_years(admin, clerk, manager):
    resident(clerk)
    record = approved(admin, clerk, manager)
    handover_package.package(admin, record)

    with admin.store.writing() as work, pytest.raises(Exception, match="three years"):
        work._connection.exec_driver_sql("DELETE FROM export_list")
    opened = record_desk.opened(admin, record)
    assert (opened.record.keeps_months, opened.record.status) == (36, RecordStatus.APPROVED)


def test_the_log_knows_numbers_and_no_names(admin, clerk, manager, office):
    resident(clerk, "欧阳清远", "13800000042", "7-1-1909")
    before = len(office.bodies())

    made = handover_package.package(admin, approved(admin, clerk, manager))

    added = b"".join(office.bodies()[before:]).decode("utf-8", "replace")
    assert made.digest in added
    for word in ("欧阳", "13800000042", "1909", "青禾物业", "吴敏"):
        assert word not in added


def test_the_notice_says_who_takes_over_and_what_stays_here(admin, clerk):
    resident(clerk)
    begun(admin)
    sheet = notice_changes.sheet(clerk, notice_changes.changes(clerk)[0].id)

    text = "".join(text_of(change_pdf(sheet)))

    for words in ("青禾物业", "吴敏 0000-1112222", "2026-04-01", "P2 至 P8"):
        assert words in text
    assert "Another company" in headline(sheet)
    assert "not handed over" in what_to_do(sheet)[0]


# ---- whatever people agreed to, nothing of it is in the package --------------------------------


@pytest.fixture(scope="module")
def moving(founded, tmp_path_factory):
    """A hand-over that may leave, with one person who agreed to everything there is."""
    office = founded.copied(tmp_path_factory.mktemp("moving") / "office", FakeClock())
    admin, clerk = office.session("admin"), office.session("clerk")
    person = consenting(clerk, P2, P5, P8, name="欧阳清远")
    record = approved(admin, clerk, office.session("manager"))
    yield office, person, record
    office.close()


MARKS = st.text("天地玄黄宇宙洪荒", min_size=3, max_size=6).map(lambda word: f"记{word}号")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(mark=MARKS, phone=st.integers(10_000_000, 99_999_999).map(lambda one: f"139{one}"))
def test_no_value_of_p2_to_p8_is_ever_in_the_package(moving, mark, phone):
    office, person, record = moving
    clerk, admin = office.session("clerk"), office.session("admin")
    values = answers(repair_need=("waterproofing",), clean_need="in_home")
    residents.save_answers(clerk, person, P2, values)
    residents.save_answers(
        clerk, person, P8, answers(emergency_contact=mark, emergency_phone=phone)
    )

    made = handover_package.package(admin, record)

    cells = [str(cell) for sheet in sheets(made) for row in sheet for cell in row]
    head = {"Building", "Entrance", "Room", "Name", "Role", "Phone"}
    assert set(cells) == head | {"3", "2", "501", "欧阳清远", "Owner", "13800001234"}
    stored = {cell for table, cell in office.cells() if table.startswith("answers_")}
    assert {mark, phone, "in_home"} <= stored
    paper = "".join(text_of(made.paper))
    assert not any(value in paper for value in (mark, phone, "in_home", "waterproofing"))
