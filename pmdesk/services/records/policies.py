"""Internal rules (PIPL 51(1)): short texts that come with the program, for an office to adopt."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pmdesk.assets import asset
from pmdesk.domain.ports import UnitOfWork
from pmdesk.services.records import records
from pmdesk.services.records.records import Standing

KIND = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A text that comes with the program."""

    code: str
    title: str  # Chinese, as the text is
    text: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """A policy, and what the office made of it; None while it is not adopted."""

    policy: Policy
    standing: Standing | None


@cache
def policies() -> tuple[Policy, ...]:
    """All texts, in the order in which an office adopts them."""
    listed = tomllib.loads(asset("policies/policies.toml").read_text(encoding="utf-8"))
    return tuple(_read(entry["code"], required=entry["required"]) for entry in listed["policy"])


def adoptions(work: UnitOfWork) -> tuple[Adoption, ...]:
    """Each policy with its standing."""
    return tuple(
        Adoption(policy=one, standing=records.standing(work, KIND, one.code)) for one in policies()
    )


def missing(work: UnitOfWork) -> Iterable[Policy]:
    """The required ones that are not adopted."""
    return (one.policy for one in adoptions(work) if one.policy.required and one.standing is None)


def _read(code: str, *, required: bool) -> Policy:
    text = asset(f"policies/{code}.md").read_text(encoding="utf-8").strip()
    heading, _break, body = text.partition("\n")
    return Policy(
        code=code, title=heading.removeprefix("# ").strip(), text=body.strip(), required=required
    )
