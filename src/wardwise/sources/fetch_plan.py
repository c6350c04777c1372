"""Which files a fetch needs: the declarations in definitions/fetch, and what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..areas import force_slug
from ..definitions import find
from ..records.errors import WardwiseError
from ..records.periods import Period, month_from_number, month_number


class File(BaseModel):
    """One file: its path under the feed's address, and the name it is saved under. Both may hold {month}, {year}, {district},
    {district_slug}."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    save: str


class Feed(BaseModel):
    """What can be fetched, and from where. each: once, or a file for every year, district or archive of months."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fetch: str
    title: str
    owner: str
    about: str = ""
    address: str = Field(pattern=r"^https://.*/$")
    each: Literal["once", "year", "district", "archive"]
    files: tuple[File, ...] = Field(min_length=1)
    months_held: int = 36
    keep: str | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Options:
    """What was asked for. force: any spelling. period: months. district: its name."""

    force: str = ""
    period: Period | None = None
    district: str = ""

    @property
    def forces(self) -> tuple[str, str]:
        """The short name that Wardwise uses, and the one in data.police.uk file names (they differ for British Transport Police)."""
        slug = force_slug(self.force.replace("-", " "))
        return slug, {"british-transport": "btp"}.get(slug, slug)


@dataclass(frozen=True)
class Wanted:
    """One download. months: for an archive, the months to take from it."""

    path: str
    save: str
    months: tuple[str, ...] = ()


def names(own: Path | None = None) -> tuple[str, ...]:
    """The feeds that can be fetched."""
    return tuple(path.stem for path in find.files("fetch", own))


def feed(what: str, own: Path | None = None) -> Feed:
    """The declaration of one feed. Raises WardwiseError, naming those there are, when there is none, or it is wrong."""
    path = next((path for path in find.files("fetch", own) if path.stem == what), None)
    if path is None:
        raise WardwiseError(f"Wardwise cannot fetch “{what}”.", next_step=f"It can fetch: {', '.join(names(own))}.")
    try:
        return Feed.model_validate(find.read(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise WardwiseError(
            f"This declaration is wrong: {first['msg']}.",
            where=f"{path.name}, {', '.join(str(part) for part in first['loc'])}",
            next_step="Put it right, following the shipped files in definitions/fetch.",
        ) from error


def wanted(chosen: Feed, options: Options) -> tuple[Wanted, ...]:
    """The downloads that answer what was asked for. Raises WardwiseError when an option that the feed needs is not given."""
    plans = {"once": _once, "year": _years, "district": _district, "archive": _archives}
    return tuple(plans[chosen.each](chosen, options))


def _once(chosen: Feed, _: Options) -> Iterator[Wanted]:
    for file in chosen.files:
        yield Wanted(file.path, file.save)


def _years(chosen: Feed, options: Options) -> Iterator[Wanted]:
    period = _period(chosen, options)
    for year in range(int(period.start[:4]), int(period.end[:4]) + 1):
        for file in chosen.files:
            yield Wanted(file.path.format(year=year), file.save.format(year=year))


def _district(chosen: Feed, options: Options) -> Iterator[Wanted]:
    if not options.district:
        raise _needs(chosen, "--district Blackpool")
    if not re.fullmatch(r"[\w .,'’&-]{2,60}", options.district):
        raise WardwiseError(
            "That is not a district's name.", next_step="Write it as the ONS does, for example Blackpool."
        )
    told = options.district.strip().replace("'", "''")
    slug = re.sub(r"[^a-z0-9]+", "", options.district.casefold())
    for file in chosen.files:
        yield Wanted(file.path.format(district=quote(told)), file.save.format(district_slug=slug))


def _archives(chosen: Feed, options: Options) -> Iterator[Wanted]:
    """The fewest archives that cover the months, newest first: each holds so many months up to its own."""
    if not options.force:
        raise _needs(chosen, "--force lancashire")
    period = _period(chosen, options)
    first, last = month_number(period.start), month_number(period.end)
    while last >= first:
        start = max(first, last - chosen.months_held + 1)
        month = month_from_number(last)
        months = tuple(month_from_number(number) for number in range(start, last + 1))
        for file in chosen.files:
            yield Wanted(file.path.format(month=month), file.save.format(month=month), months)
        last = start - 1


def _period(chosen: Feed, options: Options) -> Period:
    if options.period is None:
        raise _needs(chosen, "--from 2022-01 --to 2024-12")
    return options.period


def _needs(chosen: Feed, example: str) -> WardwiseError:
    return WardwiseError(
        f"To fetch {chosen.fetch}, say which.", next_step=f"For example: wardwise fetch {chosen.fetch} {example}"
    )
