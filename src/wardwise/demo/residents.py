"""The people who live in the invented county, by small area and by age and sex, in the two shapes that ONS publishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardwise.definitions import find

from .chance import Chance, share_out
from .geography import MAIN, Geography, SmallArea

YEARS = range(2011, 2023)
"""Of the file of small areas, as ONS rebased them after the 2021 Census."""
AGED = range(2011, 2017)
"""Of the file by age and sex: the years that were published by the end of 2016 and that the records reach."""
TOP = 90
"""The last age of the estimates by single year is 90 and over."""

File = tuple[list[str], Iterator[list[str]]]


def growth(county: Geography, chance: Chance) -> list[int]:
    """By how many thousandths a year each small area grows or shrinks."""
    rise: list[int] = chance.of("growth").between(-6, 7, len(county.areas)).tolist()
    return rise


def by_area(county: Geography, rise: list[int]) -> File:
    """Residents of each small area at each mid-year."""
    header = ["LSOA 2021 Code", "LSOA 2021 Name", "Area Sq Km"]
    for year in YEARS:
        header += [f"Mid-{year}: Population", f"Mid-{year}: People per Sq Km"]

    def rows() -> Iterator[list[str]]:
        for small, each in zip(county.areas, rise, strict=True):
            row = [small.code, small.name, f"{small.square_km:.3f}"]
            for year in YEARS:
                people = _people(small, each, year)
                row += [str(people), f"{people / small.square_km:.1f}"]
            yield row

    return header, rows()


def by_age(county: Geography, rise: list[int], chance: Chance) -> File:
    """Residents of each district by sex and single year of age: at every mid-year they add up to those of its small areas."""
    told = find.read(next(path for path in find.files("demo") if path.stem == "residents"))
    header = ["ladcode21", "laname21", "country", "sex", "age", *(f"population_{year}" for year in AGED)]
    older = chance.of("ages").between(-told["tilt"], told["tilt"], len(county.districts)).tolist()

    def rows() -> Iterator[list[str]]:
        for district, tilt in zip(county.districts, older, strict=True):
            weights = _weights(told, district.code, tilt)
            pairs = list(zip(county.areas, rise, strict=True))
            totals = [sum(_people(a, each, year) for a, each in pairs if a.district == district) for year in AGED]
            shares = [share_out(total, list(weights.values())) for total in totals]
            for (sex, age), numbers in zip(weights, zip(*shares, strict=True), strict=True):
                yield [district.code, district.name, "E", sex, str(age), *map(str, numbers)]

    return header, rows()


def _people(small: SmallArea, rise: int, year: int) -> int:
    return small.people * (1000 + rise * (year - 2014)) // 1000


def _weights(told: Mapping[str, Any], district: str, tilt: int) -> dict[tuple[str, int], int]:
    """How heavy each sex and single year of age is: within a band every year is alike."""
    shares = told["main"] if district == MAIN else told["others"]
    tilt = 0 if district == MAIN else tilt
    found: dict[tuple[str, int], int] = {}
    for sex in ("F", "M"):
        for place, (band, share, women) in enumerate(zip(told["bands"], shares, told["women"], strict=True)):
            first = int(band.rstrip("+").partition("-")[0])
            ages = range(first, first + 5) if first < TOP else [TOP]
            weight = share * (1000 + tilt * (place - 9)) * (women if sex == "F" else 1000 - women)
            found |= {(sex, age): weight if len(ages) > 1 else 5 * weight for age in ages}
    return found
