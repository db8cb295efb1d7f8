"""The demo office shown: in the window, or, without a display, as files."""

import tempfile
from pathlib import Path

from pmdesk import i18n
from pmdesk.app import demo, tour
from pmdesk.app.clock import SystemClock
from pmdesk.app.entrance import entered
from pmdesk.assets import asset
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.export_guard import Errand, ExportPurpose, Recipient
from pmdesk.i18n import LANGUAGES, _
from pmdesk.services import classification, residents
from pmdesk.services.export import listing, sizing, write_xlsx
from pmdesk.services.export_files import Listing
from pmdesk.services.session import Session
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.application import choose_platform
from pmdesk.ui.charts.files import write_charts

DONE = 0
_SCHEMES = ("light", "dark")  # one for each language: every page is seen twice


def window(people: int, seed: int, out: Path) -> int:
    """Opens a demo office in the window; it is gone when the window is closed."""
    del out
    from pmdesk.app.window import run  # noqa: PLC0415  # Qt's window only where one is wanted

    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        opened = demo.make(office, people, seed, SystemClock())
        _tell_accounts()
        return run(entered=lambda: entered(opened, office), language=i18n.language())


def files(people: int, seed: int, out: Path) -> int:
    """Leaves the classification table, the charts and a picture of each page in `out`."""
    choose_platform()
    tour.writable(out)
    spoken = i18n.language()
    with tempfile.TemporaryDirectory() as folder:
        opened = demo.make(Path(folder) / "office", people, seed, SystemClock())
        try:
            _tell_accounts()
            _changes, tiers = classification.classify_all(opened.session)
            print(_("Classified: {tiers}").format(tiers=dict(tiers)))
            table = out / "classification.xlsx"
            write_xlsx(_table(opened.session), table)
            made = [table, *write_charts(opened.session, out / "charts")]
            for language, scheme in zip(LANGUAGES, _SCHEMES, strict=True):
                made += tour.pictures(
                    opened.session, out / "pages", scheme=scheme, language=language
                )
        finally:
            opened.close()
    i18n.install(spoken, asset("locale"))
    print(_("{count} files in {folder}").format(count=len(made), folder=out.resolve()))
    return DONE


def _table(session: Session) -> Listing:
    """Everybody, or the first building whose list leaves without a second person."""
    buildings = (ResidentQuery(building=name) for name in residents.buildings(session))
    few = ResidentQuery(tier=residents.catalogue(session).tiers[-1].code)
    queries = (ResidentQuery(), *buildings)
    small = (query for query in queries if not sizing(session, query).is_large)
    errand = Errand(purpose=ExportPurpose.SERVICE, recipient=Recipient.OFFICE)
    return listing(session, next(small, few), errand)


def _tell_accounts() -> None:
    print(_("Demo accounts, passphrase of each: {phrase}").format(phrase=demo.PASSPHRASE))
    for account in demo.ACCOUNTS:
        print(f"  {account.login:<10} {account.name}  {_(STAFF_ROLES[account.role])}")
