"""A file is read for what it holds; what cannot be read is refused in one plain sentence."""

import codecs
import zipfile
from datetime import UTC, date, datetime, time

import pytest
import python_calamine

from pmdesk.errors import ExchangeError
from pmdesk.services.exchange import opening, sheet, workbook
from pmdesk.services.exchange.opening import open_book
from pmdesk.services.exchange.sheet import Sheet, text_of
from tests.services.exchange.files import PLAIN, written

ROW = ("王小明", "13800001234", "3-2-501")


def _rows(path):
    book = open_book(path)
    return list(book.sheet(book.names[0]).rows())


def _refusal(path):
    with pytest.raises(ExchangeError) as caught:
        _rows(path)
    assert caught.value.remedy
    return caught.value.sentence


def test_rows_carry_the_numbers_that_excel_shows(tmp_path):
    path = written(tmp_path / "a.xlsx", [(), ("", "名单"), (), PLAIN, ROW])

    assert [row.number for row in _rows(path)] == [2, 4, 5]


def test_cells_keep_their_column_when_the_first_columns_are_empty(tmp_path):
    path = written(tmp_path / "a.xlsx", [(None, None, "姓名"), (None, None, "王小明")])

    assert [list(row.cells) for row in _rows(path)] == [["", "", "姓名"], ["", "", "王小明"]]


def test_ghost_rows_are_dropped(tmp_path):
    path = written(tmp_path / "a.xlsx", [PLAIN, ROW, *[(" ", "\n", "")] * 300, ROW])

    assert [row.number for row in _rows(path)] == [1, 2, 303]


def test_a_merged_cell_stands_in_every_row_it_covers(tmp_path):
    rows = [("楼栋", "姓名"), (None, "王"), (None, "李"), ("4", "赵"), (None, "孙"), (None, "周")]
    path = written(
        tmp_path / "a.xlsx", rows, merged=[("A2:A3", "3栋"), ("A5:A6", "5栋"), ("D1:E1", "联系")]
    )

    assert [row.cells[0] for row in _rows(path)] == ["楼栋", "3栋", "3栋", "4", "5栋", "5栋"]


def test_a_merge_ends_where_a_shorter_row_ends():
    rows = [["a", "b"], ["c"], ["", "d"]]
    short = Sheet(name="s", width=2, decoded=lambda: iter(rows), spans=(((0, 1), (2, 1)),))

    assert [list(row.cells) for row in short.rows()] == [["a", "b"], ["c"], ["", "d"]]
    assert [list(row.cells) for row in short.rows([1])] == [["b"], ["d"]]


def test_a_formula_error_beside_the_decoded_cells_changes_nothing():
    assert workbook._with_faults(["a"], [(5, "#REF!"), (0, "#N/A")]) == ["#N/A"]


def test_an_old_workbook_tells_no_formula_errors():
    assert workbook._faults(bytes.fromhex("d0cf11e0a1b11ae1"), 0) == {}


def test_a_merge_beside_the_cells_is_no_trouble():
    loose = Sheet(
        name="s", width=1, decoded=lambda: iter([["a"], ["b"]]), spans=(((0, 9), (1, 9)),)
    )

    assert [list(row.cells) for row in loose.rows()] == [["a"], ["b"]]


def test_formula_errors_stay_visible(tmp_path):
    path = written(
        tmp_path / "a.xlsx",
        [PLAIN, ROW, ROW, ROW],
        others=["空"],
        formulas=[("A2", "#REF!"), ("B3", "#N/A"), ("AB3", "#DIV/0!")],
    )

    book = open_book(path)
    rows = list(book.sheet("Sheet1").rows())

    assert rows[1].cells[0] == "#REF!"
    assert rows[2].cells[1] == "#N/A"
    assert rows[2].cells[27] == "#DIV/0!"
    assert rows[3].cells[0] == "王小明"


def test_a_package_with_unusual_parts_is_read_without_formula_errors(tmp_path):
    path = written(tmp_path / "a.xlsx", [PLAIN, ROW])
    data = path.read_bytes()

    assert workbook._faults(data, 7) == {}
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, change in (
        ("xl/workbook.xml", None),
        ("xl/workbook.xml", b"\xff\xfe"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        ("xl/_rels/workbook.xml.rels", b'<Relationship Id="rId1" Target="/xl/gone.xml"/>'),
        ("xl/_rels/workbook.xml.rels", b'<Relationship Id="rId1"/>'),
    ):
        odd = tmp_path / "odd.zip"
        with zipfile.ZipFile(odd, "w") as package:
            for part, content in parts.items():
                new = change if part == name else content
                if new is not None:
                    package.writestr(part, new)
        assert workbook._faults(odd.read_bytes(), 0) == {}


def test_a_sheet_of_two_hundred_columns_is_read_and_reported(tmp_path):
    path = written(tmp_path / "a.xlsx", [[f"列{n}" for n in range(200)], ["x"] * 200])
    book = open_book(path)

    assert book.sheet("Sheet1").is_wide
    assert not open_book(written(tmp_path / "b.xlsx", [PLAIN])).sheet("Sheet1").is_wide


def test_an_empty_worksheet_has_no_rows(tmp_path):
    book = open_book(written(tmp_path / "a.xlsx", [PLAIN], others=["空"]))

    assert book.names == ("空", "Sheet1")
    assert list(book.sheet("空").rows()) == []
    assert book.sheet("空").width == 0


def test_a_file_of_no_bytes_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.touch()

    assert _refusal(path) == "The file is empty."


def test_a_missing_or_unreadable_file_is_refused(tmp_path):
    assert _refusal(tmp_path / "a.xlsx") == "The file is not there."
    (tmp_path / "d.xlsx").mkdir()
    assert _refusal(tmp_path / "d.xlsx") == "The file cannot be read."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"just some text", "This is not an Excel file"),
        (b"<html><table><tr><td>1</td></tr></table>", "web page"),
        (b"PK\x03\x04 torn", "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000, "damaged"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1")
            + b"\0" * 600
            + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
    ],
)
def test_what_is_not_really_a_workbook_is_refused(tmp_path, content, words):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    assert words in _refusal(path)


