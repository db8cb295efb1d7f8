"""A real office with five accounts, and a version that waits for its review."""

import pytest

from pmdesk.services import rules
from tests.offices import table_of, tried


@pytest.fixture
def draft(manager):
    """A draft of the manager's that changes one row."""
    made = rules.draft_from(manager, rules.versions(manager)[0].id)
    rules.save_draft(manager, made, table_of(manager, made).with_output("r8", tier="special"))
    tried(manager, made)
    return made


@pytest.fixture
def waiting(manager, draft):
    """The same, submitted."""
    rules.submit(manager, draft)
    return draft
