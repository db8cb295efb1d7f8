"""`pmdesk keys`: the same as in the window, without one."""

import pytest

from pmdesk.app import cli, offices
from pmdesk.services import staff
from pmdesk.store.generations import bringing, upgrading
from pmdesk.store.migrations import HEAD
from tests.offices import PASSPHRASE, passphrase_file


@pytest.fixture
def keys(office, tmp_path, capsys, monkeypatch):
    """Runs the command in English and tells exit code and text."""

    def _keys(act, *more, login="admin"):
        office.close()
        file = str(passphrase_file(tmp_path))
        where = ["--office", str(office.folder), "--login", login, "--passphrase-file", file]
        code = cli.main(["--lang", "en", "keys", act, *where, *more])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return _keys


@pytest.mark.parametrize("more", [(), ("--sealed",)])
def test_the_keys_are_changed_and_everybody_signs_in_as_before(keys, office, clock, more):
    code, out, _err = keys("rotate", *more)

    assert (code, out) == (0, "The keys are changed. Everybody signs in as before.\n")
    assert (office.folder / "data-000002.db").exists()
    offices.sign_in(office.folder, "clerk", PASSPHRASE, clock).close()


def test_who_is_no_administrator_changes_nothing(keys, office):
    code, _out, err = keys("rotate", login="manager")

    assert code == 3
    assert "Your role does not cover this" in err
    assert not (office.folder / "data-000002.db").exists()


def test_the_list_says_how_old_the_keys_are_and_whether_they_are_due(keys, office):
    code, out, _err = keys("list")
    assert "The keys are those of the first day" in out
    assert code in {0, 1}  # by the clock of this computer

    admin = office.session("admin")
    clerk = next(one for one in staff.everyone(admin) if one.login == "clerk")
    staff.disable(admin, clerk.uid)
    code, out, _err = keys("list")
    assert code == 1
    assert "change the keys" in out


def test_a_copy_of_before_an_upgrade_is_listed_and_brought_back(keys, office, monkeypatch):
    def says(engine, schema):
        with engine.connect().execution_options(write=True) as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (schema,))
            connection.commit()

    for module in (upgrading, bringing):
        monkeypatch.setattr(module, "upgrade", lambda engine: says(engine, HEAD))
    office.session("admin")
    says(office.opened["admin"].engine, "0003")

    _code, out, _err = keys("list")
    assert "before-upgrade-000001.db\t" in out
    code, out, _err = keys("bring-back", "before-upgrade-000001.db")

    assert code == 0
    assert out.splitlines() == [
        "The office is as in this copy. Everybody signs in as before.",
        "0 erasures since then were done again.",
    ]
    assert (office.folder / "before-restore-000001.db").exists()


def test_a_copy_that_is_not_there_is_told(keys):
    code, _out, err = keys("bring-back", "nothing.db")

    assert code == 1
    assert "not there any more" in err
