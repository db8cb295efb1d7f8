"""Spreadsheets as offices send them, built for the tests of the importer; all people invented."""

import xlsxwriter

HC = (
    "楼号",
    "单元",
    "房屋",
    "楼层",
    "总楼层",
    "是否有电梯",
    "房屋类型",
    "户型",
    "建筑面积",
    "室内面积",
    "租金",
    "房屋状态",
    "业主名称",
    "性别",
    "手机号",
    "身份证",
    "业主类型",
    "人员类型",
    "人员角色",
    "联系人",
    "联系电话",
)
EJYY = ("类型", "期/园区", "栋", "单元/区域", "门牌号", "建筑面积", "姓名", "身份证", "手机号")
PLAIN = ("姓名", "手机号", "房号")
INVENTED_ID = "11010519491231002X"  # the example of GB 11643 itself


def written(path, rows, *, name="Sheet1", merged=(), formulas=(), others=()):
    """The workbook with `rows` from A1; merged: (range, value), formulas: (cell, error)."""
    with xlsxwriter.Workbook(str(path)) as book:
        for other in others:
            book.add_worksheet(other)
        sheet = book.add_worksheet(name)
        as_date = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if hasattr(value, "isoformat"):
                    sheet.write_datetime(at, column, value, as_date)
                elif value is not None:
                    sheet.write(at, column, value)
        for span, value in merged:
            sheet.merge_range(span, value)
        for cell, shown in formulas:
            sheet.write_formula(cell, "=1/0", None, shown)
    return path
