"""Before the rows are judged: columns, masked examples, and the way each column may go."""

from datetime import date

import pytest

from pmdesk.errors import ExchangeError, RefusedError
from pmdesk.services.exchange.examining import CellKind, examine, pasted
from pmdesk.services.exchange.headers import Fate
from tests.services.exchange.files import INVENTED_ID, written

HEAD = ("楼栋", "房号", "姓名", "手机", "交付日期", "面积", "备注", "身份证号")


def test_examples_are_masked_and_refused_columns_give_none(manager, tmp_path):
    rows = (
        HEAD,
        ("", "", "", "", "", "", "", INVENTED_ID),
        ("3栋", "502", "曾国强", "13800000042", date(2020, 5, 1), 89.5, "", INVENTED_ID),
    )
    found = examine(manager, written(tmp_path / "a.xlsx", rows))
    assert found.hints == {0: "3栋", 1: "502", 2: "曾*强", 3: "138****0042"}
    kinds = {4: CellKind.DATE, 5: CellKind.NUMBER, 6: CellKind.NOTHING, 7: CellKind.NOTHING}
    assert {index: found.kinds[index] for index in kinds} == kinds
    assert found.kinds[2] is CellKind.TEXT
    assert found.header.columns[7].fate is Fate.REFUSED
    assert (found.sheet, found.is_wide) == ("Sheet1", False)


def test_an_identity_number_under_a_harmless_header_is_never_shown(manager):
    found = examine(manager, pasted(f"房号\t姓名\t楼栋\n{INVENTED_ID}\t曾国强\t3\n"))
    assert INVENTED_ID not in "".join(found.hints.values())


def test_further_columns_may_lead_to_fields_of_the_contract_only(manager):
    found = examine(manager, pasted("房号\t姓名\n3-1-502\t曾国强\n"))
    keys = {field.key for field in found.fields}
    assert {"floor_area", "unit_use", "email"} <= keys
    assert not keys & {"clean_need", "assist_need", "renovation", "lease_period"}
    assert {field.purpose for field in found.fields} == {"P1"}


def test_an_empty_clipboard_and_a_wrong_role_are_refused(manager, clerk):
    with pytest.raises(ExchangeError):
        pasted(" \n")
    with pytest.raises(RefusedError):
        examine(clerk, pasted("房号\t姓名\n3-1-502\t曾国强\n"))
