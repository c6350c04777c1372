"""The charts a product may show, by name. Each draws one released finding, titled by its first sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wardwise.charts import bar, change_dots, dots, trend
from wardwise.charts.chart import Chart
from wardwise.charts.control_chart import control_chart
from wardwise.charts.funnel import funnel
from wardwise.charts.map import choropleth
from wardwise.disclosure import Released
from wardwise.records.findings import Role
from wardwise.reports.words import say
from wardwise.store.places import boundaries

from .enquiry import Enquiry

Draw = Callable[[Released, str], Chart | None]
"""None when the picture cannot be drawn from what is held, such as a map without outlines."""


def pictures(enquiry: Enquiry) -> dict[str, Draw]:
    """Every chart, ready to draw for this area."""
    return {
        "bars": partial(_titled, bar.bars),
        "changes": partial(_titled, change_dots.change),
        "control_chart": partial(_titled, control_chart),
        "funnel": partial(_titled, funnel),
        "lines": partial(_titled, trend.years),
        "map": partial(_map, enquiry),
        "peers": partial(_titled, dots.ranked),
    }


def _titled(draw: Callable[..., Chart], released: Released, table: str) -> Chart:
    title = say(released, 0) if released.statements else released.title
    chosen = {"table": table} if table else {}
    return draw(released, title=title, subtitle=released.title, **chosen)


def _map(enquiry: Enquiry, released: Released, table: str) -> Chart | None:
    """The map of a finding's areas, but for the row of the whole; None when no outline of them is held."""
    chosen = released.table(table)
    codes = {str(row[column.name]) for column in chosen.having(Role.AREA) for row in chosen.rows} - {enquiry.area}
    outlines = boundaries(enquiry.snapshot, sorted(code for code in codes if enquiry.places.exists(code)))
    return _titled(partial(choropleth, boundaries=outlines), released, table) if outlines else None
