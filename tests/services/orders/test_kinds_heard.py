"""What a description sounds like: danger is heard, and what only names it is not."""

import pytest

from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.services import order_kinds
from pmdesk.services.orders import intake
from tests.services.orders.asked import asked

DANGERS = """
老人晕倒在电梯里|有人溺水|电梯急坠|一氧化碳报警|天花板掉下来砸人|配电箱冒火花|地下室淹水|电梯困人|
厨房着火了|楼上冒烟|闻到燃气味|煤气泄漏|水管爆了喷水|插座漏电|井盖不见了|没有井盖|高空抛物|有人打架|
有人要跳楼|被狗咬伤|小孩掉进水池|闻到烧焦味|老人摔倒起不来|孩子被困在厕所|食物中毒|外墙皮脱落|车库进水|
门口有人持刀|电梯门夹到孩子|老人走失|燃气表漏气|电线裸露在外|电梯掉下去一截|树倒了压住车|电动车自燃|
化粪池井盖塌了|是不是着火了|有没有困人不知道|家里没人着火了|没水了而且着火|不停冒烟|
刚才没有冒烟，现在冒烟了|煤气费交了还有煤气味
"""
HARMLESS = """
煤气费怎么交|井盖有声音|电梯没有困人|电梯没有困人，只是有异响|电梯里没人困，门关不上|未见冒烟|
不是着火，是烧烤|没有发现冒烟|没人受伤|没有人受伤|无人被困|燃气灶打不着火|消防演练几点开始|
火灾演习通知|灭火器过期|煤气卡充值|燃气表抄表|天然气什么时候开通|燃气热水器不热|漏电保护器跳闸|
高空坠物警示牌掉色|楼上打架子鼓|喷水池不喷水|一氧化碳报警器没电|防溺水宣传|入室维修什么时候来|
地砖松动容易摔倒|电脑中毒了|墙皮脱落|小猫走失|门禁没反应|厨房漏水|灯不亮|物业费怎么交
"""


def sentences(text):
    """One after the other."""
    return [one.strip() for one in text.split("|")]


@pytest.mark.parametrize("words", sentences(DANGERS))
def test_danger_is_heard_with_its_kind_and_the_word_that_told(words):
    found = order_kinds.suggested(words)

    assert (found.urgency, found.kind is None) == (Urgency.EMERGENCY, False)
    assert found.because in words


@pytest.mark.parametrize("words", sentences(HARMLESS))
def test_what_is_denied_or_only_named_is_no_emergency(words):
    assert order_kinds.suggested(words).urgency > Urgency.EMERGENCY


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("老人晕倒在电梯里", "rescue"),
        ("电梯里有老人被困", "lift"),
        ("电梯有异响", "lift"),
        ("煤气费怎么交", "advice"),
        ("井盖有声音", "facility"),
        ("不是着火，是厨房漏水", "plumbing"),
    ],
)
def test_the_kind_follows_the_words_that_are_not_denied(words, kind):
    heard = order_kinds.suggested(words).kind
    assert heard
    assert heard.code == kind


def test_who_takes_the_call_has_the_last_word(clerk):
    told = asked(words="老人晕倒在电梯里", service=Service.REPAIR, kind="lift")

    assert intake.urgency_of(told) is Urgency.EMERGENCY
    assert intake.urgency_of(asked(words=told.words, urgency=Urgency.NORMAL)) is Urgency.NORMAL
