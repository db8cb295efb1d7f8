"""Creating an office, signing in, and getting back in with the recovery key."""

import stat
import sys
from dataclasses import replace

import pytest

from pmdesk.domain.staff import Role
from pmdesk.errors import (
    ConflictError,
    RefusedError,
    StorageError,
    VaultBusyError,
    VaultDamagedError,
    WrongKeyError,
)
from pmdesk.store.vault import accounts, network, trust, vault
from pmdesk.store.vault import folder as files
from pmdesk.store.vault.throttle import TooSoonError

GOOD = "nine velvet trumpets arguing"


@pytest.fixture
def create(tmp_path, fast_kdf):
    opened = []

    def made(folder=tmp_path / "new", **parts):
        asked = {"office_hint": "晴川物业", "login": "王主管", "password": GOOD, "kdf": fast_kdf}
        found, key = vault.create(folder, **(asked | parts))
        opened.append(found)
        return found, key

    yield made
    for found in opened:
        found.close()


def test_a_new_office_is_private_and_encrypted(create, tmp_path):
    opened, key = create()
    folder = opened.folder
    assert opened.identity.role is Role.ADMIN
    assert opened.rings == {"ops", "sealed"}
    assert opened.confirm_recovery(key)
    assert vault.exists(folder)
    assert files.plain_files(folder) == ()
    assert (folder / "vault.json").read_bytes() == (folder / "vault.copy.json").read_bytes()
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_everybody_signs_in_with_the_keys_of_their_role(office):
    expected = {
        "admin": {"ops", "sealed"},
        "clerk": {"ops"},
        "manager": {"ops", "sealed"},
        "reviewer": {"ops", "sealed"},
    }
    for login, rings in expected.items():
        with office.sign_in(login) as opened:
            assert opened.rings == rings
            assert opened.identity.role == login
            with opened.engine.connect() as connection:
                assert connection.exec_driver_sql("SELECT text FROM note").scalar() == "kept"


def test_the_accounts_are_listed_before_anybody_signs_in(office):
    listed = vault.accounts(office.folder)
    assert [(account.login, account.role, account.active) for account in listed] == [
        (role.value, role, True) for role in (Role.ADMIN, Role.CLERK, Role.MANAGER, Role.REVIEWER)
    ]


def test_a_wrong_password_has_one_answer_for_every_cause(office, answer):
    with office.sign_in("admin") as admin:
        reviewer = next(a for a in admin.accounts if a.login == "reviewer")
        admin.disable(reviewer.uid)
    causes = [
        ("clerk", "maple drizzle anchor violim"),
        ("clerk", ""),
        ("clerk", office.passwords["manager"]),
        ("nobody", office.passwords["clerk"]),
        ("", ""),
        ("reviewer", office.passwords["reviewer"]),
        ("reviewer", "wrong"),
        ("clerk", "\ud800" * 13),
    ]
    answers = []
    for login, password in causes:
        answers.append(answer(lambda: office.sign_in(login, password)))  # noqa: B023  # used at once
        office.clock.pass_by(900)
    assert len({repr(found) for found in answers}) == 1
    assert answers[0][0] is WrongKeyError
    assert answers[0][2]


def test_an_unknown_login_costs_as_much_as_a_known_one(office, monkeypatch):
    derived = []
    real = type(office_cost(office)).derive

    def counted(self, password, salt):
        derived.append(self)
        return real(self, password, salt)

    monkeypatch.setattr("pmdesk.store.vault.kdf.Kdf.derive", counted)
    for login in ("nobody", "clerk"):
        with pytest.raises(WrongKeyError):
            office.sign_in(login, "wrong")
        office.clock.pass_by(900)
    assert len(derived) == 2
    assert derived[0] == derived[1]


def office_cost(office):
    return files.load_header(office.folder).users[0].slot.cost


def test_a_login_is_found_in_any_case_and_width_of_blanks(office):
    office.passwords["  Clerk "] = office.passwords["clerk"]
    assert office.sign_in("  Clerk ").identity.login == "clerk"


