"""The letter for the resident, from beside the explanation."""

import pytest

from pmdesk.ui.pages.classification import ClassificationPage


@pytest.fixture
def page(office, tasks, prompts, shown, settled):
    made = ClassificationPage(office.session("manager"), tasks, prompts)
    made._pause.setInterval(0)
    shown(made, 1200)
    settled()
    return made


@pytest.fixture
def chosen(page, qtbot):
    """Somebody with a tier is chosen."""
    number = next(n for n in range(page.model.rowCount()) if page.model.row(n).tier is not None)
    page.view.selectRow(number)
    qtbot.waitUntil(lambda: page.panel._person == page.model.row(number).id)
    return page.model.row(number)


def test_there_is_no_letter_while_nobody_is_chosen(page):
    assert not page.letter.isVisible()


def test_the_letter_of_the_chosen_person_is_saved(page, chosen, prompts, tmp_path, settled):
    prompts.path = tmp_path / "letter.pdf"
    assert page.letter.isVisible()
    page.letter.save()
    settled()
    assert prompts.path.read_bytes().startswith(b"%PDF")


def test_nothing_is_written_when_the_user_goes_back(page, chosen, prompts, office, settled):
    prompts.path = None
    with office.logged() as log:
        page.letter.save()
        settled()
    assert log == []


def test_the_letter_is_seen_before_it_is_printed(page, chosen, monkeypatch, settled):
    seen = []
    monkeypatch.setattr(
        "pmdesk.ui.printing.preview", lambda made, title, parent: seen.append(made.toPlainText())
    )
    page.letter.print()
    settled()
    assert seen[0].startswith("您的服务等级")
    assert chosen.name[0] in seen[0]
