"""Processors, recipients and joint handlers: nothing stands without what the law asks for."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from pmdesk.errors import RefusedError
from pmdesk.services.records import books, record_desk
from pmdesk.services.records.record_kinds import kind
from tests.services.bookkeeping import (
    DISCLOSURE,
    JOINT,
    PROCESSOR,
    SUPPORT,
    assessed,
    filed,
)

TODAY = date(2026, 3, 2)


@pytest.fixture
def processor(manager, reviewer):
    """An approved processor."""
    document = PROCESSOR | {"assessment": assessed(manager, reviewer)}
    return filed(manager, "processor", document, by=reviewer)


def words(session):
    with session.store.reading() as work:
        return books.processors_words(work, TODAY), books.recipients_words(work, TODAY)


def wrong(session, code, document):
    return {one.key for one in record_desk.problems(session, kind(code), document)}


def test_an_office_that_does_all_itself_says_so_in_its_notices(manager):
    assert [said.zh for said in words(manager)] == ["无", "无"]


def test_a_processor_stands_with_all_clauses_and_an_approved_assessment(manager, reviewer):
    bare = {"name": "青禾信息", "assessment": "PIA-2026-001"}

    lacking = wrong(manager, "processor", bare)
    assert lacking >= {"contact", "task", "period", "protection", "no_sub", "gives_back"}
    assert wrong(manager, "processor", PROCESSOR | {"assessment": "PIA-2026-001"}) == {"assessment"}
    with pytest.raises(RefusedError):
        record_desk.put_forward(manager, "processor", "", bare)
    number = assessed(manager, reviewer)
    assert wrong(manager, "processor", PROCESSOR | {"assessment": number}) == set()


def test_notices_name_it_only_after_a_second_person_approved(manager, reviewer):
    document = PROCESSOR | {"assessment": assessed(manager, reviewer)}
    record, _changes = record_desk.put_forward(manager, "processor", "", document)

    assert words(manager)[0].zh == "无"
    with pytest.raises(RefusedError):
        record_desk.approve(manager, record, "自己批")
    record_desk.approve(reviewer, record, "核对过。")
    assert words(manager)[0].zh == "青禾信息（发送短信：手机号）"
    assert words(manager)[0].en == "青禾信息 (发送短信: 手机号)"


@pytest.mark.usefixtures("processor")
def test_a_notice_that_does_not_name_it_is_told(manager):
    with manager.store.reading() as work:
        assert books.unnamed(work, TODAY) == ("青禾信息",)


def test_a_year_later_the_check_is_due_and_after_its_period_it_is_gone(manager, processor):
    with manager.store.reading() as work:
        assert books.unchecked(work, TODAY) == ()
        assert [one.record.id for one in books.unchecked(work, date(2027, 3, 2))] == [processor]
        assert books.in_force(work, "processor", date(2028, 1, 1)) == ()


def test_whole_outsourcing_is_told(manager, reviewer):
    everything = ("cleaning", "order", "repair", "green", "desk")
    document = PROCESSOR | {"assessment": assessed(manager, reviewer), "services": everything}
    filed(manager, "processor", document, by=reviewer)

    with manager.store.reading() as work:
        assert books.overloaded(work, TODAY) == ("青禾信息",)


def test_an_entry_ends_only_with_the_confirmation_of_return(manager, reviewer, processor):
    with pytest.raises(RefusedError):
        record_desk.close(reviewer, processor, "合同到期")
    shown = record_desk.opened(manager, processor)
    ended = shown.document | {"ended_on": TODAY, "end_proof": "删除确认函 2026-03-02"}
    record_desk.put_forward(manager, "processor", "", ended, record=processor)
    record_desk.close(reviewer, processor, "合同到期")

    assert words(manager)[0].zh == "无"


def test_regular_recipients_are_named_and_single_ones_are_not(manager, reviewer):
    filed(manager, "disclosure", DISCLOSURE, by=reviewer)
    filed(manager, "disclosure", DISCLOSURE | {"recipient": "甲", "regular": False}, by=reviewer)

    assert words(manager)[1].zh == "江边路社区居委会（核对应急名册：姓名、房号）"
    with manager.store.reading() as work:
        assert books.unnamed(work, TODAY) == ("江边路社区居委会",)


def test_a_foreign_request_can_neither_be_submitted_nor_approved(manager, reviewer):
    abroad = DISCLOSURE | {"foreign": True}
    with pytest.raises(RefusedError):
        record_desk.put_forward(manager, "disclosure", "", abroad)

    record, _changes = record_desk.save(manager, "disclosure", "", abroad)
    with manager.store.writing() as work:  # submitted past the check, as no page can
        work.records.step(record, "submitted", by=manager.staff.uid, at=manager.clock.now())
        work.commit()
    with pytest.raises(RefusedError) as refused:
        record_desk.approve(reviewer, record, "给吧")
    assert refused.value.code == "E_FOREIGN_REQUEST"
    assert "PIPL 41" in refused.value.sentence


def test_disclosures_cannot_be_deleted_for_three_years(office, manager, reviewer):
    record = filed(manager, "disclosure", DISCLOSURE, by=reviewer)
    with pytest.raises(RefusedError):
        record_desk.delete(reviewer, record)
    record_desk.close(reviewer, record, "办完")
    with pytest.raises(RefusedError):
        record_desk.delete(reviewer, record)
    with pytest.raises(IntegrityError):
        office.sql("DELETE FROM record WHERE id = :id", id=record)
    with pytest.raises(IntegrityError):
        office.sql("UPDATE record_version SET document = '{}'")


def test_joint_processing_waits_for_agreement_and_a_notice_that_names_it(manager):
    assert wrong(manager, "joint", JOINT | {"agreement": ""}) == {"agreement", "notice_version"}
    assert wrong(manager, "joint", JOINT | {"notice_version": "9.9"}) == {"notice_version"}
    named = JOINT | {"name": "晴川花园物业服务中心"}  # whom every notice names
    with manager.store.reading() as work:
        version = work.catalogue.notice("P1", "zh_CN").version
    assert wrong(manager, "joint", named | {"notice_version": version}) == set()


def test_a_joint_handler_stands_under_its_own_place_and_is_no_recipient(manager, reviewer):
    with manager.store.reading() as work:
        version = work.catalogue.notice("P1", "zh_CN").version
    document = JOINT | {"name": "晴川花园物业服务中心", "notice_version": version}
    filed(manager, "joint", document, by=reviewer)

    assert words(manager)[1].zh == "无"


def test_a_support_session_needs_its_processor_and_the_consent(manager, processor):
    number = record_desk.opened(manager, processor).record.number
    whole = SUPPORT | {"processor": number}

    assert wrong(manager, "support", whole | {"processor": "PRC-2026-099"}) == {"processor"}
    assert wrong(manager, "support", whole | {"consented": False}) == {"consented"}
    assert wrong(manager, "support", whole) == set()


def test_no_policy_poster_or_other_record_holds_the_number_of_an_identity_paper(manager):
    number = "持证人 11010519491231002X"
    for code, key in (("policy", "text"), ("poster", "text"), ("disclosure", "officer")):
        found = wrong(manager, code, {key: number})
        assert key in found, code
        assert key not in wrong(manager, code, {key: "两位民警，已核对证件"})
