"""The manual says in both languages what holds, and the README says the same."""

import re

import pytest

from pmdesk.assets import asset
from pmdesk.domain.manual import Kind
from pmdesk.i18n import install, said
from pmdesk.services import manual
from pmdesk.services.paper.manual import manual_pdf
from tests.checkout import ROOT
from tests.pdf import text_of

CHAPTERS = manual.chapters()
(PROTECTION,) = [one for one in CHAPTERS if one.code == manual.PROTECTION]
HEADINGS = {"zh_CN": "## 能防什么，不能防什么", "en": "### What it protects against, and what not"}
# what the chapter has to own up to, in each language
STATED = {
    "zh_CN": (
        "0%", "截掉最近一次存证以后", "改写自己的", "最弱", "能读、也能改普通字段", "谎报写入成功",
        "往前拨", "打印出来的纸", "对着屏幕拍照", "密封字段", "以前拷走的文件夹", "用户名、角色",
        "靠加密保证", "留痕可查", "靠本系统限制",
    ),
    "en": (
        "0 %", "after the last anchor", "own last entries", "weakest", "read and change ordinary",
        "lies about writing", "set forward", "Printed paper", "Photographs of the screen",
        "sealed fields", "copy of the folder taken before", "user names, roles", "By encryption",
        "Recorded and detectable", "By the app",
    ),
}  # fmt: skip


@pytest.fixture(params=HEADINGS)
def language(request):
    install(request.param, asset("locale"))
    return request.param


def test_every_text_is_there_in_both_languages():
    for chapter in CHAPTERS:
        for section in chapter.sections:
            for text in (chapter.title, section.title, section.text, *cells(section)):
                assert bool(text.zh) == bool(text.en)
                assert not re.search("[\u4e00-\u9fff]", text.en), text.en
            lines = section.text.zh.splitlines(), section.text.en.splitlines()
            assert section.text.zh or section.table
            assert [mark(one) for one in lines[0]] == [mark(one) for one in lines[1]]


def test_every_file_of_the_manual_is_a_chapter():
    assert {path.stem for path in asset("manual").iterdir()} == set(manual.ORDER)


def test_the_chapter_owns_up_to_what_is_not_protected(language):
    said_there = manual.words(PROTECTION)

    assert [text for text in STATED[language] if text not in said_there] == []


def test_the_readme_says_the_same_about_protection(language):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    after = readme.split(HEADINGS[language])[1].lstrip()
    lines = [line for line in after.split("\n\n")[0].splitlines() if not line.startswith("|--")]
    table = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]

    (told,) = [piece.rows for piece in manual.pieces(PROTECTION) if piece.kind is Kind.TABLE]
    assert tuple(table) == told


def test_markup_is_shown_and_lists_are_closed(language):
    for chapter in CHAPTERS:
        made = manual.html(chapter)
        for tag in ("ul", "ol", "table", "h3", "li", "p"):
            assert len(re.findall(f"<{tag}[ >]", made)) == made.count(f"</{tag}>"), tag
        assert f"<h2>{said(chapter.title)}</h2>" in made


def test_the_manual_on_paper_has_every_heading(language):
    text = "".join("".join(text_of(manual_pdf(CHAPTERS))).split())

    for chapter in CHAPTERS:
        for title in (chapter.title, *(section.title for section in chapter.sections)):
            assert "".join(said(title).split()) in text, title


def cells(section):
    """Every cell of the section's table."""
    return [cell for row in section.table for cell in row]


def mark(line):
    """Whether the line is a point, a step or plain text."""
    found = re.match(r"- |\d+\. ", line)
    return found[0] if found else ""
