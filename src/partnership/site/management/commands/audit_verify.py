"""`wardwise-site audit-verify`: is the record of who did what whole?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management import BaseCommand

from ....audit.models import Chain
from ....audit.record import breaks
from ....organisations.models import Partnership


class Command(BaseCommand):
    help = "Check that no event was changed, taken out or added behind the site's back. Ends with 1 when one was."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for partnership in Partnership.objects.order_by("id"):
            found = list(breaks(partnership.pk))
            broken += len(found)
            for one in found:
                self.stderr.write(f"{partnership}: event {one.sequence}: {one.what}.")
            if not found:
                chain = Chain.objects.filter(partnership=partnership).first()
                length, mark = (chain.length, chain.hash) if chain else (0, "none")
                self.stdout.write(f"{partnership}: whole. {length:,} events; the last has the mark {mark}.")
        if broken:
            self.stderr.write("Keep the database as it is, and tell the information governance lead.")
            sys.exit(1)
