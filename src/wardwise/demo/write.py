"""Write the synthetic partnership as partner files: what its force, council and services would have sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wardwise.records.periods import Period

from . import (
    context,
    counts,
    geography,
    incidents,
    maps,
    offences,
    pilot,
    places,
    records,
    returns,
    roads,
    series,
    services,
    street,
    survey,
    targets,
)
from .chance import Chance
from .files import write_csv, write_workbook
from .geography import MAIN, Geography
from .offences import Offences
from .targets import PERIOD, Demo

if TYPE_CHECKING:
    from .offences import Flags

SEED = 20161027

README = """\
SYNTHETIC DATA. Nothing in this folder happened, and nobody in it exists.

These are the partner files of an invented community safety partnership, {main}, in an invented county, {county}.
They are made by `wardwise demo` from the seed {seed} and the declarations in definitions/demo, so that Wardwise can be tried
without real data. Area codes begin with Z, which no official code does. Coordinates lie in the open North Sea.
Totals of {main} for April to August 2016 follow figures published in a performance report of October 2016; every record
behind them is invented.
"""


@dataclass(frozen=True)
class Summary:
    """What was written: the folder, rows by file name, the code of the main district and the period of the records."""

    folder: Path
    files: Mapping[str, int]
    area: str
    period: Period

    @property
    def rows(self) -> int:
        return sum(self.files.values())


def write(folder: Path, seed: int = SEED, progress: Callable[[str], None] | None = None) -> Summary:
    """Write all partner files into `folder`, made if it is not there. The same seed gives the same bytes on any machine.

    progress: called with a few words before each part. Raises WardwiseError when the demo's declarations do not add up.
    """
    say = progress or (lambda words: None)
    chance = Chance(seed)
    say("Reading what the numbers must add up to")
    demo = targets.load()
    say("Drawing the county")
    county = geography.make(demo.county, chance.of("geography"))
    spots = places.make(county.areas, demo.county, chance.of("places"))
    folder.mkdir(parents=True, exist_ok=True)
    done = maps.write(folder / "places", county, demo.county["visits"], chance.of("maps"))
    say("Recording offences")
    made = offences.make(demo, county.within(MAIN), chance.of("offences"))
    done |= _offences(folder / "police", demo, county, spots, made)
    say("Taking calls about anti-social behaviour and hate incidents")
    calls = incidents.asb(demo, county.within(MAIN), chance.of("asb"))
    hate = incidents.hate(demo, county.within(MAIN), chance.of("hate"))
    done |= _incidents(folder / "police", county, spots, calls, hate)
    say("Counting for the county")
    totals = series.districts(demo, county.districts, _main(demo, made, calls), chance.of("series"))
    done |= _totals(folder, demo, county, totals)
    say("Writing street files")
    rows = [street.of_main(demo, made, calls), street.of_others(county, totals, chance.of("elsewhere"))]
    done |= street.write(folder / "data.police.uk", county, spots, rows, chance.of("street"))
    say("Writing what other services send")
    done |= _services(folder, demo, county, spots, chance)
    say("Evaluating what never was")
    for name, (header, rows_of) in pilot.files(demo, county, chance.of("pilot")).items():
        done[name] = write_csv(folder / "services" / name, header, rows_of)
    say("Writing road collisions")
    done |= roads.write(folder / "roads", county.areas, spots, chance.of("roads"))
    about = README.format(main=county.districts[0].name, county=county.county, seed=seed)
    (folder / "README.md").write_text(about, encoding="utf-8", newline="\n")
    return Summary(folder, done, MAIN, PERIOD)


def _offences(folder: Path, demo: Demo, county: Geography, spots: places.Places, made: Offences) -> dict[str, int]:
    rows = records.offences(made, demo, county.within(MAIN), spots, county.force)
    months = made.month.tolist()
    done = {}
    for year in range(4):
        name = f"synthetic-offences-{2013 + year}-{14 + year}"
        of_year = [row for row, month in zip(rows, months, strict=True) if month // 12 == year]
        if year < 3:
            done[f"{name}.csv"] = write_csv(folder / f"{name}.csv", records.OFFENCES, of_year)
        else:
            done[f"{name}.xlsx"] = write_workbook(folder / f"{name}.xlsx", "Synthetic", records.OFFENCES, of_year)
    return done


def _incidents(
    folder: Path, county: Geography, spots: places.Places, calls: incidents.Incidents, hate: incidents.Incidents
) -> dict[str, int]:
    areas = county.within(MAIN)
    files = {
        "synthetic-asb-incidents.csv": (records.ASB, records.asb(calls, areas, spots, county.force)),
        "synthetic-hate-incidents.csv": (records.HATE, records.hate(hate, areas, spots, county.force)),
    }
    return {name: write_csv(folder / name, header, rows) for name, (header, rows) in files.items()}


def _totals(folder: Path, demo: Demo, county: Geography, totals: series.Totals) -> dict[str, int]:
    files = {
        "police/synthetic-monthly-totals.csv": (returns.SERIES, returns.series(county, totals)),
        "police/synthetic-county-domestic-abuse.csv": returns.across(county, counts.county_domestic(demo)),
        "services/synthetic-service-returns.csv": (returns.RETURNS, returns.returns(demo, county)),
    }
    return {Path(name).name: write_csv(folder / name, header, rows) for name, (header, rows) in files.items()}


def _services(folder: Path, demo: Demo, county: Geography, spots: places.Places, chance: Chance) -> dict[str, int]:
    done = {}
    for name, feed in services.feeds(demo, county.within(MAIN), spots, chance.of("services")).items():
        done[f"{name}.csv"] = write_csv(folder / "services" / f"{name}.csv", *feed)
    told = survey.read()
    asked = survey.rows(told, county.within(MAIN), chance.of("survey"))
    done[f"{told['file']}.csv"] = write_csv(folder / "services" / f"{told['file']}.csv", *asked)
    known = context.read()
    done[f"{known['file']}.csv"] = write_csv(folder / "services" / f"{known['file']}.csv", *context.rows(known, county))
    for month, searches in services.searches(demo, county, spots, chance.of("searches")).items():
        name = f"{month}-{street.slug(county)}-stop-and-search.csv"
        done[name] = write_csv(folder / "data.police.uk" / month / name, *searches)
    return done


def _main(demo: Demo, made: Offences, calls: incidents.Incidents) -> dict[str, list[int]]:
    """The main district's own monthly counts, of the kinds that the series hold."""
    import numpy as np

    def monthly(rows: Flags) -> list[int]:
        return [int(count) for count in np.bincount(made.month[rows], minlength=PERIOD.length)]

    group = np.array([line.group for line in demo.lines])[made.line]
    known = {"violence": "Violence against the person", "sexual": "Sexual offences", "theft": "Theft offences"}
    found = {kind: monthly(group == name) for kind, name in known.items()}
    found["other"] = monthly(~np.isin(group, list(known.values())))
    found["rape"] = monthly(np.array([line.category == "Rape" for line in demo.lines])[made.line])
    found["domestic"] = monthly(made.domestic)
    found["asb"] = [int(count) for count in np.bincount(calls.month, minlength=PERIOD.length)]
    return found