def test_wrong_passwords_make_the_next_attempt_wait_and_are_counted(office):
    for _ in range(2):
        with pytest.raises(WrongKeyError):
            office.sign_in("clerk", "wrong")
        office.clock.pass_by(2)
    with pytest.raises(WrongKeyError):
        office.sign_in("clerk", "wrong")
    with pytest.raises(TooSoonError) as caught:
        office.sign_in("clerk")
    assert caught.value.seconds == 4
    office.clock.pass_by(4)
    with office.sign_in("clerk") as opened:
        assert opened.failed_before == 3
    with office.sign_in("clerk") as opened:
        assert opened.failed_before == 0


def test_a_second_window_is_refused_until_the_first_closes(office):
    first = office.sign_in("clerk")
    with pytest.raises(VaultBusyError):
        office.sign_in("manager")
    first.close()
    office.sign_in("manager")


def test_a_failed_sign_in_leaves_the_office_free(office):
    with pytest.raises(WrongKeyError):
        office.sign_in("clerk", "wrong")
    files.locked(office.folder).release()


@pytest.mark.parametrize("damage", ["missing", "empty"])
def test_a_missing_data_file_is_named_and_nothing_new_is_made(office, answer, damage):
    path = office.folder / "data-000001.db"
    path.unlink()
    if damage == "empty":
        path.touch()
    kind, _sentence, remedy, places = answer(lambda: office.sign_in("clerk"))
    assert kind is VaultDamagedError
    assert places == {"name": "data-000001.db"}
    assert "backup" in remedy
    assert not path.exists() or path.stat().st_size == 0


def test_a_data_file_of_another_office_is_told(office, create, answer):
    other, _key = create()
    other.close()
    (office.folder / "data-000001.db").write_bytes((other.folder / "data-000001.db").read_bytes())
    kind, _sentence, remedy, _places = answer(lambda: office.sign_in("clerk"))
    assert kind is VaultDamagedError
    assert "backup" in remedy


def test_a_data_file_without_our_stamp_is_told(office):
    opened = office.sign_in("clerk")
    with opened, opened.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA application_id=1")
    with pytest.raises(VaultDamagedError):
        office.sign_in("clerk")


def test_another_root_than_before_is_shown_with_its_fingerprint(office):
    header = files.load_header(office.folder)
    known = {"login": "clerk", "password": office.passwords["clerk"], "clock": office.clock}
    vault.unlock(office.folder, **known, trusted_root=header.root).close()
    with pytest.raises(vault.RootChangedError) as caught:
        vault.unlock(office.folder, **known, trusted_root="00" * 32)
    assert caught.value.root == header.root
    assert caught.value.places == {"fingerprint": trust.fingerprint(header.root)}


def test_grants_that_do_not_open_are_told(office, answer):
    with office.sign_in("admin") as admin:
        uid = next(a.uid for a in admin.accounts if a.login == "clerk")
        header, signer = admin.header, admin._signer
        swapped = replace(
            header.user(uid),
            grants=trust.granted(
                header, "other", header.user(uid).box, {"ops": signer.rings["ops"]}
            ),
        )
        users = tuple(swapped if user.uid == uid else user for user in header.users)
        admin._adopt(trust.signed(replace(header, users=users), signer.uid, signer.pair))
    kind, _sentence, remedy, _places = answer(lambda: office.sign_in("clerk"))
    assert kind is VaultDamagedError
    assert "administrator" in remedy


def test_a_network_drive_is_refused_for_creating_and_opening(create, office, tmp_path):
    with pytest.raises(RefusedError):
        create(is_remote=lambda _folder: True)
    assert not (tmp_path / "new").exists()
    with pytest.raises(RefusedError):
        vault.unlock(
            office.folder,
            login="clerk",
            password=office.passwords["clerk"],
            clock=office.clock,
            is_remote=lambda _folder: True,
        )


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("王主管", "short"),
        ("王主管", "woaini1314520"),
        ("", GOOD),
        ("a\nb", GOOD),
        ("x" * 65, GOOD),
    ],
)
def test_a_weak_start_is_refused_before_anything_is_written(create, tmp_path, login, password):
    with pytest.raises(RefusedError):
        create(login=login, password=password)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["vault.json", "vault.copy.json", "data-000003.db"])
