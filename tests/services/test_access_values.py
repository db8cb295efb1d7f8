"""What each role sees of a person: on pages, in lists, searches, files, papers and the log."""

import json
from dataclasses import replace

import pytest

from pmdesk.domain.access import FieldClass, Place, sight
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.fields import FieldKey, Kind
from pmdesk.domain.masks import mask_name, mask_phone, mask_text
from pmdesk.domain.people import PartyRole
from pmdesk.domain.ports import Answers
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.reveals import Reason, Why
from pmdesk.domain.staff import MATRIX, Permission, Role
from pmdesk.errors import DeniedError, RefusedError
from pmdesk.services import (
    classification,
    drafts,
    export,
    log_book,
    masking,
    notes,
    residents,
    revealing,
)
from pmdesk.services.rights import request_fields
from tests.fakes import FakeClock
from tests.offices import ACCOUNTS, ERRAND, P1, P2, P8, PLATE, answers, consenting, resident
from tests.pdf import text_of

LOGINS = [login for login in ACCOUNTS if login != "manager2"]

# ---- values --------------------------------------------------------------------------------

NAME, MOBILE, MAIL = "慕容标记", "13911112222", "biaoji@example.cn"
POST, CALL, NUMBER = "标记路 7 号", "标记阿姨", "13733334444"
NOTE, SEALED, NEED = "标记水龙头", "演B77777", "in_home"
MARKS = {
    FieldClass.NAME: (NAME, mask_name(NAME)),
    FieldClass.CONTACT: (MOBILE, mask_phone(MOBILE)),
    FieldClass.REACH: (MAIL, mask_text(MAIL)),
    FieldClass.NOTES: (NOTE, mask_text(NOTE)),
    FieldClass.SEALED: (SEALED, mask_text(SEALED)),
    FieldClass.ANSWERS: (NEED, mask_text(NEED)),
}


@pytest.fixture(scope="module")
def office(founded, tmp_path_factory):
    """One copy for all: nearly everything here only looks."""
    made = founded.copied(tmp_path_factory.mktemp("looked") / "office", FakeClock())
    yield made
    made.close()


@pytest.fixture(scope="module")
def person(office):
    """Somebody of whom every class of values is known."""
    clerk = office.session("clerk")
    needs = answers(clean_need=NEED)
    made = consenting(clerk, P2, P8, PLATE, name=NAME, mobile=MOBILE, values=needs)
    residents.save_answers(
        clerk, made, P1, answers(email=MAIL, mail_address=POST, fee_status="due")
    )
    residents.save_answers(clerk, made, P8, answers(emergency_contact=CALL, emergency_phone=NUMBER))
    residents.seal_value(clerk, made, PLATE, FieldKey("plate_no"), SEALED)
    notes.add(clerk, made, NOTE)
    return made


def on_page(session, person):
    """Everything of the page but the catalogue's own words."""
    detail = residents.detail(session, person)
    values = [group.answers and dict(group.answers.values) for group in detail.groups]
    return repr((detail.person, values, detail.notes, detail.reason, detail.events))


def in_lists(session, person):
    """Rows as lists, the clipboard and the search for look-alikes have them."""
    found = residents.found(session, ResidentQuery(text="慕容"))
    rows = [residents.rows(session, found)]
    if session.staff.may(Permission.EDIT_RESIDENTS):
        rows.append(residents.look_alikes(session, _entry()))
    return repr(rows)


def in_files(session, person):
    """The workbook's rows and the paper."""
    made = export.listing(session, ResidentQuery(), ERRAND)
    return repr(made.rows) + "".join(text_of(export.as_pdf(made)))


def _entry():
    return residents.Registration(
        name=NAME, mobile=MOBILE, building="3", entrance="2", room="501", role=PartyRole.OWNER
    )


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("kind", MARKS)
def test_the_page_shows_each_role_what_the_table_says(office, person, login, kind):
    whole, masked = MARKS[kind]
    shown = on_page(office.session(login), person)
    expected = sight(ACCOUNTS[login][1], kind)

    assert (whole in shown) is (expected == "shown")
    if expected in {"masked", "reason"} and kind is not FieldClass.SEALED:
        assert masked in shown


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("kind", MARKS)
def test_lists_show_each_role_what_the_table_says(office, person, login, kind):
    whole, masked = MARKS[kind]
    shown = in_lists(office.session(login), person)
    expected = sight(ACCOUNTS[login][1], kind, Place.LIST)

    assert (whole in shown) is (expected == "shown")
    assert (masked in shown) is (expected == "masked")


@pytest.mark.parametrize("login", ["manager", "admin"])
@pytest.mark.parametrize("kind", MARKS)
def test_files_and_paper_are_masked_unless_more_is_asked_for(office, person, login, kind):
    whole, masked = MARKS[kind]
    shown = in_files(office.session(login), person)

    assert whole not in shown
    assert (masked in shown) is (sight(ACCOUNTS[login][1], kind, Place.FILE) == "reason")


