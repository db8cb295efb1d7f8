"""The confidentiality undertaking between the passphrase and the office, in the real window."""

import pytest

from pmdesk.app import cli
from pmdesk.store.vault import folder as files
from pmdesk.ui.pages.signin import SignInPage
from pmdesk.ui.pages.undertaking import UndertakingPage
from tests.offices import founded_office, passphrase_file


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory):
    """An office whose clerk has not signed."""
    folder = tmp_path_factory.mktemp("unsigned") / "office"
    return founded_office(folder, active=False, unsigned=["clerk"], taught=False)


@pytest.fixture
def folder(unsigned, tmp_path, clock):
    """A copy that nobody has open."""
    return unsigned.copied(tmp_path / "office", clock).folder


def sign(page, name, *, tick=True):
    page.tick.setChecked(tick)
    page.name.setText(name)
    page.go.click()


def test_who_has_not_signed_reads_it_before_anything_else(desk, sign_in, settled):
    sign_in("clerk")

    assert isinstance(desk.page, UndertakingPage)
    assert not desk.page.later.isVisible()
    sign(desk.page, "王芳")
    settled()
    assert desk.main.isVisible()
    assert desk.room.entered.session.undertaken is not None


def test_tick_and_name_are_both_needed(desk, sign_in, settled):
    sign_in("clerk")
    sign(desk.page, "王芳", tick=False)
    assert "tick" in desk.page.message.sentence
    sign(desk.page, " ")
    assert "signature" in desk.page.message.sentence
    sign(desk.page, "李静")
    settled()

    assert "not the name of your account" in desk.page.message.sentence
    assert desk.page.go.isEnabled()
    assert desk.room is None


@pytest.mark.parametrize("way", ["back", "close"])
def test_whoever_does_not_sign_leaves_a_closed_office(desk, sign_in, settled, folder, way):
    sign_in("clerk")
    if way == "back":
        desk.page.back.click()
        settled()
        assert isinstance(desk.page, SignInPage)
        assert desk.page.login.currentText() == "clerk"
    else:
        desk.close()

    files.locked(folder).release()  # nobody holds the office


def test_fourteen_days_before_the_end_one_is_reminded_and_may_wait(desk, sign_in, settled, clock):
    clock.advance(days=351)
    sign_in("manager")

    assert isinstance(desk.page, UndertakingPage)
    assert desk.page.later.isVisible()
    desk.page.later.click()
    settled()
    session = desk.room.entered.session
    assert session.undertaken.isoformat() == "2027-03-02"


def test_in_between_nobody_is_asked(desk, sign_in, clock):
    clock.advance(days=300)
    sign_in("manager")

    assert desk.room is not None


def test_the_command_line_refuses_with_a_plain_sentence(folder, tmp_path, capsys):
    secret = passphrase_file(tmp_path)
    where = ["--office", str(folder), "--login", "clerk", "--passphrase-file", str(secret)]

    assert cli.main(["--lang", "en", "classify", *where]) == cli.REFUSED
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "undertaking is missing" in said
