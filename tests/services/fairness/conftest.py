"""An office, and a copy of it in which people take part in the fairness check."""

import pytest

from pmdesk.assets import asset
from pmdesk.i18n import install
from pmdesk.services import rules
from tests.fakes import FakeClock
from tests.offices import Founded
from tests.services.fairly import unequal


@pytest.fixture(autouse=True)
def chinese():
    """The program speaks Chinese, whatever a test before it chose."""
    install("zh_CN", asset("locale"))


@pytest.fixture(scope="session")
def with_people(founded, tmp_path_factory):
    """The office with 40 women, of whom 15 get 关怀, and 40 men, of whom 30 do; and their ids."""
    made = founded.copied(tmp_path_factory.mktemp("people") / "office", FakeClock())
    people = unequal(made.session("clerk"), women=(40, 15), men=(40, 30))
    made.close()
    return Founded(made.folder, founded.recovery, founded.signers), people


@pytest.fixture
def office(request, founded, tmp_path, clock):
    """A copy of the office; with people where the test asks for them."""
    from_people = "people" in request.fixturenames
    source = request.getfixturevalue("with_people")[0] if from_people else founded
    copy = source.copied(tmp_path / "office", clock)
    yield copy
    copy.close()


@pytest.fixture
def people(with_people):
    """The ids of those who take part: women with 关怀 first."""
    return list(with_people[1])


@pytest.fixture
def active(manager):
    """The version in force."""
    return next(one for one in rules.versions(manager) if one.status.value == "active")
