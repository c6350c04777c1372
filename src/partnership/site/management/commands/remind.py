"""`wardwise-site remind`: writes to people whose actions are late or nearly due. Run it once a day or oftener."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from ....meetings.reminders import remind
from ....organisations.models import Partnership


class Command(BaseCommand):
    help = "Write to everybody whose actions are late or due within a week: each person at most once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for partnership in Partnership.objects.order_by("id"):
            done = remind(partnership, timezone.localdate())
            failed += done.failed
            told = f"{partnership}: {done.people} written to, {done.before} written to before today"
            self.stdout.write(told + (f", {done.failed} could not be sent" if done.failed else ""))
        if failed:
            self.stderr.write("Some messages could not be sent. They are tried again at the next run.")
