"""Passwords that somebody would guess are refused with a reason."""

import pytest

from pmdesk.store.vault import password as passwords


@pytest.mark.parametrize(
    "password",
    [
        "123456789012",
        "password1234",
        "woaini1314520",
        "woaini5201314",
        "wuyeguanli2026",
        "qingchuanwuye1",
        "13912345678a",
        "13912345678wy",
        "zhangwei19900101",
        "aaaaaaaaaaaaaa",
        "1qaz2wsx3edc4rfv",
        "床前明月光疑是地上霜举头",
        "好好学习天天向上加油加油",
        "QingChuan.Wuye",
    ],
)
def test_what_others_would_try_first_is_refused(password):
    (problem,) = passwords.problems(password, ("zhangwei", "qingchuan wuye"))
    assert "guessed" in problem.sentence
    assert problem.key == "password"


@pytest.mark.parametrize(
    "password",
    [
        "tiger lamp orbit cinnamon",
        "correct horse battery staple",
        "xK9#mPq2vLz7",
        "蓝鲸喝豆浆还带三把钥匙出门",
        "x7" * 30 + "Kq9vTz3mWp" + "b" * 50,
    ],
)
def test_long_unrelated_words_are_good(password):
    assert passwords.problems(password, ("zhangwei",)) == ()


def test_the_length_is_counted_in_characters_after_normalising():
    (short,) = passwords.problems("e\u0301" * 11)
    assert f" {passwords.SHORTEST} " in short.sentence
    (long,) = passwords.problems("k7" * 65)
    assert f" {passwords.LONGEST} " in long.sentence


def test_a_password_that_holds_the_login_is_weaker():
    assert passwords.strength("ouyangmingzhu-74", ("ouyangmingzhu",)) < passwords.GUESSES
    assert passwords.strength("ouyangmingzhu-74") > passwords.GUESSES
