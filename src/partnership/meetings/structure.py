"""The structure of a partnership: which group reports to which today, as a tree that can be read out and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..access.scope import rows
from ..access.who import Who
from ..organisations.models import on
from .models import Group, ReportsTo


@dataclass(eq=False)
class Place:
    """A group where it stands first in the tree. `also` are other groups it reports to; `notes` number its footnotes."""

    group: Group
    also: list[Group] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    below: list[Place] = field(default_factory=list)

    def all(self) -> Iterator[Place]:
        yield self
        for place in self.below:
            yield from place.all()


@dataclass(frozen=True)
class Structure:
    """The groups at the top, with all below them; and the footnotes of the lines between them."""

    tops: list[Place]
    notes: list[str]

    def all(self) -> list[Place]:
        return [place for top in self.tops for place in top.all()]


def structure(who: Who) -> Structure:
    """The groups this person may know of, and the lines between them, as they stand today."""
    groups = list(rows(who, Group).filter(status="open").order_by("name"))
    lines = rows(who, ReportsTo).filter(on(who.today)).order_by("id")
    return arranged(groups, [(line.child_id, line.parent_id, line.note) for line in lines])


def arranged(groups: Sequence[Group], lines: Sequence[tuple[int, int, str]]) -> Structure:
    """`lines` are (child, parent, footnote). A group with several parents stands under the first and names the others."""
    places = {group.pk: Place(group) for group in groups}
    notes: list[str] = []
    placed: set[int] = set()
    for child, parent, note in lines:
        if child not in places or parent not in places:
            continue
        if child in placed:
            places[child].also.append(places[parent].group)
        else:
            placed.add(child)
            places[parent].below.append(places[child])
        if note:
            if note not in notes:
                notes.append(note)
            places[child].notes.append(notes.index(note) + 1)
    tops = [place for pk, place in places.items() if pk not in placed]
    tops.sort(key=lambda place: (not place.below, place.group.name))
    for place in places.values():
        place.below.sort(key=lambda below: (not below.below, below.group.name))
    return Structure(tops, notes)
