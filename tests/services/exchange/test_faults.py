"""Bad rows come back as a file that can be mended and imported again."""

import os
import tempfile

import pytest

from pmdesk.errors import ExchangeError
from pmdesk.services import starters
from pmdesk.services.exchange.faults import write_faults
from pmdesk.services.exchange.headers import located
from pmdesk.services.exchange.opening import open_book
from pmdesk.services.exchange.plan import plan
from tests.services.exchange.files import INVENTED_ID, written

CATALOGUE = starters.catalogue()
ROWS = [
    ("名单",),
    ("姓名", "身份证", "手机号", "房号", "备注"),
    ("王明", INVENTED_ID, "13800001234", "3-2-501", "x"),
    ("李红", INVENTED_ID, "138000", "3-2", "=1+1"),
    ("赵刚", INVENTED_ID, "坏", "3-2-503", "x"),
]


def _planned(path):
    sheet, header = located(open_book(path), CATALOGUE)
    return plan(sheet, header, CATALOGUE)


def test_only_bad_rows_and_allowed_columns_are_written_with_the_reason(tmp_path):
    path = write_faults(_planned(written(tmp_path / "a.xlsx", ROWS)), tmp_path / "bad.xlsx")
    book = open_book(path)
    rows = [list(row.cells) for row in book.sheet(book.names[0]).rows()]

    assert rows[0][:3] == ["姓名", "手机号", "房号"]
    assert [row[:3] for row in rows[1:]] == [["李红", "138000", "3-2"], ["赵刚", "坏", "3-2-503"]]
    assert all("手机号" in str(row[3]) for row in rows[1:])
    assert [row[4] for row in rows[1:]] == ["4", "5"]
    assert INVENTED_ID not in str(rows)


def test_the_written_file_is_found_faulty_again_and_passes_once_mended(tmp_path):
    path = write_faults(_planned(written(tmp_path / "a.xlsx", ROWS)), tmp_path / "bad.xlsx")
    again = _planned(path)
    assert [bad.row_number for bad in again.bad] == [2, 3]

    book = open_book(path)
    rows = [list(row.cells) for row in book.sheet(book.names[0]).rows()]
    for row in rows[1:]:
        row[1] = "13800001234"
    mended = _planned(written(tmp_path / "mended.xlsx", rows))

    assert [resident.name for resident in mended.residents] == ["李红", "赵刚"]
    assert not mended.bad


def test_a_stray_identity_number_is_left_out_and_its_kind_is_said(tmp_path):
    rows = [*ROWS[1:2], *[ROWS[2]] * 9, (INVENTED_ID, "", "", "3-2-1", "")]
    path = write_faults(_planned(written(tmp_path / "a.xlsx", rows)), tmp_path / "bad.xlsx")
    book = open_book(path)
    cells = [list(row.cells) for row in book.sheet(book.names[0]).rows()][1]

    assert INVENTED_ID not in str(cells)
    assert "身份证号" in str(cells[3])


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path):
    planned = _planned(written(tmp_path / "a.xlsx", ROWS))

    with pytest.raises(ExchangeError, match="cannot be written"):
        write_faults(planned, tmp_path / "gone" / "bad.xlsx")


def test_a_drive_that_may_only_be_read_is_one_sentence(tmp_path, monkeypatch):
    def refused(*_args, **_more):
        raise OSError(30, "Read-only file system")

    planned = _planned(written(tmp_path / "a.xlsx", ROWS))
    monkeypatch.setattr("pathlib.Path.write_bytes", refused)
    monkeypatch.setattr("pathlib.Path.unlink", refused)

    with pytest.raises(ExchangeError, match="cannot be written"):
        write_faults(planned, tmp_path / "bad.xlsx")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights by folder, not by mode")
def test_no_other_account_of_the_computer_reads_the_rows_to_mend(tmp_path):
    planned = _planned(written(tmp_path / "a.xlsx", ROWS))
    (tmp_path / "bad.xlsx.part").write_bytes(b"half, of a crash")
    path = write_faults(planned, tmp_path / "bad.xlsx")

    assert path.stat().st_mode & 0o077 == 0
    assert not path.with_name("bad.xlsx.part").exists()


def test_no_row_lies_in_the_computer_s_folder_for_temporary_files(tmp_path, monkeypatch):
    planned = _planned(written(tmp_path / "a.xlsx", ROWS))

    def refused(*_args, **_more):
        raise AssertionError("a kill would leave what is written there")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)

    assert open_book(write_faults(planned, tmp_path / "bad.xlsx")).names
