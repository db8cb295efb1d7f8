"""The office of these tests has residents."""

import pytest

from tests.ui.peopled import peopled


@pytest.fixture(scope="session")
def with_people(founded, tmp_path_factory):
    return peopled(founded, tmp_path_factory.mktemp("peopled") / "office")


@pytest.fixture
def office(with_people, tmp_path, clock):
    """The test's own copy, with sessions of every account."""
    made = with_people.copied(tmp_path / "office", clock)
    yield made
    made.close()
