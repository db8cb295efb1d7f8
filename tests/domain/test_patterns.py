"""Personal data are recognised by their shape, and named by kind only."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain import patterns
from pmdesk.domain.patterns import LABELS, Pattern, credentials, found

INVENTED_ID = "11010519491231002X"  # the example of GB 11643 itself


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (INVENTED_ID, Pattern.ID_NUMBER),
        (f"证 {INVENTED_ID.lower()}。", Pattern.ID_NUMBER),
        ("110105 19491231 002X", Pattern.ID_NUMBER),
        ("１１０１０５１９４９１２３１００２Ｘ", Pattern.ID_NUMBER),
        ("110105491231002", Pattern.OLD_ID_NUMBER),
        ("4111 1111 1111 1111", Pattern.BANK_CARD),
        ("E12345678", Pattern.PASSPORT),
        ("浙A12345", Pattern.PLATE),
        ("浙AD12345", Pattern.PLATE),
        ("wang@example.cn", Pattern.EMAIL),
        ("请打138 0000 1234", Pattern.MOBILE),
        ("1985-03-02", Pattern.BIRTH_DATE),
        ("生日2020年3月2日", Pattern.BIRTH_DATE),
        ("月薪 8000", Pattern.INCOME),
        ("年薪20万", Pattern.INCOME),
    ],
)
def test_a_shape_of_personal_data_is_recognised(text, kind):
    assert kind in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "水管漏水，第 3 栋 2 单元",
        "110105194912310021",  # the check digit is wrong
        "990105194912310020",
        "11010519491331002X",
        "110105491331002",
        "4111111111111112",
        "2024-05-06 已修好",
        "编号 20240506001",
        "收入箱里没有钥匙",
    ],
)
def test_harmless_text_is_let_through(text):
    assert found(text) == ()


def test_an_id_number_of_a_time_nobody_lives_from_is_none():
    assert not patterns.is_id_number("110105179912310027")


def test_the_quick_look_sees_identity_and_cards_only():
    assert credentials(INVENTED_ID) == (Pattern.ID_NUMBER,)
    assert credentials("13800001234") == ()
    assert credentials("wang@example.cn") == ()
    assert credentials("123456789012345678901") == ()


def test_every_kind_has_its_words_in_both_languages():
    assert set(LABELS) == set(Pattern)


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_looking_gives_kinds_and_never_the_data(text):
    assert set(found(text)) <= set(Pattern)


@given(st.integers(10**16, 10**17 - 1))
@settings(max_examples=50)
def test_only_one_check_digit_fits_a_card(stem):
    fits = [last for last in range(10) if patterns.is_bank_card(f"4{stem % 10**15:015d}{last}")]

    assert len(fits) <= 1
