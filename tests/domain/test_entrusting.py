"""Processors and recipients: clauses before work, a basis before anything leaves the office."""

from datetime import date

import pytest

from pmdesk.domain import entrusting
from pmdesk.domain.fields import Value
from pmdesk.errors import RefusedError

CLAUSES = ("incident_duty", "no_sub", "may_check", "gives_back")  # PIPL 21, 59
PROCESSOR: dict[str, Value] = {
    **dict.fromkeys(CLAUSES, True),
    "name": "青禾信息",
    "period": (date(2026, 1, 1), date(2026, 12, 31)),
}
GIVEN: dict[str, Value] = {
    "foreign": False,
    "scope_checked": True,
    "occasion": "provide",
    "basis": "consent",
    "consents": "R-2026-1",
}


def wrong(check, document):
    return {one.key for one in check(document)}


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize("answer", [False, None])
def test_a_contract_without_a_clause_cannot_stand(clause, answer):
    assert wrong(entrusting.processor_problems, PROCESSOR | {clause: answer}) == {clause}


def test_an_end_needs_proof_of_return_and_a_check_its_day():
    assert wrong(entrusting.processor_problems, PROCESSOR) == set()
    ended = PROCESSOR | {"ended_on": date(2026, 6, 1)}
    assert wrong(entrusting.processor_problems, ended) == {"end_proof"}
    assert wrong(entrusting.processor_problems, PROCESSOR | {"check_result": "正常"}) == {
        "checked_on"
    }


def test_closing_an_entry_needs_the_confirmation():
    with pytest.raises(RefusedError):
        entrusting.refuse_open_end(PROCESSOR)
    with pytest.raises(RefusedError):
        entrusting.refuse_open_end(PROCESSOR | {"end_proof": "确认函"})
    entrusting.refuse_open_end(
        PROCESSOR | {"ended_on": date(2026, 6, 1), "end_proof": "确认函 2026-06-01"}
    )


def test_all_services_to_one_company_are_noticed_also_over_several_entries():
    some: dict[str, Value] = {"name": "甲", "services": ("cleaning", "order", "repair")}
    rest: dict[str, Value] = {"name": "甲", "services": ("green", "desk")}

    assert entrusting.takes_everything([some, rest]) == ("甲",)
    assert entrusting.takes_everything([some, rest | {"name": "乙"}, {"name": "丙"}]) == ()
    assert entrusting.has_ended({}, date(2026, 7, 1)) is False


def test_a_processor_is_checked_once_a_year():
    began = date(2026, 1, 1)

    assert not entrusting.is_check_due(PROCESSOR, began, date(2026, 12, 31))
    assert entrusting.is_check_due(PROCESSOR, began, date(2027, 1, 1))
    checked = PROCESSOR | {"checked_on": date(2026, 6, 1)}
    assert not entrusting.is_check_due(checked, began, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("changes", "ended"),
    [
        ({}, False),
        ({"ended_on": date(2026, 6, 1)}, True),
        ({"period": (date(2025, 1, 1), date(2026, 6, 30))}, True),
        ({"period": (date(2025, 1, 1), None)}, False),
        ({"period": None}, False),
    ],
)
def test_an_entry_ends_with_its_period_or_an_entered_day(changes, ended):
    assert entrusting.has_ended(PROCESSOR | changes, date(2026, 7, 1)) is ended


def test_a_disclosure_rests_on_consents_or_on_a_statute_with_its_document():
    assert wrong(entrusting.disclosure_problems, GIVEN) == set()
    assert wrong(entrusting.disclosure_problems, GIVEN | {"consents": ""}) == {"consents"}
    by_law = GIVEN | {"basis": "statute"}
    assert wrong(entrusting.disclosure_problems, by_law) == {"statute", "paper"}


@pytest.mark.parametrize(
    ("receipts", "people", "fits"),
    [
        ("R-1、R-2", 2, True),
        ("R-1, R-2;R-3", 2, True),
        ("R-1、R-1", 2, False),
        ("R-1", 2, False),
        ("", 0, False),
    ],
)
def test_whoever_has_no_receipt_of_a_separate_consent_is_left_out(receipts, people, fits):
    given = GIVEN | {"consents": receipts, "people": people}

    assert (wrong(entrusting.disclosure_problems, given) == set()) is fits


