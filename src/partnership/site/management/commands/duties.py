"""`wardwise-site duties`: sets the days of a year's duties, for every partnership. Asked twice, it makes nothing twice."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from ....access.who import system
from ....governance.calendar import year_of
from ....governance.steps.duties import set_year
from ....organisations.models import Partnership


class Command(BaseCommand):
    help = "Set the days of every declared duty for the year from 1 April (this year, unless --year says another)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--year", type=int, help="the year from 1 April, such as 2026")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        year = options["year"] or year_of(today)
        for partnership in Partnership.objects.order_by("id"):
            made = set_year(by=system(partnership, today, "The calendar"), year=year)
            self.stdout.write(f"{partnership}: {made} days set for {year}-{(year + 1) % 100:02d}.")
