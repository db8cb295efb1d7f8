"""Settings: how this computer shows pmdesk, and what the office says about itself."""

import sys
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

import pmdesk
from pmdesk.domain import office as kinds
from pmdesk.domain.office import Changes, OfficeProfile
from pmdesk.domain.reask import LEAST_MONTHS
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, told
from pmdesk.services import office
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.forms.particulars import ParticularsForm
from pmdesk.ui.keys.card import KeysCard
from pmdesk.ui.places import Part
from pmdesk.ui.preferences import IDLE_MINUTES, LANGUAGE, THEME, Preferences
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.settings.income import IncomeCard
from pmdesk.ui.settings.price_list import PriceListCard
from pmdesk.ui.staff.recovery_card import RecoveryCard
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import LARGEST, SMALLEST, Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import Page, bring_into_sight
from pmdesk.ui.widgets.spin import indented

_STEP = 10  # per cent
_COUNTS = (5, 50)
_MONTHS = (LEAST_MONTHS, 60)


class SettingsPage(Page):
    """Appearance works at once; the office's particulars are saved with a button."""

    scheme_requested = Signal(str)
    text_scale_requested = Signal(float)
    language_requested = Signal(str)
    idle_requested = Signal(float)
    lock_requested = Signal()
    recovery_renewed = Signal(str)  # the new root

    def __init__(
        self, session: Session, tasks: Tasks, prompts: Prompts, preferences: Preferences
    ) -> None:
        super().__init__(_("Settings"))
        self._session = session
        self._tasks = tasks
        self._before: OfficeProfile | None = None
        self.appearance = AppearanceCard(preferences)
        self.particulars = OfficeCard()
        self.particulars.save.clicked.connect(lambda _on: self.save())
        may = session.staff.may(Permission.CONFIGURE)
        self.add(self.appearance)
        self.add(self.particulars)
        self.particulars.setVisible(may)
        self.income, self.prices = self._optional()
        self.keys = self._keys(prompts)
        self.recovery = self._recovery()
        self.add(_about())
        self.body.addStretch(1)
        self._pass_on()
        if may:
            self.reload()

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """What the search finds here."""
        may = Permission
        named = (
            ("appearance", _("On this computer"), N_("text size, dark, language, lock"), None),
            ("particulars", _("The office"), N_("address, phone"), may.CONFIGURE),
            ("income", _("Income band"), "", may.EDIT_PURPOSES),
            ("prices", _("Price list of add-on services"), "", may.CONFIGURE),
            ("keys", _("Keys of the office"), N_("change the keys"), may.MANAGE_STAFF),
            ("recovery", _("Recovery key"), "", may.MANAGE_STAFF),
        )
        return tuple(
            Part(key=key, title=title, words=words, permission=permission)
            for key, title, words, permission in named
        )

    def open_part(self, key: str) -> None:
        """That card is in sight, with the cursor in it."""
        cards: dict[str, Card | None] = {
            "appearance": self.appearance,
            "particulars": self.particulars,
            "income": self.income,
            "prices": self.prices,
            "keys": self.keys,
            "recovery": self.recovery,
        }
        if (card := cards[key]) is not None:
            bring_into_sight(card)

    def reload(self, changes: Changes | None = None) -> None:
        """The office card shows what is saved, unless somebody is editing it."""
        if changes is None or (kinds.OFFICE in changes.kinds and not self.particulars.edited):
            self._tasks.query(partial(office.profile, self._session), owner=self, done=self._show)
        for card in (self.income, self.prices, self.keys):
            if card is not None and changes is not None:
                card.reload(changes)

    def save(self) -> None:
        """The particulars stand and are in every notice from now on."""
        if self._before is None or not self.particulars.form.check():
            return
        self.particulars.save.setEnabled(False)
        self._tasks.command(
            partial(office.save_profile, self._session, self.particulars.profile(self._before)),
            owner=self,
            done=lambda _changes: self._saved(),
            failed=self._failed,
        )

    def _optional(self) -> tuple[IncomeCard | None, PriceListCard | None]:
        """The cards of those who may decide on such things."""
        may = self._session.staff.may
        income, prices = None, None
        if may(Permission.EDIT_PURPOSES) or may(Permission.APPROVE_PURPOSES):
            income = IncomeCard(self._session, self._tasks)
            self.add(income)
        if may(Permission.CONFIGURE):
            prices = PriceListCard(self._session, self._tasks)
            self.add(prices)
        return income, prices

    def _keys(self, prompts: Prompts) -> KeysCard | None:
        """Of those who may change the keys."""
        if not self._session.staff.may(Permission.MANAGE_STAFF):
            return None
        card = KeysCard(self._session, self._tasks, prompts)
        card.locked.connect(self.lock_requested)
        self.add(card)
        return card

    def _recovery(self) -> RecoveryCard | None:
        """Of those who may change the keys."""
        if not self._session.staff.may(Permission.MANAGE_STAFF):
            return None
        card = RecoveryCard(self._session, self._tasks)
        card.renewed.connect(self.recovery_renewed)
        self.add(card)
        return card

    def _show(self, profile: OfficeProfile) -> None:
        self._before = profile
        if self.recovery is not None:
            self.recovery.office = profile.name
        self.particulars.show_profile(profile)

    def _saved(self) -> None:
        self.particulars.edited = False
        self.particulars.save.setEnabled(True)
        self.particulars.message.show_sentence(
            _("Saved. Every notice now says it, in a new version."), Tone.GOOD
        )
        self.reload()

    def _failed(self, error: PmdeskError) -> None:
        self.particulars.save.setEnabled(True)
        self.particulars.message.show_sentence(told(error), Tone.PROBLEM)

    def _pass_on(self) -> None:
        card = self.appearance
        card.scheme.chosen.connect(lambda value: self.scheme_requested.emit(str(value)))
        card.language.chosen.connect(lambda value: self.language_requested.emit(str(value)))
        card.scale.valueChanged.connect(lambda tens: self.text_scale_requested.emit(tens / _STEP))
        card.idle.valueChanged.connect(lambda minutes: self.idle_requested.emit(float(minutes)))


