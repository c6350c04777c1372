"""The invented county: fourteen districts, their wards and small areas, with codes that no official code can have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .chance import Chance, share_out
from .lattice import Cell, county, divide, place, strip
from .outlines import Outlines, Point, area

COUNTY, FORCE, MAIN = "Z10000001", "Z23000001", "Z06000001"
"""Official codes of areas begin with E, N, S, W, K or J; no official code begins with Z."""


@dataclass(frozen=True)
class District:
    """A district, which is also its own community safety partnership. share: of the thirteen, in thousandths."""

    code: str
    name: str
    csp: str
    people: int
    cells: tuple[Cell, ...]
    share: int = 0
    year: int = 0
    now: int = 0
    domestic: int = 0


@dataclass(frozen=True)
class Ward:
    code: str
    name: str
    district: str
    cells: tuple[Cell, ...]
    weight: int = 100
    deprived: int = 5
    centre: int = 0


@dataclass(frozen=True)
class SmallArea:
    """A small area (LSOA). centre and ring in grid metres; weight: how often crime falls here; night: the same for the
    night-time economy; decile and rank: of deprivation, 1 is the most deprived; people: residents in mid-2014."""

    code: str
    name: str
    ward: Ward
    district: District
    centre: Point
    ring: tuple[Point, ...]
    people: int
    weight: int
    night: int
    decile: int
    rank: int

    @property
    def square_km(self) -> float:
        return area(self.ring) / 1e6


@dataclass(frozen=True)
class Geography:
    county: str
    force: str
    districts: tuple[District, ...]
    wards: tuple[Ward, ...]
    areas: tuple[SmallArea, ...]
    outlines: Outlines

    def within(self, district: str) -> tuple[SmallArea, ...]:
        """The small areas of one district, by its code."""
        return tuple(small for small in self.areas if small.district.code == district)


def make(declared: Mapping[str, Any], chance: Chance) -> Geography:
    """The county as declared in definitions/demo/county.yaml."""
    districts = _districts(declared)
    cells = [cell for district in districts for cell in district.cells]
    spots = [place(*cell) for cell in districts[0].cells]
    middle = (sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots))
    outlines = Outlines.of(cells, middle, chance.of("outlines"))
    wards = _wards(districts, declared, outlines, chance.of("wards"))
    areas = _areas(districts, wards, outlines, chance.of("areas"))
    return Geography(declared["county"], declared["force"], districts, wards, areas, outlines)


def _districts(declared: Mapping[str, Any]) -> tuple[District, ...]:
    main, others = declared["main"], declared["districts"]
    by_name = {raw["name"]: raw for raw in others}
    north, south = others[1], others[5]
    inland = [raw for raw in others if raw not in (north, south)]
    land = county(main["areas"] + sum(raw["areas"] for raw in others))
    coast, rest = strip(land, north["areas"] + main["areas"] + south["areas"])
    coast = sorted(coast, key=lambda cell: (cell[1], cell[0]))
    first, second = south["areas"], south["areas"] + main["areas"]
    cells = {south["name"]: coast[:first], main["name"]: coast[first:second], north["name"]: coast[second:]}
    for raw, part in zip(inland, divide(rest, [raw["areas"] for raw in inland]), strict=True):
        cells[raw["name"]] = part
    made = [District(MAIN, main["name"], "Z22000001", main["people"], tuple(cells[main["name"]]))]
    for i, (name, raw) in enumerate(by_name.items(), 1):
        words = {key: raw[key] for key in ("share", "year", "now", "domestic")}
        made.append(District(f"Z07{i:06d}", name, f"Z22{i + 1:06d}", raw["people"], tuple(cells[name]), **words))
    return tuple(made)


def _wards(
    districts: Sequence[District], declared: Mapping[str, Any], outlines: Outlines, chance: Chance
) -> tuple[Ward, ...]:
    counts = [len(declared["wards"]), *(raw["wards"] for raw in declared["districts"])]
    invented = [f"{word} {end}" for end in declared["ward_ends"] for word in declared["ward_words"]]
    names = iter([invented[i] for i in chance.order(len(invented)).tolist()])
    wards: list[Ward] = []
    for district, count in zip(districts, counts, strict=True):
        parts = divide(district.cells, share_out(len(district.cells), [1] * count))
        if district.code == MAIN:
            words = _placed(parts, declared["wards"], outlines)
        else:
            deprived = chance.between(3, 9, count).tolist()
            words = [{"name": next(names), "deprived": tenth, "weight": 160 - 12 * tenth} for tenth in deprived]
        for part, word in zip(parts, words, strict=True):
            wards.append(Ward(f"Z05{len(wards) + 1:06d}", district=district.code, cells=tuple(part), **word))
    return tuple(wards)


def _placed(
    parts: Sequence[Sequence[Cell]], words: Sequence[Mapping[str, Any]], outlines: Outlines
) -> list[Mapping[str, Any]]:
    """Names for the main district's wards: the town centre on the front, Park and Clifton further out, the rest around."""

    def out(i: int) -> float:
        spots = [place(*cell) for cell in parts[i]]
        x = sum(x for x, _ in spots) / len(spots) - outlines.middle[0] + 2.5  # the centre of town is by the sea
        y = sum(y for _, y in spots) / len(spots) - outlines.middle[1]
        return round(x * x + y * y, 6)

    ranked = sorted(range(len(parts)), key=out)
    order = [*words[:4], *words[6:]]
    order.insert(11, words[4])
    order.insert(16, words[5])
    named = dict(zip(ranked, order, strict=True))
    return [named[i] for i in range(len(parts))]


def _areas(
    districts: Sequence[District], wards: Sequence[Ward], outlines: Outlines, chance: Chance
) -> tuple[SmallArea, ...]:
    taken: set[int] = set()
    made: list[SmallArea] = []
    for district in districts:
        cells = [(ward, cell) for ward in wards if ward.district == district.code for cell in ward.cells]
        sizes = share_out(district.people, chance.between(85, 118, len(cells)).tolist())
        lively = chance.between(55, 165, len(cells)).tolist()
        for i, (ward, cell) in enumerate(cells):
            decile, rank = _deprivation(ward, cell, taken, chance)
            made.append(
                SmallArea(
                    f"Z01{len(made) + 1:06d}",
                    f"{district.name} {i // 5 + 1:03d}{'ABCDE'[i % 5]}",
                    ward,
                    district,
                    outlines.centre(cell),
                    tuple(outlines.ring([cell])),
                    sizes[i],
                    ward.weight * lively[i],
                    ward.centre * lively[i],
                    decile,
                    rank,
                )
            )
    return tuple(made)


def _deprivation(ward: Ward, cell: Cell, taken: set[int], chance: Chance) -> tuple[int, int]:
    """A tenth of England and a rank in it, of 32,844. One area of each most deprived ward is among England's worst hundred."""
    worst = ward.deprived == 1 and cell == ward.cells[0]
    low, high = (-1, 0) if ward.deprived <= 2 else (-1, 1)
    decile = 1 if worst else min(10, max(1, ward.deprived + int(chance.between(low, high, 1)[0])))
    rank = 0
    while not rank or rank in taken:
        rank = (decile - 1) * 3284 + 1 + int(chance.below(100 if worst else 3284, 1)[0])
    taken.add(rank)
    return decile, rank
