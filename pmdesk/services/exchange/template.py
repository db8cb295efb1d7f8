"""The empty sheet for offices that have no list yet: plain headers, nothing that is refused."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pmdesk.domain.orders.names import SERVICES
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_

HEADERS = ("楼栋", "单元", "房号", "姓名", "手机", "身份")  # as offices write them, in any language
SUGGESTED = "住户名单.xlsx"
ORDER_HEADERS = (
    "单号",
    "报修时间",
    "类型",
    "楼栋",
    "单元",
    "房号",
    "公共区域",
    "内容",
    "状态",
    "办结时间",
)
ORDERS_SUGGESTED = "历史工单.xlsx"
_WIDTH = 14
_ROWS = 2_000  # with a list of roles to choose from
_ROLES = ("业主", "承租人", "其他使用人")
_SERVICES = tuple(words.zh for words in SERVICES.values())


def write_template(path: Path) -> Path:
    """The workbook for residents is at `path`."""
    return _written(path, "住户名单", HEADERS, {HEADERS.index("身份"): _ROLES})


def write_order_template(path: Path) -> Path:
    """The workbook for past work orders is at `path`."""
    return _written(path, "历史工单", ORDER_HEADERS, {ORDER_HEADERS.index("类型"): _SERVICES})


def _written(
    path: Path, title: str, headers: Sequence[str], lists: Mapping[int, Sequence[str]]
) -> Path:
    """An empty sheet: its cells are text, so that 3-2 stays a room; some offer a list."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # slow, and wanted once
    from xlsxwriter.exceptions import XlsxWriterException  # noqa: PLC0415  # as above

    try:
        with Workbook(str(path)) as book:
            sheet = book.add_worksheet(title)
            bold = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
            sheet.set_column(0, len(headers) - 1, _WIDTH, book.add_format({"num_format": "@"}))
            sheet.write_row(0, 0, headers, bold)
            sheet.freeze_panes(1, 0)
            for column, words in lists.items():
                offered = {"validate": "list", "source": list(words), "ignore_blank": True}
                sheet.data_validation(1, column, _ROWS, column, offered)
    except (OSError, XlsxWriterException):
        raise ExchangeError(
            N_("The template cannot be written."),
            N_("Close it in Excel or WPS, check the drive for space, and try again."),
        ) from None
    return path
