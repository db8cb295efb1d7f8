"""Notices that are handed over as files are counted in the log (PIPL 17(3))."""

from PySide6.QtCore import QObject

from pmdesk.services.consent import consents
from pmdesk.services.notices import copies
from pmdesk.ui.consent.papers import Papers
from tests.offices import consenting


def test_a_notice_that_is_saved_is_counted_with_its_version(
    office, tasks, prompts, tmp_path, settled, qapp
):
    session = office.session("clerk")
    choices = consents.choices(session, consenting(session))[:2]
    prompts.path = tmp_path / "告知书.pdf"
    owner = QObject(qapp)

    with office.logged() as log:
        Papers(session, tasks, prompts).save_notices(
            choices, owner, lambda _path: None, large=False
        )
        settled()

    assert prompts.path.read_bytes().startswith(b"%PDF")
    versions = tuple(copies.version_of(choice.notice) for choice in choices)
    assert ("notice.copied", "copies", versions) in log
