"""Workbooks of rules as people save them, and what is understood of them."""

from io import BytesIO

import xlsxwriter

from pmdesk.services.exchange.workbook import book
from pmdesk.services.rule_exchange.columns import Columns, refusal
from pmdesk.services.rule_exchange.sheet_reading import read_sheet
from tests.rules.dmn.own_tables import CATALOGUE, OFFERED, SCHEME


def saved(*rows, name="规则", merged=()):
    """A workbook with one sheet of these rows; a cell may be text, number, truth, day or blank."""
    held = BytesIO()
    with xlsxwriter.Workbook(
        held, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    ) as made:
        sheet = made.add_worksheet(name)
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                if cell is not None:
                    sheet.write(down, across, cell)
        for place in merged:
            sheet.merge_range(*place)
    return held.getvalue()


def understood(data, facts=OFFERED, scheme=SCHEME):
    """What is understood of the file, with the catalogue an office starts with."""
    return read_sheet(
        book(data),
        Columns(facts),
        scheme,
        lambda title: refusal((title,), CATALOGUE, CATALOGUE.refused),
    )
