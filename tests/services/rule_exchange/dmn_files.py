"""DMN files as other tools write them, and what is understood of them."""

from xml.sax.saxutils import escape, quoteattr

from pmdesk.rules.dmn.own import marks
from pmdesk.rules.dmn.read import read_model
from pmdesk.services.rule_exchange.columns import Columns, refusal
from pmdesk.services.rule_exchange.dmn_reading import read_dmn
from tests.rules.dmn.own_tables import CATALOGUE, OFFERED, SCHEME

TIERS = '"special","enhanced","care","standard"'


def dmn(*decisions):
    """A file of these decisions."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="defs" name="rules"'
        f' namespace="urn:example:rules">{"".join(decisions)}</definitions>'
    ).encode()


def decision(inputs, rows, *, name="tier", policy="FIRST", output="", further=""):
    """A decision: inputs as (label, expression, type), rows as (cells…, output) or with a note."""
    columns = "".join(
        f"<input id={quoteattr(f'{name}_{at}')} label={quoteattr(label)}>"
        f'<inputExpression typeRef="{kind}"><text>{escape(expression)}</text></inputExpression>'
        "</input>"
        for at, (label, expression, kind) in enumerate(inputs)
    )
    values = f"<outputValues><text>{escape(output)}</text></outputValues>" if output else ""
    rules = "".join(_rule(name, at, row) for at, row in enumerate(rows, start=1))
    return (
        f'<decision id="{name}" name="{name}"><decisionTable hitPolicy="{policy}" {further}>'
        f'{columns}<output id="{name}_out" name="{name}" typeRef="string">{values}</output>'
        f"{rules}</decisionTable></decision>"
    )


def understood(data):
    """What is understood of the file, with the catalogue an office starts with."""
    return read_dmn(
        read_model(data),
        marks(data),
        Columns(OFFERED),
        SCHEME,
        lambda names: refusal(names, CATALOGUE, CATALOGUE.refused),
    )


def _rule(name, at, row):
    *cells, given = row
    note = ""
    if isinstance(given, tuple):
        given, note = given
    return (
        f'<rule id="{name}_r{at}">'
        + (f"<description>{escape(note)}</description>" if note else "")
        + "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in cells)
        + f"<outputEntry><text>{escape(given)}</text></outputEntry></rule>"
    )
