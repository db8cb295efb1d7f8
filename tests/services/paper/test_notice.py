"""A notice on paper says the very text that the digest proves."""

from pmdesk.services.consent import consents
from pmdesk.services.paper.notice import notice_pdf, version_line
from pmdesk.services.wording import notice_lines
from tests.offices import P2, PROFILE, resident
from tests.pdf import text_of


def closed_up(text):
    return "".join(text.split())


def test_every_word_of_the_notice_is_on_the_paper_with_its_version(clerk):
    offered = consents.choices(clerk, resident(clerk))
    choice = next(one for one in offered if one.purpose.code == P2)

    for large in (False, True):
        pages = closed_up("".join(text_of(notice_pdf([choice], PROFILE.name, large=large))))
        # page numbers and footers stand between the lines of two pages
        for line in notice_lines(choice.notice.text):
            start = closed_up(line.removeprefix("# "))[:12]
            assert start in pages, line
        assert closed_up(version_line(choice)) in pages


def test_large_print_is_larger(clerk):
    chosen = consents.choices(clerk, resident(clerk))

    plain = notice_pdf(chosen, PROFILE.name)
    large = notice_pdf(chosen, PROFILE.name, large=True)

    assert len(text_of(large)) > len(text_of(plain))


def test_lines_keep_headings_and_lose_marks():
    text = "# 标题\n\n**用到的信息**：甲\n> 引文 \n"

    assert notice_lines(text) == ("# 标题", "用到的信息：甲", "引文")
