"""The demo office is ready: who can sign in, and with what."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from pmdesk.i18n import _, pgettext
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.label import label
from pmdesk.ui.wizard.setup import DemoAccount
from pmdesk.ui.wizard.steps import Step


class DemoStep(Step):
    """The accounts of the demo office; the first of them is signed in next."""

    def __init__(self, accounts: Sequence[DemoAccount], passphrase: str) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(8)
        for column, title in enumerate((_("Account"), _("Name"), pgettext("staff", "Role"))):
            grid.addWidget(label(title, "label"), 0, column)
        for line, account in enumerate(accounts, start=1):
            words = (account.login, account.name, _(STAFF_ROLES[account.role]))
            for column, text in enumerate(words):
                grid.addWidget(label(text, select=True), line, column)
        grid.setColumnStretch(3, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(14)
        column_.addWidget(
            Banner(
                _("All residents in it are invented. Never enter real people into this office."),
                Tone.WARN,
            )
        )
        column_.addLayout(grid)
        column_.addWidget(
            label(
                _("Passphrase of all four: {passphrase}").format(passphrase=passphrase),
                wrap=True,
                select=True,
            )
        )
        column_.addStretch(1)
