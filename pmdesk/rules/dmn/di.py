"""The drawing of a DMN file: the decisions above, what they read below, joined by arrows."""

from collections.abc import Sequence
from dataclasses import dataclass

from pmdesk.rules.dmn.markup import Element, element
from pmdesk.rules.dmn.names import Ids

DMNDI = "https://www.omg.org/spec/DMN/20191111/DMNDI/"
DC = "http://www.omg.org/spec/DMN/20180521/DC/"
DI = "http://www.omg.org/spec/DMN/20180521/DI/"
_DECISION = 180, 80
_INPUT = 160, 50
_LEFT, _TOP, _GAP = 160, 120, 20
_BELOW = 260  # from the top of the decisions to that of the inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A requirement: its id, and the ids of what it leads from and to."""

    id: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


def drawing(
    ids: Ids, decisions: Sequence[str], data: Sequence[str], arrows: Sequence[Arrow]
) -> Element:
    """The element that tells a drawing tool where each part of the file stands."""
    boxes = dict(zip(data, _row(len(data), _INPUT, _TOP + _BELOW), strict=True))
    middle = (len(data) * (_INPUT[0] + _GAP) - len(decisions) * (_DECISION[0] + _GAP)) // 2
    shift = max(middle, 0)  # the decisions stand above the middle of what they read
    boxes |= dict(zip(decisions, _row(len(decisions), _DECISION, _TOP, shift), strict=True))
    shapes = [_shape(ids, name, box) for name, box in boxes.items()]
    edges = [_edge(ids, arrow, boxes[arrow.source], boxes[arrow.target]) for arrow in arrows]
    diagram = element("dmndi:DMNDiagram", *shapes, *edges, id=ids.take("diagram"))
    return element("dmndi:DMNDI", diagram)


def _row(count: int, size: tuple[int, int], top: int, shift: int = 0) -> list[_Box]:
    width, height = size
    lefts = (_LEFT + shift + at * (width + _GAP) for at in range(count))
    return [_Box(x=x, y=top, width=width, height=height) for x in lefts]


def _shape(ids: Ids, name: str, box: _Box) -> Element:
    bounds = element(
        "dc:Bounds", x=str(box.x), y=str(box.y), width=str(box.width), height=str(box.height)
    )
    return element("dmndi:DMNShape", bounds, id=ids.take(f"shape_{name}"), dmnElementRef=name)


def _edge(ids: Ids, arrow: Arrow, source: _Box, target: _Box) -> Element:
    start = element("di:waypoint", x=str(source.middle), y=str(source.y))
    end = element("di:waypoint", x=str(target.middle), y=str(target.y + target.height))
    edge_id = ids.take(f"edge_{arrow.id}")
    return element("dmndi:DMNEdge", start, end, id=edge_id, dmnElementRef=arrow.id)
