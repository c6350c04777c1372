"""May a rise be good news? What is known of reporting, said beside every such rise, with the share of people who say that they would report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardwise.definitions import views
from wardwise.definitions.find import files, read
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings
from wardwise.records.periods import Period

from . import surveys
from .asking import Asker, once
from .pairs import Pair

if TYPE_CHECKING:
    from wardwise.measures.definition import Measure

FOLDER = "reporting"
TABLE = "would_report"
BESIDE = "Whether more people report is asked of people themselves. What they would do is not what they did."


@dataclass(frozen=True)
class Rise:
    """What to say of a rise. records: tables. chosen: column → values that the count, or the row, must be one of."""

    records: tuple[str, ...]
    chosen: dict[str, tuple[Any, ...]]
    say: str

    def of(self, measure: Measure, column: str = "", value: str = "") -> bool:
        """Whether it is about this measure, or about its row for one value of a column."""
        if measure.count.records not in self.records:
            return False
        where = {**measure.count.where, **({column: value} if column else {})}
        return all(_inside(where.get(name), values) for name, values in self.chosen.items())


def _inside(choice: Any, values: tuple[Any, ...]) -> bool:
    """Whether a count chooses nothing but these values. A count that does not choose takes in others too."""
    chosen = choice if isinstance(choice, list | tuple) else [choice]
    return bool(chosen) and all(not isinstance(each, dict) and each in values for each in chosen)


def note(ask: Asker, measure: Measure, column: str = "", value: str = "") -> str:
    """What a rise of the measure, or of its row for one value of a column, may mean; empty when nothing is known of it.

    What a measure says itself stands by its own row, and not by each of its parts."""
    own = getattr(measure, "rise_may_be_good", None) or ""
    if own or not hasattr(measure, "count"):
        return "" if column else own
    return next((rise.say for rise in rises(ask.definitions) if rise.of(measure, column, value)), "")


def rises(own: Path | None = None) -> tuple[Rise, ...]:
    """All that is declared, a partnership's own first. Raises WardwiseError when an entry lacks a setting."""
    return tuple(rise for path in files(FOLDER, own) for rise in _in_file(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=16)
def _in_file(path: Path, _changed: int) -> tuple[Rise, ...]:
    return tuple(_rise(row, path.name) for row in read(path).get("rises", []))


def _rise(row: dict[str, Any], file: str) -> Rise:
    lacking = [key for key in ("records", "chosen", "say") if not row.get(key)]
    if lacking:
        raise WardwiseError(
            f"A note on reporting lacks {', '.join(lacking)}.",
            where=file,
            next_step="Give each entry records, chosen and say, as in the shipped rises.yaml.",
        )
    return Rise(tuple(row["records"]), {k: tuple(v) for k, v in row["chosen"].items()}, row["say"])


def rose(pairs: Sequence[Pair]) -> bool:
    """Whether any count rose of which a rise may be good news."""
    return any(pair.said_of_rise for pair in pairs)


def beside(found: Findings, ask: Asker, area: str, period: Period, pairs: Sequence[Pair]) -> Findings:
    """The findings with the share of people who would report, where such a rise is among `pairs` and a survey asked: table `would_report`."""
    if not rose(pairs):
        return found
    item = views.load(ask.definitions).would_report
    said = surveys.said(ask, area, period, [item]) if item else None
    if said is None:
        return found
    table = replace(said.tables["survey"], name=TABLE)
    statements = tuple(
        replace(each, refs={key: replace(ref, table=TABLE) for key, ref in each.refs.items()})
        for each in said.statements
    )
    return replace(
        found,
        tables={**found.tables, TABLE: table},
        statements=(*found.statements, *statements),
        caveats=once((*found.caveats, BESIDE)),
        sources=once((*found.sources, *said.sources)),
    )
