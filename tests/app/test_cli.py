"""The command line end to end: exit codes, one sentence on stderr, nothing personal on either."""

import getpass
import io
import os
import shutil
import sys
from typing import Any

import pytest
import python_calamine
import xlsxwriter

from pmdesk.app import cli, tour
from pmdesk.app.stage import Stage
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.errors import StorageError
from pmdesk.services import residents, staff
from tests.offices import PASSPHRASE, SPECIAL, consenting, passphrase_file

HEAD = ("姓名", "手机号", "房号")
GOOD = [("王小明", "13800001234", "7-2-503"), ("李伟", "13900005678", "4-1-101")]
BAD = ("赵磊", "12", "哪一间呢")
PERSONAL = ("王小明", "李伟", "赵磊", "13800001234", "13900005678", "7-2-503", "哪一间呢")


@pytest.fixture
def closed(office):
    """The folder of an office that nobody has open."""
    return office.folder


@pytest.fixture
def run(closed, tmp_path, capsys):
    """Runs a command as the manager and tells the exit code, stdout and stderr."""

    def run(command, *arguments, login="manager", folder=closed, passphrase=PASSPHRASE, lang="en"):
        secret = passphrase_file(tmp_path, passphrase)
        where = ("--office", str(folder), "--login", login, "--passphrase-file", str(secret))
        code = cli.main(["--lang", lang, command, *where, *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def workbook(path, rows):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def nothing_personal(*texts):
    return not [value for value in PERSONAL for text in texts if value in text]


def everyone(office):
    session = office.session("manager")
    ids = residents.found(session, ResidentQuery())
    found = residents.rows(session, ids)
    office.close()
    return [row.room for row in found]


def test_good_rows_are_entered_and_the_exit_code_is_0(run, office, tmp_path):
    code, out, err = run("import", workbook(tmp_path / "a.xlsx", [HEAD, *GOOD]))

    assert (code, err) == (0, "")
    assert "2 residents entered" in out
    assert nothing_personal(out)
    assert everyone(office) == ["4-1-101", "7-2-503"]


def test_bad_rows_are_named_without_their_content_and_wait_in_a_file(run, office, tmp_path):
    code, out, err = run("import", workbook(tmp_path / "a.xlsx", [HEAD, GOOD[0], BAD]))

    assert (code, err) == (1, "")
    assert "Row 3" in out
    assert nothing_personal(out)
    mend = tmp_path / "a.xlsx.errors.xlsx"
    read = python_calamine.load_workbook(str(mend)).get_sheet_by_index(0).to_python()
    assert any(BAD[0] in row for row in read)
    assert everyone(office) == ["7-2-503"]


def test_a_dry_run_writes_nothing(run, office, tmp_path):
    code, out, _err = run("import", workbook(tmp_path / "a.xlsx", [HEAD, *GOOD]), "--dry-run")

    assert code == 0
    assert "2 good rows" in out
    assert everyone(office) == []


def test_a_refused_column_is_named_and_dropped(run, office, tmp_path):
    rows = [(*HEAD, "身份证"), (*GOOD[0], "11010519491231002X")]

    code, out, _err = run("import", workbook(tmp_path / "a.xlsx", rows))

    assert code == 0
    assert "Not collected: 身份证" in out
    assert "11010519491231002X" not in out
    assert not [cell for _, cell in office.cells() if "11010519491231002X" in cell]


def test_a_mapping_leads_columns_to_their_meaning(run, office, tmp_path):
    rows = [("谁", "电话", "房号"), *GOOD]
    mapping = tmp_path / "m.json"
    mapping.write_text('{"0": "person_name"}', encoding="utf-8")

    code, _out, _err = run("import", workbook(tmp_path / "a.xlsx", rows), "--mapping", str(mapping))

    assert code == 0
    assert everyone(office) == ["4-1-101", "7-2-503"]


@pytest.mark.parametrize("content", ["", "[1]", '{"x": "person_name"}', None])
def test_a_mapping_that_cannot_be_read_is_said_in_one_sentence(run, tmp_path, content):
    mapping = tmp_path / "m.json"
    if content is not None:
        mapping.write_text(content, encoding="utf-8")

    code, out, err = run(
        "import", workbook(tmp_path / "a.xlsx", [HEAD, *GOOD]), "--mapping", str(mapping)
    )

    assert (code, out) == (1, "")
    assert "mapping file" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"no workbook", None])