def test_an_office_is_never_created_over_another(create, tmp_path, name):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / name).write_bytes(b"precious")
    with pytest.raises(ConflictError):
        create()
    assert [path.name for path in (tmp_path / "new").iterdir()] == [name]
    assert (tmp_path / "new" / name).read_bytes() == b"precious"


def test_a_file_is_no_folder_for_an_office(create, tmp_path):
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(RefusedError):
            create(folder)


def test_a_folder_that_cannot_be_made_is_a_matter_of_the_disk(create, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OSError(30, "read-only")

    monkeypatch.setattr("pathlib.Path.mkdir", fail)
    with pytest.raises(StorageError):
        create()


def test_a_full_disk_while_creating_leaves_no_half_office(create, tmp_path, monkeypatch):
    def full(_folder, _header):
        raise OSError(28, "full")

    monkeypatch.setattr(files, "save_header", full)
    with pytest.raises(StorageError):
        create()
    monkeypatch.undo()
    assert [path.name for path in (tmp_path / "new").iterdir()] in ([], ["app.lock"])
    create()


def test_an_interrupt_while_creating_leaves_no_half_office(create, tmp_path, monkeypatch):
    def interrupted(_folder, _header):
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "save_header", interrupted)
    with pytest.raises(KeyboardInterrupt):
        create()
    assert not files.occupied(tmp_path / "new")


def test_a_library_that_does_not_encrypt_is_noticed(create, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "PLAIN", (b""))
    with pytest.raises(VaultDamagedError, match="not encrypted"):
        create()
    assert not files.occupied(tmp_path / "new")


def recover(office, key, login="admin", password=GOOD):
    found, fresh = vault.recover(
        office.folder, recovery_key=key, login=login, password=password, clock=office.clock
    )
    office.opened.append(found)
    return found, fresh


def test_the_recovery_key_opens_the_office_and_is_replaced(office):
    with office.sign_in("manager") as manager:
        blob = manager.seal(["id", 1], b"data")
    opened, fresh = recover(office, office.recovery_key.lower())
    assert opened.open_sealed(["id", 1], blob) == b"data"
    assert not opened.confirm_recovery(office.recovery_key)
    assert opened.confirm_recovery(fresh)
    opened.close()
    office.sign_in("admin", GOOD).close()
    office.sign_in("clerk").close()
    with pytest.raises(WrongKeyError):
        office.sign_in("admin")


def test_administrators_stay_trusted_after_a_recovery(office):
    with office.sign_in("admin") as admin:
        admin.enrol("second", GOOD, Role.ADMIN)
    recover(office, office.recovery_key, password="seven quiet pelicans rowing")[0].close()
    with office.sign_in("second", GOOD) as second:
        second.enrol("third", GOOD, Role.CLERK)
    with office.sign_in("third", GOOD) as third:
        assert third.identity.role == Role.CLERK


def test_a_wrong_recovery_key_is_refused_and_throttled(office, create):
    foreign = create()[1]
    for key in ("", office.recovery_key[:-1], foreign):
        with pytest.raises(WrongKeyError):
            recover(office, key)
        office.clock.pass_by(900)
    with pytest.raises(WrongKeyError):
        recover(office, "")
    with pytest.raises(TooSoonError):
        recover(office, office.recovery_key)


def test_recovery_is_for_administrators_and_good_passwords(office):
    for login, password in (("clerk", GOOD), ("nobody", GOOD), ("admin", "123456789012")):
        with pytest.raises(RefusedError):
            recover(office, office.recovery_key, login, password)


def test_a_recovery_that_cannot_be_saved_changes_nothing(office, monkeypatch):
    before = office.raw()

    def full(_descriptor):
        raise OSError(28, "full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError):
        recover(office, office.recovery_key)
    monkeypatch.undo()
    assert office.raw() == before
    office.clock.pass_by(900)
    office.sign_in("admin")


def test_the_login_list_stays_readable_while_somebody_works(office):
    office.sign_in("clerk")
    assert len(vault.accounts(office.folder)) == 4


def test_problems_of_a_login_are_told_beside_the_field(office):
    header = files.load_header(office.folder)
    assert accounts.login_problems("new", header) == ()
    (problem,) = accounts.login_problems(" CLERK", header)
    assert "taken" in problem.sentence
    assert network.synced_by(office.folder) is None
