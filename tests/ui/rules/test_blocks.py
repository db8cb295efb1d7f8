"""Blocks from WPS and Excel: quoted cells, line breaks and empty ends; what is written is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.ui.rules.blocks import read_block, write_block

CELLS = st.text(st.sampled_from('ab "\\,是-≥\u3000'), max_size=6).map(lambda t: " ".join(t.split()))


@given(st.integers(1, 3).flatmap(lambda n: st.lists(st.tuples(*[CELLS] * n), min_size=1)))
def test_what_is_written_is_read_again(block):
    while len(block) > 1 and not any(block[-1]):
        block.pop()

    assert read_block(write_block(block)) == tuple(block)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("是\t否\r\n-\t未知\r\n", (("是", "否"), ("-", "未知"))),
        ("a\rb\r", (("a",), ("b",))),
        ('"两行\n文字"\t5\n', (("两行 文字", "5"),)),
        ('"他说 ""好"""\t5', (('他说 "好"', "5"),)),
        ('"a", "b"\t5', (('"a", "b"', "5"),)),
        ('"one"\t5', (('"one"', "5"),)),
        ('"open\t5', (('"open', "5"),)),
        ("是\n\n否\n\n\n", (("是",), ("",), ("否",))),
        ("\t\n\t\n", (("", ""),)),
        ("", (("",),)),
    ],
)
def test_a_block_is_read_as_spreadsheets_write_it(text, cells):
    assert read_block(text) == cells
