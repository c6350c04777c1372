"""The main district's recorded offences, one by one, adding up to the targets: what, when, where, and with which flags."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import counts, people
from .chance import Chance
from .places import addresses
from .targets import SPELLS, Demo, by_spell, matches
from .when import Times, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from .geography import SmallArea

    Whole = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]


UNPLACED = 12
"""Of a thousand offences, how many the force knows only to be somewhere in the district."""


@dataclass
class Offences:
    """Columns of equal length, a row for each offence, in order of month. line, month, area, address and code are numbers
    from 0 (of the demo's lines and months, the main district's areas, an area's addresses, a line's codes); ages are years,
    −1 where not known; sexes 0 female, 1 male, −1 not known."""

    line: Whole
    month: Whole
    domestic: Flags
    area: Whole = field(init=False)
    address: Whole = field(init=False)
    code: Whole = field(init=False)
    times: Times = field(init=False)
    flags: dict[str, Flags] = field(default_factory=dict)
    victim_age: Whole = field(init=False)
    offender_age: Whole = field(init=False)
    victim_sex: Whole = field(init=False)
    offender_sex: Whole = field(init=False)
    victim: Whole = field(init=False)
    offender: Whole = field(init=False)

    def __len__(self) -> int:
        return len(self.line)


def make(demo: Demo, areas: Sequence[SmallArea], chance: Chance) -> Offences:
    """All offences of the demo's period in the areas given."""
    made = _rows(demo, chance.of("rows"))
    _place(made, demo, areas, chance.of("places"))
    _child_victims(made, demo, chance.of("children"))
    _exact_flags(made, demo, chance.of("flags"))
    made.times = times(demo, made.line, made.month, made.flags["non_recent"], chance.of("times"))
    people.describe(made, demo, chance.of("people"))
    _codes(made, demo, chance.of("codes"))
    people.sexes(made, demo, chance.of("sexes"))
    people.references(made, chance.of("references"))
    _other_flags(made, demo, areas, chance.of("other flags"))
    return made


def _rows(demo: Demo, chance: Chance) -> Offences:
    import numpy as np

    rows = counts.records(demo, chance)
    size = [row[3] for row in rows]
    line, month, domestic = (np.repeat(np.array([row[i] for row in rows]), size) for i in range(3))
    order = chance.of("order").order(len(line))
    order = order[np.argsort(month[order], kind="stable")]
    return Offences(line[order], month[order], domestic[order].astype(bool))


def per_line(demo: Demo, name: str) -> Whole:
    """One of the lines' numbers, in the order of the lines."""
    import numpy as np

    return np.array([getattr(line, name) for line in demo.lines], dtype=np.int64)


def in_spell(month: Whole, spell: str) -> Flags:
    """Which rows fall in the spell."""
    period = SPELLS[spell]
    found: Flags = (month >= counts.place_of(period.start)) & (month <= counts.place_of(period.end))
    return found


def _place(made: Offences, demo: Demo, areas: Sequence[SmallArea], chance: Chance) -> None:
    import numpy as np

    size = len(made)
    by_night = chance.below(100, size) < per_line(demo, "centre")[made.line]
    by_night &= ~made.domestic
    made.area = np.where(
        by_night, chance.pick([a.night for a in areas], size), chance.pick([a.weight for a in areas], size)
    )
    made.address = addresses(chance, size)
    made.flags["town centre"] = by_night
    made.flags["unplaced"] = chance.of("unplaced").below(1000, size) < UNPLACED


def _child_victims(made: Offences, demo: Demo, chance: Chance) -> None:
    """Sexual offences against children first, since the offence's own words follow from it."""
    import numpy as np

    made.flags["victim_under_16"] = np.zeros(len(made), dtype=bool)
    _exactly(made, demo, "victim_under_16", np.full(len(made), 100), chance)


def _exact_flags(made: Offences, demo: Demo, chance: Chance) -> None:
    import numpy as np

    for flag in ("non_recent", "social_media", "alcohol"):
        made.flags[flag] = np.zeros(len(made), dtype=bool)
    worth = per_line(demo, "alcohol")[made.line] * np.where(made.domestic, 13, 10)
    _exactly(made, demo, "alcohol", worth, chance.of("alcohol"))
    _exactly(made, demo, "non_recent", np.full(len(made), 100), chance.of("non-recent"))
    recent = ~made.flags["non_recent"]
    contact = np.array([6 if line.category == "Other sexual offences" else 1 for line in demo.lines])
    _exactly(made, demo, "social_media", contact[made.line] * 100 * recent, chance.of("social media"))


def _exactly(made: Offences, demo: Demo, flag: str, worth: Whole, chance: Chance) -> None:
    """Set the flag on exactly as many rows of each spell as the targets say."""
    import numpy as np

    for target in demo.targets["flags"]:
        if target["flag"] != flag:
            continue
        among = np.array([matches(line, target["among"], demo.targets["assaults"]) for line in demo.lines])
        for spell, take in by_spell(target["counts"]).items():
            here = np.flatnonzero(among[made.line] & in_spell(made.month, spell))
            made.flags[flag][here[chance.of(spell, str(target["among"])).some(worth[here], take)]] = True


def _codes(made: Offences, demo: Demo, chance: Chance) -> None:
    """An offence code for each row that fits the victim's age, where the code says one."""
    import numpy as np

    made.code = np.zeros(len(made), dtype=np.int64)
    for number, line in enumerate(demo.lines):
        for child, kind in ((True, "adult"), (False, "child")):
            weights = [0 if code.victim == kind else code.weight for code in line.codes]
            rows = np.flatnonzero((made.line == number) & (made.flags["victim_under_16"] == child))
            if len(rows):
                made.code[rows] = chance.of(line.line, kind).pick(weights, len(rows))


def _other_flags(made: Offences, demo: Demo, areas: Sequence[SmallArea], chance: Chance) -> None:
    import numpy as np

    size = len(made)

    def often(name: str) -> Flags:
        found: Flags = chance.of(name).below(1000, size) < 10 * np.minimum(per_line(demo, name)[made.line], 100)
        return found

    made.flags["knife"] = often("knife")
    made.flags["drugs"] = often("drugs")
    made.flags["online"] = often("online") | made.flags["social_media"]
    late = (made.times.hour >= 20) | (made.times.hour < 5)
    made.flags["night_time_economy"] = made.flags.pop("town centre") & late & (per_line(demo, "alcohol")[made.line] > 9)
    racial = np.zeros((len(demo.lines), max(len(line.codes) for line in demo.lines)), dtype=bool)
    for number, line in enumerate(demo.lines):
        racial[number, : len(line.codes)] = [code.hate == "race" for code in line.codes]
    hate = chance.of("hate").pick([992, 4, 1, 2, 1, 1], size)
    open_to_it = np.isin(made.line, [i for i, x in enumerate(demo.lines) if x.alcohol >= 60 or x.online >= 30])
    made.flags["hate_race"] = racial[made.line, made.code] | ((hate == 1) & open_to_it)
    for number, strand in enumerate(("religion", "sexual_orientation", "disability", "transgender"), 2):
        made.flags[f"hate_{strand}"] = (hate == number) & open_to_it & ~made.domestic
