"""Tab reaches what a card is given late where it stands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QSpinBox, QVBoxLayout, QWidget

from pmdesk.ui.widgets.late import join_order


def _page(qtbot, *parts):
    page = QWidget()
    column = QVBoxLayout(page)
    for part in parts:
        column.addWidget(part)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitActive(page, timeout=2000):
        page.activateWindow()
    return page


def _card():
    card = QFrame()
    QVBoxLayout(card)
    return card


def _walked(page, qtbot, steps):
    """What has the cursor after each Tab."""
    QApplication.processEvents()  # what was added is shown
    found = []
    for _step in range(steps):
        qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        found.append(QApplication.focusWidget())
    return found


def test_late_fields_come_between_what_stands_above_and_below(qtbot):
    above, card, below = QPushButton(), _card(), QPushButton()
    page = _page(qtbot, above, card, below)
    first, middle, last = QPushButton(), QSpinBox(), QPushButton()
    for one in (first, middle, last):
        card.layout().addWidget(one)

    join_order(card)
    above.setFocus()

    assert _walked(page, qtbot, 5) == [first, middle, last, below, above]


def test_at_the_top_of_a_page_they_come_first(qtbot):
    card, below = _card(), QPushButton()
    page = _page(qtbot, card, below)
    late = QPushButton()
    card.layout().addWidget(late)

    join_order(card)
    below.setFocus()

    assert _walked(page, qtbot, 2) == [late, below]


def test_with_nothing_else_to_reach_the_order_stays(qtbot):
    card = _card()
    page = _page(qtbot, card)
    first, last = QPushButton(), QPushButton()
    for one in (first, last):
        card.layout().addWidget(one)

    join_order(card)
    first.setFocus()

    assert _walked(page, qtbot, 2) == [last, first]
