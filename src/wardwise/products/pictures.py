"""The charts a product may show, by name. Each draws one released finding, titled by its first sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from wardwise.analysis import cells
from wardwise.charts import bar, change_dots, dots, pilot, trend
from wardwise.charts.chart import Chart
from wardwise.charts.control_chart import control_chart
from wardwise.charts.fan import fan
from wardwise.charts.funnel import funnel
from wardwise.charts.hour_week import hour_week
from wardwise.charts.lorenz import lorenz
from wardwise.charts.map import choropleth
from wardwise.charts.map_density import density
from wardwise.charts.map_kinds import kinds
from wardwise.charts.map_symbols import symbols
from wardwise.charts.matrix import matrix
from wardwise.charts.moving_range import moving_range
from wardwise.charts.panels import panels
from wardwise.charts.pareto import pareto
from wardwise.charts.pyramid import pyramid
from wardwise.charts.rank_moves import rank_moves
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
        "forecast": partial(_titled, fan),
        "funnel": partial(_titled, funnel),
        "harm": partial(_titled, partial(bar.harm_and_volume, columns=("share", "share_of_harm"))),
        "hour_week": partial(_filled, hour_week),
        "lines": partial(_titled, trend.years),
        "lorenz": partial(_filled, lorenz),
        "map": partial(_map, choropleth, enquiry),
        "map_density": partial(_density, enquiry),
        "map_kinds": partial(_map, kinds, enquiry),
        "map_symbols": partial(_map, symbols, enquiry),
        "panels": partial(_titled, panels),
        "pareto": partial(_titled, pareto),
        "matrix": partial(_filled, matrix),
        "pilot": partial(_titled, pilot.watched),
        "stages": partial(_titled, pilot.stages),
        "moving_range": partial(_titled, moving_range),
        "peers": partial(_titled, dots.ranked),
        "pyramid": partial(_filled, pyramid),
        "rank_moves": partial(_titled, rank_moves),
        "scores": partial(_titled, partial(bar.bars, value="score")),
        "shares": partial(_titled, partial(dots.ranked, value="share")),
    }


def _titled(draw: Callable[..., Chart], released: Released, table: str) -> Chart:
    title = say(released, 0) if released.statements else released.title
    chosen = {"table": table} if table else {}
    about = released.table(table).title if table else released.title
    return draw(released, title=title, subtitle=about, **chosen)


def _filled(draw: Callable[..., Chart], released: Released, table: str) -> Chart | None:
    """None when the table has no row: the finding's sentences say why."""
    return _titled(draw, released, table) if released.table(table).rows else None


def _map(draw: Callable[..., Chart], enquiry: Enquiry, released: Released, table: str) -> Chart | None:
    """The map of a finding's areas, but for the row of the whole, with wards over smaller areas; None when no outline is held."""
    chosen = released.table(table)
    codes = {str(row[column.name]) for column in chosen.having(Role.AREA) for row in chosen.rows} - {enquiry.area}
    outlines = boundaries(enquiry.snapshot, sorted(code for code in codes if enquiry.places.exists(code)))
    outlines |= {code: hexagon for code in sorted(codes) if (hexagon := cells.outline(code)) is not None}
    if not outlines:
        return None
    small = draw is not choropleth or released.meta.get("level") == "lsoa"
    over = _wards(enquiry) if small else {}
    return _titled(partial(draw, boundaries=outlines, **({"names": over} if over else {})), released, table)


def _density(enquiry: Enquiry, released: Released, table: str) -> Chart | None:
    """Over the wards, or the area's own outline; None without either, or when nothing is dense."""
    ground = _wards(enquiry) or boundaries(enquiry.snapshot, [enquiry.area])
    if not ground or not released.table(table).rows:
        return None
    return _titled(partial(density, ground=ground), released, table)


def _wards(enquiry: Enquiry) -> dict[str, Any]:
    """Outlines of the area's wards by name; none when they are not held."""
    held = boundaries(enquiry.snapshot, enquiry.places.children(enquiry.area, "ward"))
    return {enquiry.places.name(code): outline for code, outline in held.items()}
