"""A slow answer in plain Python to the questions that measures answer. It shares no code with wardwise, so that a fault in one
does not hide in the other. Written from the words in docs/reference/measures.md."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product
from typing import Any

FORCE_TABLES = {"street_crime", "outcomes", "stop_and_search", "offences"}
TOTALS = {"service_returns", "published_series"}
TIME = ("month", "quarter", "year", "financial_year")

Row = dict[str, Any]
Answer = dict[tuple[str, str, tuple[str, ...]], tuple[Any, Any, str]]
"""(area, first month..last month, group) -> count, base, status"""


def months_of(first: str, last: str) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    found = [first]
    while found[-1] != last:
        month += 1
        if month == 13:
            year, month = year + 1, 1
        found.append(f"{year:04d}-{month:02d}")
    return found


def part_of(month: str, time: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    if time == "quarter":
        return f"{year}/{(number - 1) // 3}"
    if time == "year":
        return str(year)
    if time == "financial_year":
        return str(year if number > 3 else year - 1)
    return month


def add_months(day: date, months: int) -> date:
    """The same day of the month that many months later, or the last day of that month where it has no such day."""
    total = day.year * 12 + day.month - 1 + months
    for back in range(4):
        try:
            return date(total // 12, total % 12 + 1, day.day - back)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def counts(row: Row, where: dict[str, Any], totals: bool) -> bool:
    for name, wanted in where.items():
        if name == "months_between":
            first, last = row.get(wanted["first"]), row.get(wanted["last"])
            if first is None or last is None or not last > add_months(first, wanted["more_than"]):
                return False
            continue
        value = row.get(name)
        same = str.lower if totals and isinstance(value, str) else lambda text: text
        if isinstance(wanted, dict) and "not" in wanted:
            refused = wanted["not"] if isinstance(wanted["not"], list) else [wanted["not"]]
            if value is not None and same(value) in [same(one) for one in refused]:
                return False
        elif isinstance(wanted, dict):
            if value is None or value < wanted.get("from", value) or value > wanted.get("to", value):
                return False
        elif value is None or same(value) not in [
            same(one) for one in (wanted if isinstance(wanted, list) else [wanted])
        ]:
            return False
    return True


def group_of(row: Row, names: list[str]) -> tuple[str, ...]:
    words = {None: "not stated", True: "yes", False: "no"}
    return tuple(words[row.get(name)] if row.get(name) in (None, True, False) else str(row[name]) for name in names)


class World:
    """rows of every table; which small areas make up each area, and which districts; the force of each area (None where nobody
    says)."""

    def __init__(
        self,
        rows: dict[str, list[Row]],
        members: dict[str, set[str]],
        districts: dict[str, tuple[str, ...]],
        force: dict[str, str | None],
    ) -> None:
        self.rows, self.members, self.districts, self.force = rows, members, districts, force
        self.asked: list[str] = []

    def supplies(self, table: str) -> set[tuple[str, str, str]]:
        return {(row["source"], row["supplier"], row["month"]) for row in self.rows.get(table, [])}

    def supplied(self, count: Row, area: str) -> set[str]:
        pairs = self.speaking(count, area)
        rows = [row for row in self.rows.get(count["records"], []) if (row["source"], row["supplier"]) in pairs]
        if count["records"] in ("offences", "incidents"):
            for district in self.districts[area]:
                if not any(row["area_code"] in self.members[district] for row in rows):
                    return set()
        return {row["month"] for row in rows}

    def speaking(self, count: Row, area: str) -> set[tuple[str, str]]:
        """The sources and suppliers that speak for an area."""
        table, force = count["records"], self.force[area]
        supplies = {one for one in self.supplies(table) if self.tells(count, one[:2])}
        if table in FORCE_TABLES and force is not None:
            return {(source, supplier) for source, supplier, _ in supplies if supplier == force}
        held = {(source, supplier) for source, supplier, _ in supplies}
        rows = [row for row in self.rows.get(table, []) if (row["source"], row["supplier"]) in held]
        speaking = {(r["source"], r["supplier"]) for r in rows if counts(r, count.get("where", {}), False)}
        speaking = speaking or held
        if force is not None and any(supplier == force for _, supplier in speaking):
            chosen = force
        else:
            here = Counter(
                row["supplier"]
                for row in rows
                if row["area_code"] in self.members[area] and (row["source"], row["supplier"]) in speaking
            )
            most = max(here.values(), default=0)
            chosen = min((name for name, n in here.items() if n == most), default="")
        return {(source, supplier) for source, supplier in speaking if supplier == chosen}

    def tells(self, count: Row, pair: tuple[str, str]) -> bool:
        """Whether records of a source and supplier ever fill in each column that the measure goes by."""
        rows = [row for row in self.rows.get(count["records"], []) if (row["source"], row["supplier"]) == pair]
        needed = [
            name
            for name, wanted in count.get("where", {}).items()
            if not (isinstance(wanted, dict) and "not" in wanted)
        ]
        between = count.get("where", {}).get("months_between")
        names = [name for name in needed if name != "months_between"] + (
            [count["distinct"]] if "distinct" in count else []
        )
        names += [between["first"], between["last"]] if between else []
        return all(any(row.get(name) is not None for row in rows) for name in names)

    def number(self, count: Row, rows: list[Row]) -> Any:
        if "distinct" in count:
            return len({row.get(count["distinct"]) for row in rows} - {None})
        if "sum" in count:
            return sum(row.get(count["sum"]) or 0 for row in rows)
        return len(rows)

    def events(
        self, count: Row, area: str, months: list[str], names: list[str], group: tuple[str, ...]
    ) -> tuple[Any, str]:
        supplied = self.supplied(count, area)
        held = [month for month in months if month in supplied]
        if len(held) < len(months):
            return None, "incomplete" if held else "missing"
        rows = [row for row in self.matching(count, area, months) if group_of(row, names) == group]
        if "weights" in count:
            known = [count["weighed"][row["offence_code"]] for row in rows if row["offence_code"] in count["weighed"]]
            return (sum(known), "ok") if known or not rows else (None, "missing")
        if "sum" in count and rows and all(row.get(count["sum"]) is None for row in rows):
            return None, "missing"
        return self.number(count, rows), "ok"

    def matching(self, count: Row, area: str, months: list[str]) -> list[Row]:
        totals = count["records"] in TOTALS
        return [
            row
            for row in self.rows.get(count["records"], [])
            if row["area_code"] in self.members[area]
            and row["month"] in months
            and counts(row, count.get("where", {}), totals)
        ]

    def totals(
        self, count: Row, area: str, months: list[str], names: list[str], group: tuple[str, ...]
    ) -> tuple[Any, str]:
        """An area's own stated totals, where it stated any that touch the period asked about; else those of all its districts."""
        if any(row["area_code"] == area for row in touching(self, count, area, self.asked)):
            return self.stated(count, area, months, names, group)
        each = [self.stated(count, district, months, names, group) for district in self.districts[area]]
        if all(status == "ok" for _, status in each):
            return sum(n for n, _ in each), "ok"
        return None, "missing" if all(status == "missing" for _, status in each) else "incomplete"

    def stated(
        self, count: Row, area: str, months: list[str], names: list[str], group: tuple[str, ...]
    ) -> tuple[Any, str]:
        """Every way to lay stated totals end to end over the months; the first that fits, trying short ones first."""
        pieces: dict[tuple[str, ...], int] = {}
        for row in self.rows.get(count["records"], []):
            if row["area_code"] == area and counts(row, count.get("where", {}), True) and group_of(row, names) == group:
                cover = row["month"]
                span = [cover]
                for _ in range(row["months"] - 1):
                    span = months_of(
                        cover, add_months(date(int(span[-1][:4]), int(span[-1][5:]), 1), 1).isoformat()[:7]
                    )
                pieces[tuple(span)] = pieces.get(tuple(span), 0) + row["count"]
        touching = {span: n for span, n in pieces.items() if set(span) & set(months)}
        laid = lay(sorted(touching, key=len), months)
        if laid is not None:
            return sum(touching[span] for span in laid), "ok"
        return None, "incomplete" if any(set(span) <= set(months) for span in touching) else "missing"

    def residents(self, area: str, months: list[str]) -> Any:
        rows = self.rows.get("population", [])
        if not all(any(row["area_code"] == district for row in rows) for district in self.districts[area]):
            return None
        years: Counter[str] = Counter()
        for row in rows:
            if row["area_code"] in self.districts[area]:
                years[row["year"]] += row["residents"]
        middle = months[len(months) // 2][:4]
        return years[max((year for year in years if year <= middle), default=min(years))]


def lay(spans: list[tuple[str, ...]], months: list[str]) -> list[tuple[str, ...]] | None:
    if not months:
        return []
    for span in spans:
        if list(span) == months[: len(span)]:
            rest = lay(spans, months[len(span) :])
            if rest is not None:
                return [span, *rest]
    return None


def answer(measure: Row, world: World, areas: list[str], first: str, last: str, by: list[str]) -> Answer:
    """Every figure's count, base and status."""
    count, base = measure["count"], measure.get("base")
    time = next((name for name in TIME if name in by), None)
    names = [name for name in by if name not in TIME]
    every = world.asked = months_of(first, last)
    parts: dict[str, list[str]] = {}
    for month in every:
        parts.setdefault(part_of(month, time) if time else "", []).append(month)
    share = base is not None and base["records"] != "population"
    groups = set()
    for one in [count, base] if share else [count]:
        for area in areas:
            groups |= {group_of(row, names) for row in touching(world, one, area, every)}
    tell = world.totals if count["records"] in TOTALS else world.events
    found: Answer = {}
    for area, months, group in product(areas, parts.values(), sorted(groups) if names and groups else [()]):
        n, status = tell(count, area, months, names if group else [], group)
        under = None
        if base is not None and n is not None:
            under = world.residents(area, months)
            if share:
                under, _ = tell(base, area, months, names if group else [], group)
            status = "ok" if under else "no-base"
        found[area, f"{months[0]}..{months[-1]}", group] = (n, under, status)
    return found


def touching(world: World, count: Row, area: str, months: list[str]) -> list[Row]:
    if count["records"] not in TOTALS:
        return world.matching(count, area, months)
    rows = [row for row in world.rows.get(count["records"], []) if row["area_code"] in (area, *world.districts[area])]
    return [
        row
        for row in rows
        if counts(row, count.get("where", {}), True)
        and any(
            add_months(date(int(row["month"][:4]), int(row["month"][5:]), 1), k).isoformat()[:7] in months
            for k in range(row["months"])
        )
    ]
