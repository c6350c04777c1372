"""Who is harmed, and who is thought to have done it? Ages and sexes of victims or of offenders, beside those of residents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from wardwise.methods import age_sex
from wardwise.methods.age_sex import Band
from wardwise.methods.rates import crude_rate, wilson
from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from .about import About
from .asking import Asker, MeasureOrName, strictest
from .standardised import residents_aged

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

Who = Literal["victim", "offender"]
PEOPLE: dict[str, str] = {"victim": "victims", "offender": "suspects and offenders"}

BANDS: tuple[Band, ...] = (
    (0, 9), (10, 14), (15, 19), (20, 24), (25, 29), (30, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, 120),
)  # fmt: skip
"""From 10, the age of criminal responsibility (Children and Young Persons Act 1963, section 16); finest where most are."""
SPOKEN: tuple[Band, ...] = ((15, 24), (25, 29))
"""The groups that partnerships name: “15–24 = 27% of victims, 29% of offenders; 25–29 = 16% of offenders”."""
SEXES = ("female", "male", "other")
"""The last holds what is neither, and what is not stated; the table of sexes tells the two apart."""
FEWEST = 10
METHOD = (
    "Each record counts once, so a person who was harmed, or who offended, several times counts as often. Shares are of the records whose age (or "
    "sex) is stated. Intervals of shares are Wilson's, of rates Byar's (exact below 10), at 95%."
)


@dataclass(frozen=True)
class Known:
    """What the records say. ages: years, NaN where not stated. sexes: words, empty where not stated."""

    ages: NDArray[np.float64]
    sexes: tuple[str, ...]

    @property
    def aged(self) -> int:
        return int(np.isfinite(self.ages).sum())

    @property
    def sexed(self) -> int:
        return sum(sex in SEXES for sex in self.sexes)


def profile(
    source: Snapshot | Asker,
    measure: MeasureOrName,
    area: str,
    period: Period,
    *,
    of: Who = "victim",
    bands: Sequence[Band] = BANDS,
    spoken: Sequence[Band] = SPOKEN,
    name: str = "profile",
) -> Findings:
    """Ages by sex: table `ages`; groups that sentences speak of: `groups`; sexes: `sexes`; what is not stated: `known`.

    spoken: groups made of whole bands. Raises WardwiseError when the measure's records carry no age of that kind, or bands do not fit.
    """
    about = About.of(source, measure, area, period)
    _check(about, of, bands, spoken)
    title = about.title(f"age and sex of {PEOPLE[of]}")
    known = _read(about, of)
    if known.aged < FEWEST:
        empty = Table("ages", title, _columns(), ())
        why = f"{about.what}: fewer than {FEWEST} records state the age of {PEOPLE[of]}, too few for a profile."
        return about.refused(name, title, empty, why, "groups", "sexes", "known")
    _inside(about, known, bands)
    kinds = [SEXES.index(sex) if sex in SEXES else len(SEXES) - 1 for sex in known.sexes]
    counts = age_sex.profile(known.ages, kinds, bands, len(SEXES)).counts
    residents = [_residents(about, band) for band in bands]
    groups = [_group(band, bands, counts, residents) for band in spoken]
    tables = [
        _ages(about, of, title, bands, counts, residents),
        _groups(about, of, title, spoken, groups, known.aged),
        _sexes(about, of, title, known),
        _known(about, of, title, known),
    ]
    made = about.findings(
        name,
        title,
        tables,
        _statements(about, of, spoken, groups, known),
        method=METHOD,
        caveats=_caveats(of, residents),
        sums=(*_sums(bands), *_group_sums(bands, spoken), *_known_sums(known)),
    )
    return _guarded(made)


def _guarded(made: Findings) -> Findings:
    """Ages and sexes of people are personal: the thresholds are at least those of sensitive topics."""
    return replace(made, profile=strictest((made.profile, "sensitive")))


def _check(about: About, of: str, bands: Sequence[Band], spoken: Sequence[Band]) -> None:
    columns = about.measure.count.table.names
    if of not in PEOPLE or f"{of}_age" not in columns:
        raise WardwiseError(
            f"{about.measure.title} counts records without the age of a {of}.",
            where=about.measure.measure,
            next_step="Choose a measure of a force's own offences, and victim or offender.",
        )
    try:
        age_sex.ordered(bands)
    except ValueError as error:
        raise WardwiseError(f"The bands cannot be used: {error}.", next_step="Give them from the youngest.") from error
    ends = {low for low, _ in bands}, {high for _, high in bands}
    stray = next((band for band in spoken if band[0] not in ends[0] or band[1] not in ends[1]), None)
    if stray:
        raise WardwiseError(
            f"The group {words(stray)} is not made of whole bands.",
            next_step="Give bands that begin and end where the group does; a group cut otherwise could disclose a person.",
        )


def _read(about: About, of: str) -> Known:
    found = about.records([f"{of}_age", f"{of}_sex"])
    ages = np.array([np.nan if age is None else age for age in found.column(f"{of}_age").to_pylist()], dtype=float)
    return Known(ages, tuple(sex or "" for sex in found.column(f"{of}_sex").to_pylist()))


def _inside(about: About, known: Known, bands: Sequence[Band]) -> None:
    ages = known.ages[np.isfinite(known.ages)]
    if not all(any(low <= age <= high for low, high in bands) for age in np.unique(ages)):
        raise WardwiseError(
            "Some ages lie in none of the bands.",
            where=about.measure.measure,
            next_step="Give bands from 0 to the oldest, such as [0-17, 18-64, 65+], without a gap.",
        )


def _residents(about: About, band: Band) -> float | None:
    """Residents of the band's ages; None where residents by age are not held."""
    figures = about.ask.figures(residents_aged(about.ask.measure("residents"), band), [about.area], about.period)
    known = [figure.count for figure in figures.figures if figure.count]
    return float(known[0]) if known else None


