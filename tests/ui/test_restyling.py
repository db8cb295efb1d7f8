"""Larger text: styled in turns a page looks as if it had been built in that size."""

import gc
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QSpinBox,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from pmdesk.ui import theme
from pmdesk.ui.restyling import Restyling
from pmdesk.ui.theme import Scheme, Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.stack import PageStack


def part():
    """One of each kind of widget that the style sheet knows."""
    made = QWidget()
    made.setProperty("look", "page")
    column = QVBoxLayout(made)
    card = Card("押金")
    for look in ("title", "heading", "muted", "problem", "figure"):
        card.add(label("甲乙丙", look))
    banner = Banner()
    banner.show_sentence("请注意", Tone.WARN)
    chips = QWidget()
    flow = FlowLayout()
    for look in ("primary", "quiet", "link", "danger", "choice"):
        flow.addWidget(button("办理", look=look, picture="check"))
    chips.setLayout(flow)
    row = QHBoxLayout()
    for one in (QLineEdit("字"), QComboBox(), QSpinBox(), QTabWidget(), QTableWidget(2, 2)):
        row.addWidget(one)
    for part in (card, banner, chips):
        column.addWidget(part)
    column.addLayout(row)
    return made


@pytest.fixture
def stacked(qtbot, wear):
    """Makes two pages one above the other; the second was seen before."""

    def _stacked():
        made = PageStack()
        for _page in range(2):
            made.addWidget(part())
        qtbot.addWidget(made)
        made.resize(900, 900)
        made.show()
        for at in (1, 0):
            made.setCurrentIndex(at)
            QApplication.processEvents()
        return made

    wear()
    return _stacked


@pytest.fixture
def stack(stacked):
    return stacked()


@pytest.fixture
def as_built(stacked, qapp):
    """The pictures of pages that are built in this theme."""

    def _as_built(wanted):
        theme.apply(wanted, qapp)
        return pictures(stacked())

    return _as_built


@pytest.fixture
def restyling(qapp, wear):
    return Restyling(qapp)


def scaled(scale, scheme=Scheme.LIGHT):
    return theme.loaded(scheme, scale)


def picture(stack, at):
    stack.setCurrentIndex(at)
    if (focus := QApplication.focusWidget()) is not None:
        focus.clearFocus()
    for _settling in range(3):
        QApplication.processEvents()
    return stack.widget(at).grab().toImage()


def pictures(stack):
    return [picture(stack, at) for at in range(2)]


def done(steps):
    """How many steps there were."""
    return sum(1 for _step in steps)


@pytest.mark.parametrize(
    "wanted", [(1.3, Scheme.LIGHT), (2.0, Scheme.LIGHT), (1.0, Scheme.DARK), (1.5, Scheme.DARK)]
)
def test_every_page_looks_as_if_it_was_built_so(stack, restyling, as_built, wanted):
    before = pictures(stack)
    done(restyling.wear(scaled(*wanted)))
    now = pictures(stack)

    assert now == as_built(scaled(*wanted))
    assert now != before
    assert theme.applied() == scaled(*wanted)


def test_smaller_again_and_then_dark_nothing_is_left_of_it(stack, restyling, as_built):
    before = pictures(stack)
    for scale in (1.5, 1.0):
        done(restyling.wear(scaled(scale)))
    assert pictures(stack) == before

    done(restyling.wear(scaled(1.0, Scheme.DARK)))
    assert pictures(stack) == as_built(scaled(1.0, Scheme.DARK)) != before


def test_a_word_that_was_red_loses_its_colour_as_ever(qtbot, wear, restyling):
    wear()
    red, plain = label("甲", "problem"), label("甲", "")
    for one in (red, plain):
        qtbot.addWidget(one)
        one.show()
    done(restyling.wear(scaled(1.5)))

    theme.look(red, look="")

    assert red.palette().windowText() == plain.palette().windowText()
    assert red.font() == plain.font()


