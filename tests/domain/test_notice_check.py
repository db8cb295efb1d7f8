"""The notice validator: each item taken away from the shipped texts is missed, and only that."""

import re
from dataclasses import replace
from typing import Any

import pytest

from pmdesk.domain.notice_check import KEYS, RIGHTS, SENTENCES, Item, Setting, check
from pmdesk.domain.notice_words import BANNED, banned
from pmdesk.i18n import Words
from pmdesk.services import starters
from pmdesk.services.notice_texts import composed, dated
from tests.offices import PROFILE

DAY = "2026-03-02"
CATALOGUE = starters.catalogue()
PLANS = {str(plan.purpose.code): plan for plan in starters.plans(CATALOGUE)}
LANGUAGES = ("zh_CN", "en")
BOTH = pytest.mark.parametrize("language", LANGUAGES)

# What to take away of a text so that exactly this item is missed: pattern, replacement.
TAKEN = {
    Item.CONTROLLER: ((PROFILE.name, ""), (PROFILE.name, "")),
    Item.CONTACT: ((PROFILE.contact_phone, ""), (PROFILE.contact_phone, "")),
    Item.PURPOSE: ((r"\*\*为了什么\*\*：.*\n", ""), (r"\*\*What it is for\*\*: .*\n", "")),
    Item.METHOD: ((r"\*\*怎么处理\*\*：.*\n", ""), (r"\*\*How it is handled\*\*: .*\n", "")),
    Item.CATEGORIES: (("活动报名", ""), ("Event sign-up", "")),
    Item.CATEGORY_LIST: ((r"\*\*记录哪些.*?\*\*：", ""), (r"\*\*What is recorded.*?\*\*:", "")),
    Item.RECIPIENT_LIST: ((r"\*\*交给谁.*?\*\*：.*\n", ""), (r"\*\*Who gets.*?\*\*: .*\n", "")),
    Item.RETENTION: ((r"\*\*保存多久\*\*：.*\n", ""), (r"\*\*How long it is kept.*\n", "")),
    Item.STATED_TERM: (("满12个月", "满36个月"), ("when 12 months", "when 36 months")),
    Item.AFTER_EXPIRY: ((r"\*\*到期以后\*\*：.*\n", ""), (r"\*\*Afterwards\*\*: .*\n", "")),
    Item.OPEN_TERM: ((r"\*\*期限怎么定\*\*：.*\n", ""), (r"\*\*How the period.*\n", "")),
    Item.RIGHTS: (("更正、", ""), ("correct, ", "")),
    Item.HOW: ((r"\*\*怎么办理\*\*：.*\n", ""), (r"\*\*How to use them\*\*: .*\n", "")),
    Item.COMPLAINTS: (("人民法院", ""), ("people's court", "")),
    Item.REGULATOR: ((PROFILE.housing_phone, ""), (PROFILE.housing_phone, "")),
    Item.VERSION: ((DAY, ""), (DAY, "")),
    Item.ANSWERS: (("□ 不同意", ""), ("□ I do not agree", "")),
    Item.PRESELECTED: (("□ 不同意", "□ 不同意 ☑"), ("□ I do not", "□ I do not ☑")),
    Item.PLACES: (("不出境", "不出境{where}"), ("the country", "the country {where}")),
}
OF_OTHERS = {
    (Item.NECESSITY, "P5"): (("为什么需要", "说明"), ("Why it is needed", "Remark")),
    (Item.IMPACT, "P5"): (("对您的影响", "说明"), ("What it means for you", "Remark")),
    (Item.NECESSITY, "P1-plate"): (("为什么需要", "说明"), ("Why it is needed", "Remark")),
    (Item.IMPACT, "P1-plate"): (("对您的影响", "说明"), ("What it means for you", "Remark")),
    (Item.AUTOMATED, "P2"): (("软件怎么判断", "说明"), ("How the program decides", "Remark")),
    (Item.NO_CONSENT_ASKED, "P1"): ((r"\Z", "\n□ 同意　□ 不同意"), (r"\Z", "\n□ I agree")),
}
BAD = {
    "unlimited": ("同意无期限有效。", "This holds without time limit."),
    "irrevocable": ("本同意不可撤销。", "This consent is irrevocable."),
    "passing_on": ("可以任意转授权。", "We may sublicense it."),
    "blanket": ("视作概括授权。", "This is a blanket consent."),
    "all_at_once": ("请勾选同意全部。", "Accept all."),
    "pressure": ("不同意将无法办理门禁。", "If you do not agree, you will not be served."),
    "by_default": ("不回复视为同意。", "Silence is deemed to be… deemed to agree."),
    "reward": ("同意即赠送礼品。", "If you agree you get a gift."),
    "faces": ("也可以刷脸。", "Or by face recognition."),
}


