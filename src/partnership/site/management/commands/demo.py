"""`wardwise-site demo`: sets up the database and fills it with the synthetic partnership."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from ...demo.fill import fill
from ...demo.people import PASSWORD


class Command(BaseCommand):
    help = "Set up the site with the synthetic partnership Saltpool, and print an account for each role."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo has well-known passwords. Set WARDWISE_SITE_DEMO=1 to make it, never on a site in use."
            )
        call_command("migrate", verbosity=0)
        story = fill(timezone.localdate())
        if story is None:
            self.stdout.write(f"The demo is there already. Every account has the password {PASSWORD}.")
            return
        self.stdout.write("Accounts, one for each role:")
        for role, email, password in story.accounts:
            self.stdout.write(f"  {role:<36} {email:<36} {password}")
