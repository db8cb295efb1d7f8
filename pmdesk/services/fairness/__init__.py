"""Fairness without files on people: samples in, figures of groups out."""

from pmdesk.services.fairness.desk import (
    NO_REPORT,
    OLD_REPORT,
    FairnessLine,
    FairnessPage,
    ProxyLine,
    of_ruleset,
    page,
    proxies_of,
)
from pmdesk.services.fairness.reporting import erase_samples, report
from pmdesk.services.fairness.taking_part import take_part

__all__ = [
    "NO_REPORT",
    "OLD_REPORT",
    "FairnessLine",
    "FairnessPage",
    "ProxyLine",
    "erase_samples",
    "of_ruleset",
    "page",
    "proxies_of",
    "report",
    "take_part",
]
