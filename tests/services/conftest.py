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


@pytest.fixture
def clerk(office):
    """王芳 at the front desk."""
    return office.session("clerk")


@pytest.fixture
def manager(office):
    """李静, who edits rules."""
    return office.session("manager")


@pytest.fixture
def manager2(office):
    """赵磊, a second manager."""
    return office.session("manager2")


@pytest.fixture
def reviewer(office):
    """陈磊, who looks and decides on rules."""
    return office.session("reviewer")


@pytest.fixture
def admin(office):
    """周敏, the administrator."""
    return office.session("admin")
