"""The office of these tests has residents; the grid shows the starter table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pmdesk.services import rules
from pmdesk.ui.rules.workbench import Workbench
from tests.ui.peopled import peopled
from tests.ui.rules.starter import table


@pytest.fixture(scope="session")
def with_people(founded, tmp_path_factory):
    return peopled(founded, tmp_path_factory.mktemp("peopled") / "office")


@pytest.fixture
def office(with_people, tmp_path, clock, monkeypatch):
    """The test's own copy, with sessions of every account; counts are drawn alike each time."""
    monkeypatch.setattr("pmdesk.services.blocs.token_bytes", bytes)
    made = with_people.copied(tmp_path / "office", clock)
    yield made
    made.close()


@pytest.fixture
def bench(office, tasks, shown, settled):
    """The starter table, to be edited by the manager."""
    session = office.session("manager")
    made = Workbench(session, tasks, table())
    made.start(table(), rules.offered(session), editable=True)
    shown(made)
    yield made
    settled()


@pytest.fixture
def press(bench, qtbot):
    """Presses a key where the cursor is."""

    def _press(key, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget() or bench, key, modifier)

    return _press


@pytest.fixture
def at(bench):
    """Chooses a cell; its half of the grid has the keys."""

    def _at(row, column):
        bench.grid.asked.setFocus()
        bench.grid.go(bench.model.place(row, column))

    return _at
