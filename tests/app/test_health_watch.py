"""The check after signing in: passed, found something, or ended because the office is left."""

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject

from pmdesk.app.health_watch import HealthWatch
from pmdesk.domain.damage import Damage
from pmdesk.errors import PmdeskError, StorageError, VaultDamagedError
from pmdesk.ui.tasks import Tasks


@pytest.fixture
def watch(qtbot):
    """Watches over an office whose check does this; tells what it heard."""
    owner = QObject()
    tasks = Tasks(lambda _error: None, owner)

    def _watch(check, *, leaving=False):
        entered: Any = SimpleNamespace(check=check)
        made = HealthWatch(entered, tasks, owner)
        heard: list[str] = []
        made.passed.connect(lambda: heard.append("passed"))
        made.damaged.connect(lambda error: heard.append(error.code))
        if leaving:
            made.stop()
        made.begin()
        qtbot.waitUntil(lambda: bool(heard))
        return heard

    yield _watch
    tasks.finish()


def test_a_whole_office_passes(watch):
    assert watch(lambda look: look()) == ["passed"]


def test_damage_is_told(watch):
    def check(_look):
        raise VaultDamagedError("damaged").coded(Damage.DATA)

    assert watch(check) == [Damage.DATA]


@pytest.mark.parametrize("error", [StorageError("busy"), PmdeskError("other")])
def test_what_is_no_damage_waits_for_the_next_sign_in(watch, error):
    def check(_look):
        raise error

    assert watch(check) == ["passed"]


def test_leaving_ends_the_check(watch):
    assert watch(lambda look: look(), leaving=True) == ["passed"]
