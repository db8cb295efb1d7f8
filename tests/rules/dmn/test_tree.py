"""Files that could do harm or are no DMN files are refused as a whole, in one plain sentence."""

import pytest
from lxml import etree

from pmdesk.rules.dmn import tree
from pmdesk.rules.dmn.read import read_model
from pmdesk.rules.dmn.tree import UnreadableError, opened
from tests.rules.dmn.files import SPACES, data, definitions, one_column, tag

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">&b;</definitions>"""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"hello", "no XML"),
        (b"PK\x03\x04zip", "no XML"),
        (b"<definitions", "no XML"),
        (b"<a></b>", "no XML"),
        (b'<?xml version="1.0" encoding="nonsense"?><definitions/>', "no XML"),
        (b"<definitions/>", "no DMN file"),
        (b'<definitions xmlns="urn:other"/>', "no DMN file"),
        (f'<model xmlns="{SPACES["1.3"]}"/>'.encode(), "no DMN file"),
        (LAUGHS, "DOCTYPE"),
        (b'<!DOCTYPE d SYSTEM "d.dtd"><d/>', "DOCTYPE"),
        ("<!DOCTYPE d><d/>".encode("utf-16"), "DOCTYPE"),
    ],
)
def test_a_file_that_is_no_safe_dmn_file_is_refused(content, sentence):
    with pytest.raises(UnreadableError, match=sentence) as refused:
        opened(content)
    assert refused.value.exit_code == 3
    assert refused.value.remedy


def test_an_entity_hidden_in_an_odd_encoding_is_found_by_the_parser_itself():
    content = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE d+AD4<d/>'
    with pytest.raises(UnreadableError):
        opened(content)


def test_a_declaration_that_only_the_parser_sees_is_refused(monkeypatch):
    monkeypatch.setattr(tree, "_DECLARATIONS", ())
    with pytest.raises(UnreadableError, match="DOCTYPE"):
        opened(LAUGHS)


def test_a_declaration_is_refused_before_the_file_is_parsed(monkeypatch):
    monkeypatch.setattr(etree, "fromstring", None)
    with pytest.raises(UnreadableError, match="DOCTYPE"):
        opened(LAUGHS)


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(etree, "fromstring", None)
    with pytest.raises(UnreadableError, match="larger than") as refused:
        opened(b"<" * (tree.LARGEST + 1))
    assert refused.value.places == {"most": tree.LARGEST // 1_000_000}


def test_deep_nesting_is_refused():
    part = ""
    for _level in range(tree.DEEPEST):
        part = tag("context", part)
    with pytest.raises(UnreadableError, match="too deeply"):
        opened(definitions(part))


def test_two_elements_of_one_id_are_refused():
    with pytest.raises(UnreadableError, match="two elements") as refused:
        opened(definitions(data("Age"), data("Age")))
    assert refused.value.places == {"name": "i_Age"}


@pytest.mark.parametrize("version", SPACES)
def test_every_version_is_read_by_its_names(version):
    content = one_column(["> 5"]).decode().replace(SPACES["1.3"], SPACES[version])
    assert read_model(content.encode()).decisions[0].table is not None


def test_elements_of_other_namespaces_comments_and_cdata_do_not_matter():
    content = one_column(["VIP"], "string").decode()
    content = content.replace(
        "<text>VIP</text>", '<text><!-- c -->"V<!-- x -->IP"<?pi?><![CDATA[,"<"]]></text>'
    ).replace("<decisionTable", '<other xmlns="urn:o"><decisionTable/></other><decisionTable')
    table = read_model(content.encode()).decisions[0].table
    assert table is not None
    assert table.rows[0].texts[0] == '"VIP","<"'


def test_a_file_whose_own_namespace_is_the_default_one_is_read():
    content = one_column(["> 5"]).decode()
    content = content.replace(
        f'xmlns="{SPACES["1.3"]}"', f'xmlns="urn:own" xmlns:semantic="{SPACES["1.3"]}"'
    )
    assert read_model(content.encode()).decisions[0].table is not None


def test_utf_16_is_read():
    content = one_column(["> 5"]).decode().replace("UTF-8", "UTF-16")
    assert read_model(content.encode("utf-16")).decisions[0].table is not None
