"""Rules leave the office as files, and come into it as a draft of one's own."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from pmdesk.analytics.facts import facts
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import RulesetId
from pmdesk.domain.screening import Lexicon
from pmdesk.domain.staff import Permission
from pmdesk.errors import ExchangeError
from pmdesk.i18n import N_, _
from pmdesk.rules import examples
from pmdesk.rules.dmn.own import marks
from pmdesk.rules.dmn.read import read_model
from pmdesk.rules.dmn.write import written
from pmdesk.rules.scheme import Scheme
from pmdesk.services.classification import table_of
from pmdesk.services.clean_names import require_fair_rules
from pmdesk.services.exchange.workbook import book
from pmdesk.services.files import write_whole
from pmdesk.services.floor import require_floor, require_offered
from pmdesk.services.refusal.screen import lexicon
from pmdesk.services.rule_exchange.carrying import carried
from pmdesk.services.rule_exchange.columns import Columns, refusal
from pmdesk.services.rule_exchange.dmn_reading import read_dmn
from pmdesk.services.rule_exchange.incoming import Incoming
from pmdesk.services.rule_exchange.sheet_reading import read_sheet
from pmdesk.services.rule_exchange.sheet_writing import workbook
from pmdesk.services.session import Session

LARGEST = 20_000_000  # bytes; a table of a thousand rows has a tenth of it
_ZIP, _COMPOUND = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_MARKUP = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\0<", b"<\0", b"\0<")


def export_dmn(session: Session, ruleset: RulesetId, path: Path) -> Path:
    """The version lies at `path` as a DMN 1.3 file."""
    with session.reading(Permission.SEE_RULES) as work:
        version = work.rulesets.get(ruleset)
        table = table_of(work, version.document)
        offered = facts(work.catalogue.live())
    title = _("Classification rules · v{version}").format(version=version.version)
    made = write_whole(path, written(table, title, offered))
    _log_export(session, ruleset, "dmn")
    return made


def export_xlsx(session: Session, ruleset: RulesetId, path: Path) -> Path:
    """The version lies at `path` as a workbook that can be edited and brought back."""
    with session.reading(Permission.SEE_RULES) as work:
        table = table_of(work, work.rulesets.get(ruleset).document)
    made = write_whole(path, workbook(table))
    _log_export(session, ruleset, "xlsx")
    return made


def read_file(session: Session, path: Path) -> Incoming:
    """What is understood of the file, DMN or workbook; nothing is kept of it."""
    session.require(Permission.EDIT_RULES)
    data = _content(path)
    with session.reading(Permission.EDIT_RULES) as work:
        incoming = _read(data, work.catalogue.live(), lexicon(work))
        if incoming.table is None:
            return incoming
        return replace(incoming, examples=len(carried(work, incoming.table)))


def import_draft(session: Session, incoming: Incoming, keep: Collection[str] = ()) -> RulesetId:
    """A new draft of one's own that holds the file; `keep` names the facts of questions with yes.

    What the catalogue, the contract or fairness does not allow is refused, as in the grid.
    Files hold no examples: those of the version before go with it where its rows are there.
    """
    with session.writing(Permission.EDIT_RULES) as work:
        table = incoming.answered(keep)
        require_floor(work.catalogue.live(), table)
        require_offered(work.catalogue.live(), table)
        require_fair_rules(session, work, table)
        draft = work.rulesets.add(
            table.to_json(),
            table.digest(),
            author=session.staff.uid,
            at=session.clock.now(),
            examples=examples.written(carried(work, table)),
        )
        row: dict[str, object] = {"from": incoming.kind.value, "digest": table.digest()}
        session.log(work, "rules.import", f"ruleset:{draft}", row=row)
        work.commit()
    return draft


def _read(data: bytes, catalogue: Catalogue, refused: Lexicon) -> Incoming:
    columns, scheme = Columns(facts(catalogue)), scheme_of(catalogue)
    if data.startswith((_ZIP, _COMPOUND)):
        return read_sheet(
            book(data), columns, scheme, lambda title: refusal((title,), catalogue, refused)
        )
    if data.lstrip(b" \t\r\n").startswith(_MARKUP):
        return read_dmn(
            read_model(data),
            marks(data),
            columns,
            scheme,
            lambda names: refusal(names, catalogue, refused),
        )
    raise ExchangeError(
        N_("This is neither a DMN file nor an Excel workbook."),
        N_("Choose a file ending in .dmn or .xlsx; save other tables as xlsx first."),
    )


def scheme_of(catalogue: Catalogue) -> Scheme:
    """The tiers and tags that this office gives."""
    return Scheme(
        tiers=tuple((tier.code, tier.name) for tier in catalogue.tiers),
        tags=tuple((tag.code, tag.name) for tag in catalogue.tags),
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise ExchangeError(
                N_("The file is larger than {most} MB, too large for a decision table."),
                N_("Export only the decision tables."),
                most=LARGEST // 1_000_000,
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise ExchangeError(N_("The file is not there."), N_("Choose it again.")) from None
    except OSError:
        raise ExchangeError(
            N_("The file cannot be read."),
            N_("Close it in Excel or WPS, check the drive, and try again."),
        ) from None
    if not data.strip():
        raise ExchangeError(
            N_("The file is empty."), N_("Ask for it again, or export it once more.")
        )
    return data


def _log_export(session: Session, ruleset: RulesetId, kind: str) -> None:
    with session.writing(Permission.SEE_RULES) as work:
        session.log(work, "rules.export", f"ruleset:{ruleset}", row={"as": kind})
        work.commit()
