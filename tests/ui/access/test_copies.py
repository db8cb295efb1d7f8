"""What is copied from a list is what the list shows."""

from PySide6.QtWidgets import QApplication

from pmdesk.ui.pages.residents import ResidentsPage


def test_copied_rows_are_as_masked_as_the_list(shown, office, tasks, enter, settled):
    enter()
    page = shown(ResidentsPage(office.session("admin"), tasks))
    settled()
    page.view.selectAll()
    page.view.copy()
    copied = QApplication.clipboard().text()

    assert "曾*强" in copied
    assert "138****0042" in copied
    assert "13800000042" not in copied
