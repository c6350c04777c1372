"""Shows what the library released: charts as they were drawn, tables as they were worded."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from wardwise.reports.html_blocks import drawing

from ...insight.models import Finding, said

register = template.Library()
NUMBER = mark_safe(' class="number"')


@register.simple_tag
def chart_of(answer: Finding) -> SafeString:
    """The chart with the finding above it and the source below; nothing where none was drawn. It is read aloud by its words."""
    chart = answer.chart
    if not chart:
        return mark_safe("")
    picture = mark_safe(drawing(chart["svg"], chart["alt"], f"chart-{answer.pk}"))  # noqa: S308 -- drawn by the library, its texts escaped there
    return format_html(
        '<figure class="released"><figcaption><strong>{}</strong><br>{}</figcaption>'
        '<div class="frame" role="region" aria-label="{}" tabindex="0">{}</div><p class="govuk-body-s">{}</p></figure>',
        chart["title"],
        chart["subtitle"],
        f"Chart: {answer.heading.lower()}",
        picture,
        chart["source"],
    )


@register.simple_tag
def answer_table(one: Mapping[str, Any]) -> SafeString:
    """One released table, its cells already words; marks such as [c] with their key below."""
    columns = one["columns"]
    heads = format_html_join(
        "",
        '<th scope="col"{}>{}{}</th>',
        ((NUMBER if c["numeric"] else "", c["title"], f" ({c['unit']})" if c["unit"] else "") for c in columns),
    )
    rows = format_html_join("", "<tr>{}</tr>", ((_cells(row, columns),) for row in one["rows"]))
    notes = format_html_join("", '<p class="govuk-body-s">{}</p>', ((note,) for note in one["notes"]))
    return format_html(
        '<div class="frame frame--wide" role="region" aria-label="{0}" tabindex="0"><table><caption><span>{0}</span></caption>'
        "<thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>{3}",
        one["title"],
        heads,
        rows,
        notes,
    )


def _cells(row: list[str], columns: list[Mapping[str, Any]]) -> SafeString:
    first = format_html('<th scope="row">{}</th>', row[0])
    pairs = zip(row[1:], columns[1:], strict=True)
    return first + format_html_join("", "<td{}>{}</td>", ((NUMBER if c["numeric"] else "", cell) for cell, c in pairs))


@register.filter
def month(value: str) -> str:
    """2016-08 as August 2016."""
    return said(value) if value else ""


@register.filter
def plain(value: Decimal) -> str:
    """A value without noughts at its end: 7,500 and not 7500.000."""
    return f"{value.normalize():,f}"


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds for the key; nothing where it holds none."""
    return found.get(key)
