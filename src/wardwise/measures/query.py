"""Makes the SQL that counts, for both engines. Functions here make queries and do not run them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlglot import exp

from wardwise.records.columns import Table, Type
from wardwise.records.periods import Period
from wardwise.records.tables import TABLES
from wardwise.store.dialect import Query, Values, later, total

from . import recorded
from .conditions import Apart, Between, Condition, Listed, OneOf
from .definition import WEIGHED_BY, Count
from .kinds import Kind, kind_of

MEMBERS = "members"
"""The lent table of (member_code, area_code, level, grain): which small areas make up each area asked for."""

NOT_STATED = "not stated"
"""The group of rows whose cell is empty."""

_ROW = "r"
_WEIGHT = "w"
_EVENT = "event"
_OF_EVENT = ("month", "area_code", "authority_code")
"""What a casualty has from its collision."""


def by_area(
    count: Count, period: Period, split: str | None, dimensions: Sequence[str], lists: Mapping[str, tuple[str, ...]]
) -> Query:
    """Counts by area, part of the period (when `split` names one) and group: columns area, part, g0, g1 …, n. Where rows are weighed, n is
    the sum of weights, and after it come how many rows were counted and how many of them lack a weight."""
    values = Values()
    keys = [_named(exp.column("area_code", MEMBERS), "area")]
    if split:
        keys.append(_named(part(month_of(count.table), split), "part"))
    keys += [_named(group(count.table, name), f"g{i}") for i, name in enumerate(dimensions)]
    query = _placed(count.table)
    query = _within(query, count.table, period, values)
    return _counted(query, keys, count, lists, values)


def totals(count: Count, period: Period, dimensions: Sequence[str], lists: Mapping[str, tuple[str, ...]]) -> Query:
    """Stated totals that begin in `period`, by area, member, beginning, length and group."""
    values = Values()
    keys = [_named(exp.column("area_code", MEMBERS), "area"), _named(_column(count.table, "area_code"), "member")]
    keys += [_named(_column(count.table, name), name) for name in ("month", "months")]
    keys += [_named(group(count.table, name), f"g{i}") for i, name in enumerate(dimensions)]
    query = _placed(count.table)
    query = _within(query, count.table, period, values)
    return _counted(query, keys, count, lists, values)


def states(count: Count, edition: str, dimensions: Sequence[str], lists: Mapping[str, tuple[str, ...]]) -> Query:
    """What describes an area, by area, series (source and level of area), edition and group."""
    values = Values()
    keys = [_named(exp.column(name, MEMBERS), alias) for name, alias in (("area_code", "area"), ("level", "level"))]
    keys += [_named(_column(count.table, name), alias) for name, alias in (("source", "source"), (edition, "edition"))]
    keys += [_named(group(count.table, name), f"g{i}") for i, name in enumerate(dimensions)]
    query = _placed(count.table)
    return _counted(query, keys, count, lists, values)


def suppliers(count: Count, lists: Mapping[str, tuple[str, ...]], *, placed: bool, filtered: bool = True) -> Query:
    """Rows ever given by each source and supplier, in all (or, when `placed`, in each area asked for)."""
    values = Values()
    keys = [_named(exp.column(name, _ROW), name) for name in ("source", "supplier")]
    query = _from(count.table)
    if placed:
        keys = [_named(exp.column("area_code", MEMBERS), "area"), *keys]
        query = _placed(count.table)
    if filtered:
        query = _where(query, count, lists, values)
    return Query(_grouped(query, keys, exp.Count(this=exp.Star())), values.parameters)


def reach(table: str) -> Query:
    """Rows of each source and supplier in each smallest area: columns source, supplier, code, n."""
    names = (("source", "source"), ("supplier", "supplier"), ("area_code", "code"))
    keys = [_named(exp.column(name, _ROW), alias) for name, alias in names]
    return Query(_grouped(_from(TABLES[table]), keys, exp.Count(this=exp.Star())), ())


def filled(table: str, column: str) -> Query:
    """Rows of each source and supplier in which a column is not empty: columns source, supplier, n."""
    keys = [_named(exp.column(name, _ROW), name) for name in ("source", "supplier")]
    given = _from(TABLES[table]).where(exp.Not(this=_column(TABLES[table], column).is_(exp.null())), copy=False)
    return Query(_grouped(given, keys, exp.Count(this=exp.Star())), ())


def unplaced(count: Count, period: Period, lists: Mapping[str, tuple[str, ...]], of: Sequence[str]) -> Query:
    """For each supplier in `of`: rows counted in the period (n), and how many of them have no place (unplaced)."""
    values = Values()
    supplier = exp.column("supplier", _ROW)
    keys = [_named(supplier.copy(), "supplier")]
    query = _within(_from(count.table), count.table, period, values).where(_in(supplier, of, values), copy=False)
    query = _where(query, count, lists, values)
    empty = (
        exp.Case()
        .when(_column(count.table, "area_code").is_(exp.null()), exp.Literal.number(1))
        .else_(exp.Literal.number(0))
    )
    query = _grouped(query, keys, exp.Count(this=exp.Star())).select(
        _named(total(empty, whole=True), "unplaced"), copy=False
    )
    return Query(query, values.parameters)


def rows(
    count: Count, period: Period | None, groups: Sequence[tuple[str, str]], lists: Mapping[str, tuple[str, ...]],
    columns: Sequence[str], limit: int | None,
) -> Query:  # fmt: skip
    """The first rows behind a figure of one area, in a fixed order; all of them without a limit."""
    values = Values()
    chosen = [_named(_column(count.table, name), name) for name in columns]
    query = _placed(count.table).select(*chosen)
    if period is not None:
        query = _within(query, count.table, period, values)
    query = _where(query, count, lists, values)
    for name, value in groups:
        query = query.where(exp.EQ(this=group(count.table, name), expression=values.bind(value)))
    order = [_column(count.table, name) for name in columns]
    query = query.order_by(*order)
    return Query(query if limit is None else query.limit(limit), values.parameters)


def part(month: exp.Expr, split: str) -> exp.Expr:
    """The part of the period that a month (YYYY-MM) lies in, spelled as `parts.label` spells it."""
    if split == "month":
        return month
    year = exp.func("SUBSTR", month.copy(), exp.Literal.number(1), exp.Literal.number(4))
    if split == "year":
        return year
    within = exp.func("SUBSTR", month.copy(), exp.Literal.number(6), exp.Literal.number(2))
    if split == "financial_year":
        return (
            exp.Case()
            .when(exp.GTE(this=within, expression=exp.Literal.string("04")), year)
            .else_(_year_before(year.copy()))
        )
    quarters = exp.Case()
    for first, last in (("01", "03"), ("04", "06"), ("07", "09")):
        name = exp.Literal.string(f"-Q{int(last) // 3}")
        quarters = quarters.when(
            exp.Between(this=within.copy(), low=exp.Literal.string(first), high=exp.Literal.string(last)), name
        )
    return exp.func("CONCAT", year, quarters.else_(exp.Literal.string("-Q4")))


def _year_before(year: exp.Expr) -> exp.Expr:
    return exp.cast(exp.Sub(this=exp.cast(year, "int"), expression=exp.Literal.number(1)), "text")


def group(table: Table, name: str) -> exp.Expr:
    """The text of a row's group; “not stated” where the cell is empty."""
    column = _column(table, name)
    if table.column(name).type is Type.FLAG:
        case = exp.Case().when(column, exp.Literal.string("yes")).when(exp.Not(this=column), exp.Literal.string("no"))
        return case.else_(exp.Literal.string(NOT_STATED))
    return exp.func("COALESCE", column, exp.Literal.string(NOT_STATED))


