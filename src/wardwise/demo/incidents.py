"""Anti-social behaviour incidents and hate incidents of the main district, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wardwise.records.periods import Period

from . import counts
from .chance import Chance, share_out
from .people import who
from .places import addresses
from .targets import SPELLS, Demo, by_spell
from .when import days_of

if TYPE_CHECKING:
    import numpy as np

    from .geography import SmallArea

    Whole = np.ndarray[Any, np.dtype[np.int64]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Incidents:
    """Columns of equal length. kind: number of the part or type; month, area, address: numbers from 0; day: days since
    1 January 1970; minute: of the day."""

    kinds: tuple[str, ...]
    kind: Whole
    month: Whole
    day: Whole
    minute: Whole
    area: Whole
    address: Whole
    alcohol: Flags
    drugs: Flags
    caller: Whole
    """A number from 0, or −1 where the caller gave no name."""

    def __len__(self) -> int:
        return len(self.kind)


def asb_months(demo: Demo, chance: Chance) -> dict[str, list[int]]:
    """Incidents in each month of each spell: as declared, or by season."""
    asb = demo.targets["asb"]
    parts = [by_spell(numbers) for numbers in asb["parts"].values()]
    found: dict[str, list[int]] = {}
    for spell, period in SPELLS.items():
        total = sum(part[spell] for part in parts)
        weights = counts.season(demo.seasons["asb"], period, chance.of(spell))
        found[spell] = asb["months"].get(spell) or share_out(total, weights)
    return found


def asb(demo: Demo, areas: Sequence[SmallArea], chance: Chance) -> Incidents:
    """Anti-social behaviour reported to the police. Raises ValueError when its months and its parts do not add up alike."""
    import numpy as np

    parts = {name: by_spell(numbers) for name, numbers in demo.targets["asb"]["parts"].items()}
    kind, month = [], []
    for spell, monthly in asb_months(demo, chance.of("months")).items():
        dealt = chance.of(spell).deal([part[spell] for part in parts.values()])
        if len(dealt) != sum(monthly):
            raise ValueError(f"ASB of {spell}: months add up to {sum(monthly)}, parts to {len(dealt)}")
        kind.append(dealt)
        month.append(np.repeat(np.arange(len(monthly)) + counts.place_of(SPELLS[spell].start), monthly))
    return placed(tuple(parts), np.concatenate(kind), np.concatenate(month), areas, chance, demo.patterns["evening"])


def hate(demo: Demo, areas: Sequence[SmallArea], chance: Chance) -> Incidents:
    """Hate incidents of the two periods of the published table."""
    import numpy as np

    declared = demo.targets["hate_incidents"]
    kind, month = [], []
    for place, year in enumerate((2015, 2016)):
        period = Period(declared[year]["from"], declared[year]["to"])
        dealt = chance.of(str(year)).deal([numbers[place] for numbers in declared["types"].values()])
        kind.append(dealt)
        months = chance.of(str(year), "months").below(period.length, len(dealt))
        month.append(np.sort(months) + counts.place_of(period.start))
    types = tuple(declared["types"])
    return placed(types, np.concatenate(kind), np.concatenate(month), areas, chance, demo.patterns["day"])


def placed(
    kinds: tuple[str, ...], kind: Whole, month: Whole, areas: Sequence[SmallArea], chance: Chance, pattern: Any
) -> Incidents:
    """Give each event of a known kind and month its day, time and place; pattern: weights of hours and days."""
    size = len(kind)
    weights = [small.weight + 60 * small.night for small in areas]
    hour = chance.of("hours").pick(pattern["hours"], size)
    return Incidents(
        kinds,
        kind,
        month,
        days_of(month, chance.of("weekdays").pick(pattern["days"], size), chance.of("days")),
        hour * 60 + chance.of("minutes").below(60, size),
        chance.of("areas").pick(weights, size),
        addresses(chance.of("addresses"), size),
        chance.of("alcohol").below(100, size) < 17,
        chance.of("drugs").below(100, size) < 4,
        _callers(size, chance.of("callers")),
    )


def _callers(size: int, chance: Chance) -> Whole:
    """Two in five calls come from someone who called before; one in eight callers gives no name."""
    import numpy as np

    alike = np.zeros(size, dtype=np.int64)
    named = chance.of("named").below(8, size) > 0
    return who(alike, alike, named, alike + 42, chance.of("who"), 3000)
