"""Rows of the law paper that only a working office shows: who may do what, and what is left."""

import json

import pytest

from pmdesk.domain import assessments
from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.reveals import Reason, Why
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError, RefusedError
from pmdesk.i18n import Words, said
from pmdesk.rules.facts import Fact, FactType
from pmdesk.services import acts, classification, residents, revealing, rules
from pmdesk.services.audits import record_points
from pmdesk.services.consent import consents
from pmdesk.services.rights import dossier, dossier_text
from tests.offices import (
    P1,
    P2,
    P3,
    P5,
    P7,
    PLATE,
    PLATE_NO,
    SPECIAL,
    answers,
    consenting,
    decide,
    resident,
    table_of,
)
from tests.services.desk import received


def active_table(session):
    """The table that decides now."""
    with session.store.reading() as work:
        return classification.table_of(work, work.rulesets.active().document)


CALL = Why(reason=Reason.SERVICE)
LEADERS = {"manager", "reviewer", "admin"}


def test_a_dossier_tells_the_tier_its_tags_and_the_rule(clerk, manager):
    """P-04: results are personal information like any other value."""
    person = consenting(clerk, values=SPECIAL)
    page = residents.detail(manager, person)
    with manager.store.reading() as work:
        made = dossier.gathered(manager, work, person, "D1")
        told = {section.title: section.rows for section in dossier_text.sections(work, made)}

    rows = {row[0]: row[1] for row in told["Service tier"][1:]}

    assert page.tier.code == "care"
    assert rows["Tier"] == said(page.tier.name)
    assert set(rows["Tags"].split(", ")) == {said(tag.name) for tag in page.tags}
    assert rows["Rule"] in {rule.reason for rule in active_table(manager).rules}
    assert json.loads(made.as_json())["content"]["tables"]["classification"]


@pytest.mark.parametrize("login", ["clerk", "manager", "reviewer", "admin"])
def test_each_class_of_data_is_open_to_its_roles_only(office, clerk, login):
    """P-28, P-51-2: class by role by act; lists are masked for everybody."""
    person = consenting(clerk, P2, PLATE)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")
    session = office.session(login)

    (row,) = residents.rows(session, [person])
    assert row.mobile == "138****1234"
    if login in LEADERS:
        assert residents.open_sealed(session, person, PLATE, PLATE_NO, "挪车") == "苏A12345"
    else:
        with pytest.raises(RefusedError):
            residents.open_sealed(session, person, PLATE, PLATE_NO, "挪车")
    if session.staff.may(Permission.REVEAL):
        assert revealing.reveal_mobile(session, person, CALL) == "13800001234"
    else:
        with pytest.raises(RefusedError):
            revealing.reveal_mobile(session, person, CALL)
    with pytest.raises(PmdeskError):  # what is refused has no place, whoever asks
        residents.save_answers(session, person, P2, answers(ethnicity="x"))


def test_a_value_is_read_for_its_own_purpose_only(clerk, manager):
    """C-1036: what was given for one purpose does not open under another one."""
    person = consenting(clerk, P2, P5, PLATE)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")

    with pytest.raises(PmdeskError):
        residents.open_sealed(manager, person, P5, PLATE_NO, "挪车")
    with manager.store.reading() as work:
        blob = work.answers.sealed(person)[PLATE_NO]
    with pytest.raises(PmdeskError):
        manager.accounts.open_sealed(residents.seal_info(person, P5, PLATE_NO), blob)


@pytest.mark.parametrize("key", ["fee_status", "complaints", "floor_area", "fa_gender"])
def test_a_rule_that_reads_what_it_must_not_is_rejected(manager, key):
    """C-272, C-285, C-944: typed into the table past every picker, it is refused all the same."""
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    table = table_of(manager, draft)
    forged = Fact(key=key, label=Words("x", "x"), type=FactType.CHOICE)

    with pytest.raises(RefusedError) as refused:
        rules.save_draft(manager, draft, table.with_fact(forged))

    assert refused.value.code == "E_FIELD_PROXY_LOCKED"
    assert key not in {fact.key for fact in table_of(manager, draft).facts}


def test_no_table_of_the_office_takes_an_amount_to_bill(office):
    """W-41: money stands in the published price list and the orders of it, nowhere else."""
    columns = office.sql(
        "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table'"
    )
    money = {
        table
        for table, column in columns
        if any(word in column for word in ("price", "amount", "fee", "deposit", "discount"))
    }
    assert money <= {"addon", "addon_order", "answers_p1"}, money
    assert ("answers_p1", "fee_status") in {tuple(row) for row in columns}


def test_who_refused_offers_is_known_under_a_new_entry_too(office, clerk):
    """P-24b, K-29: the number stays on the list of those who want none, after the person left."""
    person = consenting(clerk, P7)
    consents.withdraw(clerk, person, P7)
    with clerk.store.writing() as work:
        acts.archive(clerk, work, person, ArchiveReason.MOVED_OUT)
        work.commit()

    again = resident(clerk)

    assert again != person
    with clerk.store.reading() as work:
        assert acts.opted_out(clerk, work, work.people.get(again).mobile)
        assert P7 not in work.consents.live(again)
    (offers,) = [one for one in consents.choices(clerk, again) if one.purpose.code == P7]
    assert str(offers.rests_until) == "2027-03-02"
    assert office.sql("SELECT count(*) FROM optout") == [(1,)]


def test_at_the_end_of_the_contract_only_its_own_data_are_left(office, clerk, admin):
    """C-949: nothing that rested on consent is there to be handed over."""
    person = consenting(clerk, P2, P3, values=SPECIAL)
    residents.save_answers(clerk, person, P1, answers(unit_use="home"))
    with clerk.store.writing() as work:
        acts.archive(clerk, work, person, ArchiveReason.CONTRACT_ENDED)
        work.commit()

    kept = acts.opened(admin, person, "项目交接")

    assert (kept.name, kept.mobile) == ("王小明", "13800001234")
    assert "'unit_use': 'home'" in str(kept.answers)
    assert not [code for code in ("waterproofing", "in_home") if code in str(kept)]
    for table in ("answers_p2", "answers_p3", "classification"):
        assert office.sql(f"SELECT * FROM {table}") == [], table


def test_an_office_that_grew_is_told_what_applies_now(manager, clerk, monkeypatch):
    """O-25, P-52: the counter at one hundred thousand and at a million people."""
    known = ("no small processor", "PIPL 52")

    def sentences():
        told = " ".join(one.sentence for one in record_points.points(manager))
        return {part for part in known if part in told}

    resident(clerk)
    assert sentences() == set()
    monkeypatch.setattr(assessments, "SMALL", 1)
    assert sentences() == {"no small processor"}
    monkeypatch.setattr(assessments, "OFFICER", 1)
    assert sentences() == {"PIPL 52"}


def test_who_refuses_everything_and_complains_is_served_like_anybody(clerk, manager):
    """W-06: the contract's service hangs neither on a yes nor on keeping quiet."""
    unwilling = resident(clerk)
    asked = [choice.purpose.code for choice in consents.choices(clerk, unwilling)]
    decide(clerk, unwilling, dict.fromkeys(asked, False))
    received(clerk, "D14", unwilling)
    silent = resident(clerk, "李娜", "13900001111", "3-2-502")

    pages = [residents.detail(manager, one) for one in (unwilling, silent)]

    assert pages[0].tier == pages[1].tier
    assert pages[0].tags == pages[1].tags == ()
