"""Handing the table out: masked unless asked otherwise, numbered, logged, harmless in Excel."""

import zipfile

import pytest
import python_calamine

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.people import Occupancy, PartyRole
from pmdesk.errors import StorageError
from pmdesk.services import export, export_rows
from tests.offices import ERRAND, P2, PAPER, SPECIAL, consenting, decide, resident
from tests.pdf import text_of

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x","y")', "{=1}", "\t=1")


def cells(path):
    sheet = python_calamine.load_workbook(str(path)).get_sheet_by_index(0)
    return sheet.to_python()


@pytest.fixture
def filled(clerk):
    consenting(clerk, values=SPECIAL)
    other = resident(clerk, "欧阳建国", "13900005678", "3-2-502")
    decide(clerk, other, {P2: False}, PAPER)


def test_a_list_is_masked_and_says_tier_tags_and_reason_in_words(manager, filled, office):
    with office.logged() as log:
        made = export.listing(manager, ResidentQuery(), ERRAND)

    first, second = made.rows
    assert first[:3] == ("3-2-501", "王*明", "138****1234")
    assert second[:3] == ("3-2-502", "欧阳*国", "139****5678")
    assert first[4] != second[4]
    assert "、" in first[5]
    assert first[7]
    assert (second[5], second[7]) == ("", "Standard service by contract")
    assert log == [("export.classification", made.number, made.head)]
    assert made.number in made.footer
    assert "李静" in made.footer
    assert "2 rows" in made.footer
    assert "· masked" in made.footer


def test_an_unmasked_list_says_so_on_paper_and_in_the_log(manager, filled, office):
    made = export.listing(manager, ResidentQuery(), ERRAND, unmasked=True)

    assert made.rows[0][:3] == ("3-2-501", "王小明", "13800001234")
    assert "not masked" in made.footer
    ((row,),) = office.sql("SELECT row FROM audit_salt ORDER BY seq DESC LIMIT 1")
    assert '"unmasked":true' in row.replace(" ", "")


def test_no_two_exports_share_a_number(manager, filled):
    numbers = {export.listing(manager, ResidentQuery(), ERRAND).number for _ in range(3)}

    assert len(numbers) == 3


def test_a_list_holds_what_the_filter_shows_over_many_pages(manager, clerk, monkeypatch):
    monkeypatch.setattr(export_rows, "_PAGE", 2)
    for number in range(5):
        resident(clerk, room=f"1-1-10{number}")
    resident(clerk, room="2-1-101")

    rooms = [row[0] for row in export.listing(manager, ResidentQuery(building="1"), ERRAND).rows]

    assert rooms == [f"1-1-10{number}" for number in range(5)]


def test_before_any_rules_and_without_a_unit_a_list_still_works(manager, monkeypatch):
    monkeypatch.setattr("pmdesk.store.rulesets.SqlRulesets.active", lambda _self: None)
    with manager.store.writing() as work:
        work.people.add("王小明", "", (), at=manager.clock.now())
        work.commit()

    (row,) = export.listing(manager, ResidentQuery(), ERRAND).rows

    assert row[0] == row[2] == row[3] == ""
    assert row[7] == "Standard service by contract"


def test_the_workbook_holds_the_rows_and_the_footer(manager, filled, tmp_path):
    made = export.listing(manager, ResidentQuery(), ERRAND)

    export.write_xlsx(made, tmp_path / "a.xlsx")

    read = cells(tmp_path / "a.xlsx")
    assert read[0][0] == made.stamp
    assert [tuple(row) for row in read[1:4]] == [made.head, *made.rows]
    assert read[-1][0] == made.footer
    assert [path.name for path in tmp_path.glob("a.xlsx*")] == ["a.xlsx"]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_like_a_formula_stays_a_text(manager, tmp_path, name):
    with manager.store.writing() as work:
        work.premises.ensure("3", "2", "501")
        home = Occupancy(unit=work.premises.find("3", "2", "501"), role=PartyRole.OWNER)
        work.people.add(name, name, (home,), at=manager.clock.now())
        work.commit()

    made = export.listing(manager, ResidentQuery(), ERRAND, unmasked=True)
    export.write_xlsx(made, tmp_path / "a.xlsx")

    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert cells(tmp_path / "a.xlsx")[2][1:3] == [name, name]


def test_a_workbook_that_cannot_be_written_leaves_the_old_one(manager, filled, tmp_path):
    made = export.listing(manager, ResidentQuery(), ERRAND)
    taken = tmp_path / "taken.xlsx"
    taken.mkdir()
    (taken / "old").write_text("old")

    for path in (taken, tmp_path / "nowhere" / "a.xlsx"):
        with pytest.raises(StorageError) as caught:
            export.write_xlsx(made, path)
        assert caught.value.remedy

    assert (taken / "old").read_text() == "old"
    assert not list(tmp_path.glob("*.part"))


def test_nothing_of_a_workbook_lies_in_a_temporary_folder(manager, filled, tmp_path, monkeypatch):
    made = export.listing(manager, ResidentQuery(), ERRAND, unmasked=True)

    def failing(*_args, **_rest):
        raise AssertionError("a temporary file was asked for")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(f"tempfile.{name}", failing)
    export.write_xlsx(made, tmp_path / "a.xlsx")

    assert (tmp_path / "a.xlsx").exists()


def test_the_paper_says_the_same_with_a_footer_on_each_page(manager, clerk):
    for number in range(60):
        resident(clerk, room=f"1-1-{number + 100}")
    made = export.listing(manager, ResidentQuery(), ERRAND)

    pages = text_of(export.as_pdf(made))

    assert len(pages) > 1
    assert all(made.number in page for page in pages)
    assert "1-1-100" in pages[0]
    assert "王*明" in pages[0]
    assert "王小明" not in "".join(pages)
    assert "1-1-159" in pages[-1]


def test_the_paper_is_written_whole_as_well(manager, filled, tmp_path):
    made = export.listing(manager, ResidentQuery(), ERRAND)

    export.write_pdf(made, tmp_path / "a.pdf")

    assert made.number in text_of((tmp_path / "a.pdf").read_bytes())[0]
    with pytest.raises(StorageError):
        export.write_pdf(made, tmp_path / "nowhere" / "a.pdf")
