"""`demo` makes an office that anybody can sign in to with the accounts it prints."""

import pytest

from pmdesk.app import demo, offices
from pmdesk.domain.classification import ResidentQuery, RulesetStatus
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.services import residents, rules


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    from tests.fakes import FakeClock

    folder = tmp_path_factory.mktemp("demo") / "office"
    opened = demo.make(folder, 60, 7, FakeClock())
    yield folder, opened
    opened.close()


def test_the_demo_office_has_people_tiers_and_active_rules(made):
    _folder, opened = made
    session = opened.session

    assert len(residents.found(session, ResidentQuery())) == 60
    assert rules.versions(session)[0].status is RulesetStatus.ACTIVE
    assert len(residents.found(session, ResidentQuery(tier="care"))) > 0


def test_every_printed_account_signs_in_with_its_role(made, clock):
    folder, opened = made
    opened.close()

    for account in demo.ACCOUNTS:
        signed_in = offices.sign_in(folder, account.login, demo.PASSPHRASE, clock)
        assert (signed_in.session.staff.name, signed_in.session.staff.role) == (
            account.name,
            account.role,
        )
        signed_in.close()


def test_no_file_of_the_demo_can_be_read_without_a_key(made):
    folder, _opened = made

    held = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())

    assert b"SQLite format 3" not in held
    assert "周敏".encode() not in held
    assert demo.PASSPHRASE.encode() not in held


def test_a_folder_that_holds_an_office_is_left_alone(made, clock):
    folder, _opened = made

    with pytest.raises((ConflictError, RefusedError)):
        demo.make(folder, 5, 7, clock)
