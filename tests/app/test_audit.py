"""`pmdesk audit verify` tells whether the log of an office holds, and what to do when not."""

import json

import pytest

from pmdesk.app import cli
from pmdesk.app.last_anchors import NAME, LastAnchors
from pmdesk.services import log_proof
from tests.offices import passphrase_file


@pytest.fixture
def config(tmp_path, monkeypatch):
    folder = tmp_path / "config"
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr("pmdesk.app.config.config_folder", lambda: folder)
    return folder


@pytest.fixture
def verify(office, tmp_path, config, capsys):
    """Runs the command in English and tells exit code and text."""

    def _verify(*more, login="reviewer"):
        office.close()
        file = str(passphrase_file(tmp_path))
        where = ["--office", str(office.folder), "--login", login, "--passphrase-file", file]
        code = cli.main(["--lang", "en", "audit", "verify", *where, *more])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return _verify


def test_a_log_that_holds_ends_with_zero(verify):
    code, out, _err = verify()

    assert code == 0
    assert out.startswith("The log holds: ")


def test_a_broken_entry_is_named_with_what_to_do(verify, office):
    damage(office, "UPDATE audit SET body = CAST(CAST(body AS TEXT) || ' ' AS BLOB) WHERE seq = 7")
    code, out, _err = verify()

    assert code == 1
    assert "Entry 7 of the log" in out
    assert "Stop working." in out


def test_machines_read_the_same_as_json(verify, office):
    damage(office, "DELETE FROM audit_salt WHERE seq = 9")
    damage(office, "DELETE FROM row_leaves WHERE seq = 9")
    damage(office, "DELETE FROM audit WHERE seq = 9")
    code, out, _err = verify("--json")
    told = json.loads(out)

    assert (code, told["holds"]) == (1, False)
    assert (told["broken"]["seq"], told["broken"]["flaw"]) == (9, "gap")


def test_a_tail_that_this_computer_remembers_is_missed(verify, office, config):
    session = office.session("reviewer")
    log_proof.at_sign_in(session, LastAnchors(config))
    damage(office, "DELETE FROM audit_salt WHERE seq > 30")
    damage(office, "DELETE FROM row_leaves WHERE seq > 30")
    damage(office, "DELETE FROM audit WHERE seq > 30")
    code, out, _err = verify()

    assert (config / NAME).is_file()
    assert code == 1
    assert "Entries of the log are gone" in out


def test_a_clerk_may_not_look(verify):
    code, _out, err = verify(login="clerk")

    assert code == 3
    assert "Your role does not cover this." in err


def damage(office, statement):
    """Changes the log as somebody with the data key can."""
    office.session("admin")
    with office.opened["admin"].engine.connect().execution_options(write=True) as connection:
        for trigger in ("audit_stands", "audit_stays", "audit_is_new", "row_leaves_stay"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.exec_driver_sql(statement)
        connection.commit()
