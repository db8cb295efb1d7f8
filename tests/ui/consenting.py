"""What a clerk does on the consent page, for its tests."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from pmdesk.domain.consents import Act
from pmdesk.services import residents
from pmdesk.ui.consent.decisions import Step
from tests.offices import P2


def mouse(pad, kind, x, y, button=Qt.MouseButton.LeftButton):
    place = QPointF(x, y)
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
    none = Qt.KeyboardModifier.NoModifier
    spot = QPointF(pad.mapToGlobal(place))
    QApplication.sendEvent(pad, QMouseEvent(kind, place, spot, button, held, none))


def draw(pad, points):
    mouse(pad, QEvent.Type.MouseButtonPress, *points[0])
    for point in points[1:]:
        mouse(pad, QEvent.Type.MouseMove, *point)
    mouse(pad, QEvent.Type.MouseButtonRelease, *points[-1])


SIGNATURE = [(40 + 5 * step, 40 + 30 * (step % 2)) for step in range(20)]


def read(page, *codes):
    for code in codes or (P2,):
        page._show_notice(code)
        page.notice_step.scroll_to_end()
    if not page.notice_step.tick.isChecked():
        page.notice_step.tick.click()


def chosen(page, *, agree=(P2,), refuse=()):
    read(page, *agree, *refuse)
    page.next()
    for code in agree:
        page.choices_step.lines[code].agree.click()
    for code in refuse:
        page.choices_step.lines[code].refuse.click()
    if agree:
        page.choices_step.adult.click()
    page.next()
    assert page.step is Step.PROOF


def prove(page, act):
    page.proof_step.act.buttons()[list(Act).index(act)].click()


def number(page, text):
    page.proof_step.paper.setText(text)
    page.proof_step.paper.textEdited.emit(text)


def state(session, person, purpose=P2):
    groups = residents.detail(session, person, again=True).groups
    return next(group.state for group in groups if group.purpose.code == purpose)


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))