def test_a_file_that_is_no_list_is_said_in_one_sentence(run, office, tmp_path, content):
    file = tmp_path / "a.xlsx"
    if content is not None:
        file.write_bytes(content)

    code, _out, err = run("import", file)

    assert code == 1
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err
    assert everyone(office) == []


def test_classify_tells_people_per_tier_and_no_names(run, office):
    consenting(office.session("clerk"), values=SPECIAL)
    office.close()

    code, out, err = run("classify")

    assert (code, err) == (0, "")
    assert dict(line.split("\t") for line in out.splitlines()) == {
        "standard": "0",
        "care": "1",
        "enhanced": "0",
        "special": "0",
    }


def test_a_role_that_does_not_cover_it_is_exit_code_3(run, tmp_path):
    code, _out, err = run("import", workbook(tmp_path / "a.xlsx", [HEAD, *GOOD]), login="clerk")

    assert code == 3
    assert "Your role does not cover this" in err
    assert nothing_personal(err)


@pytest.mark.parametrize(
    ("login", "passphrase"), [("manager", "wrong passphrase"), ("nobody", PASSPHRASE)]
)
def test_a_wrong_key_is_exit_code_3_and_one_answer(run, login, passphrase):
    code, out, err = run("classify", login=login, passphrase=passphrase)

    assert (code, out) == (3, "")
    assert "login or the password" in err
    assert passphrase not in err


def test_the_second_wrong_passphrase_has_to_wait(run):
    first = run("classify", passphrase="wrong passphrase")
    second = run("classify")

    assert (first[0], second[0]) == (3, 3)
    assert "wait" in second[2]


def test_a_folder_without_an_office_is_exit_code_1(run, tmp_path):
    code, _out, err = run("classify", folder=tmp_path / "empty")

    assert code == 1
    assert len(err.splitlines()) == 1


def test_an_office_that_is_open_elsewhere_is_said_so(run, office):
    office.session("clerk")

    code, _out, err = run("classify")

    assert code == 1
    assert "another window" in err


def test_a_damaged_office_is_said_in_one_sentence(run, closed, tmp_path):
    broken = tmp_path / "broken"
    shutil.copytree(closed, broken)
    for name in ("vault.json", "vault.copy.json"):
        (broken / name).write_bytes(b"{")

    code, _out, err = run("classify", folder=broken)

    assert code == 1
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("written", ["\ufeff" + PASSPHRASE, PASSPHRASE + "\r\n", PASSPHRASE])
def test_a_passphrase_file_may_come_from_any_editor(run, written):
    assert run("classify", passphrase=written)[0] == 0


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00\xd8"])
def test_a_passphrase_file_that_cannot_be_read_is_said_so(closed, tmp_path, capsys, content):
    secret = tmp_path / "secret"
    if content is not None:
        secret.write_bytes(content)
    where = ("--office", str(closed), "--login", "manager", "--passphrase-file", str(secret))

    assert cli.main(["classify", *where, "--lang", "en"]) == 1
    assert "passphrase file cannot be read" in capsys.readouterr().err


def test_without_a_file_the_passphrase_is_asked_for(closed, capsys, monkeypatch):
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: PASSPHRASE)

    assert cli.main(["classify", "--office", str(closed), "--login", "manager"]) == 0
    assert capsys.readouterr().out


def test_ctrl_c_ends_quietly(closed, capsys, monkeypatch):
    def interrupted(_prompt):
        raise KeyboardInterrupt

    monkeypatch.setattr(getpass, "getpass", interrupted)

    assert cli.main(["--lang", "en", "classify", "--office", str(closed), "--login", "x"]) == 1
    assert capsys.readouterr().err == "Cancelled.\n"