@pytest.mark.parametrize("occasion", ["handover", "merger"])
def test_where_data_move_along_everybody_is_told_before(occasion):
    moving = GIVEN | {"occasion": occasion}

    assert wrong(entrusting.disclosure_problems, moving) == {"told_on"}
    told = moving | {"told_on": date(2026, 3, 1)}
    assert wrong(entrusting.disclosure_problems, told) == set()


def test_an_authority_shows_who_came_and_what_for():
    asked = GIVEN | {"occasion": "authority", "scope_checked": False}

    assert wrong(entrusting.disclosure_problems, asked) == {"officer", "scope_checked"}


def test_a_request_from_abroad_is_stopped_twice():
    abroad = GIVEN | {"foreign": True}

    assert wrong(entrusting.disclosure_problems, abroad) == {"foreign"}
    with pytest.raises(RefusedError) as refused:
        entrusting.refuse_foreign(abroad)
    assert refused.value.code == "E_FOREIGN_REQUEST"
    entrusting.refuse_foreign(GIVEN)


@pytest.mark.parametrize("answer", [None, False])
def test_nobody_looks_at_the_computer_without_consent(answer):
    assert wrong(entrusting.support_problems, {"consented": answer}) == {"consented"}
    assert wrong(entrusting.support_problems, {"consented": True}) == set()


@pytest.mark.parametrize(
    ("worker", "known"),
    [
        ("安洁保洁", True),
        ("安洁保洁 李师傅", True),
        ("安洁", True),
        ("安洁保洁有限公司", True),
        ("保洁有限责任公司", False),
        ("公司", False),
        ("保洁", False),
        ("安", False),
        ("李师傅", False),
        ("", False),
    ],
)
def test_a_worker_is_known_by_the_firm_that_is_on_record(worker, known):
    assert entrusting.is_registered(worker, ["", "安洁保洁"]) is known


@pytest.mark.parametrize(
    ("worker", "firm", "known"),
    [
        ("北京", "北京安洁保洁有限公司", False),
        ("北京市", "北京市安洁保洁有限公司", False),
        ("朝阳", "北京朝阳安洁保洁有限公司", False),
        ("朝阳区", "北京市朝阳区安洁保洁有限公司", False),
        ("北京", "安洁(北京)保洁有限公司", False),
        ("北京", "安洁（北京）保洁有限公司", False),
        ("安洁", "安洁（北京）保洁有限公司", True),
        ("安洁（北京）保洁有限公司 李师傅", "安洁（北京）保洁有限公司", True),
        ("北京", "北京保洁服务有限公司", False),
        ("北京保洁服务有限公司 李师傅", "北京保洁服务有限公司", True),
        ("北京 李师傅", "北京", False),
        ("保洁 李师傅", "保洁", False),
        ("保洁", "保洁", False),
        ("上海", "上海", False),
        ("上海保洁", "上海保洁", True),
        ("上海安洁", "北京安洁保洁有限公司", False),
        ("李师傅", "李师傅家政服务部", True),
        ("", "安洁保洁", False),
        ("", "", False),
    ],
)
def test_a_place_or_a_trade_alone_is_no_firm(worker, firm, known):
    assert entrusting.is_registered(worker, [firm]) is known


@pytest.mark.parametrize(
    ("worker", "known"),
    [
        ("安洁", True),
        ("安洁保洁", True),
        ("北京安洁", True),
        ("公司", False),
        ("有限公司", False),
        ("责任有限公司", False),
        ("有限责任公司", False),
        ("责任公司", False),
        ("保洁", False),
        ("保洁服务", False),
        ("洁保洁", False),
        ("物业", False),
    ],
)
def test_what_every_firm_is_called_is_nobodys_name(worker, known):
    firm = "北京安洁保洁服务有限责任公司"

    assert entrusting.is_registered(worker, [firm]) is known
    assert entrusting.is_registered(firm, [firm])
