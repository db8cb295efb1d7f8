"""One spelling per value, and nothing else is read."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.store.vault.canonical import LONGEST, NotCanonicalError, canon, parse

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), _values))
def test_what_is_written_is_read_back(value):
    try:
        raw = canon(value)
    except UnicodeEncodeError:
        return  # half of a surrogate pair has no UTF-8
    assert parse(raw) == value


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":1e3}',
        b'{"a":"\\u4e2d"}',
        b'{"a":"\\ud800"}',
        b'{"a":1}\n',
        b"\xef\xbb\xbf{}",
        b"\xff",
        b'{"a":-0}',
        b'{"a":' + b"[" * 200_000,
        b'{"a":' + b"9" * 5000 + b"}",
    ],
)
def test_another_spelling_is_refused(raw):
    with pytest.raises(NotCanonicalError):
        parse(raw)


def test_a_document_over_a_mebibyte_is_refused():
    raw = json.dumps({"a": "x" * LONGEST}, separators=(",", ":")).encode()
    with pytest.raises(NotCanonicalError):
        parse(raw)
