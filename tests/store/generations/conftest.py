"""A real office with all kinds of sealed data; each test works on a copy of its own."""

import pytest

from tests.offices import founded_office


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    return founded_office(tmp_path_factory.mktemp("founded") / "office")


@pytest.fixture
def office(founded, tmp_path, clock):
    """A copy of the office."""
    copy = founded.copied(tmp_path / "office", clock)
    yield copy
    copy.close()
