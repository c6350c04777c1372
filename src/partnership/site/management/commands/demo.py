"""`wardwise-site demo`: sets up the database and fills it with the synthetic partnership."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from ....access.who import system
from ....organisations.models import Partnership
from ...demo import scorecard
from ...demo.fill import fill
from ...demo.people import PASSWORD


class Command(BaseCommand):
    help = "Set up the site with the synthetic partnership Saltpool, and print an account for each role."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--store", default="", help="The synthetic store, whose figures go on the scorecard.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo has well-known passwords. Set WARDWISE_SITE_DEMO=1 to make it, never on a site in use."
            )
        call_command("migrate", verbosity=0)
        story = fill(timezone.localdate())
        if options["store"]:
            self._bring(Path(options["store"]))
        if story is None:
            self.stdout.write(f"The demo is there already. Every account has the password {PASSWORD}.")
            return
        self.stdout.write("Accounts, one for each role:")
        for role, email, password in story.accounts:
            self.stdout.write(f"  {role:<36} {email:<36} {password}")

    def _bring(self, store: Path) -> None:
        partnership = Partnership.objects.get(slug="saltpool")
        by = system(partnership, timezone.localdate(), "The demo")
        made = scorecard.bring(partnership, by, store, self._progress)
        self.stdout.write(f"The scorecard shows figures of {made}.")

    def _progress(self, what: str, done: int, of: int) -> None:
        self.stdout.write(f"Asking the library, {done + 1} of {of}: {what}")
