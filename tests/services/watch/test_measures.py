"""Measures: who does what until when, how close the day is, and whether it helped."""

from datetime import date, timedelta

import pytest

from pmdesk.domain import office as kinds
from pmdesk.domain.watch import Alarm, MeasureId, MeasureState, Plan
from pmdesk.errors import ConflictError, DeniedError, NotFoundError, RefusedError
from pmdesk.services.watch import hot_spots, measures
from tests.services.watch.events import BUILDINGS, entered, hot, line, noisy

TODAY = date(2026, 3, 2)


def plan(session, **changes):
    usual = {
        "building": "3",
        "topic": "noise",
        "words": "装修时间公示，每天 12 点到 14 点停工",
        "owner": session.staff.uid,
        "due": TODAY + timedelta(days=30),
    }
    return Plan(**{**usual, **changes})


def only(session):
    return measures.measures(session).lines[0]


def test_a_measure_has_place_owner_and_last_day(manager, clerk, office):
    hot(office)
    with office.logged() as log:
        made = measures.add(manager, plan(manager, owner=clerk.staff.uid))
    one = only(manager)

    assert (one.measure.id, one.owner, one.alarm) == (made, "王芳", Alarm.FREE)
    assert (one.measure.plan.building, str(one.topic.zh)) == ("3", "噪音")
    assert one.measure.made_on == TODAY
    assert log == [("measure.add", f"measure:{made}", ("building", "topic", "due"))]
    spots = hot_spots.hot_spots(manager).spots
    assert {one.topic: one.measures for one in spots} == {"": 0, "noise": 1}


def test_the_form_offers_buildings_topics_and_colleagues(manager, office):
    hot(office)
    choices = measures.measures(manager).choices
    assert choices.buildings == BUILDINGS
    assert [code for code, _name in choices.topics][:3] == ["", "hygiene", "noise"]
    assert {name for _uid, name in choices.owners} == {"周敏", "李静", "赵磊", "陈磊", "王芳"}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"building": ""}, "building"),
        ({"words": "好"}, "words"),
        ({"words": "好" * 201}, "words"),
        ({"owner": ""}, "owner"),
        ({"due": TODAY - timedelta(days=1)}, "due"),
        ({"words": "请住户 13800000042 注意噪音"}, "words"),
        ({"words": "请2-1-501少吵"}, "words"),
    ],
)
def test_what_is_missing_is_told_at_its_place_and_nothing_is_kept(manager, changes, key):
    wrong = plan(manager, **changes)
    assert [one.key for one in measures.problems(manager, wrong)] == [key]
    with pytest.raises(RefusedError):
        measures.add(manager, wrong)
    assert measures.measures(manager).lines == ()


def test_a_whole_plan_has_no_problems(manager):
    assert measures.problems(manager, plan(manager)) == ()


@pytest.mark.parametrize("changes", [{"owner": "f" * 32}, {"topic": "rent"}])
def test_neither_strangers_nor_topics_of_ones_own_are_taken(manager, changes):
    with pytest.raises(RefusedError):
        measures.add(manager, plan(manager, **changes))


def test_a_week_before_its_last_day_a_measure_is_due_and_then_overdue(manager, clock):
    measures.add(manager, plan(manager, due=TODAY + timedelta(days=8)))
    assert only(manager).alarm is Alarm.FREE
    clock.advance(days=1)
    assert only(manager).alarm is Alarm.DUE
    clock.advance(days=8)
    assert only(manager).alarm is Alarm.OVERDUE


def test_words_owner_and_day_can_change_but_not_the_place(manager, clerk, office):
    made = measures.add(manager, plan(manager))
    other = plan(
        manager, building="5", topic="hygiene", words="每晚巡楼", owner=clerk.staff.uid, due=TODAY
    )
    with office.logged() as log:
        assert measures.change(manager, made, other).kinds == {kinds.WATCH}
    held = only(manager).measure.plan
    assert (held.building, held.topic) == ("3", "noise")
    assert (held.words, held.owner, held.due) == ("每晚巡楼", clerk.staff.uid, TODAY)
    assert log == [("measure.change", f"measure:{made}", ("words", "owner", "due"))]


def test_one_that_is_late_can_be_put_into_better_words(manager, clock):
    made = measures.add(manager, plan(manager, due=TODAY))
    clock.advance(days=3)
    measures.change(manager, made, plan(manager, words="每晚巡楼两次", due=TODAY))
    assert only(manager).measure.plan.words == "每晚巡楼两次"
    with pytest.raises(RefusedError):
        measures.change(manager, made, plan(manager, due=TODAY + timedelta(days=1)))


def test_ending_a_measure_can_be_taken_back(manager, office):
    made = measures.add(manager, plan(manager))
    with office.logged() as log:
        measures.end(manager, made, MeasureState.DONE, "公示牌已装")
        assert only(manager).measure.note == "公示牌已装"
        measures.reopen(manager, made)
    assert only(manager).measure.is_open
    assert only(manager).measure.ended_on is None
    assert [act for act, _target, _fields in log] == ["measure.done", "measure.reopen"]


