"""The records desk: versions, four eyes, reasons, and nothing that can be undone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain import office as kinds
from pmdesk.domain.assessments import KIND
from pmdesk.domain.points import Weight
from pmdesk.domain.records import COOLING_OFF, RecordStatus
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import Words
from pmdesk.services import staff
from pmdesk.services.audits import record_points
from pmdesk.services.paper import record_text
from pmdesk.services.records import record_desk, record_kinds, records
from tests.services.recorded import P5_SUBJECT, answers_about, assessed, handed_in


def status(session, record):
    return record_desk.opened(session, record).record.status


def standing_number(session):
    """The number of the approved version."""
    with session.store.reading() as work:
        standing = records.standing(work, KIND, P5_SUBJECT)
    assert standing is not None
    return standing.version.number


def place_of(error):
    """The field that an error names."""
    words = error.places["place"]
    assert isinstance(words, Words)
    return words.zh


def single(admin):
    """The office has no other person any more."""
    for one in staff.everyone(admin):
        if one.uid != admin.staff.uid:
            staff.disable(admin, one.uid)


def test_a_record_goes_from_its_author_to_a_second_person(manager, reviewer, office):
    with office.logged() as log:
        record = handed_in(manager)
        changes = record_desk.approve(reviewer, record, "  逐项核对过。 ")

    shown = record_desk.opened(manager, record)
    assert shown.record.status is RecordStatus.APPROVED
    assert shown.record.number == "PIA-2026-002"  # the starter rules have the first
    assert changes.kinds == {kinds.RECORDS}
    assert [(one.step, one.by, one.words) for one in shown.decisions] == [
        (RecordStatus.APPROVED, reviewer.staff.uid, "逐项核对过。"),
        (RecordStatus.SUBMITTED, manager.staff.uid, ""),
    ]
    target = records.target(record)
    assert [(action, on) for action, on, _fields in log] == [
        ("record.create", target),
        ("record.submitted", target),
        ("record.approved", target),
    ]
    assert not shown.record.alone
    assert office.broken_link() is None


@pytest.mark.parametrize("decide", [record_desk.approve, record_desk.reject])
def test_nobody_decides_on_a_record_of_his_own(manager, decide):
    record = handed_in(manager)

    with pytest.raises(RefusedError, match="of his own"):
        decide(manager, record, "同意")

    assert status(manager, record) is RecordStatus.SUBMITTED


@pytest.mark.parametrize("decide", [record_desk.approve, record_desk.reject])
def test_a_decision_needs_words_and_a_record_that_waits(manager, reviewer, decide):
    record = handed_in(manager)
    with pytest.raises(RefusedError, match="needs a reason"):
        decide(reviewer, record, " \n")
    decide(reviewer, record, "看过")

    with pytest.raises(ConflictError, match="does not wait"):
        decide(reviewer, record, "再看一遍")


def test_a_draft_stands_for_nothing(manager, reviewer):
    document = answers_about(manager)
    record, _changes = record_desk.save(manager, KIND, P5_SUBJECT, document)

    with manager.store.reading() as work:
        assert records.standing(work, KIND, P5_SUBJECT) is None
    with pytest.raises(ConflictError):
        record_desk.approve(reviewer, record, "同意")


def test_an_edit_is_a_new_version_that_has_to_be_approved_anew(manager, manager2, reviewer):
    record = assessed(manager, reviewer)
    edited = answers_about(manager2, minors="另行处理")

    record_desk.save(manager2, KIND, P5_SUBJECT, edited, record=record, over=1)

    shown = record_desk.opened(manager, record)
    assert (shown.record.version, shown.record.status) == (2, RecordStatus.DRAFT)
    assert shown.name(shown.record.author) == "赵磊"
    assert [one.field.key for one in shown.changed_in(2)] == ["minors", "assessor"]
    assert shown.document_at(1)["minors"] != "另行处理"
    assert standing_number(manager) == 1  # what was approved stands until its heir is
    record_desk.put_forward(manager2, KIND, P5_SUBJECT, edited, record=record)
    record_desk.approve(manager, record, "同意")
    assert standing_number(manager) == 2


def test_the_same_words_make_no_new_version(manager):
    document = answers_about(manager)
    record, _changes = record_desk.save(manager, KIND, P5_SUBJECT, document)

    record_desk.save(manager, KIND, P5_SUBJECT, document, record=record)

    assert record_desk.opened(manager, record).record.version == 1


def test_two_people_who_edit_at_once_lose_nothing(manager, manager2):
    document = answers_about(manager)
    record, _changes = record_desk.save(manager, KIND, P5_SUBJECT, document)
    record_desk.save(manager, KIND, P5_SUBJECT, document | {"minors": "甲"}, record=record, over=1)

    with pytest.raises(ConflictError, match="meanwhile"):
        record_desk.save(
            manager2, KIND, P5_SUBJECT, document | {"minors": "乙"}, record=record, over=1
        )

    assert record_desk.opened(manager, record).document["minors"] == "甲"


def test_a_record_with_gaps_is_kept_as_a_draft_and_not_submitted(manager):
    document = answers_about(manager, conclusion=None, minors=None)
    record, _changes = record_desk.save(manager, KIND, P5_SUBJECT, document)

    with pytest.raises(RefusedError) as refused:
        record_desk.put_forward(manager, KIND, P5_SUBJECT, document, record=record)

    assert refused.value.places["count"] == 2
    assert place_of(refused.value) == "未成年人"
    assert status(manager, record) is RecordStatus.DRAFT


def test_what_cannot_be_kept_is_refused_with_its_place(manager):
    wrong = answers_about(manager, next_review="改天")

    with pytest.raises(RefusedError) as refused:
        record_desk.save(manager, KIND, P5_SUBJECT, wrong)

    assert place_of(refused.value) == "下次复评日期"
    assert len(record_desk.lines(manager, KIND)) == 1  # that of the starter rules


def test_a_rejected_record_is_mended_and_submitted_again(manager, reviewer):
    record = handed_in(manager)
    record_desk.reject(reviewer, record, "第四部分太笼统")
    assert status(manager, record) is RecordStatus.REJECTED

    mended = answers_about(manager, sources_of_risk="逐项写清")
    record_desk.put_forward(manager, KIND, P5_SUBJECT, mended, record=record)

    assert status(manager, record) is RecordStatus.SUBMITTED


def test_what_is_submitted_or_approved_is_not_submitted_twice(manager, reviewer):
    record = handed_in(manager)
    same = record_desk.opened(manager, record).document

    with pytest.raises(ConflictError, match="no draft"):
        record_desk.put_forward(manager, KIND, P5_SUBJECT, same, record=record)
    record_desk.approve(reviewer, record, "同意")
    with pytest.raises(ConflictError, match="no draft"):
        record_desk.put_forward(manager, KIND, P5_SUBJECT, same, record=record)


def test_a_closed_record_stands_no_more_and_never_changes(manager, reviewer):
    record = assessed(manager, reviewer)
    with pytest.raises(RefusedError, match="needs a reason"):
        record_desk.close(reviewer, record, " ")

    record_desk.close(reviewer, record, "不再处理这类信息")

    with manager.store.reading() as work:
        assert records.standing(work, KIND, P5_SUBJECT) is None
        assert records.latest(work, KIND, P5_SUBJECT) is None
    with pytest.raises(RefusedError, match="closed"):
        record_desk.save(manager, KIND, P5_SUBJECT, answers_about(manager), record=record)
    with pytest.raises(RefusedError, match="closed"):
        record_desk.close(reviewer, record, "再来一次")


def test_no_record_is_deleted_before_its_time(manager, reviewer, office):
    record = assessed(manager, reviewer)
    record_desk.close(reviewer, record, "不再处理")

    with office.logged() as log, pytest.raises(RefusedError, match="cannot be deleted yet"):
        record_desk.delete(reviewer, record)

    assert not log
    assert status(manager, record) is RecordStatus.CLOSED


def test_a_record_may_go_three_years_after_it_ended(manager, reviewer, office):
    record = assessed(manager, reviewer)
    record_desk.close(reviewer, record, "不再处理")
    with office.opened["reviewer"].engine.connect().execution_options(write=True) as connection:
        connection.exec_driver_sql("UPDATE sweep SET day = '2029-03-02'")
        connection.commit()

    with office.logged() as log:
        record_desk.delete(reviewer, record)

    assert [action for action, _on, _fields in log] == ["record.delete"]
    with pytest.raises(NotFoundError):
        record_desk.opened(reviewer, record)


def test_a_single_person_decides_on_the_next_day_with_a_visible_mark(admin, clock):
    single(admin)
    record = handed_in(admin)
    assert "24 hours" in record_desk.opened(admin, record).powers.decide
    with pytest.raises(RefusedError, match="24 hours"):
        record_desk.approve(admin, record, "同意")

    clock.advance(hours=24)
    assert any(point.record == record for point in _asked(admin))
    record_desk.approve(admin, record, "隔天再看一遍，同意")

    shown = record_desk.opened(admin, record)
    assert shown.record.status is RecordStatus.APPROVED
    assert shown.record.alone
    assert shown.decisions[0].alone
    assert record_text.state(shown).endswith("decided by a single person")


def _asked(session):
    """What waits for this user's decision."""
    return [one for one in record_points.points(session) if one.weight is Weight.ASKED]


