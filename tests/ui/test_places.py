"""Pages and their parts are found by what people call them, in characters or in pinyin."""

import pytest

from pmdesk.app.pages import listed
from pmdesk.assets import asset
from pmdesk.i18n import install
from pmdesk.ui.main_window import places_of
from pmdesk.ui.places import found, is_name, place
from pmdesk.ui.sidebar import PageSpec


@pytest.fixture
def everywhere():
    """All places of somebody who may do everything, in a language."""

    def _everywhere(language="zh_CN"):
        install(language, asset("locale"))
        specs = [
            PageSpec(
                key=one.key,
                title=one.title,
                icon=one.icon,
                build=one.page,
                words=one.words,
                parts=one.parts,
            )
            for one in listed(edits_purposes=True)
        ]
        return places_of(specs, lambda _permission: True)

    return _everywhere


@pytest.mark.parametrize(
    ("typed", "page", "part"),
    [
        ("迎检", "records", "inspection"),
        ("检查", "records", "inspection"),
        ("班次", "staffing", "roster"),
        ("排班", "staffing", ""),
        ("月报", "charts", "monthly"),
        ("合同", "plans", ""),
        ("价目", "plans", "prices"),
        ("主动服务", "plans", "visits"),
        ("看板", "orders", "board"),
        ("工单列表", "orders", "list"),
        ("日历", "orders", "week"),
        ("新工单", "orders", "new"),
        ("工单", "orders", ""),
        ("导入工单", "import", "orders"),
        ("热点", "watch", "places"),
        ("关注", "watch", ""),
        ("备份", "backups", ""),
        ("恢复", "backups", "files"),
        ("口令", "", "password"),
        ("备份口令", "backups", "key"),
        ("使用说明书", "", "manual"),
    ],
)
def test_what_one_calls_a_place_leads_there(everywhere, typed, page, part):
    first, *_others = found(everywhere(), typed)
    assert (first.page, first.part) == (page, part)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("yj", "合规记录 › 迎检材料"),
        ("jc", "合规记录 › 迎检材料"),
        ("bc", "排班 › 排班表"),
        ("ygb", "人员"),
        ("paiban", "排班"),
        ("yb", "图表 › 月报"),
        ("ht", "服务方案"),
        ("jm", "服务方案 › 增值服务"),
        ("rd", "关注 › 地方与措施"),
        ("gz", "关注"),
        ("bf", "备份"),
        ("hf", "备份 › 从文件恢复"),
        ("kl", "修改口令"),
    ],
)
def test_pinyin_lists_it(everywhere, typed, title):
    assert title in [one.title for one in found(everywhere(), typed)]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("inspection", "Compliance records › Inspection"),
        ("rota", "Staffing › Shift roster"),
        ("MONTHLY", "Charts › Monthly report"),
        ("contract", "Service plans"),
        ("restore", "Backups › Restore from a file"),
        ("passphrase", "Change passphrase"),
    ],
)
def test_english_words_find_it_too(everywhere, typed, title):
    assert title in [one.title for one in found(everywhere("en"), typed)]


def test_names_and_rooms_of_residents_find_no_page(everywhere):
    for typed in ("王小明", "wxm", "3-1-502", "5020", "b", "W20260302-1", ""):
        assert found(everywhere(), typed) == ()


def test_every_page_is_found_by_its_title_and_every_part_can_be_opened(everywhere):
    for one in everywhere():
        first = found(everywhere(), one.title.rpartition("› ")[2])
        assert one in first, one.title
    for one in listed(edits_purposes=True):
        assert not one.parts() or callable(getattr(one.page, "open_part", None)), one.key


def test_only_a_whole_name_is_certain():
    there = (place("rules", "scale", "规则", ""),)
    assert is_name(there, " 规则 ")
    assert not is_name(there, "规")
    assert not is_name((), "规则")
