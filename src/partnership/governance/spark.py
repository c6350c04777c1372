"""A line as small as a word, for tables: the months of a control chart, its mean, and the months that show a sign."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ..insight.models import Finding, said

WIDTH, HEIGHT, EDGE = 140, 34, 4


def spark(chart: Finding | None) -> SafeString:
    """An SVG with words for those who cannot see it; nothing without at least two months that are shown."""
    months = chart.months[-24:] if chart else []
    known = [(at, float(month["value"])) for at, month in enumerate(months) if isinstance(month["value"], int | float)]
    if len(known) < 2:
        return mark_safe("")
    low, high = min(value for _, value in known), max(value for _, value in known)
    across, up = (WIDTH - 2 * EDGE) / (len(months) - 1), (HEIGHT - 2 * EDGE) / ((high - low) or 1)
    place = {at: (EDGE + at * across, HEIGHT - EDGE - (value - low) * up) for at, value in known}
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in place.values())
    signs = [place[at] for at, _ in known if months[at]["sign"]]
    dots = format_html_join(
        "",
        '<rect x="{}" y="{}" width="6" height="6" fill="#1d70b8"/>',
        ((f"{x - 3:.1f}", f"{y - 3:.1f}") for x, y in signs),
    )
    words = (
        f"{said(months[0]['month'])} to {said(months[-1]['month'])}: between {low:,.0f} and {high:,.0f}; "
        f"{len(signs) or 'no'} month{'' if len(signs) == 1 else 's'} with a sign of a real change."
    )
    return format_html(
        '<svg role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}" class="spark">'
        '<polyline points="{}" fill="none" stroke="#505a5f" stroke-width="2"/>{}</svg>',
        words,
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        points,
        dots,
    )