def test_a_package_of_another_program_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<x/>")

    assert "not an Excel file" in _refusal(path)


def test_a_torn_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook")

    assert "damaged" in _refusal(path)


def test_a_workbook_without_a_visible_worksheet_is_refused(tmp_path, monkeypatch):
    class Hidden:
        sheets_metadata = ()

        @classmethod
        def from_filelike(cls, _):
            return cls()

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Hidden)

    assert "no worksheet" in _refusal(written(tmp_path / "a.xlsx", [PLAIN]))


def test_a_file_that_unpacks_to_a_monster_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path / "a.xlsx", [PLAIN])
    monkeypatch.setattr(workbook, "_UNPACKED_AT_MOST", 100)

    assert _refusal(path) == "The file is too large."


def test_a_file_too_large_or_with_too_many_rows_is_refused(tmp_path, monkeypatch):
    path = written(tmp_path / "a.xlsx", [PLAIN, ROW, ROW])
    monkeypatch.setattr(sheet, "ROWS_AT_MOST", 2)
    assert _refusal(path) == "The file is too large."

    monkeypatch.setattr(opening, "BYTES_AT_MOST", 10)
    assert _refusal(path) == "The file is too large."


class PanicException(BaseException):
    """As the decoder raises it: no Exception."""


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (python_calamine.PasswordError("x"), "The file is protected by a password."),
        (python_calamine.XmlError("secret cell"), "The Excel file is damaged."),
        (PanicException("secret cell"), "The Excel file is damaged."),
    ],
)
def test_whatever_the_decoder_says_becomes_one_sentence(fault, sentence):
    with pytest.raises(ExchangeError) as caught, workbook._understood():
        raise fault

    assert caught.value.sentence == sentence
    assert caught.value.__cause__ is None


def test_a_wish_to_stop_passes_through_the_decoder():
    with pytest.raises(KeyboardInterrupt), workbook._understood():
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    "content",
    [
        "姓名,手机号,房号\r\n王小明,13800001234,3-2-501\r\n".encode("gb18030"),
        "姓名,手机号,房号\r\n王小明,13800001234,3-2-501\r\n".encode(),
        codecs.BOM_UTF8 + "姓名,手机号,房号\n王小明,13800001234,3-2-501\n".encode(),
        "姓名\t手机号\t房号\n王小明\t13800001234\t3-2-501\n".encode("utf-16"),
        "姓名;手机号;房号\n王小明;13800001234;3-2-501\n".encode(),
    ],
)
def test_a_csv_is_read_in_any_of_its_encodings(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    assert [list(row.cells) for row in _rows(path)] == [list(PLAIN), list(ROW)]
    book = open_book(path)
    assert book.sheet(book.names[0]).width == 3


def test_a_line_end_inside_a_csv_cell_keeps_the_row_whole(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('姓名,手机号\n王小明,"13800001234\n13900001234"\n\n李红,1\n', encoding="utf-8")

    assert [row.number for row in _rows(path)] == [1, 2, 4]


def test_a_rarer_encoding_is_guessed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("name,room\nJosé Ñandú,á\n".encode("latin-1") + b"\xff,\xfe\n" * 3)

    assert _rows(path)


@pytest.mark.parametrize(
    "content", [b"a\x00b,c\n", codecs.BOM_UTF16_LE + b"\x00\xd8\x00", b"a,b\n\x1f\x00\x80\xff"]
)
def test_bytes_that_are_no_text_are_refused(tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    assert _refusal(path) == "The text of the file cannot be read."


def test_text_that_nothing_can_decode_is_refused(tmp_path, monkeypatch):
    import charset_normalizer

    class Nothing:
        def best(self):
            return None

    monkeypatch.setattr(charset_normalizer, "from_bytes", lambda _: Nothing())
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,\xff\xfe\xff\n")

    assert _refusal(path) == "The text of the file cannot be read."


def test_a_csv_cell_beyond_all_measure_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("姓名,房号\n" + "x" * 200_000 + ",1\n", encoding="utf-8")

    assert _refusal(path) == "The text of the file cannot be read."


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" 王 ", "王"),
        (13800001234.0, "13800001234"),
        (89.5, "89.5"),
        (1.1010519491231e17, "1.1010519491231e+17"),
        (7, "7"),
        (True, "True"),
        (datetime(2026, 3, 2, 9, 0, tzinfo=UTC), "2026-03-02"),
        (date(2026, 3, 2), "2026-03-02"),
        (time(9, 30), "09:30:00"),
    ],
)
def test_a_cell_becomes_the_text_its_owner_meant(cell, text):
    assert text_of(cell) == text