def test_two_people_never_decide_alone_however_long_they_wait(manager, clock):
    record = handed_in(manager)
    clock.advance(days=30)

    with pytest.raises(RefusedError, match="of his own"):
        record_desk.approve(manager, record, "同意")


def test_a_kind_that_needs_no_second_person_stands_when_it_is_handed_in(manager, monkeypatch):
    alone = replace(record_kinds.kind(KIND), second_person=False)
    monkeypatch.setattr(records, "kind", lambda _code: alone)

    record = handed_in(manager)

    assert status(manager, record) is RecordStatus.APPROVED


def test_every_reason_for_a_shut_door_is_said(manager, reviewer, clerk):
    record = handed_in(manager)

    own = record_desk.opened(manager, record).powers
    others = record_desk.opened(reviewer, record).powers

    assert (own.edit, others.edit, others.decide) == ("", "", "")
    assert "second person" in own.decide
    assert "already waits" in own.submit
    record_desk.approve(reviewer, record, "同意")
    assert "change something" in record_desk.opened(manager, record).powers.submit
    assert "does not wait" in record_desk.opened(reviewer, record).powers.decide
    record_desk.close(reviewer, record, "完")
    assert "closed" in record_desk.opened(manager, record).powers.edit
    with pytest.raises(RefusedError):
        record_desk.lines(clerk, KIND)


def test_a_kind_that_is_not_known_is_said(manager):
    with manager.store.writing() as work, pytest.raises(NotFoundError, match="kind of record"):
        records.create(manager, work, "unknown", "", {})


@pytest.mark.parametrize("one", record_kinds.kinds(), ids=lambda one: one.code)
def test_every_form_is_sound(one):
    keys = [field.key for field in one.fields]

    assert len(set(keys)) == len(keys)
    assert one.headline in keys
    assert one.keeps_months >= 36
    assert all(one.title + one.use + one.source)
    assert all(field.label.zh and field.label.en for field in one.fields)
    assert not [field for field in one.fields if field.kind.value == "choice" and not field.options]


def test_prefixes_tell_the_kinds_apart():
    prefixes = [one.prefix for one in record_kinds.kinds()]

    assert len(set(prefixes)) == len(prefixes)
    assert timedelta(hours=24) == COOLING_OFF
