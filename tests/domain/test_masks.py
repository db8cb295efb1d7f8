"""Masks show what helps to recognise somebody and hide the rest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.masks import mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王*明"),
        ("王明", "王*"),
        ("欧阳娜", "欧阳*"),
        ("欧阳娜娜", "欧阳*娜"),
        ("王", "*"),
        ("买买提·艾合买提", "买**"),
        ("John Smith", "J**"),
        ("J", "*"),
        ("某某有限公司", "某**"),
        ("", ""),
    ],
)
def test_a_name_shows_its_surname_and_at_most_one_more(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800001234", "138****1234"),
        ("0571-88886666", "0571-****666"),
        ("010-66668888-801", "****"),
        ("8888666", "****"),
        ("0571-123", "****"),
        ("057188886", "****"),
        ("", ""),
    ],
)
def test_a_telephone_number_shows_its_ends(phone, shown):
    assert mask_phone(phone) == shown


def test_other_text_shows_its_first_character():
    assert mask_text("文一路 1 号") == "文****"
    assert mask_text("文") == "****"
    assert mask_text("") == ""


@given(st.text(alphabet="王欧阳尉迟明芳娜·Ab ", min_size=1, max_size=12))
@settings(max_examples=200)
def test_a_masked_name_hides_at_least_one_character_and_shows_three_at_most(name):
    shown = mask_name(name).replace("*", "")

    assert len(shown) < len(name)
    assert len(shown) <= 3
    assert "*" in mask_name(name)


@given(st.text(alphabet="0123456789-", min_size=1, max_size=16))
@settings(max_examples=200)
def test_a_masked_number_hides_at_least_four_digits(phone):
    shown = mask_phone(phone)

    assert "****" in shown
    digits = sum(character.isdigit() for character in phone)
    assert sum(character.isdigit() for character in shown) <= max(0, digits - 4)
