"""The help of the command line: every word of it in the language of the program."""

import argparse
import re

import pytest

from pmdesk.app import cli
from pmdesk.app.parsing import language_of
from pmdesk.assets import asset
from pmdesk.i18n import install

CHINESE = re.compile("[\u4e00-\u9fff]")


def parsers(one):
    """The parser and all behind it."""
    yield one
    for action in one._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from parsers(sub)


def helps(language):
    """What the help says of each option and command, by where it stands."""
    install(language, asset("locale"))
    found = {}
    for parser in parsers(cli._parser()):
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for choice in action._choices_actions:
                    found[f"{parser.prog} {choice.dest}"] = choice.help
            else:
                found[f"{parser.prog} {action.dest}"] = action.help
    return found


@pytest.fixture
def said(capsys):
    """Calls the command line, which stops there, and tells what it said."""

    def _said(*arguments):
        with pytest.raises(SystemExit) as stopped:
            cli.main(list(arguments))
        out, err = capsys.readouterr()
        return stopped.value.code, out + err

    return _said


def test_every_command_and_option_is_explained_in_chinese():
    found = helps("zh_CN")

    assert len(found) > 60
    bare = [place for place, words in found.items() if not CHINESE.search(words or "")]
    assert bare == []


def test_every_command_and_option_is_explained_in_english():
    found = helps("en")

    assert [place for place, words in found.items() if not words or CHINESE.search(words)] == []


def test_the_help_speaks_chinese_unless_another_language_is_asked_for(said):
    code, chinese = said("--help")
    assert code == 0
    assert "用法：pmdesk" in chinese
    assert "显示这份说明后退出" in chinese
    assert not re.search(r"usage|options|positional|show this", chinese)

    _code, english = said("backup", "--lang", "en", "--help")
    assert "Usage: pmdesk backup" in english
    assert not CHINESE.search(english)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import",), "缺少：--office, --login, FILE"),
        (("fairness", "a.csv", "--group", "g", "--outcome", "o"), "以下几项要有一项：--favourable"),
        (("demo", "--what"), "不认识：--what"),
        (("tour", "--theme", "red", "--out", "x"), "--theme 不能是 'red'"),
        (("demo", "--people"), "--people 后面要有内容"),
        (("demo", "--people", "0"), "--people 不合适：1 … 1000000"),
        (
            ("fairness", "a", "--group", "g", "--outcome", "o", "--burden", "1", "--favour", "2"),
            "--favourable 和 --burden 只能选一个",
        ),
    ],
)
def test_a_mistake_is_told_in_chinese_with_the_way_to_the_help(said, arguments, words):
    code, told = said(*arguments)

    assert code == 2
    assert words in told
    assert f"详细说明：pmdesk {arguments[0]} --help" in told or arguments[1:] == ("--what",)


def test_the_language_is_found_wherever_it_stands():
    assert language_of(["--lang", "en", "demo"]) == "en"
    assert language_of(["demo", "--lang=en"]) == "en"
    assert language_of(["demo", "--lang"]) == ""
    assert language_of([]) == ""
