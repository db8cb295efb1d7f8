"""Another text size or other colours: styled in turns, what is seen before what is hidden."""

from collections.abc import Generator, Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLayout, QWidget
from shiboken6 import isValid

from pmdesk.ui import theme
from pmdesk.ui.theme import Theme

_TURN = 60  # widgets: a page of the usual size takes four turns
_STYLED = Qt.WidgetAttribute.WA_WState_Polished
_OWN = Qt.WidgetAttribute.WA_SetStyle


class Restyling:
    """Dresses the program in another theme; a page that is opened meanwhile comes first.

    A style sheet for the application makes Qt style each widget twice, in one go: with many pages
    open nobody could type for half a second. So Qt is told that nothing is styled yet, and each
    widget is styled here. Until what is seen is ready, the windows show what they showed before,
    and do not grow: beside parts that are still in the old size others may need more room than
    all of them will need in the end.
    """

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._asked = object()
        self._late: list[QWidget] = []  # to be styled
        # windows that do not paint until it is, each with how its size follows what is in it
        self._held: list[tuple[QWidget, QLayout.SizeConstraint]] = []
        self._keeper = QWidget()  # what Qt knows of styled widgets goes with the last style sheet
        self._keeper.setStyleSheet("QWidget { margin: 0px; }")

    def wear(self, wanted: Theme) -> Iterator[None]:
        """It is the theme that is applied; the program wears it once the answer's steps are done.

        The steps of an earlier answer need not be done any more: who presses a key five times
        waits for one change.
        """
        steps = self._steps(wanted)
        next(steps)
        return steps

    def catch_up(self, page: QWidget) -> None:
        """This page is about to be seen: all of it wears the theme already."""
        here = [one for one in self._late if isValid(one) and _is_within(one, page)]
        _style(here)
        done = set(here)
        self._late = [one for one in self._late if one not in done]

    def _steps(self, wanted: Theme) -> Iterator[None]:
        theme.announce(wanted)
        self._asked = asked = object()
        try:
            self._hold()
            yield
            styled = yield from self._changed(wanted)
            seen = [one for one in styled if one.isVisible()]
            shown = set(seen)
            self._late = [one for one in styled if one not in shown]
            for at in range(0, len(seen), _TURN):
                yield
                _style(seen[at : at + _TURN])
        finally:
            if asked is self._asked:  # nobody asked for another theme meanwhile
                self._show()
        while self._late:
            yield
            turn, self._late = self._late[:_TURN], self._late[_TURN:]
            _style(turn)

    def _hold(self) -> None:
        for one in self._app.topLevelWidgets():
            if one.isVisible() and one.updatesEnabled():
                one.setUpdatesEnabled(False)
                self._held.append((one, _constrain(one, QLayout.SizeConstraint.SetNoConstraint)))

    def _show(self) -> None:
        held, self._held = self._held, []
        for one, constraint in held:
            if isValid(one):
                _constrain(one, constraint)
                one.setUpdatesEnabled(True)

    def _changed(self, wanted: Theme) -> Generator[None, None, Sequence[QWidget]]:
        """The style sheet is another; tells which widgets have to be styled by it.

        What is shown for the first time between two turns is styled by Qt.
        """
        everything = self._app.allWidgets()
        styled = [one for one in everything if one.testAttribute(_STYLED)]
        plain = [one for one in everything if not one.testAttribute(_OWN)]
        try:
            yield
            _mark(styled, _STYLED, on=False)
            _mark(plain, _OWN, on=True)  # such a widget is not told of a change of style either
            yield
            theme.apply(wanted, self._app)
            yield
        finally:
            _mark(plain, _OWN, on=False)
            _mark(styled, _STYLED, on=True)
        return [one for one in styled if isValid(one)]


def _mark(widgets: Sequence[QWidget], attribute: Qt.WidgetAttribute, *, on: bool) -> None:
    for one in widgets:
        if isValid(one):
            one.setAttribute(attribute, on)


def _constrain(window: QWidget, constraint: QLayout.SizeConstraint) -> QLayout.SizeConstraint:
    """The window's size follows what is in it in this way; tells in which way it did before."""
    layout = window.layout()
    if layout is None:
        return constraint
    before = layout.sizeConstraint()
    layout.setSizeConstraint(constraint)
    return before


def _style(widgets: Sequence[QWidget]) -> None:
    for one in widgets:
        if isValid(one):
            style = one.style()
            style.unpolish(one)
            style.polish(one)
            QCoreApplication.sendEvent(one, QEvent(QEvent.Type.StyleChange))


def _is_within(one: QWidget, page: QWidget) -> bool:
    return one is page or page.isAncestorOf(one)
