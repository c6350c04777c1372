"""Ages, sexes and pseudonyms of the invented victims, offenders and callers. Nobody has a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .chance import share_out

if TYPE_CHECKING:
    import numpy as np

    from .chance import Chance
    from .offences import Offences
    from .targets import Demo

    Whole = np.ndarray[Any, np.dtype[np.int64]]

VIOLENCE, SEXUAL = "Violence against the person", "Sexual offences"


def describe(made: Offences, demo: Demo, chance: Chance) -> None:
    """Ages of victims and offenders; whoever is under 16 is flagged so. Violence has its bands exactly, year by year."""
    import numpy as np

    bands = demo.targets["bands"]
    lines = demo.lines
    violent = np.isin(made.line, [i for i, line in enumerate(lines) if line.group == VIOLENCE])
    sexual = np.isin(made.line, [i for i, line in enumerate(lines) if line.group == SEXUAL])
    victim = chance.of("victim").below(1000, len(made)) < 9 * np.array([x.victim for x in lines])[made.line]
    suspect = chance.of("suspect").below(100, len(made)) < np.array([x.offender for x in lines])[made.line]
    young = made.flags["victim_under_16"]
    made.victim_age = np.full(len(made), -1, dtype=np.int64)
    made.offender_age = np.full(len(made), -1, dtype=np.int64)
    for year in range(4):
        now = made.month // 12 == year
        for name, rows in (
            ("violence victims", now & violent & victim),
            ("other victims", now & ~violent & ~sexual & victim),
            ("child victims", now & sexual & young),
            ("adult victims", now & sexual & ~young),
        ):
            made.victim_age[rows] = ages(bands[name], int(rows.sum()), chance.of(name, str(year)))
        for name, rows in (("violence offenders", violent), ("other offenders", ~violent)):
            rows = rows & now & suspect
            made.offender_age[rows] = ages(bands[name], int(rows.sum()), chance.of(name, str(year)))
    made.flags["victim_under_16"] = young | ((made.victim_age >= 0) & (made.victim_age < 16))


def ages(bands: Mapping[str, int], size: int, chance: Chance) -> Whole:
    """`size` ages in years, exactly in proportion to the bands (“15-24”: 27)."""
    import numpy as np

    ends = [tuple(int(age) for age in band.split("-")) for band in bands]
    low, high = (np.array([end[i] for end in ends]) for i in range(2))
    band = chance.deal(share_out(size, list(bands.values())))
    found: Whole = low[band] + chance.below(1 << 20, size) % (high[band] - low[band] + 1)
    return found


def sexes(made: Offences, demo: Demo, chance: Chance) -> None:
    """0 female, 1 male, −1 not known; where the offence's own words say, the victim's follows them."""
    import numpy as np

    size = len(made)
    sexual = np.isin(made.line, [i for i, line in enumerate(demo.lines) if line.group == SEXUAL])
    women = np.where(sexual, 84, np.where(made.domestic, 74, 44))
    men = np.where(sexual, 96, np.where(made.domestic, 81, 78))
    made.victim_sex = np.where(chance.of("victims").below(100, size) < women, 0, 1)
    for number, line in enumerate(demo.lines):
        for place, code in enumerate(line.codes):
            here = (made.line == number) & (made.code == place)
            for sex, word in enumerate(("female", " male ")):
                if word in code.offence:
                    made.victim_sex[here] = sex
    made.victim_sex[made.victim_age < 0] = -1
    made.offender_sex = np.where(chance.of("offenders").below(100, size) < men, 1, 0)
    made.offender_sex[made.offender_age < 0] = -1


def references(made: Offences, chance: Chance) -> None:
    """Who it was: a number from 0, or −1 where nobody is known. Some come back, those recorded often more so than others; a person keeps
    a sex and a year of birth. Domestic abuse comes back most."""
    import numpy as np

    year = 2013 + (made.month + 3) // 12
    back = np.where(made.domestic, 78, 32)
    made.victim = who(year - made.victim_age, made.victim_sex, made.victim_age >= 0, back, chance.of("victims"), 60)
    often = np.full(len(made), 55)
    made.offender = who(
        year - made.offender_age, made.offender_sex, made.offender_age >= 0, often, chance.of("offenders"), 60
    )


def who(born: Whole, sex: Whole, known: Any, back: Whole, chance: Chance, reach: int) -> Whole:
    """A person for each known row, in order: `back` in a hundred are someone already seen of that birth year and sex, each of
    the `reach` rows before as likely as another, so that whoever was seen often is seen again (Simon 1955, Biometrika 42, 425-440)."""
    import numpy as np

    size = len(born)
    again = chance.of("again").below(100, size) < back
    earlier = chance.of("earlier").below(1 << 40, size).tolist()
    seen: dict[tuple[int, int], list[int]] = {}
    found, people = np.full(size, -1, dtype=np.int64), 0
    rows = zip(range(size), born.tolist(), sex.tolist(), known.tolist(), again.tolist(), strict=True)
    for at, year, kind, given, returns in rows:
        if not given:
            continue
        before = seen.setdefault((year, kind), [])
        if returns and before:
            person = before[-1 - earlier[at] % min(len(before), reach)]
        else:
            person, people = people, people + 1
        before.append(person)
        found[at] = person
    return found
