"""Finding the columns of a released table by what they mean, and saying which cells cannot be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wardwise.disclosure.released import Released
from wardwise.records.cells import MISSING, SUPPRESSED, Cell, Mark
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Role, Row, Table


def first(table: Table, *roles: Role, name: str = "") -> Column:
    """The column called `name`, or the first with one of the roles. Raises WardwiseError when the table has none."""
    found = maybe(table, *roles, name=name)
    if found is None:
        wanted = name or " or ".join(roles)
        raise WardwiseError(f"The table has no column for {wanted}.", where=table.title)
    return found


def maybe(table: Table, *roles: Role, name: str = "") -> Column | None:
    """The column called `name`, or the first with one of the roles; None when the table has none."""
    if name:
        return next((c for c in table.columns if c.name == name), None)
    return next((c for role in roles for c in table.columns if c.role is role), None)


def drawn(value: Cell | None) -> float | None:
    """The number to draw; None for a gap: hidden, not supplied, not applicable."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if isinstance(value, float) else value
    return None


def words(value: Cell | None) -> str:
    """The cell's words; empty when it has none."""
    return "" if value is None or isinstance(value, Mark) else str(value)


def not_drawn(rows: Iterable[Row], column: Column, unit: str = "month") -> str:
    """“Not drawn: 2 months hidden to protect people; 1 month not supplied.” Empty when all are drawn."""
    values = [row.get(column.name) for row in rows]
    hidden = sum(value is SUPPRESSED for value in values)
    missing = sum(value is MISSING or value is None for value in values)
    parts = [
        f"{count(n, unit)} {why}" for n, why in ((hidden, "hidden to protect people"), (missing, "not supplied")) if n
    ]
    return f"Not drawn: {'; '.join(parts)}." if parts else ""


def count(n: int, unit: str) -> str:
    """1 month, 2 months, 3 areas."""
    return f"{n:,} {unit}{'' if n == 1 else 's'}"


def source_line(released: Released, extra: Sequence[str] = ()) -> str:
    """What is printed under a chart: the sources, then what is not drawn."""
    sources = f"Source: {'; '.join(released.sources)}." if released.sources else ""
    return " ".join(part for part in (sources, *extra) if part)


_NOT_DRAWN = frozenset({"rank", "step"})  # statistics about the values, not values


def measured(table: Table, name: str = "") -> Column:
    """The column to draw: the one named; else a rate (the first VALUE that is no rank); else the last COUNT."""
    if name:
        return first(table, name=name)
    rates = [c for c in table.having(Role.VALUE) if c.name not in _NOT_DRAWN]
    counts = table.having(Role.COUNT)
    if rates or counts:
        return rates[0] if rates else counts[-1]
    return first(table, Role.PERCENT)


def is_sum(label: str) -> bool:
    """True for a row that adds up the others: it would dwarf them in a picture."""
    return label.lower().startswith(("total", "grand total", "all areas", "in none of"))
