"""Small DMN files, written the way other tools write them."""

from xml.sax.saxutils import escape, quoteattr

SPACES = {
    "1.1": "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "1.2": "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "1.3": "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "1.4": "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "1.5": "https://www.omg.org/spec/DMN/20230324/MODEL/",
}


def tag(name, /, *children, text=None, **attributes):
    """An element as text; attributes that are None are left out."""
    named = "".join(
        f" {key}={quoteattr(value)}" for key, value in attributes.items() if value is not None
    )
    content = "".join(children) + ("" if text is None else f"<text>{escape(text)}</text>")
    return f"<{name}{named}>{content}</{name}>"


def column(expression, type_=None, values=None, label=None):
    """An input column."""
    allowed = "" if values is None else tag("inputValues", text=values)
    return tag(
        "input", tag("inputExpression", text=expression, typeRef=type_), allowed, label=label
    )


def output(name=None, type_=None, values=None, default=None):
    """An output column."""
    allowed = "" if values is None else tag("outputValues", text=values)
    given = "" if default is None else tag("defaultOutputEntry", text=default)
    return tag("output", allowed, given, name=name, typeRef=type_)


def rule(asked, given, id_=None):
    """A row of texts."""
    cells = [tag("inputEntry", text=cell) for cell in asked]
    return tag("rule", *cells, *(tag("outputEntry", text=cell) for cell in given), id=id_)


def table(columns, outputs, rules, policy="UNIQUE", aggregation=None):
    """A decision table; each rule is a list of texts, or a made one."""
    rows = [
        one if isinstance(one, str) else rule(one[: len(columns)], one[len(columns) :])
        for one in rules
    ]
    return tag(
        "decisionTable", *columns, *outputs, *rows, hitPolicy=policy, aggregation=aggregation
    )


def data(name, type_=None):
    """A value from outside."""
    return tag(
        "inputData", tag("variable", name=name, typeRef=type_), id=f"i_{key(name)}", name=name
    )


def decision(name, logic, needs=(), decisions=(), type_=None):
    """A decision that requires data and the results of other decisions."""
    arrows = [("requiredInput", f"#i_{key(one)}") for one in needs]
    arrows += [("requiredDecision", f"#d_{key(one)}") for one in decisions]
    return tag(
        "decision",
        tag("variable", name=name, typeRef=type_),
        *(tag("informationRequirement", tag(kind, href=href)) for kind, href in arrows),
        logic,
        id=f"d_{key(name)}",
        name=name,
    )


def definitions(*parts, version="1.3", **attributes):
    """The whole file."""
    root = tag(
        "definitions",
        *parts,
        xmlns=SPACES[version],
        namespace="urn:test",
        name="test",
        **attributes,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>{root}'.encode()


def one_column(cells, type_="number", policy="FIRST", values=None):
    """A file whose decision “d” gives the number of the first cell that fits “x”."""
    rules = [[cell, str(number)] for number, cell in enumerate(cells, start=1)]
    made = table([column("x", type_, values)], [output()], rules, policy)
    return definitions(data("x", type_), decision("d", made, ["x"]))


def key(name):
    """The name as part of an id."""
    return "".join(char if char.isalnum() else "_" for char in name)
