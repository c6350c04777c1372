"""Tables of harm weights: the open one that ships, and those of their owners that a partnership has imported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from wardwise.definitions import harm as shipped
from wardwise.definitions import offences
from wardwise.records.errors import WardwiseError

from .asking import Asker
from .words import lower_first

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

OPEN = "open"

REACH = 2
"""A typical weight may be half or double what a table says. Ours, a judgement: the lowest and highest of a table are of single
offences, and the mean of many cannot be as far out as one."""

TITLES = {"cambridge": "Cambridge Crime Harm Index", "ons": "ONS Crime Severity Score"}


@dataclass(frozen=True)
class Weight:
    """Days for one offence; low and high are how far the table itself would let it go. own: False when it is the median of the
    code's subgroup, for a code that the table lacks."""

    days: float
    low: float
    high: float
    own: bool = True

    @property
    def least(self) -> float:
        """The least that a typical offence could weigh: half, but not below the table's lowest."""
        return max(self.low, self.days / REACH)

    @property
    def most(self) -> float:
        """The most that a typical offence could weigh: double, but not above the table's highest."""
        return min(self.high, self.days * REACH)


@dataclass(frozen=True)
class WeightTable:
    """One table in one edition: the weight of each Home Office code. checks: which of its rows have been compared with what they name
    as their source, in sentences; empty where there is nothing to say."""

    name: str
    title: str
    source: str
    weights: Mapping[str, Weight]
    checks: str = ""

    def of(self, code: str) -> Weight | None:
        """The weight of a code; its subgroup's median where the table lacks the code; None where it lacks both."""
        return self.weights.get(code) or _of_subgroup(self.weights, subgroup(code))


def spoken(table: WeightTable) -> str:
    """A table as it is named inside a sentence: “the open table of sentencing starting points”, “the Cambridge Crime Harm Index 2020”."""
    return f"the {lower_first(table.title) if table.name == OPEN else table.title}"


def own_folder(ask: Asker) -> Path | None:
    """The partnership's own definitions, where it has any."""
    given = getattr(ask, "own", None)
    folder = getattr(ask.snapshot, "folder", None)
    return given or (folder / "definitions" if folder else None)


def holds(ask: Asker, table: str) -> bool:
    """Whether anything of a canonical table is held; nothing is where there is no store behind the figures."""
    snapshot: Snapshot | None = ask.snapshot
    return snapshot is not None and bool(snapshot.supplies(table))


def tables(ask: Asker) -> tuple[WeightTable, ...]:
    """Every table that can be used: the open one first, then those imported, each in its newest edition."""
    told = shipped.open_table(own_folder(ask))
    ours = WeightTable(
        OPEN,
        told.title,
        f"{told.source}, {told.edition}",
        {row.code: Weight(row.days, row.low, row.high) for row in told.rows},
        told.checks,
    )
    return (ours, *_imported(ask))


def choose(ask: Asker, name: str = OPEN) -> WeightTable:
    """The table called `name`. Raises WardwiseError, naming those there are, when there is none."""
    held = {table.name: table for table in tables(ask)}
    if name not in held:
        raise WardwiseError(
            f"There is no table of harm weights called “{name}”.",
            where=", ".join(held),
            next_step="Import the owner's workbook of weights, or use one of those named.",
        )
    return held[name]


def _imported(ask: Asker) -> Iterable[WeightTable]:
    if not holds(ask, "harm_weights"):
        return
    rows = ask.snapshot.fetch(
        'SELECT "table" AS name, edition, offence_code AS code, offence, weight FROM harm_weights '
        'WHERE notifiable IS DISTINCT FROM false ORDER BY "table", edition, offence_code, offence, weight'
    ).to_pylist()
    newest: dict[str, str] = {row["name"]: row["edition"] for row in rows}
    for name, edition in newest.items():
        days: dict[str, list[float]] = defaultdict(list)
        for row in rows:
            if (row["name"], row["edition"]) == (name, edition):
                for code in [row["code"]] if row["code"] else named_codes(row["offence"]):
                    days[code].append(row["weight"])
        title = f"{TITLES.get(name, name)} {edition}"
        weights = {code: Weight(median(each), min(each), max(each)) for code, each in days.items()}
        yield WeightTable(name, title, f"{title}, as imported", weights)


def _of_subgroup(weights: Mapping[str, Weight], name: str) -> Weight | None:
    """The median of a subgroup's codes, from the lowest to the highest of them."""
    near = [weight for code, weight in weights.items() if name and subgroup(code) == name]
    if not near:
        return None
    return Weight(median(w.days for w in near), min(w.low for w in near), max(w.high for w in near), own=False)


@cache
def _codes() -> dict[str, offences.Code]:
    """Each code with the subgroup and group of its newest spell."""
    return {row.code: row for row in sorted(offences.home_office(), key=lambda row: row.valid_from)}


def subgroup(code: str) -> str:
    """The Home Office subgroup of a code, in its newest spelling; empty for a code that is not listed."""
    row = _codes().get(code)
    return row.subgroup if row else ""


def group(code: str) -> str:
    row = _codes().get(code)
    return row.group if row else ""


def codes_in(held: Iterable[str]) -> tuple[str, ...]:
    """The codes of Home Office groups or subgroups, at any time."""
    wanted = set(held)
    return tuple(dict.fromkeys(row.code for row in offences.home_office() if wanted & {row.group, row.subgroup}))


def named_codes(offence: str) -> tuple[str, ...]:
    """The codes that an offence in words stands for; its subgroup's where the words name one; none where nothing fits."""
    words = _plain(offence)
    exact = [code for code, row in _codes().items() if _plain(row.offence) == words]
    return tuple(exact or (code for code, row in _codes().items() if _plain(row.subgroup) == words))


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