def month_of(table: Table) -> exp.Expr:
    return _column(table, "month")


def _counted(
    query: exp.Select,
    keys: Sequence[exp.Expr],
    count: Count,
    lists: Mapping[str, tuple[str, ...]],
    values: Values,
) -> Query:
    query = _where(query, count, lists, values)
    if count.weights is None:
        return Query(_grouped(query, keys, _measure(count)), values.parameters)
    query = _grouped(_beside_weights(query, count), keys, total(exp.column("days", _WEIGHT), whole=False))
    lacking = exp.Case().when(exp.column("days", _WEIGHT).is_(exp.null()), exp.Literal.number(1))
    query = query.select(
        _named(exp.Count(this=exp.Star()), "counted"),
        _named(total(lacking.else_(exp.Literal.number(0)), whole=True), "lacking"),
        copy=False,
    )
    return Query(query, values.parameters)


def _beside_weights(query: exp.Select, count: Count) -> exp.Select:
    """Each row beside the weight of its code in the lent table of (code, days); none where the table lacks the code."""
    same = exp.EQ(this=_column(count.table, WEIGHED_BY), expression=exp.column("code", _WEIGHT))
    weights = exp.alias_(exp.table_(count.weights_table), _WEIGHT, table=True)
    return query.join(weights, on=same, join_type="left", copy=False)


def _measure(count: Count) -> exp.Expr:
    if count.adds:
        return total(_column(count.table, count.adds), count.table.column(count.adds).type is Type.INTEGER)
    if count.distinct:
        return exp.Count(this=exp.Distinct(expressions=[_column(count.table, count.distinct)]))
    return exp.Count(this=exp.Star())


def _grouped(query: exp.Select, keys: Sequence[exp.Expr], value: exp.Expr) -> exp.Select:
    plain = [key.this.copy() for key in keys]
    return query.select(*keys, _named(value, "n"), copy=False).group_by(*plain, copy=False)


