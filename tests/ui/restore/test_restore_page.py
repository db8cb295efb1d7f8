"""从备份恢复 before anybody signed in: file, what is inside, folder, administrator, new key."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from pmdesk import i18n
from pmdesk.assets import asset
from pmdesk.domain.backups import Facts, Inside, Newer, Restored
from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import VaultDamagedError, WrongKeyError
from pmdesk.ui.restore import words
from pmdesk.ui.restore.page import RestorePage
from pmdesk.ui.tasks import CancelledError
from pmdesk.ui.theme import Scheme, Tone
from pmdesk.ui.wizard.frame import StepsFrame
from pmdesk.ui.wizard.setup import Place
from tests.offices import PASSPHRASE
from tests.ui.clipping import clipped

KEY = "BJF1-D1B7-AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"
SECRET = "granite teapot willow sunrise 47"
TODAY = date(2026, 3, 2)


def inside(*, made=datetime(2026, 2, 20, 1, tzinfo=UTC), newer=None):
    facts = Facts(
        made_at=made,
        by="a" * 32,
        app="0.1.0",
        schema="0004",
        vault="b" * 32,
        counts={"person": 1248, "unit": 900, "service_plan": 3, "staffing_plan": 41, "record": 12},
        newest=made,
        entries=9310,
        head="c" * 64,
        rules=7,
        sha256="d" * 64,
    )
    people = (("zhou", "周敏", Role.ADMIN), ("clerk", "曾国强", Role.CLERK))
    staff = tuple(
        Staff(uid=f"{number:032x}", login=login, name=name, role=role)
        for number, (login, name, role) in enumerate(people)
    )
    newer = newer or Newer(until=made)
    return Inside(facts=facts, office="阳光花园物业服务中心", staff=staff, newer=newer)


class Ways:
    """Restoring that answers at once, and remembers what it was asked for."""

    def __init__(self, folder):
        self.folder = folder
        self.found = inside()
        self.opens = SECRET
        self.owners = []
        self.fails = None

    def today(self):
        return TODAY

    def suggested_folder(self):
        return self.folder

    def place(self, folder):
        return Place(refused="" if folder.is_absolute() else "…")

    def weak(self, passphrase, _words):
        return () if len(passphrase) >= 12 else ("A login has 1 to {count} characters",)

    def inside(self, _path, secret, tell):
        tell(1, 2)
        if secret != self.opens:
            raise WrongKeyError("This is not the backup passphrase.")
        if self.fails:
            raise self.fails
        return self.found

    def restore(self, _path, _secret, owner, tell):
        tell(1, 2)
        if self.fails:
            raise self.fails
        self.owners.append(owner)
        return Restored(
            folder=owner.folder,
            facts=self.found.facts,
            replayed=3,
            recovery_key=KEY,
            fingerprint="12ab",
            confirm=lambda typed: typed.replace("-", "") == KEY.replace("-", ""),
        )


@pytest.fixture
def ways(tmp_path):
    return Ways(tmp_path / "office")


@pytest.fixture
def page(ways, tasks, prompts, shown):
    return shown(RestorePage(ways, tasks, prompts), 900, 640)


@pytest.fixture
def forward(page, settled, tmp_path):
    """Fills in what the steps up to that one ask for."""

    def forward(to):
        page.file.line.setText(str(tmp_path / "pmdesk.pmbak"))
        page.file.secret.line.setText(SECRET)
        while page.at < to:
            if page.at == 3:
                page.owner.passphrase.first.line.setText(PASSPHRASE)
                page.owner.passphrase.second.line.setText(PASSPHRASE)
            page.go.click()
            settled()

    return forward


def test_nothing_is_opened_before_file_and_passphrase_are_there(page, tmp_path):
    assert not page.go.isEnabled()
    page.file.line.setText(str(tmp_path / "pmdesk.pmbak"))
    assert not page.go.isEnabled()
    page.file.secret.line.setText(SECRET)
    assert page.go.isEnabled()


def test_a_wrong_passphrase_keeps_the_file_however_often(page, settled, tmp_path):
    page.file.line.setText(str(tmp_path / "pmdesk.pmbak"))

    for attempt in range(20):
        page.file.secret.line.setText(f"wrong words number {attempt}")
        page.go.click()
        settled()
        assert "不是备份口令" in page.file.failure.sentence

    assert page.at == 0
    assert page.file.path == tmp_path / "pmdesk.pmbak"
    page.file.secret.line.setText(SECRET)
    assert page.file.failure.sentence == ""
    page.go.click()
    settled()
    assert page.at == 1


def test_a_damaged_backup_says_which_part(page, ways, forward, settled):
    ways.fails = VaultDamagedError("The data inside this backup are damaged.")
    page.file.line.setText("/x.pmbak")
    page.file.secret.line.setText(SECRET)
    page.go.click()
    settled()

    assert "数据" in page.file.failure.sentence
    assert page.at == 0


def test_the_preview_tells_what_is_inside_and_what_would_be_lost(page, forward):
    forward(1)

    figures = dict(words.figures(inside()))
    assert figures["住户"] == "1,248"
    assert (figures["服务方案（版本数）"], figures["排班与巡查（版本数）"]) == ("3", "41")
    assert figures["操作记录条数"] == "9,310"
    assert figures["生效的规则版本"] == "7"
    assert "10 天" in page.preview.loss.sentence
    assert "查不到" in page.preview.loss.sentence


def test_a_later_backup_beside_it_shortens_what_is_unknown(chinese):
    later = datetime(2026, 2, 28, 1, tzinfo=UTC)
    sentence, tone = words.loss(inside(newer=Newer(entries=9400, until=later, locked=1)), TODAY)

    assert "2026-02-28" in sentence
    assert "最近 2 天" in sentence
    assert "另一个口令" in sentence
    assert tone is Tone.WARN
    today = datetime(2026, 3, 2, 0, tzinfo=UTC)
    assert words.loss(inside(made=today), TODAY)[1] is Tone.GOOD


def test_the_staff_of_the_backup_are_named_and_its_administrator_suggested(page, forward):
    forward(3)

    assert "周敏（zhou" in page.owner.people.text()
    assert "曾国强" in page.owner.people.text()
    assert page.owner.login.text() == "zhou"
    assert page.owner.name.text() == "周敏"
    page.owner.login.setText("zheng")
    assert page.owner.name.text() == ""
    assert page.owner.name.isEnabled()


def test_nobody_becomes_administrator_under_the_login_of_a_clerk(page, forward, ways):
    forward(3)
    page.owner.login.setText("CLERK")
    page.go.click()

    assert "不是管理员" in page.owner.problem.sentence
    page.owner.login.setText(" ")
    page.go.click()
    assert page.owner.problem.sentence
    page.owner.login.setText("zheng")
    page.go.click()
    assert "12" in page.owner.passphrase.problem or page.owner.problem.sentence
    assert ways.owners == []


def test_the_office_is_made_and_its_new_key_typed_back_before_anybody_signs_in(
    page, forward, ways, qtbot
):
    forward(4)

    assert ways.owners[0].login == "zhou"
    assert ways.owners[0].password == PASSPHRASE
    assert "3" in page.note.text()
    assert page.file.secret.text == ""
    assert not page.go.isEnabled()
    page.key.hide_key()
    page.key.typed.setText(KEY)
    with qtbot.waitSignal(page.finished) as told:
        page.go.click()
    assert told.args == [ways.folder, "zhou"]


def test_closing_with_an_unwritten_key_asks_first(page, forward, prompts):
    assert page.may_close()
    forward(4)
    prompts.confirms = False
    assert not page.may_close()
    prompts.confirms = True
    assert page.may_close()
    assert len(prompts.asked) == 2


def test_a_restore_that_fails_or_is_cancelled_can_be_tried_again(page, forward, ways, settled):
    forward(3)
    page.owner.passphrase.first.line.setText(PASSPHRASE)
    page.owner.passphrase.second.line.setText(PASSPHRASE)
    ways.fails = VaultDamagedError("The data inside this backup are damaged.")
    page.go.click()
    settled()
    assert "数据" in page.owner.problem.sentence
    ways.fails = CancelledError()
    page.go.click()
    settled()
    assert "已取消" in page.note.text()
    assert page.at == 3

    ways.fails = None
    page.go.click()
    settled()
    assert page.at == 4


def test_closing_while_it_works_stops_the_work_and_stays(page, forward, ways, settled, tasks):
    page.file.line.setText("/x.pmbak")
    page.file.secret.line.setText(SECRET)
    page.go.click()
    assert not page.may_close()
    settled()
    assert page.may_close()


def test_going_back_keeps_what_was_typed_and_cancelling_leaves(page, forward, qtbot, prompts):
    forward(3)
    page.back.click()
    assert page.at == 2
    with qtbot.waitSignal(page.abandoned):
        page.leave.click()


def test_a_file_is_chosen_in_a_dialog(page, prompts, tmp_path):
    prompts.path = tmp_path / "chosen.pmbak"
    page.file.browse.click()
    assert page.file.path == tmp_path / "chosen.pmbak"


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_no_word_is_cut_off(ways, tasks, prompts, shown, wear, settled, scheme, scale, qapp):
    wear(scheme, scale)
    page = shown(RestorePage(ways, tasks, prompts), 900 * scale, 720 * scale)
    page.file.line.setText("/x.pmbak")
    page.file.secret.line.setText(SECRET)
    page.owner.passphrase.first.line.setText(PASSPHRASE)
    page.owner.passphrase.second.line.setText(PASSPHRASE)
    for step in range(5):
        assert page.at == step
        assert clipped(page) == []
        page.go.click()
        settled()
        qapp.processEvents()


def test_sentences_stand_side_by_side_as_the_language_has_it(chinese):
    assert i18n.joined("完成。", "", "请登录。") == "完成。请登录。"
    i18n.install("en", asset("locale"))
    english = i18n.joined("Done.", "", "Sign in.")
    i18n.install("zh_CN", asset("locale"))

    assert english == "Done. Sign in."


def test_where_nothing_was_erased_again_nothing_is_said_of_it(chinese):
    assert words.done(0) == ""
    assert "3" in words.done(3)


def test_enter_goes_on_as_in_the_first_run_wizard(page, settled, qtbot, tmp_path):
    page.file.line.setText(str(tmp_path / "pmdesk.pmbak"))
    page.file.secret.line.setText(SECRET)
    qtbot.keyClick(page.file.line, Qt.Key.Key_Return)
    settled()

    assert isinstance(page, StepsFrame)
    assert page.at == 1
