"""A real office for the use-cases: copied for each test, one session for each role."""

import pytest

from tests.offices import founded_office


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """An office with five accounts and active rules; tests work on copies."""
    return founded_office(tmp_path_factory.mktemp("founded") / "office")


@pytest.fixture
def office(founded, tmp_path, clock):
    """A copy of the office."""
    copy = founded.copied(tmp_path / "office", clock)
    yield copy
    copy.close()
