"""Offices of released versions: upgraded with a copy of before, which can be brought back."""

import json
import shutil

import pytest
from sqlalchemy.exc import DBAPIError

from pmdesk.app import offices
from pmdesk.domain.progress import silent
from pmdesk.services import keys, undertakings
from pmdesk.services.session import Session
from pmdesk.store import migrations
from pmdesk.store.generations import upgrading
from tests.checkout import ROOT
from tests.offices import resident

GOLDEN = ROOT / "tests" / "faults" / "golden"
VERSIONS = sorted(path.name for path in GOLDEN.iterdir() if path.name != migrations.HEAD)


@pytest.fixture(params=VERSIONS)
def old(request, tmp_path, clock):
    """(folder, version, sign in) of an office that an older pmdesk left."""
    folder = tmp_path / "office"
    shutil.copytree(GOLDEN / request.param / "office", folder)
    told = json.loads((GOLDEN / request.param / "golden.json").read_text(encoding="utf-8"))
    clock.advance(hours=3)

    def signed_in(login="admin"):
        return offices.sign_in(folder, login, told["passphrases"][login], clock)

    return folder, request.param, signed_in


def people(opened):
    with opened.vault.engine.connect() as connection:
        return sorted(name for (name,) in connection.exec_driver_sql("SELECT name FROM person"))


def sworn(session: Session) -> Session:
    return undertakings.sign(session, session.staff.name)


def test_the_copy_of_before_comes_back_and_grows_again(old):
    folder, version, signed_in = old
    first = signed_in()
    was = people(first)
    (one,) = keys.state(first.session).kept
    assert one.schema == version
    with first.session.store.reading() as work:
        assert "office.upgrade" in [entry.action for entry in work.audit.recent(3)]
    resident(sworn(first.session), "欧阳远山", "13800009999", "9-9-909")

    keys.bring_back(first.session, one.name, silent)

    again = signed_in()
    assert people(again) == was
    with again.vault.engine.connect() as connection:
        assert migrations.revision(connection) == migrations.HEAD
    with again.session.store.reading() as work:
        assert work.proof.check().holds
    again.close()
    assert sorted(folder.glob("before-upgrade-*.db"))


def test_an_upgrade_that_breaks_leaves_the_old_office_and_a_whole_copy(old, monkeypatch):
    folder, version, signed_in = old

    def breaks(engine):
        with engine.connect().execution_options(write=True) as connection:
            connection.exec_driver_sql("DROP TABLE person")
            connection.exec_driver_sql("nonsense")

    with monkeypatch.context() as patched:
        patched.setattr(upgrading, "upgrade", breaks)
        with pytest.raises(DBAPIError):
            signed_in()

    opened = signed_in()
    (one,) = keys.state(opened.session).kept
    assert one.schema == version
    assert people(opened)
    opened.close()
    assert len(list(folder.glob("before-upgrade-*.db"))) == 1
