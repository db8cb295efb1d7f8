"""People in a real office, and one unit of work for one act."""

from contextlib import contextmanager

import pytest


@pytest.fixture
def act():
    """`with act(session) as work:` does one act and commits it."""

    @contextmanager
    def _act(session):
        with session.store.writing() as work:
            yield work
            work.commit()

    return _act
