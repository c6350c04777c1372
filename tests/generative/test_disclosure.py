"""No hidden count can be worked out: checked from the released tables alone, by two answers that share no code with the gate.

One is exact: the sums as equations in fractions, reduced by hand; no unknown may come out with one value. The other asks a linear
solver for the least and greatest value of each unknown.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from wardwise.disclosure import SHIPPED, Audience, release
from wardwise.records.cells import SUPPRESSED
from wardwise.records.findings import Column, Findings, Ref, Role, Sum, Table

COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 4), st.integers(0, 60))


@st.composite
def products(draw):
    """Tables of one shape that add up by row, by column and with each other: districts of a county, say."""
    width, height, depth = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 3))
    cells = np.array(draw(st.lists(COUNTS, min_size=width * height * depth, max_size=width * height * depth)))
    cells = cells.reshape(depth, height, width)
    for axis in range(3):
        if draw(st.booleans()) or axis == 1:
            cells = np.concatenate([cells, cells.sum(axis=axis, keepdims=True)], axis=axis)
        else:
            cells = np.concatenate([cells, np.full_like(cells.sum(axis=axis, keepdims=True), -1)], axis=axis)
    return cells


def findings_of(cells: np.ndarray, profile: str) -> list[Findings]:
    """One findings whose table has a column per (depth, column), and the sums that hold; cells of −1 are left out."""
    depth, height, width = cells.shape
    names = [f"d{d}c{c}" for d in range(depth) for c in range(width)]
    columns = tuple(Column(name, Role.COUNT, name) for name in names)
    rows = tuple(
        {f"d{d}c{c}": (int(cells[d, r, c]) if cells[d, r, c] >= 0 else "") for d in range(depth) for c in range(width)}
        for r in range(height)
    )
    sums = []
    for axis in range(3):
        for line in np.ndindex(*(n for i, n in enumerate(cells.shape) if i != axis)):
            where = [(*line[:axis], i, *line[axis:]) for i in range(cells.shape[axis])]
            refs = [Ref("t", int(r), f"d{d}c{c}") for d, r, c in where]
            if all(cells[w] >= 0 for w in where):
                sums.append(Sum(refs[-1], tuple(refs[:-1])))
    return [Findings("f", "F", {"t": Table("t", "T", columns, rows)}, sums=tuple(sums), profile=profile)]


def equations(findings: Findings, released) -> tuple[list[list[Fraction]], list[Ref]]:
    """Sum of coefficient × unknown = right-hand side, from what a reader sees."""
    unknown = [
        Ref("t", r, c) for r, row in enumerate(released.table().rows) for c, value in row.items() if value is SUPPRESSED
    ]
    rows = []
    for total in findings.sums:
        line = [Fraction(0)] * (len(unknown) + 1)
        for ref, sign in [(total.total, -1), *((part, 1) for part in total.parts)]:
            value = released.cell(ref)
            if value is SUPPRESSED:
                line[unknown.index(ref)] += sign
            else:
                line[-1] -= sign * value
        rows.append(line)
    return rows, unknown


def determined(rows: list[list[Fraction]], width: int) -> list[int]:
    """Unknowns that elimination leaves with a single value."""
    rows = [row[:] for row in rows]
    done = 0
    for column in range(width):
        pivot = next((i for i in range(done, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for i, row in enumerate(rows):
            if i != done and row[column]:
                rows[i] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return [c for row in rows if sum(map(bool, row[:-1])) == 1 for c in range(width) if row[c]]


def spreads(rows: list[list[Fraction]], width: int) -> list[float]:
    """Greatest less least value of each unknown, each being at least 1."""
    left = np.array([[float(v) for v in row[:-1]] for row in rows])
    right = np.array([float(row[-1]) for row in rows])
    found = []
    for column in range(width):
        ends = []
        for sign in (1, -1):
            aim = np.zeros(width)
            aim[column] = sign
            answer = linprog(aim, A_eq=left, b_eq=right, bounds=(1, 10_000))
            assert answer.status == 0
            ends.append(sign * answer.fun)
        found.append(ends[1] - ends[0])
    return found


@settings(max_examples=25, deadline=None)
@given(products(), st.sampled_from(["standard", "sensitive"]))
def test_no_hidden_count_can_be_worked_out(cells, profile):
    findings = findings_of(cells, profile)
    for audience in (Audience.PARTNERSHIP, Audience.PUBLIC):
        released = release(findings, audience).findings["f"]
        rows, unknown = equations(findings[0], released)
        if unknown and rows:
            assert determined(rows, len(unknown)) == []
            least = SHIPPED.rule(profile, audience).spread
            assert min(spreads(rows, len(unknown))) >= least - 1e-6


BEYOND = np.array(
    [
        [[0, 1, 1], [1, 1, 2], [1, 4, 5], [2, 6, 8]],
        [[-1, -1, -2], [-1, -1, -2], [-1, -1, -2], [-3, -3, -6]],
    ]
)
"""A table in which the partnership's own search once hid a total that the public was shown."""


@settings(max_examples=25, deadline=None)
@example(BEYOND, "sensitive")
@given(products(), st.sampled_from(list(SHIPPED.profiles)))
def test_nobody_sees_less_than_a_wider_audience(cells, profile):
    findings = findings_of(cells, profile)
    by = {audience: release(findings, audience).findings["f"].table().rows for audience in Audience}
    assert [dict(row) for row in by[Audience.ANALYST]] == [dict(row) for row in findings[0].tables["t"].rows]
    for mine, public in zip(by[Audience.PARTNERSHIP], by[Audience.PUBLIC], strict=True):
        assert all(public[name] is SUPPRESSED for name in mine if mine[name] is SUPPRESSED)


@settings(max_examples=25, deadline=None)
@given(products(), st.sampled_from(list(SHIPPED.profiles)), st.sampled_from([Audience.PARTNERSHIP, Audience.PUBLIC]))
def test_small_counts_are_hidden_and_nones_are_not(cells, profile, audience):
    findings = findings_of(cells, profile)
    rule = SHIPPED.rule(profile, audience)
    for before, after in zip(
        findings[0].tables["t"].rows, release(findings, audience).findings["f"].table().rows, strict=True
    ):
        for name, value in before.items():
            if value == 0:
                assert after[name] == 0
            elif value != "" and rule.hides(value):
                assert after[name] is SUPPRESSED
