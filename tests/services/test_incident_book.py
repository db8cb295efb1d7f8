"""The incident book: timers, a decision that somebody else approves, drills, internal rules."""

import pytest

from pmdesk.errors import RefusedError
from pmdesk.services.audits import book_starts, record_points
from pmdesk.services.records import incidents, policies, record_desk
from pmdesk.services.records.record_kinds import kind
from tests.services.bookkeeping import INCIDENT, PLAN, filed


def points(session, *, of=""):
    return [
        one.sentence.format(
            **{key: getattr(value, "en", value) for key, value in one.places.items()}
        )
        for one in record_points.points(session)
        if one.tab.startswith(of)
    ]


@pytest.mark.parametrize("code", [one.code for one in incidents.scenarios()])
def test_each_scenario_fills_a_record_and_a_drill(manager, code):
    made = book_starts.incident(manager, code)
    drill = book_starts.incident(manager, f"drill:{code}")

    assert not made["drill"]
    assert drill["drill"]
    assert drill["what"] == f"Drill: {made['what']}"
    assert made["discovered_at"] == "2026-03-02 09:00"
    assert made["contact"] == "周敏 0000-12345678"
    for key in ("cause", "measures", "possible_harm", "advice"):
        assert made[key] == drill[key] != ""
    assert kind("incident").malformed(drill) == ()


def test_there_are_seven_scenarios_and_an_incident_of_another_kind(manager):
    assert len(incidents.scenarios()) == 7
    assert "cause" not in book_starts.incident(manager, "")


def test_a_larger_incident_counts_down_from_four_hours(manager, clock):
    record_desk.save(manager, "incident", "", INCIDENT | {"severity": "larger"})

    assert any("province" in one and "3.5 hours are left" in one for one in points(manager))
    clock.advance(hours=4)
    assert any("should have been told 0.5 hours ago" in one for one in points(manager))


def test_whoever_was_told_leaves_the_list(manager):
    record, _changes = record_desk.save(manager, "incident", "", INCIDENT)
    assert sum("without delay" in one for one in points(manager)) == 2
    told = INCIDENT | {
        "authority_told_at": "2026-03-02 09:00",
        "people_told_at": "2026-03-02 09:10",
    }
    record_desk.save(manager, "incident", "", told, record=record)
    assert not any("without delay" in one for one in points(manager))


def test_a_drill_waits_for_nobody(manager):
    record_desk.save(manager, "incident", "", INCIDENT | {"drill": True})

    assert not any("without delay" in one for one in points(manager))
    with manager.store.reading() as work:
        assert incidents.running(work) == ()
        assert len(incidents.running(work, drills=True)) == 1


def test_not_telling_the_people_needs_a_reason_and_somebody_elses_approval(manager, reviewer):
    silent = INCIDENT | {"notify": "no"}
    with pytest.raises(RefusedError):
        record_desk.put_forward(manager, "incident", "", silent)
    reasoned = silent | {"not_notify_reason": "文件加密，已当场收回。"}
    record, _changes = record_desk.put_forward(manager, "incident", "", reasoned)
    with pytest.raises(RefusedError):
        record_desk.approve(manager, record, "自己批")
    record_desk.approve(reviewer, record, "措施有效。")
    assert record_desk.opened(manager, record).record.status == "approved"


def test_an_incident_cannot_end_before_all_are_told(manager, reviewer):
    record = filed(manager, "incident", INCIDENT, by=reviewer)

    with pytest.raises(RefusedError) as refused:
        record_desk.close(reviewer, record, "结束")
    assert refused.value.sentence == "Somebody still has to be told of this incident."


def test_the_drill_and_the_contacts_are_asked_for_until_they_are_there(manager, reviewer, clock):
    asked = points(manager)
    assert any("contacts are missing" in one for one in asked)
    assert any("drill is due" in one for one in asked)
    filed(manager, "plan", PLAN)
    filed(manager, "incident", INCIDENT | {"drill": True}, by=reviewer)
    settled = points(manager)
    assert not any("contacts are missing" in one or "drill is due" in one for one in settled)
    clock.advance(days=366)
    assert any("drill is due" in one for one in points(manager))


def test_rules_are_asked_for_until_the_last_one_is_adopted(manager):
    wanted = [one for one in policies.policies() if one.required]
    assert any(f"not adopted yet: {len(wanted)}" in one for one in points(manager))
    for one in wanted:
        filed(manager, "policy", book_starts.policy(manager, one.code), subject=one.code)
    assert not any("not adopted" in one for one in points(manager, of="policy"))


def test_a_rule_of_the_office_itself_begins_empty(manager):
    assert book_starts.policy(manager, "")["text"] is None


def test_the_texts_say_what_the_law_wants_of_gates_and_cameras():
    gates = next(one for one in policies.policies() if one.code == "gates")

    assert "不以人脸识别作为唯一方式" in gates.text
    assert "至少保存三十日" in gates.text
    assert gates.title == "门禁与视频管理制度"


def test_a_support_session_begins_now(manager):
    assert book_starts.support(manager, "") == {"starts_at": "2026-03-02 09:00"}


def test_a_processor_in_arrears_and_colleagues_unsworn_are_told(office, manager, reviewer, clock):
    from tests.services.bookkeeping import PROCESSOR, assessed

    everything = ("cleaning", "order", "repair", "green", "desk")
    document = PROCESSOR | {"assessment": assessed(manager, reviewer), "services": everything}
    filed(manager, "processor", document, by=reviewer)
    assert any("does not name 青禾信息" in one for one in points(manager))
    assert any("given all services" in one for one in points(manager))
    clock.advance(days=400)
    later = points(manager)
    assert any("yearly check" in one for one in later)
    assert any("confidentiality undertaking: 5" in one for one in later)
