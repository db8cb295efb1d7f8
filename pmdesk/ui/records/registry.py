"""The tabs of the records page: one for each kind of record, and pages of their own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from pmdesk.domain import entrusting, incidents, self_audits
from pmdesk.domain.assessments import KIND as ASSESSMENT
from pmdesk.domain.records import Document
from pmdesk.i18n import N_, _, said
from pmdesk.services.assessing.assessment_form import prefilled
from pmdesk.services.audits import book_starts
from pmdesk.services.audits.book_points import DRILL, LEAVING, SECRECY
from pmdesk.services.records import letters, policies
from pmdesk.services.records.incidents import scenarios
from pmdesk.services.records.record_desk import OpenRecord
from pmdesk.services.records.record_kinds import kinds
from pmdesk.services.session import Session
from pmdesk.ui.access.matrix_card import AccessPanel
from pmdesk.ui.keeping.archive import ArchivePanel
from pmdesk.ui.keeping.exports import ExportsPanel
from pmdesk.ui.keeping.handover import HandoverPanel
from pmdesk.ui.keeping.inspection import InspectionPanel
from pmdesk.ui.keeping.sweeps import SweepsPanel
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.records.secrecy import SecrecyPanel
from pmdesk.ui.tasks import Tasks

Begin = Callable[[Session, str], Document]
Build = Callable[[Session, Tasks, Prompts], QWidget]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A further way to print a record; `make` runs in the background."""

    title: str  # message id
    make: Callable[[OpenRecord], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A way to begin a new record, as an entry of a menu."""

    words: str  # in the user's language
    subject: str
    apart: bool = False  # a line stands above it


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """What a kind of record has beyond the generic form."""

    icon: str = "file-text"
    begin: Begin | None = None  # the answers of a new record about a subject
    renews: bool = False  # whether `begin` may fill in a draft anew, over what was typed
    starts: Callable[[], Iterable[Start]] | None = None  # the menu of the button “New”
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """An entry at the left; `build` makes its page when it is first opened."""

    key: str
    title: str  # in the user's language
    icon: str
    build: Build | None = None  # None: the list and form of that kind of record
    words: str = ""  # message id: what else people call it, with commas between
    alone: bool = False  # it gets the room of the points above the other tabs too


def _annex(shown: OpenRecord) -> bytes:
    from pmdesk.services.paper.assessment import annex_pdf  # noqa: PLC0415  # reportlab is slow

    return annex_pdf(shown)


def _audit_table(shown: OpenRecord) -> bytes:
    from pmdesk.services.paper.audit import audit_pdf  # noqa: PLC0415  # reportlab is slow

    return audit_pdf(shown)


def _incident_letter(shown: OpenRecord) -> bytes:
    from pmdesk.services.paper.incident import letter_pdf  # noqa: PLC0415  # reportlab is slow

    return letter_pdf(shown)


def _incident_report(shown: OpenRecord) -> bytes:
    from pmdesk.services.paper.incident import report_pdf  # noqa: PLC0415  # reportlab is slow

    return report_pdf(shown)


def _rule(shown: OpenRecord) -> bytes:
    from pmdesk.services.paper.rule import rule_pdf  # noqa: PLC0415  # reportlab is slow

    return rule_pdf(shown)


def _poster(shown: OpenRecord) -> bytes:
    from pmdesk.services.paper.rule import poster_pdf  # noqa: PLC0415  # reportlab is slow

    return poster_pdf(shown)


def _reminder(shown: OpenRecord) -> bytes:
    from pmdesk.services.paper.rule import reminder_pdf  # noqa: PLC0415  # reportlab is slow

    return reminder_pdf(shown)


def _scenarios() -> Iterable[Start]:
    """An incident, or a drill, after one of the built-in scenarios."""
    yield Start(words=_("An incident of another kind"), subject="")
    for one in scenarios():
        yield Start(words=said(one.title), subject=one.code)
    for at, one in enumerate(scenarios()):
        words = _("Drill: {what}").format(what=said(one.title))
        yield Start(words=words, subject=f"{DRILL}{one.code}", apart=at == 0)


def _policies() -> Iterable[Start]:
    """One of the texts that come with the program, or a rule of the office's own."""
    for one in policies.policies():
        yield Start(words=one.title, subject=one.code)
    yield Start(words=_("Another rule"), subject="", apart=True)


def _letters() -> Iterable[Start]:
    """One of the texts that come with the program, or another."""
    for one in letters.letters():
        yield Start(words=one.name, subject=one.code)
    yield Start(words=_("Another text"), subject="", apart=True)


SPECIALS: Mapping[str, Special] = {
    ASSESSMENT: Special(
        icon="shield",
        begin=prefilled,
        renews=True,
        papers=(Paper(title=N_("Simplified form (annex 2)"), make=_annex),),
    ),
    self_audits.KIND: Special(
        icon="clipboard-check",
        begin=book_starts.audit,
        papers=(Paper(title=N_("Table of annex 1"), make=_audit_table),),
    ),
    incidents.KIND: Special(
        icon="triangle-alert",
        begin=book_starts.incident,
        starts=_scenarios,
        papers=(
            Paper(title=N_("Letter to the people"), make=_incident_letter),
            Paper(title=N_("Report to the authority"), make=_incident_report),
        ),
    ),
    entrusting.PROCESSOR: Special(icon="users"),
    entrusting.DISCLOSURE: Special(icon="upload"),
    entrusting.JOINT: Special(icon="heart-handshake"),
    entrusting.SUPPORT: Special(icon="key", begin=book_starts.support),
    policies.KIND: Special(
        icon="book-open",
        begin=book_starts.policy,
        starts=_policies,
        papers=(Paper(title=N_("The rule, to be posted"), make=_rule),),
    ),
    letters.KIND: Special(
        icon="type",
        begin=book_starts.poster,
        starts=_letters,
        papers=(Paper(title=N_("Large print, to be posted"), make=_poster),),
    ),
    "plan": Special(icon="phone"),
    LEAVING: Special(
        icon="log-out",
        begin=book_starts.leaving,
        papers=(Paper(title=N_("Reminder letter"), make=_reminder),),
    ),
}
_PLAIN = Special()

# Pages that are no list of records, such as the self-audit's evidence.
FURTHER: tuple[Callable[[], Tab], ...] = (
    lambda: Tab(key=SECRECY, title=_("Undertakings"), icon="signature", build=SecrecyPanel),
    lambda: Tab(
        key="sweeps", title=_("Erased when due"), icon="trash-2", build=SweepsPanel, alone=True
    ),
    lambda: Tab(key="archive", title=_("Archive"), icon="lock", build=ArchivePanel, alone=True),
    lambda: Tab(
        key="exports", title=_("Exported lists"), icon="download", build=ExportsPanel, alone=True
    ),
    lambda: Tab(
        key="inspection",
        title=_("Inspection"),
        icon="scale",
        words=N_("inspection pack, authority, check"),
        build=InspectionPanel,
        alone=True,
    ),
    lambda: Tab(key="handover", title=_("Hand-over"), icon="building-2", build=HandoverPanel),
    lambda: Tab(
        key="access", title=_("Who may do what"), icon="shield", build=AccessPanel, alone=True
    ),
)


def special(code: str) -> Special:
    """What that kind has of its own."""
    return SPECIALS.get(code, _PLAIN)


def tabs() -> tuple[Tab, ...]:
    """All tabs in the user's language: the kinds in their order, then the others."""
    generic = (
        Tab(key=one.code, title=said(one.title), icon=special(one.code).icon) for one in kinds()
    )
    return (*generic, *(make() for make in FURTHER))