class AppearanceCard(Card):
    """Light or dark, text size, language, and after how long the office locks itself."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__(_("On this computer"))
        self.scheme = Segmented(
            (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))
        )
        self.scheme.show_value(preferences.value(THEME))
        self.language = Segmented((("zh_CN", "简体中文"), ("en", "English")))
        self.language.show_value(preferences.value(LANGUAGE))
        self.scale = QSlider(Qt.Orientation.Horizontal)
        self.scale.setRange(round(SMALLEST * _STEP), round(LARGEST * _STEP))
        self.scale.setPageStep(1)
        self.percent = label()
        self.show_scale(theme.applied().scale)
        self.scale.valueChanged.connect(lambda tens: self.show_scale(tens / _STEP))
        self.idle = indented(QSpinBox())
        self.idle.setRange(2, 30)
        self.idle.setValue(int(preferences.value(IDLE_MINUTES)))
        self.idle.setSuffix(_(" minutes"))
        size = QWidget()
        row = QHBoxLayout(size)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.scale, 1)
        row.addWidget(self.percent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(12)
        parts: tuple[tuple[str, QWidget], ...] = (
            (_("Light or dark"), self.scheme),
            (_("Text size"), size),
            (_("Language"), _explained(self.language, _next_time())),
            (_("Lock after a pause of"), _narrow(self.idle)),
        )
        for line, (name, part) in enumerate(parts):
            part.setAccessibleName(name)
            grid.addWidget(label(name, "label"), line, 0)
            grid.addWidget(part, line, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)

    def show_scale(self, scale: float) -> None:
        """The slider stands at this text size."""
        self.scale.blockSignals(True)
        self.scale.setValue(round(scale * _STEP))
        self.scale.blockSignals(False)
        self.percent.setText(f"{round(scale * 100)} %")


class OfficeCard(Card):
    """The particulars and the smallest group that charts may show."""

    def __init__(self) -> None:
        super().__init__(_("The office"))
        self.edited = False
        self.form = ParticularsForm()
        self.form.changed.connect(self._touch)
        self.smallest = self._number(_("Smallest group that charts show"), _COUNTS)
        self.reask = self._number(_("Months before asking again"), _MONTHS)
        self.message = Banner()
        self.save = button(_("Save"), look="primary", picture="save")
        row = FlowLayout(16)
        for number in (self.smallest, self.reask):
            row.addWidget(_named(number))
        row.addWidget(self.save)
        self.add(label(_says(), "muted", wrap=True))
        self.add(self.form)
        self.body.addLayout(row)
        self.add(self.message)

    def show_profile(self, profile: OfficeProfile) -> None:
        """The card shows the saved particulars."""
        self.form.show_profile(profile)
        self.smallest.setValue(max(_COUNTS[0], profile.smallest_count))
        self.reask.setValue(max(LEAST_MONTHS, profile.reask_months))
        self.edited = False

    def profile(self, before: OfficeProfile) -> OfficeProfile:
        """The particulars as edited."""
        return replace(
            self.form.profile(before),
            smallest_count=self.smallest.value(),
            reask_months=self.reask.value(),
        )

    def _number(self, name: str, limits: tuple[int, int]) -> QSpinBox:
        """A number that an office may raise, never lower."""
        box = indented(QSpinBox())
        box.setRange(*limits)
        box.setAccessibleName(name)
        box.valueChanged.connect(lambda _value: self._touch())
        return box

    def _touch(self) -> None:
        self.edited = True
        self.message.show_sentence("")


def _named(part: QWidget) -> QWidget:
    """The part with its name before it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label(part.accessibleName(), "label"))
    row.addWidget(part)
    return holder


def _narrow(part: QWidget) -> QWidget:
    """The part as wide as it needs, at the left."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(part)
    row.addStretch(1)
    return holder


def _explained(part: QWidget, words: str) -> QWidget:
    """The part, and right below it what has to be known about it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(part)
    column.addWidget(label(words, "muted", wrap=True))
    return holder


def _next_time() -> str:
    return _("Another language appears after the next sign-in.")


def _about() -> Card:
    card = Card(_("About pmdesk"))
    version = _("Version {version} · Python {python} · Apache-2.0 licence").format(
        version=pmdesk.__version__, python=sys.version.split()[0]
    )
    for sentence in (
        version,
        _(
            "Encrypted are all data, search index, drafts and log (SQLCipher, AES-256). Sealed"
            " fields have a second key that the front desk does not hold."
        ),
        _(
            "Not protected: what is on the screen, on printed paper and in exported files, and a"
            " computer that somebody else controls. pmdesk assists; the office stays responsible."
        ),
    ):
        card.add(label(sentence, "muted", wrap=True, select=True))
    return card


def _says() -> str:
    return _("Saving makes a new version of every notice, because each says these particulars.")
