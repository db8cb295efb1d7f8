"""What tests of a resident's page do and look at."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel

from pmdesk.services import residents


def commit(line, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    line.selectAll()
    QApplication.sendEvent(line, event)


def editor(page, purpose, key):
    forms = page.groups[purpose].answers.forms
    return next(form.editor(key) for form in forms if key in form.rows)


def words(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def stored(session, person, purpose):
    groups = residents.detail(session, person, again=True).groups
    group = next(group for group in groups if group.purpose.code == purpose)
    values = group.answers.values if group.answers else {}
    return {key: value for key, value in values.items() if value is not None}
