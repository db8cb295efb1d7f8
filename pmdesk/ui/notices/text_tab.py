"""The notice: its own part to be written, the whole as people see it, and what it still lacks."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedLayout,
    QTextBrowser,
    QWidget,
)

from pmdesk.domain.notice_check import SENTENCES, Finding, Item
from pmdesk.domain.purpose_plans import NoticeText, PurposePlan
from pmdesk.i18n import LANGUAGES, N_, _
from pmdesk.i18n import language as spoken
from pmdesk.services.notices.purpose_shelf import Look
from pmdesk.ui import theme
from pmdesk.ui.icons import Ink, icon
from pmdesk.ui.notices.words import finding_words, sheet_html
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.label import label

_NORMAL, _LARGE = 1.08, 1.5
_CALLED: Mapping[Item, str] = {
    Item.CATEGORIES: N_("Every kind of data that is recorded is named."),
    Item.STATED_TERM: N_("One period only, in the text as in the facts."),
    Item.RIGHTS: N_("All nine rights of the person."),
    Item.PLACES: N_("Every place filled in."),
}


class TextTab(QWidget):
    """Editor or preview at the left, the validator's list at the right, live."""

    edited = Signal(object)  # PurposePlan's texts
    save_requested = Signal(bool)  # large print
    print_requested = Signal(bool)

    def __init__(self, plan: PurposePlan, *, editable: bool) -> None:
        super().__init__()
        self._texts = {one.language: one.text for one in plan.texts}
        self._look: Look | None = None
        self.language = Segmented((("zh_CN", "中文"), ("en", "English")))
        self.language.show_value(spoken() if spoken() in LANGUAGES else LANGUAGES[0])
        self.view = Segmented(((True, _("As people see it")), (False, _("Edit the own part"))))
        self.view.show_value(not editable)
        self.view.setVisible(editable)
        self.large = QCheckBox(_("Large print"))
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(_("Own part of the notice"))
        self.editor.setTabChangesFocus(True)
        self.preview = QTextBrowser()
        self.preview.setAccessibleName(_("Notice text"))
        self.preview.setOpenLinks(False)
        self.list = QListWidget()
        self.list.setAccessibleName(_("What the law wants said"))
        self.list.setWordWrap(True)
        side = theme.length(16)
        self.list.setIconSize(QSize(side, side))
        self.count = label("", "muted", wrap=True)
        self._arrange()
        self.language.chosen.connect(lambda _value: self._show())
        self.view.chosen.connect(lambda _value: self._turn())
        self.large.toggled.connect(lambda _on: self._show_preview())
        self.editor.textChanged.connect(self._tell)
        self._show()
        self._turn()

    @property
    def tongue(self) -> str:
        """The language that is shown."""
        return str(self.language.value)

    def show_look(self, look: Look) -> None:
        """The preview and the list show what the plan would say and lack."""
        self._look = look
        self._show_preview()
        self._show_list(look.findings)

    def _arrange(self) -> None:
        turns, tools = QHBoxLayout(), QHBoxLayout()
        turns.addWidget(self.language, 2)
        turns.addWidget(self.view, 3)
        tools.setSpacing(12)
        tools.addStretch(1)
        tools.addWidget(self.large)
        for words, signal, picture in (
            (_("Save as PDF…"), self.save_requested, "download"),
            (_("Print…"), self.print_requested, "printer"),
        ):
            made = button(words, look="quiet", picture=picture)
            made.clicked.connect(lambda _on, signal=signal: signal.emit(self.large.isChecked()))
            tools.addWidget(made)
        sheet = Card(margin=16)
        sheet.body.addLayout(turns)
        sheet.body.addLayout(tools)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self.editor)
        sheet.add(holder, 1)
        checks = Card(_("What the law wants said"), margin=16)
        checks.add(self.count)
        checks.add(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(sheet, 8)
        row.addWidget(checks, 4)
        self.setMinimumHeight(theme.length(420))

    def _turn(self) -> None:
        self._stack.setCurrentIndex(0 if self.view.value else 1)

    def _show(self) -> None:
        self.editor.blockSignals(True)
        self.editor.setPlainText(self._texts.get(self.tongue, ""))
        self.editor.blockSignals(False)
        if self._look is not None:
            self.show_look(self._look)

    def _show_preview(self) -> None:
        if self._look is None:
            return
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * (_LARGE if self.large.isChecked() else _NORMAL))
        self.preview.document().setDefaultFont(font)
        self.preview.setHtml(sheet_html(self._look.words(self.tongue)))

    def _show_list(self, findings: Sequence[Finding]) -> None:
        mine = [one for one in findings if one.language == self.tongue]
        missing = {one.key for one in mine}
        self.list.clear()
        for one in mine:
            self._line(finding_words(one), "circle-alert", Tone.PROBLEM, _("missing"))
        for item in Item:
            if item not in missing:
                self._line(_item_words(item), "circle-check", Tone.GOOD, _("said"))
        elsewhere = len(findings) - len(mine)
        self.count.setText(_counted(len(mine), elsewhere))

    def _line(self, words: str, picture: str, ink: Ink | Tone, state: str) -> None:
        item = QListWidgetItem(icon(picture, ink), words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {state}")
        self.list.addItem(item)

    def _tell(self) -> None:
        self._texts[self.tongue] = self.editor.toPlainText()
        self.edited.emit(
            tuple(NoticeText(language=key, text=text) for key, text in self._texts.items())
        )


def _item_words(item: Item) -> str:
    sentence, article = SENTENCES[item]
    words = _CALLED.get(item, sentence)
    return f"{_(words)} ({article})"


def _counted(here: int, elsewhere: int) -> str:
    if not here and not elsewhere:
        return _("Complete in both languages.")
    if not here:
        return _("Complete here; the other language still lacks {count}.").format(count=elsewhere)
    return _("{count} to be mended; they stand first.").format(count=here)