def _from(table: Table) -> exp.Select:
    """The table as r; casualties with the month and area of their collision, once even if a collision is held twice."""
    query = exp.Select().from_(exp.alias_(exp.table_(table.name), _ROW, table=True))
    return _with_event(query, _events()) if table.name == "casualties" else query


def _events() -> exp.Select:
    """Month, area and authority of each collision that is held."""
    ref = exp.column("collision_ref")
    firsts = [_named(exp.Min(this=exp.column(name)), name) for name in _OF_EVENT]
    return exp.Select().select(ref, *firsts).from_(exp.table_("collisions")).group_by(ref.copy())


def _with_event(casualties: exp.Select, events: exp.Select) -> exp.Select:
    same = exp.EQ(this=exp.column("collision_ref", _ROW), expression=exp.column("collision_ref", _EVENT))
    return casualties.join(events.subquery(_EVENT), on=same, copy=False)


def _column(table: Table, name: str) -> exp.Expr:
    of_event = table.name == "casualties" and name in _OF_EVENT
    return exp.column(name, _EVENT if of_event else _ROW)


def _placed(table: Table) -> exp.Select:
    """The table as r, each row beside every area asked for that it belongs to."""
    members = exp.table_(MEMBERS)
    if table.name == "collisions":
        rows = exp.Select().from_(recorded.placed(exp.table_("collisions")).subquery(_ROW))
        return rows.join(members, on=recorded.belongs(_ROW, MEMBERS), copy=False)
    if table.name == "casualties":
        rows = exp.Select().from_(exp.alias_(exp.table_(table.name), _ROW, table=True))
        rows = _with_event(rows, recorded.placed(_events().subquery("collision")))
        return rows.join(members, on=recorded.belongs(_EVENT, MEMBERS), copy=False)
    same = exp.EQ(this=_column(table, "area_code"), expression=exp.column("member_code", MEMBERS))
    return _from(table).join(members, on=same, copy=False)


def _within(query: exp.Select, table: Table, period: Period, values: Values) -> exp.Select:
    """The rows of the period. Of casualties, the collisions are narrowed down before they are joined."""
    for subquery in query.find_all(exp.Subquery):
        subquery.this.where(*_months(exp.column("month"), period, values), copy=False)
    return query.where(*_months(month_of(table), period, values), copy=False)


def _months(month: exp.Expr, period: Period, values: Values) -> tuple[exp.Expr, exp.Expr]:
    first = exp.GTE(this=month, expression=values.bind(period.start))
    return first, exp.LTE(this=month.copy(), expression=values.bind(period.end))


def _where(query: exp.Select, count: Count, lists: Mapping[str, tuple[str, ...]], values: Values) -> exp.Select:
    tests = [_test(count.table, condition, lists, values) for condition in count.conditions]
    return query.where(*tests, copy=False) if tests else query


def _test(table: Table, condition: Condition, lists: Mapping[str, tuple[str, ...]], values: Values) -> exp.Expr:
    if isinstance(condition, OneOf):
        return _one_of(table, condition, values)
    if isinstance(condition, Listed):
        codes = [code for name in condition.names for code in lists[name]]
        return _in(_column(table, "offence_code"), codes, values)
    if isinstance(condition, Apart):
        first, last = _column(table, condition.first), _column(table, condition.last)
        return exp.GT(this=last, expression=exp.cast(later(first, values.bind(condition.months)), "date"))
    return _between(_column(table, condition.column), condition, values)


def _one_of(table: Table, condition: OneOf, values: Values) -> exp.Expr:
    column, wanted = _column(table, condition.column), condition.values
    if kind_of(table.name) is Kind.TOTALS and table.column(condition.column).type is Type.TEXT:
        # Services spell their own headings, so “Cases listed” and “cases listed” are one.
        column, wanted = exp.Lower(this=column), tuple(str(value).lower() for value in wanted)
    found = _in(column, wanted, values)
    return exp.or_(column.copy().is_(exp.null()), exp.Not(this=exp.paren(found))) if condition.other else found


def _in(column: exp.Expr, wanted: Sequence[Any], values: Values) -> exp.Expr:
    if len(wanted) == 1:
        return exp.EQ(this=column.copy(), expression=values.bind(wanted[0]))
    return exp.In(this=column.copy(), expressions=[values.bind(value) for value in wanted])


def _between(column: exp.Expr, condition: Between, values: Values) -> exp.Expr:
    ends = ((exp.GTE, condition.first), (exp.LTE, condition.last))
    tests = [kind(this=column.copy(), expression=values.bind(end)) for kind, end in ends if end is not None]
    return exp.and_(*tests)


def _named(expression: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(expression, name, copy=False)
