"""The quiet list of a person's earlier tiers."""

from datetime import date

import pytest

from pmdesk.domain.classification import Cause
from pmdesk.i18n import Words
from pmdesk.services.rules_history import TierStep
from pmdesk.ui.classification.tier_history import TierHistory, step_words
from pmdesk.ui.widgets.card import Card


def step(day, tier="关怀", *, version=3, reason="您关注用水", cause=Cause.ACTIVATION, tags=()):
    return TierStep(
        since=date(2026, 3, day),
        until=None,
        version=version,
        tier="care",
        name=Words(tier, tier),
        tags=tuple(Words(tag, tag) for tag in tags),
        reason=reason,
        cause=cause,
    )


@pytest.fixture
def listed(qtbot, chinese):
    """The list with these steps, newest first."""

    cards = []

    def _listed(*steps):
        card, made = Card(), TierHistory()
        cards.append(card)
        qtbot.addWidget(card)
        made.show_steps(steps)
        card.add(made)
        card.show()
        return made

    return _listed


def test_a_step_says_day_tier_cause_version_and_reason(chinese):
    assert step_words(step(2, tags=("需求安排",))) == (
        "2026-03-02  关怀 + 需求安排 · 启用了新版规则\n最近依据第 3 版规则：您关注用水"
    )
    assert step_words(step(2, version=None, reason="", cause=Cause.HUMAN)) == (
        "2026-03-02  关怀 · 由人工决定"
    )


def test_the_first_result_alone_is_no_change(listed):
    assert not listed(step(1)).isVisible()
    assert not listed().isVisible()
    assert listed(step(2), step(1)).isVisible()


def test_older_steps_are_asked_for(listed):
    made = listed(*(step(day) for day in (9, 7, 5, 3, 1)))
    assert made.lines.text().count("2026-03") == 3
    assert made.more.text() == "再看之前的 2 次"
    made.more.click()
    assert made.lines.text().count("2026-03") == 5
    assert not made.more.isVisible()
