"""Notices: versions with the hash of what was shown."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.notices import Notice, placeholders
from pmdesk.domain.purposes import CLASSIFICATION


def notice(text, version="1.0"):
    return Notice(
        purpose=CLASSIFICATION, version=version, language="zh_CN", text=text, fields=("pet_kind",)
    )


def test_the_digest_is_the_hash_of_the_very_text():
    text = "我们想请您填几项。"

    assert notice(text).digest == hashlib.sha256(text.encode()).hexdigest()
    assert notice(text).digest != notice(text + " ").digest


def test_the_major_version_is_the_number_before_the_dot():
    assert [notice("", version).major for version in ("1.0", "2.13", "10.4")] == [1, 2, 10]


def test_what_is_known_is_filled_in_and_the_rest_stays_visible():
    filled = notice("{office}，电话{phone}，{office}").filled({"office": "晴川", "other": "x"})

    assert filled.text == "晴川，电话{phone}，晴川"
    assert placeholders(filled.text) == {"phone"}
    assert filled.fields == ("pet_kind",)


@given(st.text())
def test_an_offices_own_words_are_not_read_as_places(name):
    assert notice("{office}").filled({"office": name}).text == name
