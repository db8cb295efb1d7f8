"""The page of backups as an administrator sees it, with a key that costs nothing."""

import pytest

from pmdesk.services import backups
from pmdesk.store.backup import restoring
from pmdesk.store.shelf import Shelf
from pmdesk.ui.backups.secret_dialog import SecretDialog
from pmdesk.ui.pages.backups import BackupsPage
from tests.offices import CHEAP
from tests.ui.backups.shelved import SECRET


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """Deriving a key takes a moment, not a second."""
    monkeypatch.setattr(Shelf.__init__, "__defaults__", (CHEAP,))
    monkeypatch.setattr(restoring, "Kdf", lambda: CHEAP)


@pytest.fixture
def admin(office):
    return office.session("admin")


@pytest.fixture
def ready(admin):
    backups.set_passphrase(admin, SECRET)
    return admin


@pytest.fixture
def page(admin, tasks, prompts, shown):
    return lambda: shown(BackupsPage(admin, tasks, prompts), 1100, 1000)


@pytest.fixture
def answer(settled):
    """Types into the dialog that asks what opens a backup."""

    def _answer(page, secret=SECRET):
        dialog = page.findChildren(SecretDialog)[-1]
        dialog.line.line.setText(secret)
        dialog.go.click()
        settled()

    return _answer
