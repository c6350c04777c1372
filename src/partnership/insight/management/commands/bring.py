"""`wardwise-site bring`: asks the library for every indicator and keeps what it releases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from ....access.who import system
from ....organisations.models import Partnership
from ...asking import WardwiseError
from ...steps.bring import bring


class Command(BaseCommand):
    help = "Bring the library's released figures of one area, up to one month, on to the scorecard."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--store", required=True, help="Folder of the Wardwise store.")
        parser.add_argument("--area", required=True, help="Code of the area, for example E06000009.")
        parser.add_argument("--to", required=True, help="Last month, YYYY-MM.")
        parser.add_argument("--partnership", default="", help="The partnership's short name, where there are several.")

    def handle(self, *args: Any, **options: Any) -> None:
        partnership = _partnership(options["partnership"])
        who = system(partnership, timezone.localdate(), "The command line")
        try:
            made = bring(
                Path(options["store"]), by=who, area=options["area"], to=options["to"], progress=self._progress
            )
        except WardwiseError as error:
            raise CommandError(f"{error} Nothing was brought.") from error
        self.stdout.write(f"Figures of {made} are on the scorecard: {made.findings.count()} released answers.")
        if made.lacking:
            self.stdout.write(f"No control chart could be made for: {', '.join(made.lacking)}.")

    def _progress(self, what: str, done: int, of: int) -> None:
        self.stdout.write(f"  {done + 1} of {of}  {what}")


def _partnership(slug: str) -> Partnership:
    found = Partnership.objects.filter(slug=slug) if slug else Partnership.objects.all()
    if found.count() != 1:
        named = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"Say which partnership with --partnership. There are: {named}.")
    return found.get()
