"""Shares with their running total, and ranks that move from one way of ranking to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.factories.released import through_the_gate
from wardwise.charts import bar, render
from wardwise.charts.chart import Chart
from wardwise.charts.pareto import pareto
from wardwise.charts.rank_moves import rank_moves
from wardwise.disclosure import Audience
from wardwise.records.cells import NOT_APPLICABLE
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Role, Table

SHARES = Table(
    "harm",
    "Harm in Blackpool, 2022",
    (
        Column("label", Role.LABEL, "Kind of offence"),
        Column("count", Role.COUNT, "Number"),
        Column("share", Role.PERCENT, "Share of recorded crime", of=("count",), decimals=1),
        Column("share_of_harm", Role.PERCENT, "Share of harm", of=("count",), decimals=1),
        Column("cumulative", Role.PERCENT, "Share of harm, running total", of=("count",), decimals=1),
    ),
    (
        {"label": "Violence", "count": 500, "share": 48.5, "share_of_harm": 68.1, "cumulative": 68.1},
        {"label": "Burglary", "count": 30, "share": 2.9, "share_of_harm": 30.9, "cumulative": 99.0},
        {"label": "Theft", "count": 500, "share": 48.5, "share_of_harm": 1.0, "cumulative": 100.0},
        {"label": "Total", "count": 1030, "share": 100.0, "share_of_harm": 100.0, "cumulative": NOT_APPLICABLE},
    ),
)
RANKS = Table(
    "ranks",
    "How the ranking moves",
    (
        Column("label", Role.LABEL, "Kind of offence"),
        Column("count", Role.COUNT, "Number"),
        Column("rank_number", Role.VALUE, "Rank by number of crimes", of=("count",)),
        Column("rank_open", Role.VALUE, "Rank by Open table of sentencing starting points", of=("count",)),
    ),
    (
        {"label": "Violence", "count": 500, "rank_number": 1, "rank_open": 1},
        {"label": "Theft", "count": 400, "rank_number": 2, "rank_open": 3},
        {"label": "Burglary", "count": 3, "rank_number": 3, "rank_open": 2},
        {"label": "Total", "count": 903, "rank_number": NOT_APPLICABLE, "rank_open": NOT_APPLICABLE},
    ),
)


def findings(table: Table) -> Findings:
    return Findings("found", table.title, {table.name: table}, sources=("Lancashire Constabulary",))


def test_the_running_total_is_said_and_drawn() -> None:
    chart = pareto(through_the_gate(findings(SHARES)), title="Two kinds make most of the harm")
    assert "Burglary 30.9%, 99.0% in all" in chart.alt and "Total 100" not in chart.alt
    drawn = render.svg(chart)
    assert ">99.0%<" in drawn and ">Running total<" in drawn and "rotate(-" not in drawn
    assert chart.subtitle == "Share of harm, running total: Harm in Blackpool, 2022"


def test_ranks_are_joined_and_read_out() -> None:
    chart = rank_moves(through_the_gate(findings(RANKS)))
    assert "Theft 2, 3; Burglary 3, 2" in chart.alt
    drawn = render.svg(chart)
    assert ">Burglary<" in drawn and ">sentencing starting<" in drawn and "rotate(-" not in drawn


def test_a_hidden_rank_is_left_out_and_said() -> None:
    chart = rank_moves(through_the_gate(findings(RANKS), audience=Audience.PUBLIC))
    assert "hidden to protect people" in chart.source and "Burglary [c]" in chart.alt


def test_nothing_to_share_out_is_still_a_picture() -> None:
    blank = replace(
        SHARES,
        rows=tuple({**row, "share_of_harm": NOT_APPLICABLE, "cumulative": NOT_APPLICABLE} for row in SHARES.rows),
    )
    chart = pareto(through_the_gate(findings(blank)))
    assert "Nothing can be shown" in chart.alt and render.svg(chart).startswith("<svg")


def test_shares_stand_side_by_side_on_one_scale() -> None:
    chart = bar.harm_and_volume(through_the_gate(findings(SHARES)), columns=("share", "share_of_harm"))
    scales = [panel["layer"][0]["encoding"]["x"]["scale"]["domain"] for panel in chart.spec["hconcat"]]
    assert scales[0][0] == scales[1][0] and scales[0][1] == pytest.approx(scales[1][1], rel=0.02)


@pytest.mark.parametrize(("draw", "table"), [(pareto, SHARES), (rank_moves, RANKS)])
def test_only_what_was_released_is_drawn(draw: Callable[..., Chart], table: Table) -> None:
    with pytest.raises(WardwiseError, match="Only released findings"):
        draw(findings(table))
