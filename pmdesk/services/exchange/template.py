"""The empty sheet for offices that have no list yet: plain headers, nothing that is refused."""

from pathlib import Path

from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_

HEADERS = ("楼栋", "单元", "房号", "姓名", "手机", "身份")  # as offices write them, in any language
SUGGESTED = "住户名单.xlsx"
_WIDTH = 14
_ROWS = 2_000  # with a list of roles to choose from
_ROLES = ("业主", "承租人", "其他使用人")


def write_template(path: Path) -> Path:
    """The workbook is at `path`: its cells are text, so that 3-2 stays a room."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # slow, and wanted once
    from xlsxwriter.exceptions import XlsxWriterException  # noqa: PLC0415  # as above

    try:
        with Workbook(str(path)) as book:
            sheet = book.add_worksheet("住户名单")
            bold = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
            sheet.set_column(0, len(HEADERS) - 1, _WIDTH, book.add_format({"num_format": "@"}))
            sheet.write_row(0, 0, HEADERS, bold)
            sheet.freeze_panes(1, 0)
            roles = {"validate": "list", "source": list(_ROLES), "ignore_blank": True}
            sheet.data_validation(1, len(HEADERS) - 1, _ROWS, len(HEADERS) - 1, roles)
    except (OSError, XlsxWriterException):
        raise ExchangeError(
            N_("The template cannot be written."),
            N_("Close it in Excel or WPS, check the drive for space, and try again."),
        ) from None
    return path
