"""The scenes of the import of past work orders: each step of it."""

from pmdesk.app.stage import Scene, Stage, Steps
from pmdesk.ui.pages.importing_orders import CHECK, COLUMNS, DONE, MEANINGS, OrderImportPage

_HEAD = (
    *("单号", "报修时间", "类型", "小类", "楼栋", "单元", "房号"),
    *("报修内容", "报修人", "联系电话", "身份证号", "状态", "办结时间"),
)
_DONE = "已完成"
# number, came, type, kind, building, words, state, closed
_ROWS = (
    ("GD-101", "2026-03-02 09:15", "维修", "水暖", "1栋", "水管漏水", _DONE, "2026-03-03 16:00"),
    ("GD-102", "2026-03-02 10:40", "环境卫生", "", "2栋", "楼道有污渍", _DONE, "2026-03-02 15:20"),
    ("GD-103", "2026-03-04", "扰民", "", "老楼", "夜里有响动", _DONE, "2026-03-05"),
    ("GD-104", "2026-03-05 08:30", "秩序", "停车", "3栋", "车挡住出口", _DONE, "2026-03-01"),
    ("GD-105", "2019-06-01 11:00", "维修", "", "2栋", "围墙开裂", "处理中", ""),
    ("GD-106", "上周三", "维修", "电路", "1栋", "路灯不亮", "待派单", ""),
    ("GD-107", "2026-03-06 14:05", "请选择", "", "1栋", "询问装修", _DONE, "2026-03-06 14:30"),
    ("GD-102", "2026-03-02 10:40", "环境卫生", "", "2栋", "楼道有污渍", _DONE, "2026-03-02 15:20"),
)


def _table() -> str:
    """A list as an office copies it from a spreadsheet."""
    lines = ((*row[:5], "", "", row[5], "", "", "", *row[6:]) for row in _ROWS)
    return "\n".join("\t".join(line) for line in (_HEAD, *lines))


def _scene(name: str, upto: int) -> Scene:
    """The import up to that step."""

    def play(stage: Stage) -> Steps:
        stage.window.open_page("import")
        yield
        imports = stage.window.page_of("import")
        asked = getattr(imports, "order_import_requested", None)
        if asked is not None:
            asked.emit()
        yield
        page = stage.window.page
        if not isinstance(page, OrderImportPage):
            return
        if upto:
            page.choose.pasted.emit(_table())
            yield
        while page.step < upto and page.forth.isEnabled():
            if page.step == MEANINGS:
                page.meanings.lead_buildings(None)
            page.forth.click()
            yield

    return Scene(name, play)


def _earlier() -> Scene:
    """What was imported before, and can be withdrawn."""

    def play(stage: Stage) -> Steps:
        yield from _scene("", DONE).play(stage)
        page = stage.window.page
        if isinstance(page, OrderImportPage):
            page.restart()
            yield

    return Scene("import-orders-earlier", play)


ORDER_IMPORT: tuple[Scene, ...] = (
    _scene("import-orders", 0),
    _scene("import-orders-columns", COLUMNS),
    _scene("import-orders-meanings", MEANINGS),
    _scene("import-orders-check", CHECK),
    _scene("import-orders-done", DONE),
    _earlier(),
)
