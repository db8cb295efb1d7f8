"""The menus that add a column, one line for each fact, and change one from its heading."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from pmdesk.i18n import _, said
from pmdesk.rules.facts import Fact
from pmdesk.ui.rules import arrange
from pmdesk.ui.widgets.button import button

_PARTS = "：", ": "


class AddColumn(QPushButton):
    """Offers what the table does not ask about yet; options of one field stand in one submenu."""

    wanted = Signal(object)  # Fact
    group_wanted = Signal(object)  # the flags of one list, to choose some from

    def __init__(self) -> None:
        super().__init__()
        made = button(_("Add column"), look="quiet", picture="plus")
        self.setText(made.text())
        self.setIcon(made.icon())
        self.setProperty("look", "quiet")
        self.setAutoDefault(False)
        self.setAccessibleName(made.text())
        self.setToolTip(_("Let the rules ask about one more thing"))
        self._offered: Sequence[Fact] = ()
        self._taken: Sequence[Fact] = ()
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)

    def show_facts(self, offered: Sequence[Fact], taken: Sequence[Fact], *, editable: bool) -> None:
        """The menu will offer what is not taken."""
        self._offered, self._taken = offered, taken
        self.setEnabled(editable and bool(offered))

    def fill(self) -> QMenu:
        """The menu as it is offered now."""
        menu = self.menu()
        menu.clear()
        taken = {fact.key for fact in self._taken}
        lists = arrange.lists(self._offered)
        for fact in self._offered:
            flags = lists.get(fact.list, ())
            if flags and fact == flags[0]:
                self._add_list(menu, flags, taken)
            elif not flags and fact.key not in taken:
                menu.addAction(said(fact.label), partial(self.wanted.emit, fact))
        return menu

    def _add_list(self, menu: QMenu, flags: Sequence[Fact], taken: set[str]) -> None:
        under = menu.addMenu(field_words(flags[0]))
        for flag in flags:
            if flag.key not in taken:
                under.addAction(option_words(flag), partial(self.wanted.emit, flag))
        under.addSeparator()
        under.addAction(_("Any of several…"), partial(self.group_wanted.emit, flags))


def fill_heading_menu(
    menu: QMenu,
    fact: Fact,
    flags: Sequence[Fact],
    *,
    remove: Callable[[], object],
    regroup: Callable[[], object],
) -> QMenu:
    """What can be done with the column of `fact`, whose list has these flags."""
    if flags:
        words = _("Change the options…") if len(fact.any_of) > 1 else _("Any of several…")
        menu.addAction(words, lambda: regroup())
    words = _("Remove the column “{column}”").format(column=said(fact.label))
    menu.addAction(words, lambda: remove())
    return menu


def field_words(flag: Fact) -> str:
    """The field that a flag asks one option of."""
    return _split(flag)[0]


def option_words(flag: Fact) -> str:
    """The option that a flag asks for, without its field."""
    return _split(flag)[1]


def _split(flag: Fact) -> tuple[str, str]:
    text = said(flag.label)
    for mark in _PARTS:
        field, found, option = text.partition(mark)
        if found:
            return field, option
    return text, text
