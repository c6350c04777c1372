"""A pilot that never was, and people on programmes who do not exist: made to be evaluated, with effects put in on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardwise.records.periods import shift

from .geography import MAIN
from .returns import RETURNS
from .targets import PERIOD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from .chance import Chance
    from .geography import Geography
    from .targets import Demo

PEOPLE = [
    "Organisation", "Programme", "Person reference", "Part", "Area code", "Area name", "Start month", "First event month",
    "Followed to", "Sessions offered", "Sessions attended", "Age", "Earlier events", "Need score",
]  # fmt: skip
Rows = list[list[str]]


def files(demo: Demo, county: Geography, chance: Chance) -> dict[str, tuple[list[str], Rows]]:
    """Header and rows of each file, by its name."""
    told, council = demo.pilot, county.districts[0].name
    return {
        "synthetic-evening-calls.csv": (RETURNS, _calls(told["calls"], chance.of("calls"))),
        "synthetic-programme-people.csv": (PEOPLE, _people(told["programmes"], council, chance.of("people"))),
    }


def _calls(told: Mapping[str, Any], chance: Chance) -> Rows:
    """Monthly calls from each ward, scattered by chance around its level, season and (from the start) its change."""
    made = []
    for ward in told["wards"]:
        weights = [
            ward["level"] * told["season"][int(month[5:]) - 1] * (ward["percent"] if month >= told["start"] else 100)
            for month in PERIOD.months()
        ]
        total = sum(weights) // 10_000
        counts = chance.of(ward["code"]).scatter(total, weights)
        for month, count in zip(PERIOD.months(), counts, strict=True):
            words = [told["organisation"], told["service"], told["measure"], ward["code"], ward["name"], month, "1"]
            made.append([*words, str(count), ""])
    return made


def _people(programmes: Sequence[Mapping[str, Any]], council: str, chance: Chance) -> Rows:
    return [row for told in programmes for row in _programme(told, council, chance.of(told["programme"]))]


def _programme(told: Mapping[str, Any], council: str, chance: Chance) -> Rows:
    """Everyone of one programme: those with more need and more events before are likelier to take part and to have another."""
    size = told["took_part"] + told.get("comparison", 0)
    needs, ages = (
        chance.of("need").between(1, 20, size).tolist(),
        chance.of("age").between(told["ages"][0], told["ages"][1], size).tolist(),
    )
    earlier = [
        need // 4 + extra for need, extra in zip(needs, chance.of("earlier").below(4, size).tolist(), strict=True)
    ]
    heavy = [need + 4 for need in needs]
    chosen = set(chance.of("part").some(heavy, told["took_part"]).tolist())
    starts = chance.of("start").below(told["months"], size).tolist()
    luck, waits = chance.of("luck").below(1000, size).tolist(), chance.of("wait").between(1, 12, size).tolist()
    sessions, came = told.get("sessions", 0), chance.of("came").below(100, size).tolist()
    made = []
    for at in range(size):
        took = at in chosen
        start = shift(told["first"], starts[at])
        risk = (told["risk"] + told.get("slope", 0) * needs[at]) * (told.get("effect", 100) if took else 100) // 100
        event = shift(start, waits[at]) if luck[at] < risk else ""
        made.append([
            told["organisation"], told["programme"], f"SYN-{told['prefix']}-{at + 1:04d}", "Took part" if took else "Comparison",
            MAIN, council, start, event if event <= PERIOD.end else "", PERIOD.end,
            str(sessions) if took and sessions else "", str(sessions * came[at] // 100 + (came[at] > 30)) if took and sessions else "",
            str(ages[at]), str(earlier[at]), str(needs[at]),
        ])  # fmt: skip
    return made
