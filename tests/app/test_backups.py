"""`pmdesk backup` end to end: exit codes, one sentence on stderr, nothing personal on either."""

import re
from pathlib import Path

import pytest

from pmdesk.app import cli, offices
from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.people import PersonId
from pmdesk.services import person_acts, residents
from pmdesk.store.backup import files, lock, restoring
from tests.offices import CHEAP, PASSPHRASE, resident

SECRET = "granite teapot willow sunrise 47"
NAME = "欧阳远山"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    """Deriving a key takes a moment, not a second."""
    monkeypatch.setattr(lock.put, "__defaults__", (CHEAP,))
    monkeypatch.setattr("pmdesk.store.shelf.Shelf.__init__.__defaults__", (CHEAP,))
    monkeypatch.setattr(restoring, "Kdf", lambda: CHEAP)


@pytest.fixture
def file_of(tmp_path):
    """The path of a file with one line."""

    def file_of(text):
        path = tmp_path / f"{abs(hash(text))}.txt"
        path.write_text(text + "\n", encoding="utf-8")
        return str(path)

    return file_of


@pytest.fixture
def run(office, capsys, file_of):
    """Runs `pmdesk backup` and tells exit code, stdout and stderr."""

    def run(act, *arguments, login="admin", secret=SECRET, signed=True):
        office.close()
        who = (
            "--office",
            office.folder,
            "--login",
            login,
            "--passphrase-file",
            file_of(PASSPHRASE),
        )
        opens = () if act == "list" else ("--backup-passphrase-file", file_of(secret))
        parts = ("backup", act, *(who if signed else ()), *opens, *arguments)
        code = cli.main(["--lang", "en", *map(str, parts)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def made(office, run):
    """The path of a backup with one person."""
    resident(office.session("clerk"), NAME)
    code, out, err = run("create")
    assert (code, err) == (0, "")
    return out.splitlines()[0]


def made_at(path):
    """When the backup says that it was made, by the clock of this computer."""
    facts = files.read(Path(path)).facts
    assert facts is not None
    return f"{facts.made_at.astimezone():%Y-%m-%d %H:%M}"


def restoring_to(folder, file_of, login="admin"):
    return ("--into", folder, "--admin", login, "--admin-passphrase-file", file_of(PASSPHRASE))


def test_a_backup_is_made_proved_and_listed(run, made, office):
    code, out, _err = run("list")

    assert code == 0
    assert out.count("\n") == 1
    assert out.startswith(made)
    assert "proved" in out
    assert office.folder / "backups" in type(office.folder)(made).parents


def test_a_folder_lists_without_an_office(run, made, office):
    code, out, _err = run("list", office.folder / "backups", signed=False)

    assert code == 0
    assert made in out


def test_a_second_place_gets_a_copy_and_an_absent_one_is_a_finding(run, made, tmp_path):
    (tmp_path / "stick").mkdir()

    code, out, _err = run("create", "--to", tmp_path / "stick")
    assert code == 0
    assert len(list((tmp_path / "stick").glob("*.pmbak"))) == 1

    (tmp_path / "stick").rename(tmp_path / "pulled")
    code, out, _err = run("create")
    assert code == 1
    assert f"No copy in {tmp_path / 'stick'}" in out


def test_a_whole_backup_verifies_without_its_office(run, made):
    code, out, err = run("verify", made, signed=False)

    assert (code, err) == (0, "")
    assert "People: 1," in out
    assert NAME not in out


def test_a_cut_off_backup_is_an_error_that_names_the_part(run, made):
    raw = Path(made).read_bytes()
    Path(made).write_bytes(raw[:-100])

    code, out, err = run("verify", made, signed=False)
    assert (code, out) == (1, "")
    assert "100 bytes at its end are missing" in err

    code, out, _err = run("list")
    assert code == 1
    assert "cut off" in out


def test_a_wrong_backup_passphrase_is_refused_with_3(run, made):
    code, out, err = run("verify", made, secret="another four words here", signed=False)

    assert (code, out) == (3, "")
    assert "not the backup passphrase" in err


def test_a_clerk_makes_no_backup(run, office):
    code, out, err = run("create", login="clerk")

    assert (code, out) == (3, "")
    assert err
    assert not (office.folder / "backups").exists()


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_a_damaged_data_file_is_no_missing_permission(run, made, office, share):
    office.close()
    (data,) = office.folder.glob("data-*.db")
    with data.open("r+b") as file:
        file.seek(int(data.stat().st_size * share))
        file.write(bytes(range(40)))

    code, out, err = run("create")

    assert (code, out) == (1, "")
    assert "The data file of the office is damaged" in err


def test_a_weak_backup_passphrase_is_refused_with_3(run, office):
    code, _out, err = run("create", secret="wy20260101")

    assert code == 3
    assert "12 characters" in err


def test_a_new_machine_gets_the_office_and_a_new_recovery_key(run, made, tmp_path, file_of, clock):
    where = tmp_path / "machine" / "office"

    code, out, err = run("restore", made, *restoring_to(where, file_of), signed=False)

    assert (code, err) == (0, "")
    assert "New recovery key: " in out
    opened = offices.sign_in(where, "admin", PASSPHRASE, clock)
    assert len(residents.found(opened.session, ResidentQuery())) == 1
    opened.close()


def test_beside_its_office_what_was_erased_meanwhile_is_erased_too(
    run, made, office, tmp_path, file_of, clock
):
    manager = office.session("manager")
    (person,) = residents.found(manager, ResidentQuery())
    person_acts.leave(manager, PersonId(person), ArchiveReason.CONTRACT_ENDED)

    code, out, _err = run("restore", made, *restoring_to(tmp_path / "new", file_of))

    assert code == 0
    assert "1 erasure since the backup" in out
    opened = offices.sign_in(tmp_path / "new", "admin", PASSPHRASE, clock)
    assert list(residents.found(opened.session, ResidentQuery())) == []
    opened.close()


def test_a_restore_over_something_is_an_error(run, made, office, file_of):
    code, out, err = run("restore", made, *restoring_to(office.folder, file_of), signed=False)

    assert (code, out) == (1, "")
    assert "not empty" in err


def test_an_act_that_is_none_is_a_usage_error(capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["backup", "burn"])
    assert caught.value.code == 2


def test_on_a_new_machine_it_says_since_when_erasures_are_unknown(run, made, tmp_path, file_of):
    code, out, _err = run(
        "restore", made, *restoring_to(tmp_path / "machine", file_of), signed=False
    )

    assert code == 0
    assert "0 erasures since the backup" in out
    assert f"What was erased after {made_at(made)} may be in it again" in out
    assert "lies beside it" not in out


def test_a_later_backup_beside_it_explains_the_moment(run, made, office, tmp_path, file_of):
    manager = office.session("manager")
    (person,) = residents.found(manager, ResidentQuery())
    person_acts.leave(manager, PersonId(person), ArchiveReason.CONTRACT_ENDED)
    later = run("create")[1].splitlines()[0]
    upto = made_at(later)

    _code, out, _err = run(
        "restore", made, *restoring_to(tmp_path / "machine", file_of), signed=False
    )

    assert "1 erasure since the backup" in out
    assert f"A later backup of {upto} lies beside it" in out
    assert f"after {upto} may be" in out


def test_a_file_that_is_not_there_is_called_that(run, tmp_path):
    code, out, err = run("verify", tmp_path / "nope.pmbak", signed=False)

    assert (code, out) == (1, "")
    assert f"There is no file {tmp_path / 'nope.pmbak'}" in err


def test_the_folder_of_an_office_lists_its_backups_for_people(run, made, office):
    code, out, _err = run("list", office.folder, signed=False)

    path, size, at = out.rstrip("\n").split("\t")
    assert (code, path) == (0, made)
    assert re.fullmatch(r"\d+\.\d MB", size)
    assert at == made_at(made)


def test_a_folder_without_backups_says_so(run, tmp_path):
    code, out, err = run("list", tmp_path, signed=False)

    assert (code, out) == (0, "")
    assert f"no backup in {tmp_path}" in err
