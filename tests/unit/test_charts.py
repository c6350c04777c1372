"""Charts take released findings only, say what they show, and draw gaps as gaps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.factories.released import hate, lines, peers, points, through_the_gate, two_lines, with_gaps
from wardwise.charts import bar, change_dots, dots, render, theme, trend
from wardwise.charts.chart import Chart
from wardwise.charts.control_chart import control_chart
from wardwise.charts.vertical import vertical
from wardwise.disclosure.released import Audience
from wardwise.records.cells import MISSING, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings


def test_a_control_chart_compiles_to_svg_with_its_labels_as_text() -> None:
    drawn = render.svg(control_chart(through_the_gate(points())))
    assert drawn.startswith("<svg")
    for words in ("Mean 748.8", "Upper limit 886.6", "Lower limit 611.0", "New recording rules", "2013"):
        assert f">{words}<" in drawn
    assert "rotate(-" not in drawn


def test_its_words_say_what_the_picture_shows() -> None:
    chart = control_chart(through_the_gate(points()), title="Domestic abuse rose")
    assert chart.title == "Domestic abuse rose"
    assert "41 months, April 2013 to August 2016" in chart.alt
    assert "February 2015 (588), May 2016 (936) and June 2016 (898)" in chart.alt
    assert chart.table.rows[37]["count"] == 936
    assert chart.source == "Source: Lancashire Constabulary, recorded crime. The upright axis does not start at 0."


def test_gaps_are_not_drawn_and_are_said() -> None:
    chart = control_chart(through_the_gate(points(with_gaps()), audience=Audience.PUBLIC))
    assert "Not drawn: 1 month hidden to protect people; 1 month not supplied." in chart.alt
    assert "Not drawn: 1 month hidden" in chart.source
    values = [row["value"] for layer in chart.spec["layer"] for row in layer["data"]["values"] if "value" in row]
    assert None in values
    assert 0 not in values
    assert 3 not in values


def test_a_hidden_month_hides_the_mean_and_the_chart_says_so() -> None:
    chart = control_chart(through_the_gate(points(with_gaps()), audience=Audience.PUBLIC))
    assert "The mean and limits are hidden too" in chart.source
    assert ">Mean" not in render.svg(chart)


def test_raw_findings_are_refused() -> None:
    with pytest.raises(WardwiseError, match="Only released findings"):
        control_chart(points())  # type: ignore[arg-type]


def test_a_table_without_months_is_an_error() -> None:
    with pytest.raises(WardwiseError, match="no table called"):
        control_chart(through_the_gate(points()), "other")


@pytest.mark.parametrize("colour", [theme.INK, theme.GREY, theme.ACCENT, theme.WARNING, theme.MET])
def test_text_colours_have_a_contrast_of_four_and_a_half_to_one(colour: str) -> None:
    assert theme.contrast(colour) >= 4.5


def test_marks_have_a_contrast_of_three_to_one_and_steps_stay_apart_in_grey() -> None:
    assert theme.contrast("#000000") == pytest.approx(21)
    assert theme.contrast(theme.STEPS[-1]) >= 3
    pairs = pairwise(theme.STEPS)
    assert all(theme.contrast(a, b) > 1.25 for a, b in pairs)


def test_labels_are_at_least_nine_points_in_print() -> None:
    sizes = {
        float(size)
        for size in re.findall(r'font-size="([\d.]+)px"', render.svg(control_chart(through_the_gate(points()))))
    }
    points_per_pixel = 160 / 25.4 * 72 / theme.WIDTH
    assert sizes
    assert min(sizes) * points_per_pixel >= 9


def test_labels_at_the_right_never_overlap() -> None:
    scale = vertical([0, 100])
    placed = scale.apart([50, 49, 48])
    assert placed[0] == 50
    assert all(a - b >= 8 for a, b in pairwise(placed))


def test_the_axis_holds_every_value_and_starts_at_nothing_when_that_is_near() -> None:
    assert (vertical([3, 97]).bottom, vertical([3, 97]).top) == (0, 100)
    assert vertical([600, 900]).bottom == 600
    assert vertical([0.1, 0.4]).step == pytest.approx(0.1)
    assert vertical([]).top == 1


def drawings() -> dict[str, Chart]:
    """Every chart, drawn once from small released findings."""
    hated = through_the_gate(hate())
    return {
        "control chart": control_chart(through_the_gate(points())),
        "years": trend.years(through_the_gate(lines())),
        "compared": trend.compared(through_the_gate(two_lines())),
        "bars": bar.bars(hated, value="now"),
        "harm and volume": bar.harm_and_volume(hated),
        "change": change_dots.change(hated),
        "ranked": dots.ranked(through_the_gate(peers()), average="Group mean"),
    }


@pytest.mark.parametrize(("name", "chart"), drawings().items(), ids=str)
def test_every_chart_is_a_picture_with_words_data_and_upright_labels(name: str, chart: Chart) -> None:
    drawn = render.svg(chart)
    size = re.search(r'width="(\d+)" height="(\d+)"', drawn)
    assert size is not None
    assert 560 <= int(size[1]) <= theme.WIDTH
    assert "rotate(-" not in drawn
    assert len(chart.alt) > 60
    assert chart.table.rows
    assert name in ("control chart", "change") or "1" in chart.alt


@pytest.mark.parametrize(
    "draw", [trend.years, trend.compared, bar.bars, bar.harm_and_volume, change_dots.change, dots.ranked]
)
def test_every_chart_refuses_what_was_not_released(draw: Callable[..., Chart]) -> None:
    with pytest.raises(WardwiseError, match="Only released findings"):
        draw(hate())


def test_years_are_laid_over_each_other_and_each_is_put_in_words() -> None:
    chart = trend.years(through_the_gate(lines()))
    assert "2014/15: lowest 588 (February 2015), highest 788 (July 2014), last 678." in chart.alt
    assert "2016/17: lowest 810 (April 2016), highest 936 (May 2016), last 814." in chart.alt


def test_five_lines_are_too_many() -> None:
    finding = lines()
    long = finding.tables["lines"]
    rows = tuple({**row, "series": str(i % 5)} for i, row in enumerate(long.rows))
    with pytest.raises(WardwiseError, match="one to four; this has 5"):
        trend.years(through_the_gate(replace(finding, tables={"lines": replace(long, rows=rows)})))


def test_totals_are_not_drawn_beside_their_parts() -> None:
    assert ">Grand Total<" not in render.svg(bar.bars(through_the_gate(hate()), value="now"))
    assert "Grand Total" not in bar.bars(through_the_gate(hate()), value="now").alt


def test_the_ranking_is_by_value_says_our_place_and_what_is_not_drawn() -> None:
    chart = dots.ranked(through_the_gate(peers()), average="Group mean")
    assert "Blackpool (61.2), Burnley (48.0), Preston (44.4)" in chart.alt
    assert "Blackpool is number 1 of" in chart.alt
    assert "Not drawn: 1 area not supplied." in chart.source
    assert ">Group mean 42.7<" in render.svg(chart)


def test_hidden_bars_are_left_out_and_said() -> None:
    chart = bar.bars(through_the_gate(hate(), audience=Audience.PUBLIC), value="now")
    assert "Not drawn: 4 rows hidden to protect people." in chart.source
    assert "Gender Identity (" not in chart.alt


def blank(finding: Findings, value: Cell) -> Findings:
    """The same finding with `value` in every numeric cell."""
    tables = {
        name: replace(
            table,
            rows=tuple({k: value if isinstance(v, int | float) else v for k, v in row.items()} for row in table.rows),
        )
        for name, table in finding.tables.items()
    }
    return replace(finding, tables=tables)


@pytest.mark.parametrize("value", [MISSING, 0, 1], ids=["missing", "zero", "one"])
@pytest.mark.parametrize(
    ("draw", "finding"),
    [
        (control_chart, points()),
        (trend.years, lines()),
        (trend.compared, two_lines()),
        (bar.bars, hate()),
        (bar.harm_and_volume, hate()),
        (change_dots.change, hate()),
        (dots.ranked, peers()),
    ],
    ids=["control chart", "years", "compared", "bars", "harm and volume", "change", "ranked"],
)
def test_a_chart_of_nothing_or_nought_is_still_a_chart(
    draw: Callable[..., Chart], finding: Findings, value: Cell
) -> None:
    chart = draw(through_the_gate(blank(finding, value)))
    assert render.svg(chart).startswith("<svg")
    assert "not supplied" in chart.alt if value is MISSING else chart.alt


def test_a_chart_of_an_empty_table_is_an_error_in_words() -> None:
    finding = points()
    empty = replace(finding, tables={"points": replace(finding.tables["points"], rows=())}, statements=())
    with pytest.raises(WardwiseError, match="nothing to draw"):
        control_chart(through_the_gate(empty))


def test_changes_of_unlike_size_are_drawn_on_scales_of_their_own_the_largest_first() -> None:
    chart = change_dots.change(through_the_gate(hate()))
    panels = chart.spec["vconcat"]
    named = [[row["label"] for row in panel["layer"][0]["data"]["values"]] for panel in panels]
    assert named[0] == ["Racist Incident", "Homophobic Incident"]
    assert panels[0]["layer"][0]["encoding"]["x"]["axis"]["values"][-1] > 20
    assert "scales of their own" in chart.source
    assert "Grand Total" not in str(named)
    assert sum(panel["layer"][1]["encoding"]["fill"]["legend"] is not None for panel in panels) == 1


def test_a_line_of_a_recording_change_starts_beside_its_own_words() -> None:
    finding = points()
    table = finding.tables["points"]
    rows = tuple({**row, "note": f"Change {i}" if i in (10, 12, 33, 35) else ""} for i, row in enumerate(table.rows))
    marked = replace(finding, tables={"points": replace(table, rows=rows)})
    chart = control_chart(through_the_gate(marked))
    rules = [layer for layer in chart.spec["layer"] if layer["encoding"].get("y2") == {"value": "height"}]
    assert [layer["encoding"]["y"]["value"] for layer in rules] == [0, 16, 32, 48]
    assert [layer["data"]["values"][0]["note"] for layer in rules] == [
        "Change 10",
        "Change 12",
        "Change 35",
        "Change 33",
    ]