def test_a_dropped_measure_needs_a_reason_and_has_no_effect(manager):
    made = measures.add(manager, plan(manager))
    with pytest.raises(RefusedError):
        measures.end(manager, made, MeasureState.DROPPED, " ")
    measures.end(manager, made, MeasureState.DROPPED, "开发商已整改")
    assert (only(manager).outcome, only(manager).after) == ("", "")


@pytest.mark.parametrize("note", ["好" * 201, "2-1-501业主已道歉", "请住户 13800000042 注意噪音"])
def test_what_came_of_a_measure_is_kept_whole_or_not_and_names_nobody(manager, note):
    made = measures.add(manager, plan(manager))

    with pytest.raises(RefusedError):
        measures.end(manager, made, MeasureState.DONE, note)
    assert only(manager).measure.is_open
    measures.end(manager, made, MeasureState.DONE, "好" * 200)
    assert only(manager).measure.note == "好" * 200


def test_nobody_ends_what_somebody_ended(manager):
    made = measures.add(manager, plan(manager))
    measures.end(manager, made, MeasureState.DONE)
    for act in (
        lambda: measures.end(manager, made, MeasureState.DONE),
        lambda: measures.change(manager, made, plan(manager)),
    ):
        with pytest.raises(ConflictError):
            act()
    measures.reopen(manager, made)
    with pytest.raises(ConflictError):
        measures.reopen(manager, made)
    with pytest.raises(NotFoundError):
        measures.reopen(manager, MeasureId(made + 1))


def test_the_front_desk_and_reviewers_plan_no_measures(clerk, reviewer):
    for session in (clerk, reviewer):
        with pytest.raises(DeniedError):
            measures.add(session, plan(session))
    assert not measures.measures(reviewer).may_change
    with pytest.raises(DeniedError):
        measures.measures(clerk)


# ---- before and after -----------------------------------------------------------------------


def done(manager, office, clock, after, elsewhere=10):
    """A measure that was done at once, and the three whole months after it."""
    hot(office, now=20, others=10)
    made = measures.add(manager, plan(manager))
    measures.end(manager, made, MeasureState.DONE)
    later = [
        *noisy({"3": after}, start=30_000, day=date(2026, 5, 10)),
        *noisy(
            {name: elsewhere for name in BUILDINGS if name != "3"},
            start=40_000,
            day=date(2026, 5, 10),
        ),
    ]
    clock.advance(days=130)
    entered(office, later)
    return only(manager)


def test_before_three_whole_months_it_is_too_early_to_say(manager, office, clock):
    hot(office)
    made = measures.add(manager, plan(manager))
    assert only(manager).before == "about 6.7 in 30 days (4.1–10.3)"
    measures.end(manager, made, MeasureState.DONE)
    clock.advance(days=100)
    one = only(manager)
    assert one.outcome == "Too early: the three whole months after it are over on 2026-07-01."
    assert one.after == ""


def test_fewer_complaints_afterwards_are_told_with_their_interval(manager, office, clock):
    one = done(manager, office, clock, after=5)
    assert one.before.startswith("about 6.7 in 30 days")
    assert one.after == "about 1.6 in 30 days (0.5–3.8)"
    assert one.outcome.startswith("Fewer than before, and less than chance explains.")
    assert "After to before: 0.25 (95 % interval" in one.outcome


def test_what_chance_may_have_done_is_not_called_an_effect(manager, office, clock):
    one = done(manager, office, clock, after=14)
    assert one.outcome.startswith("The difference may be chance")


def test_more_complaints_are_told_as_well(manager, office, clock):
    assert done(manager, office, clock, after=40).outcome.startswith("More than before")


def test_what_became_less_everywhere_is_no_merit_of_the_measure(manager, office, clock):
    one = done(manager, office, clock, after=7, elsewhere=3)
    assert one.outcome.startswith("Fewer than before, but it became less elsewhere too.")


def test_where_few_others_complain_there_is_nothing_to_compare_with(manager, office, clock):
    hot(office)
    made = measures.add(manager, plan(manager))
    measures.end(manager, made, MeasureState.DONE)
    clock.advance(days=130)
    counts = dict.fromkeys(BUILDINGS, 3) | {"3": 5}
    entered(office, noisy(counts, start=30_000, day=date(2026, 5, 10)))
    assert only(manager).outcome.startswith(
        "Fewer than before, and less than chance explains; elsewhere there are too few complaints"
    )


def test_few_complaints_afterwards_are_only_told_to_be_few(manager, office, clock):
    one = done(manager, office, clock, after=2)
    assert one.after == "fewer than 5 complaints"
    assert "After to before" not in one.outcome


def test_a_place_with_few_complaints_says_so(manager, office, clock):
    hot(office)
    made = measures.add(manager, plan(manager, building="5"))
    measures.end(manager, made, MeasureState.DONE)
    entered(office, [line(77_777, day=date(2026, 5, 1))])
    clock.advance(days=130)
    one = only(manager)
    assert one.before == "fewer than 5 complaints"
    assert one.outcome == "There are too few complaints to say whether anything changed."
