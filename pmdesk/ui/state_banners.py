"""What the landing page says of the office itself: its clock, its disk, sign-ins, fair rules."""

from collections.abc import Callable

from pmdesk.i18n import _, ngettext
from pmdesk.services import home
from pmdesk.services.fairness.words import MEANINGS
from pmdesk.services.home import Disk, Overview
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner


class StateBanners:
    """Each is hidden while all is well; `lead` is called with the page that it leads to."""

    def __init__(self, lead: Callable[[str], object]) -> None:
        self.clock, self.disk = Banner(), Banner(picture="save")
        self.sign_ins = Banner(action=_("Open"), pressed=lambda: lead("log"), picture="lock")
        self.fair = Banner(action=_("Open"), pressed=lambda: lead("rules"), picture="scale")

    def show_overview(self, found: Overview) -> None:
        """They say how things stand."""
        self.clock.show_sentence(_back_words(found) if found.clock_back_from else "", Tone.WARN)
        self.disk.show_sentence(_disk_words(found.disk) if found.disk else "", Tone.PROBLEM)
        self.sign_ins.show_sentence(_wrong_words(found.wrong) if found.wrong else "", Tone.WARN)
        words = _(MEANINGS[found.fairness]) if found.fairness else ""
        told = _("Fairness of the rules in force. {words}").format(words=words)
        self.fair.show_sentence(told if words else "", Tone.WARN)


def _wrong_words(count: int) -> str:
    words = ngettext(
        "{count} wrong passphrase was tried in the last {days} days before somebody signed in.",
        "{count} wrong passphrases were tried in the last {days} days before somebody signed in.",
        count,
    )
    return words.format(count=count, days=home.LOOKED_BACK)


def _back_words(found: Overview) -> str:
    return _(
        "The date of this computer is before {date}, the day of the last sweep. Nothing is erased"
        " and no consent can be taken until the date is right."
    ).format(date=found.clock_back_from)


def _disk_words(found: Disk) -> str:
    return _(
        "The disk with the office is nearly full: {free} MB are free, {need} MB should be. Free"
        " some space, or nothing can be saved and no backup made."
    ).format(free=f"{found.free:,}", need=f"{found.need:,}")
