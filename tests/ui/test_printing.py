"""What goes to paper keeps its lines, and shows markup instead of obeying it."""

import pytest

from pmdesk.ui import printing

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    "made",
    [
        printing.table((("看了", "值"), ("信息", "维修关注：防水\n<b>使用状态</b>：自住"))),
        printing.paragraph("维修关注：防水\n<b>使用状态</b>：自住"),
        printing.heading("维修关注：防水\n<b>使用状态</b>：自住"),
    ],
)
def test_each_line_stays_a_line(made):
    lines = printing.document([made]).toPlainText().splitlines()

    assert "维修关注：防水" in lines
    assert "<b>使用状态</b>：自住" in lines
