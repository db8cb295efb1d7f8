"""迎检: the form for a written request, the pack that comes of it, and the log of packs."""

import zipfile

import pytest

from pmdesk.domain.inspections import MEANINGS, Part
from pmdesk.i18n import said
from pmdesk.services.inspection import package
from pmdesk.ui.keeping.inspection import InspectionPanel
from tests import pdf
from tests.ui.clipping import clipped

REQUEST = {
    "authority": "演示区网信办",
    "document": "网信检〔2026〕8 号",
    "article": "个人信息保护法第63条",
    "shown": True,
    "parts": ("office", "log"),
}


@pytest.fixture
def opened():
    """Folders that were shown."""
    return []


@pytest.fixture
def panel(office, tasks, prompts, shown, tmp_path, opened):
    """The panel as somebody of that role sees it; packs at one press go to `tmp_path`."""
    return lambda login="reviewer", **size: shown(
        InspectionPanel(office.session(login), tasks, prompts, lambda: tmp_path, opened.append),
        **size,
    )


def test_one_press_makes_the_whole_pack_and_shows_where_it_is(
    panel, prompts, settled, tmp_path, opened
):
    page = panel()
    assert not page.form.isVisible()
    assert not page.folder.isVisible()
    page.now.click()
    assert page.working.isVisible()
    assert not page.now.isEnabled()
    settled()

    path = tmp_path / "迎检材料包 2026-03-02.zip"
    with zipfile.ZipFile(path) as archive:
        first = archive.namelist()[0]
        index = "".join(pdf.text_of(archive.read(first)))
    assert first == "00-目录.pdf"
    assert "事先备好" in index
    assert all(said(MEANINGS[part].title) in index for part in Part)
    assert prompts.asked == []
    assert str(path) in page.message.sentence
    page.folder.click()
    assert opened == [tmp_path]
    assert page.table.view.model().index(0, 1).data() == "（事先备好）"
    page.now.click()
    settled()
    assert (tmp_path / "迎检材料包 2026-03-02 (2).zip").exists(), "the first one stays as it is"


def test_a_pack_at_one_press_can_be_stopped(panel, settled, tmp_path):
    page = panel()
    page.now.click()
    page.working.cancel.click()
    settled()

    assert page.message.sentence == "已停止，没有生成材料包。"
    assert list(tmp_path.glob("*.zip")) == []
    assert page.now.isEnabled()
    assert not page.folder.isVisible()


def test_what_was_typed_behind_more_options_stays_when_they_are_folded(panel):
    page = panel()
    page.more.click()
    assert page.form.isVisible()
    page.form.show_values(REQUEST)
    page.more.click()
    assert not page.form.isVisible()
    page.more.click()
    assert page.form.values()["authority"] == REQUEST["authority"]


def test_an_incomplete_request_is_marked_and_nothing_is_asked(panel, prompts):
    page = panel()
    page.make.click()

    marked = {key for key, row in page.form.rows.items() if row.problem is not None}
    assert marked == {"authority", "document", "article", "shown", "parts"}
    assert prompts.asked == []


def test_a_request_becomes_one_file_and_a_line_of_the_log(panel, prompts, settled, tmp_path):
    page = panel()
    page.form.show_values(REQUEST)
    prompts.path = tmp_path / "材料.zip"
    page.make.click()
    settled()

    with zipfile.ZipFile(prompts.path) as archive:
        assert archive.namelist()[0] == "00-目录.pdf"
    assert "INS-2026-001 已保存：一个 ZIP，内有 4 个文件" in page.message.sentence
    assert [one.pack.number for one in page.model.rows] == ["INS-2026-001"]
    assert page.form.values()["authority"] in {None, ""}
    assert not page.working.isVisible()


def test_everything_can_be_ticked_at_once(panel):
    page = panel()
    page.form.show_values({"authority": "演示区网信办"})
    page.all.click()

    assert page.form.values()["parts"] == tuple(one.value for one in Part)
    assert page.form.values()["authority"] == "演示区网信办"


def test_a_pack_can_be_stopped(panel, prompts, settled, tmp_path):
    page = panel()
    page.form.show_values(REQUEST)
    prompts.path = tmp_path / "材料.zip"
    page.make.click()
    page.working.cancel.click()
    settled()

    assert page.message.sentence == "已停止，没有生成材料包。"
    assert not prompts.path.exists()
    assert page.make.isEnabled()


def test_a_disk_that_cannot_be_written_is_told(panel, prompts, settled, tmp_path, monkeypatch):
    page = panel()
    page.form.show_values(REQUEST)
    prompts.path = tmp_path / "nowhere" / "材料.zip"
    page.make.click()
    settled()

    assert "无法写入" in page.message.sentence or "写" in page.message.sentence
    assert page.model.rows == ()


def test_going_back_from_the_file_dialog_does_nothing(panel, prompts, settled):
    page = panel()
    page.form.show_values(REQUEST)
    page.make.click()
    settled()

    assert page.message.sentence == ""
    page.cancel()


def test_others_see_the_log_and_no_form(panel, office):
    page = panel("manager")

    assert not page.asked.isVisible()
    assert page.table.isVisible()
    assert not package.may_make(office.session("manager"))


@pytest.mark.parametrize("width", [700, 1000])
def test_nothing_is_cut_off(panel, width, settled):
    page = panel(width=width)
    page.more.click()
    settled()
    assert clipped(page) == []