def setting(code, **changes):
    """What the shipped notice of that purpose is measured against."""
    plan = PLANS[code]
    usual: dict[str, Any] = {
        "purpose": plan.purpose,
        "fields": tuple(CATALOGUE.field(key) for key in plan.fields),
        "profile": PROFILE,
        "particulars": plan.particulars,
        "day": DAY,
    }
    return Setting(**(usual | changes))


def notice(code, language, profile=PROFILE):
    """The shipped notice as an office puts it into force."""
    return dated(composed(PLANS[code], CATALOGUE, language), profile, "1.0", DAY)


def found(shown, code, **changes):
    return {one.key for one in check(shown, setting(code, **changes))}


@BOTH
@pytest.mark.parametrize("code", list(PLANS))
def test_a_shipped_notice_says_everything_once_the_office_is_known(code, language):
    assert found(notice(code, language), code) == set()


@BOTH
@pytest.mark.parametrize("item", list(TAKEN))
def test_taking_one_item_away_is_missed_and_nothing_else(item, language):
    pattern, instead = TAKEN[item][LANGUAGES.index(language)]
    whole = notice("P3", language)
    part = replace(whole, text=re.sub(pattern, instead, whole.text))
    assert part.text != whole.text

    assert found(part, "P3") == {item}


@BOTH
@pytest.mark.parametrize(("item", "code"), list(OF_OTHERS))
def test_so_is_what_only_some_notices_have_to_say(item, code, language):
    pattern, instead = OF_OTHERS[item, code][LANGUAGES.index(language)]
    whole = notice(code, language)
    part = replace(whole, text=re.sub(pattern, instead, whole.text, count=1))

    assert found(part, code) == {item}


@BOTH
@pytest.mark.parametrize("right", RIGHTS, ids=[right.en for right in RIGHTS])
def test_each_of_the_nine_rights_is_asked_for_by_name(right, language):
    word = right.en if language == "en" else right.zh
    whole = notice("P3", language)
    lines = [
        line.replace(word, "") if line.startswith(("**您的权利", "**Your rights")) else line
        for line in whole.text.splitlines()
    ]

    (finding,) = check(replace(whole, text="\n".join(lines)), setting("P3"))

    assert (finding.key, finding.places["missing"]) == (Item.RIGHTS, word)


def test_every_item_is_taken_away_by_some_test():
    tested = {*TAKEN, *(item for item, _code in OF_OTHERS), Item.JOINT, *BAD}

    assert tested == set(KEYS) == {*SENTENCES, *(one.key for one in BANNED)}


@BOTH
@pytest.mark.parametrize("phone", ["regulator_phone", "housing_phone"])
def test_an_office_without_the_authorities_numbers_has_no_complete_notice(phone, language):
    blank: dict[str, Any] = {phone: ""}
    profile = replace(PROFILE, **blank)

    assert found(notice("P2", language, profile), "P2", profile=profile) == {Item.REGULATOR}


def test_joint_handlers_need_an_agreement():
    facts = replace(PLANS["P3"].particulars, joint=Words("业委会", "owners' committee"))
    plan = replace(PLANS["P3"], particulars=facts)
    shown = dated(composed(plan, CATALOGUE, "zh_CN"), PROFILE, "1.0", DAY)

    assert found(shown, "P3", particulars=facts) == {Item.JOINT}
    agreed = replace(facts, agreement="2026-01 号")
    assert found(shown, "P3", particulars=agreed) == set()
    assert found(notice("P3", "zh_CN"), "P3", particulars=agreed) == {Item.RECIPIENT_LIST}


@BOTH
@pytest.mark.parametrize("key", list(BAD))
def test_what_nobody_may_be_asked_to_agree_to_is_named(key, language):
    whole = notice("P7", language)
    words = BAD[key][LANGUAGES.index(language)]

    (finding,) = check(replace(whole, text=f"{whole.text}\n{words}"), setting("P7"))

    assert finding.key == key
    assert finding.places["words"]
    assert finding.article


def test_faces_are_named_in_the_notices_that_must_not_speak_of_them():
    assert [one.key for one, _words in banned("人脸", "P2")] == ["faces"]
    assert [one.key for one, _words in banned("人脸", "P7")] == ["faces"]
    assert banned("人脸", "P1") == ()


@pytest.mark.parametrize(
    "harmless",
    [
        "不同意不影响任何服务。",
        "您不填、不同意或者以后撤回，都按标准服务照常办理。",
        "每条信息都写明退订方法。",
        "If you do not agree, nothing gets worse.",
    ],
)
def test_what_says_the_opposite_is_no_offence(harmless):
    assert banned(harmless, "P2") == ()


@BOTH
def test_a_shortened_term_is_told_from_the_old_one_in_the_text(language):
    shorter = replace(PLANS["P2"].purpose, months=12)
    plan = replace(PLANS["P2"], purpose=shorter)
    shown = dated(composed(plan, CATALOGUE, language), PROFILE, "1.0", DAY)

    (finding,) = check(shown, setting("P2", purpose=shorter))

    assert (finding.key, finding.places["missing"]) == (Item.STATED_TERM, "24")
