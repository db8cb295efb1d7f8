"""The page of backups as an administrator sees it, with a key that costs nothing."""

import pytest

from pmdesk.services import backups
from pmdesk.ui.backups.secret_dialog import SecretDialog
from pmdesk.ui.pages.backups import BackupsPage
from tests.ui.backups.shelved import SECRET


@pytest.fixture(autouse=True)
def _cheap(cheap_keys):
    """No test waits for a key."""


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
