"""An office with 277 people, 26 of whom told a budget; a request for all of them."""

from dataclasses import replace

import pytest

from pmdesk.services import export, export_guard
from tests.offices import CONTRACTOR, consenting, founded_office
from tests.services.exports.lists import (
    BUDGET,
    EVERYBODY,
    REASON,
    WORDS,
    settle,
)


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """25 people of building 1 and one of 4 told a budget, 250 of 2 and one of 3 nothing."""
    made = founded_office(tmp_path_factory.mktemp("large") / "office")
    copy = made.copied(tmp_path_factory.mktemp("filled") / "office")
    for number in range(26):
        room = f"1-1-{number + 101}" if number < 25 else "4-1-101"
        consenting(copy.session("clerk"), values=BUDGET, mobile="", room=room)
    with copy.session("clerk").store.writing() as work:
        for number in range(251):
            settle(copy, work, "2" if number < 250 else "3", str(number))
        work.commit()
    copy.close()
    return replace(made, folder=copy.folder)


@pytest.fixture
def asked(manager):
    """The id of the manager's request for the list of everybody."""
    export.ask(manager, EVERYBODY, CONTRACTOR, REASON)
    return export_guard.own(manager)[0].request.id


@pytest.fixture
def agreed(asked, reviewer):
    """The same, agreed to by the reviewer."""
    export_guard.approve(reviewer, asked, WORDS)
    return asked
