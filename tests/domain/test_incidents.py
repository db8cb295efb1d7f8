"""Incidents: time limits, decisions that need words, and a letter with everything of PIPL 57(1)."""

from datetime import date

import pytest

from pmdesk.domain import incidents
from pmdesk.domain.fields import Value
from pmdesk.domain.incidents import ARTICLE_57
from pmdesk.errors import RefusedError

WHOLE: dict[str, Value] = {
    "drill": False,
    "what": "名单发到微信群",
    "discovered_at": "2026-03-08 14:30",
    "kinds": "姓名、房号",
    "cause": "误发",
    "possible_harm": "骚扰",
    "measures": "已撤回",
    "advice": "注意核实来电",
    "contact": "周敏 0000-12345678",
    "people": 40,
    "severity": "general",
    "crime": False,
    "notify": "yes",
}


def at(clock):
    """That moment of the day, as the office's clock shows it."""
    return incidents.moment(f"2026-03-08 {clock}")


def wrong(**changes):
    return {one.key for one in incidents.problems(WHOLE | changes)}


def whom(**changes):
    return [limit.whom.en for limit in incidents.limits(WHOLE | changes) if not limit.done]


def test_a_whole_record_has_no_problem():
    assert wrong() == set()


@pytest.mark.parametrize("item", [key for key, _name in ARTICLE_57])
def test_the_letter_misses_each_item_of_the_law_that_is_not_said(item):
    assert [name.zh for name in incidents.missing_of_letter(WHOLE | {item: "  "})] == [
        dict(ARTICLE_57)[item].zh
    ]


def test_the_letter_says_all_six_items_in_the_order_of_the_law():
    assert incidents.missing_of_letter(WHOLE) == ()
    said = [words for _name, words in incidents.letter_items(WHOLE)]
    assert said == ["姓名、房号", "误发", "骚扰", "已撤回", "注意核实来电", "周敏 0000-12345678"]


def test_authority_and_people_are_told_at_once_without_a_count_of_hours():
    found = incidents.limits(WHOLE)

    assert [limit.whom.en for limit in found] == ["the authority", "the people concerned"]
    assert [limit.hours_left(at("15:00")) for limit in found] == [None, None]


def test_a_larger_incident_runs_a_timer_of_four_hours_to_the_province():
    first, *_rest = incidents.limits(WHOLE | {"severity": "larger"})

    assert "province" in first.whom.en
    assert first.due == at("18:30")
    assert first.hours_left(at("15:30")) == 3.0
    assert first.hours_left(at("19:30")) == -1.0


@pytest.mark.parametrize(("people", "severity"), [(999_999, "general"), (1_000_000, "larger")])
def test_a_million_people_make_it_larger(people, severity):
    assert incidents.severity_floor({"people": people}) == severity
    assert wrong(people=people) == ({"severity"} if severity == "larger" else set())
    assert incidents.is_serious(WHOLE | {"people": people}) is (severity == "larger")


def test_without_a_readable_discovery_the_timer_has_no_end():
    first, *_rest = incidents.limits(WHOLE | {"severity": "major", "discovered_at": "gestern"})

    assert first.due is None


def test_whoever_was_told_is_not_waited_for():
    assert whom(authority_told_at="2026-03-08 15:00", people_told_at="2026-03-08 16:00") == []


def test_minors_and_a_suspected_crime_bring_guardians_and_police():
    assert whom(special=("minors",), crime=True) == [
        "the authority",
        "the people concerned",
        "the guardians",
        "the police",
    ]


def test_not_telling_needs_a_reason_and_is_no_choice_with_minors():
    assert wrong(notify="no") == {"not_notify_reason"}
    assert wrong(notify="no", not_notify_reason="文件已加密且已收回") == set()
    assert wrong(notify="no", not_notify_reason="已收回", special=("minors",)) == {"notify"}
    assert "the people concerned" not in whom(notify="no")


def test_telling_needs_advice_and_contact():
    assert wrong(advice="", contact="") == {"advice", "contact"}


def test_a_suspected_crime_is_reported_to_the_police():
    assert wrong(crime=True) == {"police_told_at"}
    assert wrong(crime=True, police_told_at="2026-03-08 15:10") == set()


def test_moments_are_readable_and_in_order():
    assert wrong(contained_at="3点") == {"contained_at"}
    assert wrong(contained_at="2026-03-08 14:00") == {"contained_at"}
    assert wrong(occurred_at="2026-03-08 14:31") == {"discovered_at"}


def test_an_incident_ends_when_all_are_told_and_somebody_looked_back():
    told = {"authority_told_at": "2026-03-08 15:00", "people_told_at": "2026-03-08 16:00"}

    for document in (WHOLE, WHOLE | told):
        with pytest.raises(RefusedError):
            incidents.refuse_open_end(document)
    incidents.refuse_open_end(WHOLE | told | {"lessons": "发群前由第二人看一遍。"})
    incidents.refuse_open_end(WHOLE | {"drill": True})


@pytest.mark.parametrize(
    ("last", "due"), [(None, True), (date(2025, 3, 9), False), (date(2025, 3, 8), True)]
)
def test_a_drill_is_due_after_a_year(last, due):
    assert incidents.drill_due(last, date(2026, 3, 8)) is due
