"""The charts a product may show, by name. Each draws one released finding."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wardwise.charts.chart import Chart
from wardwise.charts.control_chart import control_chart
from wardwise.disclosure import Released
from wardwise.reports.words import say

from .enquiry import Enquiry

Draw = Callable[[Released, str], Chart]


def pictures(enquiry: Enquiry) -> dict[str, Draw]:
    """Every chart, ready to draw for this area."""
    return {"control_chart": partial(_titled, control_chart)}


def _titled(draw: Callable[..., Chart], released: Released, table: str) -> Chart:
    """Draw with the finding's first sentence as the title, and its own title as the subtitle."""
    title = say(released, 0) if released.statements else released.title
    return draw(released, table, title=title, subtitle=released.title)
