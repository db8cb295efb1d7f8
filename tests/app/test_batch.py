"""Use-cases without a window leave the office closed, whatever happens."""

import pytest

from pmdesk.app import batch
from pmdesk.errors import ExchangeError, WrongKeyError
from tests.offices import PASSPHRASE


def test_an_import_that_fails_leaves_the_office_free_for_others(office, tmp_path):
    with pytest.raises(ExchangeError):
        batch.bring(
            office.folder,
            "manager",
            PASSPHRASE,
            tmp_path / "nothing.xlsx",
            mapping=None,
            dry_run=False,
        )

    assert batch.classify(office.folder, "manager", PASSPHRASE) == batch.DONE


def test_a_wrong_passphrase_leaves_the_office_free_for_others(office):
    with pytest.raises(WrongKeyError):
        batch.classify(office.folder, "manager", "wrong passphrase")

    assert office.session("manager").staff.login == "manager"


def test_only_the_first_bad_rows_are_printed_and_all_are_in_the_file(office, tmp_path, capsys):
    import python_calamine

    file = tmp_path / "many.csv"
    rows = "\n".join(f"王小明,12,{number}" for number in range(30))
    file.write_text(f"姓名,手机号,房号\n{rows}\n", encoding="utf-8")

    code = batch.bring(office.folder, "manager", PASSPHRASE, file, mapping=None, dry_run=True)

    out = capsys.readouterr().out
    assert code == batch.FINDING
    assert out.count("Row ") == batch.SHOWN
    mend = python_calamine.load_workbook(str(tmp_path / "many.csv.errors.xlsx"))
    assert len(mend.get_sheet_by_index(0).to_python()) >= 30
