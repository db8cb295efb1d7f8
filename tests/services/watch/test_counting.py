"""Counts of a month: kept once, none stands for few people, compared the month after."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.analytics.drift import Verdict, drift
from pmdesk.domain.fairness import FairnessReport, Line, Outcome
from pmdesk.domain.fairness import Verdict as Fair
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.watch import FEWEST
from pmdesk.services import month_counts as counting
from pmdesk.services import retention
from pmdesk.services.month_counts import FEW, alike, pooled
from pmdesk.services.watch import rules_in_use
from tests.offices import P2, SPECIAL, consenting, founded_office
from tests.services.watch.events import entered, line

COUNTS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 60))


@given(COUNTS)
def test_no_count_that_is_kept_stands_for_few_people(counts):
    kept = pooled(counts)
    assert all(count >= FEWEST for count in kept.values())
    assert all(kept[key] == counts[key] for key in kept if key != FEW)


@given(COUNTS)
def test_what_is_kept_counts_everybody_or_nothing(counts):
    kept = pooled(counts)
    assert sum(kept.values()) in {0, sum(counts.values())}


def test_answers_of_few_people_are_put_together():
    assert pooled({"a": 50, "b": 7, "c": 6, "d": 0}) == {"a": 50, FEW: 13}
    assert pooled({"a": 50, "b": 20, "c": 3}) == {"a": 50, FEW: 23}
    assert pooled({"a": 50, "b": 3}) == {}
    assert pooled({"a": 50}) == {"a": 50}
    assert pooled({}) == {}


def test_an_answer_that_becomes_large_enough_to_be_told_is_no_change():
    """Nine people and ten are all the difference; what was put together before was not nobody."""
    before, now = ({"a": 700 - 2 * n, "b": n, "c": n} for n in (9, 10))
    found = drift(*alike(pooled(before), pooled(now)))
    assert (found.verdict, found.new) == (Verdict.STABLE, ())
    assert found.index < 0.01
    assert drift(*alike(pooled(now), pooled(before))).verdict is Verdict.STABLE


def test_an_answer_that_nobody_gave_before_is_new_and_one_that_vanished_is_seen():
    assert drift(*alike({"a": 600, "b": 100}, {"a": 600, "b": 100, "c": 90})).new == ("c",)
    switched = drift(*alike({"a": 300, "b": 300, FEW: 20}, {"a": 300, "c": 280, FEW: 20}))
    assert switched.verdict is Verdict.ACT


@given(COUNTS, COUNTS)
def test_months_side_by_side_have_the_same_answers_and_lose_nobody(before, now):
    kept = pooled(before), pooled(now)
    beside = alike(*kept)
    assert beside[0].keys() == beside[1].keys()
    for one, other in zip(kept, beside, strict=True):
        assert sum(other.values()) == pytest.approx(sum(one.values()))
        assert all(count >= 0 for count in other.values())


@pytest.fixture(scope="module")
def peopled(tmp_path_factory):
    return founded_office(tmp_path_factory.mktemp("peopled") / "office", people=400)


@pytest.fixture
def crowded(peopled, tmp_path, clock):
    """An office in which enough people are classified to be counted."""
    copy = peopled.copied(tmp_path / "crowded", clock)
    yield copy
    copy.close()


def kept(session, month):
    with session.store.reading() as work:
        return work.watch.counts(month)


def test_a_new_day_keeps_the_counts_of_its_month_once(crowded, clock):
    session = crowded.session("admin")
    clock.advance(days=31)
    retention.catch_up(session)
    first = kept(session, date(2026, 4, 1))
    assert sum(first["tier"].values()) > FEWEST
    assert any(key.startswith("field:") for key in first)
    clock.advance(days=1)
    retention.catch_up(session)
    assert kept(session, date(2026, 4, 1)) == first
    with session.store.reading() as work:
        assert work.watch.months()[0] == date(2026, 4, 1)


def test_the_counts_are_counted_right(crowded):
    session = crowded.session("admin")
    with session.store.reading() as work:
        results, inputs = work.watch_counts.results(), work.watch_counts.inputs()
        assert results["tier"] == {k: v for k, v in work.counts.tiers().items() if v}
        share = counting.everyone_else(work)
        assert share is not None
        assert 0 < share[0] < share[1] == sum(results["tier"].values())
        field = next(one for one in work.catalogue.live().rule_fields if one.key in inputs)
        by_tier = work.counts.needs(field.key, [o.code for o in field.options], by="tier")
        told = sum(count for answer, count in inputs[field.key].items() if answer)
        assert told >= sum(by_tier.values())
        several = [bins for key, bins in inputs.items() if key.startswith("quiet_window/")]
        asked = {sum(bins.values()) for bins in several}
        assert len(several) > 1
        assert len(asked) == 1  # whoever was asked either chose it or not


def test_two_months_that_are_alike_are_stable(crowded, clock):
    session = crowded.session("admin")
    assert rules_in_use.in_use(session).compared is None
    for _month in range(2):
        clock.advance(days=31)
        retention.catch_up(session)
    found = rules_in_use.in_use(session)
    assert found.compared == (date(2026, 4, 1), date(2026, 5, 1))
    assert found.changes
    assert {one.drift.verdict for one in found.changes} <= {Verdict.STABLE, Verdict.TOO_FEW}


def test_of_several_answers_those_that_changed_are_named(crowded, clock):
    session = crowded.session("admin")
    clock.advance(days=31)
    retention.catch_up(session)
    before = kept(session, date(2026, 4, 1))
    keys = [key for key in before if key.startswith("field:quiet_window/")]
    assert len(keys) > 1
    with session.store.writing() as work:
        many, bins = {"with": 300, "without": 100}, {"with": 100, "without": 300}
        work.watch.keep_counts(date(2026, 5, 1), before | dict.fromkeys(keys[:1], many))
        work.watch.keep_counts(date(2026, 6, 1), before | dict.fromkeys(keys[:1], bins))
        session.log(work, "classify.all")
        work.commit()
    change = rules_in_use.in_use(session).changes[0]
    assert (change.key, change.drift.verdict) == ("field:quiet_window", Verdict.LOOK)
    assert change.sentence.startswith("It changed: look whether there is a reason. Changed: ")
    assert len([one for one in rules_in_use.in_use(session).changes if one.key == change.key]) == 1


def test_people_by_tier_and_tag_are_shown_month_by_month(crowded, clock):
    session = crowded.session("admin")
    assert rules_in_use.in_use(session).held == ()
    for _month in range(2):
        clock.advance(days=31)
        retention.catch_up(session)
    found = rules_in_use.in_use(session)
    held = {one.key: one for one in found.held}
    first, second = (kept(session, month) for month in found.kept)
    assert found.kept == (date(2026, 4, 1), date(2026, 5, 1))
    assert held["standard"].counts == (first["tier"]["standard"], second["tier"]["standard"])
    assert held["standard"].change == second["tier"]["standard"] - first["tier"]["standard"]
    assert any(key.startswith("tag:") for key in held)
    assert [one.key for one in found.held][:4] == ["standard", "care", "enhanced", "special"]
    assert all(
        count is None or count == 0 or count >= FEWEST for one in found.held for count in one.counts
    )


def test_a_month_that_is_very_different_says_so(crowded, clock):
    session = crowded.session("admin")
    clock.advance(days=31)
    retention.catch_up(session)
    before = kept(session, date(2026, 4, 1))
    turned = {
        key: dict(zip(counts, reversed(list(counts.values())), strict=True))
        for key, counts in before.items()
    }
    with session.store.writing() as work:
        work.watch.keep_counts(date(2026, 5, 1), turned | {"field:gone": {"a": 90}})
        session.log(work, "classify.all")
        work.commit()
    found = rules_in_use.in_use(session)
    tiers = next(one for one in found.changes if one.key == "tier")
    assert tiers.drift.verdict in {Verdict.LOOK, Verdict.ACT}
    assert "field:gone" not in {one.key for one in found.changes}


def test_an_office_without_results_keeps_no_counts(office, clock):
    session = office.session("admin")
    clock.advance(days=31)
    retention.catch_up(session)
    assert kept(session, date(2026, 4, 1)) is None
    assert rules_in_use.in_use(session).everyone_else == "Nobody is classified."


def test_a_few_classified_people_are_not_told_by_the_share_of_everyone_else(clerk, reviewer):
    for number in range(1, 4):
        consenting(clerk, P2, values=SPECIAL, room=f"3-1-{number}01")
    told = rules_in_use.in_use(reviewer).everyone_else
    assert told == "The number is not shown: it stands for fewer than 10 people."


def test_a_new_kind_of_order_is_a_message_of_its_own(office, reviewer):
    lines = [line(n, day=date(2026, 1, 10)) for n in range(60)]
    lines += [
        line(100 + n, day=date(2026, 2, 10), service=service, kind=kind)
        for n in range(60)
        for service, kind in (
            ((Service.COMPLAINT, "noise"),) if n % 2 else ((Service.REPAIR, "lift"),)
        )
    ]
    entered(office, lines)
    change = rules_in_use.in_use(reviewer).changes[-1]
    assert (change.key, change.drift.new) == ("services", ("repair",))
    assert change.sentence.startswith("It changed: look whether there is a reason. New: ")


def test_months_tell_no_small_numbers(crowded):
    session = crowded.session("admin")
    months = rules_in_use.in_use(session).months
    counts = [count for month in months for count in month.counts]
    assert all(count is None or count == 0 or count >= FEWEST for count in counts)
    assert any(count for count in counts)


def test_the_last_fairness_report_counts_as_long_as_the_rules_are_the_same(manager, reviewer):
    assert rules_in_use.in_use(reviewer).fairness.verdict is None
    with manager.store.writing() as work:
        active = work.rulesets.active()
        line = Line(
            attribute="fa_gender",
            outcome=Outcome.TIER,
            code="care",
            group="a",
            reference="b",
            verdict=Fair.WATCH,
        )
        report = FairnessReport(
            ruleset=active.id,
            digest=active.digest,
            at=manager.clock.now(),
            by=manager.staff.uid,
            people=80,
            lines=(line, replace(line, group="b", verdict=Fair.REVIEW)),
            links=(),
        )
        work.fairness.keep(report)
        manager.log(work, "fairness.report")
        work.commit()
    found = rules_in_use.in_use(reviewer).fairness
    assert (found.verdict, found.day) == (Fair.WATCH, date(2026, 3, 2))
