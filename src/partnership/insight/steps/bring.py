"""Brings the library's released figures on to the site: all of a run, or nothing of it."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from wardwise.definitions.scorecard import scorecard

from ...access.who import Who
from ...cases import journey
from ...governance.models import Indicator
from ...governance.steps import recovery
from ...organisations.models import Partnership
from ..asking import Order, Progress, answers
from ..models import Bringing, Finding

BRING = journey.step("bring", "Bring figures", "bring-figures", "{who} brought figures {what}", to="brought")


def quietly(what: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


def bring(folder: Path, *, by: Who, area: str, to: str, progress: Progress = quietly, once: str = "") -> Bringing:
    """Ask every declared question about every watched indicator, and keep what is released. Then see which measures fail.

    Asked again of the same data, it gives back what is there. Raises Refused for those who may not, and WardwiseError when the store is not
    there or does not know the area; then nothing was kept.
    """
    partnership = Partnership.objects.get(pk=by.partnership_id)
    journey.check(BRING, partnership, by)
    watched = Indicator.unscoped_rows.filter(partnership=partnership, status="watched")
    order = Order.of(folder, area, to, list(watched.values_list("measure", flat=True)), scorecard())
    if held := Bringing.unscoped_rows.filter(partnership=partnership, digest=order.digest).first():
        return held
    found = list(answers(order, by.today, progress))
    made = Bringing(
        area=area,
        area_name=order.place.name,
        to=to,
        versions=dict(order.place.versions),
        digest=order.digest,
        lacking=sorted(set(order.measures) - {one.measure for one in found if one.name == "chart"}),
    )
    with transaction.atomic():
        made = journey.begin(made, BRING, by=by, of=partnership, once=once, facts={"to": to, "answers": len(found)})
        for one in found:
            one.bringing = made
        Finding.unscoped_rows.bulk_create(found, batch_size=100)
        recovery.watch(partnership, made, today=by.today)
    return made