@pytest.mark.parametrize("turns", range(1, 6))
def test_a_page_that_is_opened_meanwhile_is_ready(stack, restyling, as_built, turns):
    steps = restyling.wear(scaled(1.4))
    for _turn in range(turns):
        next(steps)
    restyling.catch_up(stack.widget(1))
    stack.setCurrentIndex(1)
    while not stack.updatesEnabled():  # until then nobody sees it
        next(steps)
    first_seen = picture(stack, 1)

    assert first_seen == as_built(scaled(1.4))[1]


def test_the_window_paints_once_it_is_styled_and_not_before(stack, restyling):
    steps = restyling.wear(scaled(1.4))
    assert not stack.updatesEnabled()

    done(steps)

    assert stack.updatesEnabled()


def test_pressed_five_times_quickly_the_last_size_counts(stack, restyling, as_built, monkeypatch):
    monkeypatch.setattr("pmdesk.ui.restyling._TURN", 10)
    before = iter(())
    for scale in (1.1, 1.2, 1.3, 1.4, 1.5):
        steps = restyling.wear(scaled(scale))
        next(before, None)
        before = steps
        next(before)
        assert not stack.updatesEnabled()  # nobody sees half of it
    done(before)

    assert stack.updatesEnabled()
    assert pictures(stack) == as_built(scaled(1.5))


@pytest.mark.parametrize("turns", range(6))
def test_a_window_is_never_left_without_painting(stack, restyling, as_built, turns):
    steps = restyling.wear(scaled(1.4))
    for _turn in range(turns):
        next(steps)
    del steps
    gc.collect()

    assert stack.updatesEnabled()
    done(restyling.wear(scaled(1.2)))
    assert pictures(stack) == as_built(scaled(1.2))


@pytest.mark.parametrize("turns", range(1, 6))
def test_what_goes_away_meanwhile_is_passed_over(stack, restyling, turns):
    steps = restyling.wear(scaled(1.4))
    for _turn in range(turns):
        next(steps)
    gone = stack.widget(1)
    stack.removeWidget(gone)
    gone.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    restyling.catch_up(stack.widget(0))
    done(steps)

    assert stack.updatesEnabled()


def test_no_step_styles_more_than_a_part_of_a_page(stack, restyling, monkeypatch):
    styled = []
    monkeypatch.setattr("pmdesk.ui.restyling._style", lambda widgets: styled.append(len(widgets)))
    steps = restyling.wear(scaled(1.4))

    counts = [len(styled) for _step in steps]

    assert sum(styled) > 2 * 40
    assert max(styled) <= 60
    assert {after - before for before, after in pairwise(counts)} == {0, 1}


def test_a_key_pressed_often_changes_the_style_sheet_once(stack, restyling, qapp, monkeypatch):
    before, sheets = qapp.styleSheet(), []
    apply = theme.apply

    def heard(*wanted):
        sheets.append(1)
        apply(*wanted)

    monkeypatch.setattr(theme, "apply", heard)

    rows = [restyling.wear(scaled(scale)) for scale in (1.1, 1.2, 1.3)]
    assert qapp.styleSheet() == before
    assert theme.applied().scale == 1.3
    for row in rows[:-1]:
        row.close()
    done(rows[-1])

    assert len(sheets) == 1
    assert stack.updatesEnabled()


@pytest.fixture
def window(qtbot, wear):
    """A window of 600 by 400 around one part."""
    wear()
    made = QMainWindow()
    made.setCentralWidget(part())
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    QApplication.processEvents()
    return made


def test_a_window_does_not_grow_by_what_is_wide_for_a_moment_only(window, restyling):
    inner = window.centralWidget()
    steps = restyling.wear(scaled(1.2))
    inner.setMinimumWidth(2_000)  # one part is larger already, its neighbour not yet smaller
    QApplication.processEvents()
    window.resize(700, 500)
    inner.setMinimumWidth(0)
    done(steps)
    QApplication.processEvents()

    assert (window.width(), window.height()) == (700, 500)


def test_a_window_grows_by_what_is_wide_in_the_end(window, restyling):
    done(restyling.wear(scaled(1.2)))
    window.centralWidget().setMinimumWidth(2_000)
    QApplication.processEvents()

    assert window.width() >= 2_000
