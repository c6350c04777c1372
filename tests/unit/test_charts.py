"""Charts take released findings only, say what they show, and draw gaps as gaps."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.factories.released import points, through_the_gate, with_gaps
from wardwise.charts import render, theme
from wardwise.charts.control_chart import control_chart
from wardwise.charts.vertical import vertical
from wardwise.disclosure.released import Audience
from wardwise.records.errors import WardwiseError


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