def test_a_reader_that_has_enough_is_no_fault_of_the_program(closed, capsys, monkeypatch, tmp_path):
    """As `pmdesk … | head -1`: it stops without a word, not with a report for the maintainer."""
    secret = passphrase_file(tmp_path, PASSPHRASE)
    where = ("--office", str(closed), "--login", "manager", "--passphrase-file", str(secret))
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert cli.main(["classify", *where]) == 1
        monkeypatch.undo()

    assert not capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("classify", "--login", "x"),
        ("demo", "--people", "0"),
        ("demo", "--people", "1000001"),
        ("demo", "--people", "many"),
        ("tour",),
        ("fly",),
        ("--lang", "fr", "demo"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(list(arguments))

    assert caught.value.code == 2
    assert "用法" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--lang", "en", "classify"), "The login"),
        (("classify", "--lang", "en"), "The login"),
        (("classify",), "用户名"),
    ],
)
def test_the_language_may_stand_before_or_after_the_command(
    closed, tmp_path, capsys, arguments, said
):
    secret = passphrase_file(tmp_path, "wrong passphrase")
    where = ("--office", str(closed), "--login", "x", "--passphrase-file", str(secret))

    cli.main([*arguments, *where])

    err = capsys.readouterr().err
    assert ("login" in err) is (said == "The login"), io.StringIO(err).read()


def test_the_acts_of_the_command_line_are_in_the_log(run, office, tmp_path):
    run("import", workbook(tmp_path / "a.xlsx", [HEAD, *GOOD]))
    run("classify", login="clerk")

    acts = [action for action, _, _ in office.acts()][-4:]

    assert acts == ["sign_in", "import.residents", "sign_in", "classify.all"]
    assert office.broken_link() is None
    assert nothing_personal(b"".join(office.bodies()).decode())
    assert staff.names(office.session("clerk"))


def test_an_unexpected_error_tells_where_but_not_what_was_read(run, monkeypatch):
    def broken(*_args):
        raise ValueError(*PERSONAL)

    monkeypatch.setattr("pmdesk.app.batch.classify", broken)
    code, out, err = run("classify")

    assert code == 1
    assert "Something went wrong in pmdesk" in err
    assert "ValueError" in err
    assert "broken" in err
    assert nothing_personal(out, err)
    assert "Traceback" not in err


def test_a_place_that_takes_no_pictures_is_said_before_anything_is_made(tmp_path, capsys):
    (tmp_path / "file").write_bytes(b"")

    code = cli.main(["--lang", "en", "tour", "--out", str(tmp_path / "file" / "out")])

    out, err = capsys.readouterr()
    assert (code, out) == (1, "")
    assert err.startswith("The pictures cannot be written there.")
    assert len(err.splitlines()) == 1


def test_a_folder_without_the_right_to_write_takes_no_pictures(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_args: False)

    with pytest.raises(StorageError, match="cannot be written"):
        tour.writable(tmp_path)


@pytest.mark.parametrize("count", ["0", "1000001", "many", "-3", "1.5"])
def test_a_demo_of_no_or_too_many_people_is_a_usage_error(count, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["demo", f"--people={count}"])

    assert caught.value.code == 2
    assert "1 … 1000000" in capsys.readouterr().err


def test_a_scene_falls_back_to_anybody_where_nobody_has_that_consent(office):
    somebody = consenting(office.session("manager"))
    rest: dict[str, Any] = dict.fromkeys(
        ("tasks", "prompts", "options", "navigator", "window", "setup")
    )
    stage = Stage(session=office.session("manager"), **rest)

    assert stage.somebody(ConsentState.LIVE) == somebody
    assert stage.somebody(ConsentState.WITHDRAWN) == somebody
    assert stage.changed() == somebody, "nobody had another tier before"


def test_a_very_wide_sheet_says_how_many_columns_are_not_read(run, tmp_path):
    further = [f"列{number}" for number in range(197)]
    rows = [(*HEAD, *further), (*GOOD[0], *further)]

    code, out, _err = run("import", workbook(tmp_path / "a.xlsx", rows))

    assert code == 0
    assert "The sheet is very wide: 197 columns are not read." in out
    assert "1 resident entered" in out
