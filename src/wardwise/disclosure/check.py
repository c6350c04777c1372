"""What must hold before findings are released: the gate cannot guard a cell that it cannot find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..records.errors import WardwiseError
from ..records.findings import Findings, Ref, Role, Table
from .grid import ELSEWHERE, columns_elsewhere, is_number


def check(findings: Sequence[Findings]) -> None:
    """Raises WardwiseError, naming the findings and the cell, when two findings share a name, a table is ragged, a column is
    worked out from one that is not there, a reference points nowhere, or `meta` keeps a number."""
    names = [finding.name for finding in findings]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise _refused(
            "Two findings have the same name.", ", ".join(doubled), "Give each findings of a product its own name."
        )
    for finding in findings:
        for table in finding.tables.values():
            _check_table(finding.name, table)
            _check_elsewhere(finding, table)
        for ref in _references(finding):
            _check_reference(finding, ref)
        if numbers := [name for name, value in finding.meta.items() if is_number(value)]:
            raise _refused(
                f"The facts beside the tables hold a number: {', '.join(numbers)}.",
                finding.name,
                "Put numbers in a table with a role, where the release gate can see them.",
            )


def _check_table(name: str, table: Table) -> None:
    columns = {column.name for column in table.columns}
    for column in table.columns:
        if unknown := [other for other in column.of if ELSEWHERE not in other and other not in columns]:
            raise _refused(
                f"Column “{column.name}” is worked out from “{unknown[0]}”, which the table does not have.",
                f"{name}, table {table.name}",
                "Name columns of the same table in `of`.",
            )
    for number, row in enumerate(table.rows):
        if columns - row.keys():
            raise _refused(
                f"Row {number} has no “{min(columns - row.keys())}”.",
                f"{name}, table {table.name}",
                "Give every row every column; use MISSING for what was not supplied.",
            )


def _check_elsewhere(finding: Findings, table: Table) -> None:
    for column in table.columns:
        for other, count in columns_elsewhere(column):
            found = finding.tables.get(other)
            if found is None or count not in {each.name for each in found.having(Role.COUNT)}:
                raise _refused(
                    f"Column “{column.name}” is worked out from “{other}.{count}”, which is not a count of these findings.",
                    f"{finding.name}, table {table.name}",
                    "Name a table of the same findings and one of its COUNT columns.",
                )


def _references(finding: Findings) -> Iterator[Ref]:
    for statement in finding.statements:
        yield from statement.refs.values()
    for total in finding.sums:
        yield total.total
        yield from total.parts


def _check_reference(finding: Findings, ref: Ref) -> None:
    table = finding.tables.get(ref.table)
    columns = {column.name for column in table.columns} if table else set[str]()
    if table is None or ref.column not in columns or not 0 <= ref.row < len(table.rows):
        raise _refused(
            f"A sentence or sum points to a cell that is not there: table {ref.table}, row {ref.row}, column {ref.column}.",
            finding.name,
            "Point to a table, row (from 0) and column of the same findings.",
        )


def _refused(what: str, where: str, next_step: str) -> WardwiseError:
    return WardwiseError(what, where=where, next_step=next_step)
