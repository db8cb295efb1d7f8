"""Each of the eight cards has a picture while it counts, empty, failed, and suppressed."""

import pytest
from PySide6.QtWidgets import QApplication

from pmdesk.app import tour
from pmdesk.app.scenes_charts import CHARTS
from pmdesk.domain.dashboard import CARDS, CardState
from pmdesk.services import demo
from pmdesk.ui.dashboard.card import QuestionCard

SCENES = {one.name: one for one in CHARTS}
STATES = {
    "charts-empty": CardState.EMPTY,
    "charts-small": CardState.TOO_SMALL,
    "charts-refused": CardState.REFUSED,
}


@pytest.fixture
def stage(dressed, qtbot, office, tmp_path):
    """The window of an office with some residents."""
    admin = office.session("admin")
    demo.fill(admin, 30, 7)
    made = tour._stage(admin, tmp_path)
    yield made
    made.tasks.finish()
    made.window.deleteLater()


@pytest.fixture
def cards(stage, qtbot):
    """Plays a scene to its end and tells the cards that are seen then."""
    kept = []

    def _cards(name):
        scene = SCENES[name]
        widget = scene.widget(stage)
        kept.append(widget)
        for _step in scene.steps(stage, widget):
            qtbot.waitUntil(lambda: stage.tasks.is_idle, timeout=30_000)
            QApplication.processEvents()
        return {one.key: one for one in widget.findChildren(QuestionCard)}

    return _cards


@pytest.mark.parametrize("name", STATES)
def test_every_card_is_seen_empty_and_suppressed(name, cards):
    found = cards(name)

    assert {key: card.shown.state for key, card in found.items()} == dict.fromkeys(
        CARDS, STATES[name]
    )


@pytest.mark.parametrize("name", ["charts-counting", "charts-first-counting"])
def test_every_card_is_seen_while_it_counts(name, cards):
    found = cards(name)

    assert set(found) == set(CARDS)
    assert all(card.working.isVisibleTo(card) for card in found.values())


@pytest.mark.parametrize("name", ["charts-trouble", "charts-first-trouble"])
def test_every_card_is_seen_when_it_could_not_be_counted(name, cards):
    found = cards(name)

    assert set(found) == set(CARDS)
    assert all(card.trouble.isVisibleTo(card) for card in found.values())
    assert not any(card.working.isVisibleTo(card) for card in found.values())


def test_what_comes_first_shows_no_chart_of_before(cards):
    for name in ("charts-first-counting", "charts-first-trouble"):
        assert not any(card.views for card in cards(name).values())