def words(band: Band) -> str:
    """“15 to 24”, “75 and over”."""
    return f"{band[0]} and over" if band[1] >= 120 else f"{band[0]} to {band[1]}"


def _columns() -> tuple[Column, ...]:
    rate = ("count",)
    return (
        Column("label", Role.LABEL, "Age"),
        Column("female", Role.COUNT, "Female"),
        Column("male", Role.COUNT, "Male"),
        Column("other", Role.COUNT, "Other or not stated"),
        Column("count", Role.COUNT, "All"),
        Column("share", Role.PERCENT, "Share of those whose age is stated", of=("count",), decimals=1),
        Column("residents", Role.BASE, "Residents of that age"),
        Column("rate", Role.VALUE, "For every 1,000 of them", of=rate, decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit", of=rate, decimals=1),
        Column("upper", Role.UPPER, "Upper 95% limit", of=rate, decimals=1),
        Column("key", Role.KEY, "Key, all", of=("count",)),
        Column("sex_key", Role.KEY, "Key, each sex", of=SEXES),
    )


def _aged(about: About, of: Who, band: str = "") -> str:
    """What the register knows those of an age by, or all whose age is stated; not a figure, as the age may not be stated."""
    return about.key(of=of, aged="yes", **({"age": band} if band else {}))


def _ages(
    about: About,
    of: Who,
    title: str,
    bands: Sequence[Band],
    counts: NDArray[np.int64],
    residents: Sequence[float | None],
) -> Table:
    total = int(counts.sum())
    rows = [_row(words(band), counts[i], total, residents[i]) for i, band in enumerate(bands)]
    known = [each for each in residents if each is not None]
    everyone = sum(known) if len(known) == len(bands) else None
    rows.append(_row("Total whose age is stated", counts.sum(axis=0), total, everyone))
    keys = [*(_aged(about, of, words(band)) for band in bands), _aged(about, of)]
    named = ({**row, "key": key, "sex_key": key} for row, key in zip(rows, keys, strict=True))
    return Table("ages", title, _columns(), tuple(named))


def _row(label: str, counts: NDArray[np.int64], total: int, residents: float | None) -> Row:
    n = int(counts.sum())
    row: dict[str, Cell] = {"label": label, **{sex: int(counts[i]) for i, sex in enumerate(SEXES)}, "count": n}
    row["share"] = 100 * n / total
    if residents is None:
        return {**row, "residents": MISSING, **dict.fromkeys(("rate", "lower", "upper"), NOT_APPLICABLE)}
    rate = crude_rate(n, residents, 1000)
    limits = {"rate": float(rate.value), "lower": float(rate.lower), "upper": float(rate.upper)}
    return {**row, "residents": round(residents), **limits}


@dataclass(frozen=True)
class Group:
    """A group's number, and its share beside that of residents; quotient None where residents by age are not held."""

    count: int
    share: age_sex.Quotient | None


def _group(band: Band, bands: Sequence[Band], counts: NDArray[np.int64], residents: Sequence[float | None]) -> Group:
    inside = [i for i, each in enumerate(bands) if band[0] <= each[0] and each[1] <= band[1]]
    n = int(counts[inside].sum())
    known = [each for each in residents if each is not None]
    if len(known) < len(bands):
        return Group(n, None)
    return Group(n, age_sex.quotient(n, int(counts.sum()), sum(residents[i] or 0 for i in inside), sum(known)))


def _groups(about: About, who: Who, title: str, spoken: Sequence[Band], groups: Sequence[Group], aged: int) -> Table:
    of = ("count", "known")
    columns = (
        Column("label", Role.LABEL, "Age"),
        Column("count", Role.COUNT, "Number"),
        Column("known", Role.COUNT, "Of whom the age is stated"),
        Column("share", Role.PERCENT, "Share", of=of, decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit, %", of=of, decimals=1),
        Column("upper", Role.UPPER, "Upper 95% limit, %", of=of, decimals=1),
        Column("residents", Role.BASE, "Share of residents", decimals=1, unit="%"),
        Column("times", Role.VALUE, "Times its share of residents", of=of, decimals=1),
        Column("key", Role.KEY, "Key", of=("count",)),
        Column("known_key", Role.KEY, "Key, all", of=("known",)),
    )
    rows: list[Row] = []
    for band, group in zip(spoken, groups, strict=True):
        limits = wilson(group.count, aged)
        beside: dict[str, Cell] = {"residents": MISSING, "times": NOT_APPLICABLE}
        if group.share:
            beside = {"residents": 100 * group.share.residents, "times": group.share.times}
        share = 100 * group.count / aged
        row: dict[str, Cell] = {"label": words(band), "count": group.count, "known": aged, "share": share}
        row |= {"key": _aged(about, who, words(band)), "known_key": _aged(about, who)}
        rows.append({**row, "lower": 100 * float(limits.lower), "upper": 100 * float(limits.upper), **beside})
    return Table("groups", f"{title}: age groups spoken of", columns, tuple(rows))


def _sexes(about: About, of: Who, title: str, known: Known) -> Table:
    columns = (
        Column("label", Role.LABEL, "Sex"),
        Column("count", Role.COUNT, "Number"),
        Column("share", Role.PERCENT, "Share of those whose sex is stated", of=("count",), decimals=1),
        Column("key", Role.KEY, "Key", of=("count",)),
    )
    found = [known.sexes.count(sex) for sex in SEXES]
    total = sum(found)
    labels = [sex.capitalize() for sex in SEXES]
    keys = [*(about.key(of=of, sexed="yes", sex=sex) for sex in SEXES), about.key(of=of, sexed="yes")]
    rows: list[Row] = [
        {"label": label, "count": n, "share": 100 * n / total if total else NOT_APPLICABLE, "key": key}
        for label, n, key in zip((*labels, "Total whose sex is stated"), (*found, total), keys, strict=True)
    ]
    return Table("sexes", f"{title}: sexes", columns, tuple(rows))


def _known(about: About, of: Who, title: str, known: Known) -> Table:
    columns = (
        Column("label", Role.LABEL, "Stated"),
        Column("count", Role.COUNT, "Records"),
        Column("share", Role.PERCENT, "Share of all records", of=("count",), decimals=1),
        Column("key", Role.KEY, "Key", of=("count",)),
    )
    whole = len(known.ages)
    numbers = (whole, known.aged, whole - known.aged, known.sexed, whole - known.sexed)
    labels = ("All records", "Age stated", "Age not stated", "Sex stated", "Sex not stated")
    keys = (
        about.key(),
        _aged(about, of),
        about.key(of=of, aged="no"),
        *(about.key(of=of, sexed=stated) for stated in ("yes", "no")),
    )
    rows: list[Row] = [
        {"label": label, "count": n, "share": 100 * n / whole, "key": key}
        for label, n, key in zip(labels, numbers, keys, strict=True)
    ]
    return Table("known", f"{title}: what is stated", columns, tuple(rows))


def _sums(bands: Sequence[Band]) -> list[Sum]:
    """Each row over the sexes, and each column over the ages."""
    last = len(bands)
    rows = [Sum(Ref("ages", i, "count"), tuple(Ref("ages", i, sex) for sex in SEXES)) for i in range(last + 1)]
    return rows + [
        Sum(Ref("ages", last, column), tuple(Ref("ages", i, column) for i in range(last)))
        for column in (*SEXES, "count")
    ]


def _group_sums(bands: Sequence[Band], spoken: Sequence[Band]) -> list[Sum]:
    found = []
    for at, group in enumerate(spoken):
        parts = [i for i, band in enumerate(bands) if group[0] <= band[0] and band[1] <= group[1]]
        found.append(Sum(Ref("groups", at, "count"), tuple(Ref("ages", i, "count") for i in parts)))
        found.append(Sum(Ref("groups", at, "known"), (Ref("ages", len(bands), "count"),)))
    return found


def _known_sums(known: Known) -> list[Sum]:
    """What is stated and what is not make up all; the sexes make up those stated."""
    total = len(SEXES)
    return [
        Sum(Ref("known", 0, "count"), (Ref("known", 1, "count"), Ref("known", 2, "count"))),
        Sum(Ref("known", 0, "count"), (Ref("known", 3, "count"), Ref("known", 4, "count"))),
        Sum(Ref("sexes", total, "count"), tuple(Ref("sexes", i, "count") for i in range(total))),
        Sum(Ref("known", 3, "count"), (Ref("sexes", total, "count"),)),
    ]


def _statements(
    about: About, of: Who, spoken: Sequence[Band], groups: Sequence[Group], known: Known
) -> list[Statement]:
    found = [_said(about, of, at, band, groups[at]) for at, band in enumerate(spoken)]
    if known.sexed:
        refs = {sex: Ref("sexes", i, "share") for i, sex in enumerate(SEXES[:2])} | {"n": Ref("sexes", 3, "count")}
        text = "Of {n} whose sex is stated, {female} were female and {male} male."
        found.append(Statement(text, refs, {"female": "percent", "male": "percent", "n": "count"}))
    refs = {"n": Ref("known", 2, "count"), "all": Ref("known", 0, "count"), "share": Ref("known", 2, "share")}
    text = (
        f"The age of the {of} is not stated in {{n}} of {{all}} records ({{share}}); what is said here leaves them out."
    )
    return [*found, Statement(text, refs, {"n": "count", "all": "count", "share": "percent"})]


def _said(about: About, of: Who, at: int, band: Band, group: Group) -> Statement:
    refs = {key: Ref("groups", at, key) for key in ("share", "count", "known")}
    formats = {"share": "percent", "count": "count", "known": "count"}
    text = f"{about.what}: people aged {words(band)} were {{share}} of {PEOPLE[of]} whose age is stated ({{count}} of {{known}})"
    if group.share is None:
        return Statement(f"{text}.", refs, formats)
    refs["residents"] = Ref("groups", at, "residents")
    return Statement(f"{text}, and {{residents}} of residents.", refs, {**formats, "residents": "percent"})


def _caveats(of: Who, residents: Sequence[float | None]) -> list[str]:
    said = ["Bands are not all as wide: compare the two sexes, or rates, rather than one band's number with another's."]
    if of == "offender":
        said.append(
            "Suspects are known for the crimes that are easiest to solve. Their ages and sexes are not those of everyone who offends, "
            "and to be suspected is not to be convicted."
        )
    if any(each is None for each in residents):
        said.append("Residents by age are not held for this area, so no rates are given.")
    else:
        said.append("Victims and offenders need not live where it happened, so a rate is no one's risk.")
    return said
