"""The empty sheet: its headers are all understood, and what it holds is text."""

import pytest

from pmdesk.errors import ExchangeError
from pmdesk.services.exchange.examining import examine
from pmdesk.services.exchange.headers import Fate
from pmdesk.services.exchange.template import HEADERS, write_template


def test_every_header_of_the_template_is_read(manager, tmp_path):
    found = examine(manager, write_template(tmp_path / "模板.xlsx"))
    assert [column.header for column in found.header.columns] == list(HEADERS)
    assert {column.fate for column in found.header.columns} == {Fate.TAKEN}
    assert found.header.is_usable


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path):
    with pytest.raises(ExchangeError):
        write_template(tmp_path / "no" / "模板.xlsx")