def test_whole_names_leave_only_with_the_right_to_reveal(manager, person, office, monkeypatch):
    rights = MATRIX[Role.MANAGER] - {Permission.REVEAL}
    monkeypatch.setitem(MATRIX, Role.MANAGER, rights)
    with office.logged() as log, pytest.raises(DeniedError):
        export.listing(manager, ResidentQuery(), ERRAND, unmasked=True)

    assert log == [("denied", "reveal", ())]


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("2222", True),  # what the mask shows
        (MOBILE, True),  # who rings up says the whole number
        ("139 1111 2222", True),
        ("12222", False),  # one digit more than the mask: the next would be found by trying
        ("112222", False),
        (SEALED, False),
        (MAIL, False),
        (POST, False),
        (CALL, False),
        (NUMBER, False),
        (NUMBER[-4:], False),
        (NOTE, False),
    ],
)
def test_a_search_finds_nobody_by_what_it_may_not_show(office, person, login, typed, finds):
    found = residents.found(office.session(login), ResidentQuery(text=typed))

    assert list(found) == ([person] if finds else [])


@pytest.mark.parametrize("login", LOGINS)
def test_reasons_of_a_tier_hold_no_contact(office, person, login):
    shown = repr(classification.reasons(office.session(login), person))

    assert not [one for one in (MOBILE, MAIL, POST, CALL, NUMBER, SEALED, NOTE) if one in shown]


@pytest.mark.parametrize("login", LOGINS)
def test_a_form_of_the_rights_desk_starts_from_masked_contacts(office, person, login):
    session = office.session(login)
    stored = {str(one.field.key): one for one in request_fields.stored(session, person)}

    assert (stored["mobile"].value, stored["mobile"].is_masked) == (mask_phone(MOBILE), True)
    sees = session.staff.may(Permission.REVEAL)
    assert stored["email"].value == (MAIL if sees else mask_text(MAIL))
    assert stored["emergency_phone"].value == (NUMBER if sees else mask_phone(NUMBER))
    assert stored["emergency_contact"].value == (CALL if sees else mask_text(CALL))


def test_values_in_the_log_are_masked_as_on_the_page(office, person, reviewer, admin):
    for session, sees in ((reviewer, False), (admin, True)):
        lines = log_book.page(session, LogQuery()).lines
        saved = [one.entry.seq for one in lines if one.entry.action == "answers.save"]
        shown = repr([log_book.values(session, seq) for seq in saved])
        assert (MAIL in shown, NUMBER in shown, POST in shown, CALL in shown) == (sees,) * 4
        assert NEED in shown or "in_home" not in shown


def test_drafts_are_for_those_who_may_go_on_with_them(clerk, reviewer, office):
    drafts.keep(clerk, "resident", "new", json.dumps({"name": NAME}))
    moved = replace(clerk, staff=replace(clerk.staff, role=Role.REVIEWER))
    assert [one.page for one in drafts.mine(clerk)] == ["resident"]
    assert drafts.mine(moved) == ()
    with office.logged() as log, pytest.raises(DeniedError):
        drafts.kept(moved, "resident", "new")

    assert log == [("denied", "edit_residents", ())]


# ---- revealing -----------------------------------------------------------------------------


def test_a_whole_number_is_shown_for_a_reason_that_is_logged_by_its_code(office, clerk, person):
    with office.logged() as log:
        shown = revealing.reveal_mobile(clerk, person, Why(reason=Reason.EMERGENCY))

    assert shown == MOBILE
    assert log == [("reveal", f"person:{person}", ("mobile", "why:emergency"))]


def test_own_words_lie_with_what_can_be_erased_and_not_in_the_chain(
    office, clerk, person, reviewer
):
    words = "楼下渗水要联系"
    revealing.reveal_mobile(clerk, person, Why(reason=Reason.OTHER, words=words))
    assert not [body for body in office.bodies() if words in body.decode()]
    line = log_book.page(reviewer, LogQuery()).lines[0]

    assert "其他原因" in line.fields
    assert words in log_book.values(reviewer, line.entry.seq).after.values()


@pytest.mark.parametrize("words", ["", "  ", "他是少数民族", "字" * 61])
def test_without_a_clean_reason_nothing_is_shown_or_logged(office, clerk, person, words):
    with office.logged() as log, pytest.raises(RefusedError):
        revealing.reveal_mobile(clerk, person, Why(reason=Reason.OTHER, words=words))

    assert log == []


def test_to_correct_is_a_reason_only_where_there_is_a_number(office, clerk, person):
    nobody = resident(clerk, "无号", mobile="", room="3-2-601")
    with office.logged() as log:
        assert revealing.to_correct(clerk, person).mobile == MOBILE
        assert revealing.to_correct(clerk, nobody).mobile == ""

    assert log == [("reveal", f"person:{person}", ("mobile", "why:correcting"))]


def test_a_value_that_a_role_does_not_see_at_all_is_left_out(clerk):
    known = {str(field.key): field for field in residents.catalogue(clerk).fields}
    plate = known["plate_no"]
    assert masking.value(Role.CLERK, plate, SEALED) is None
    assert masking.value(Role.REVIEWER, known["email"], None) is None
    assert masking.seen(Role.CLERK, FieldClass.SEALED, SEALED) == ""
    assert masking.seen(Role.CLERK, FieldClass.NAME, NAME) == NAME
    assert known["emergency_phone"].kind is Kind.PHONE
    assert masking.answers(Role.CLERK, (), None) is None
    now = clerk.clock.now()
    odd = Answers(values={FieldKey("gone"): "x"}, source="", collected_at=now, confirmed_at=now)
    assert masking.answers(Role.REVIEWER, (), odd) == odd
