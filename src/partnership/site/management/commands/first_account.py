"""`wardwise-site first-account`: the partnership, and a link for the first person who keeps its accounts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from ....access.who import system
from ....organisations.models import Organisation, Partnership, Standing
from ....organisations.steps import accounts
from ....organisations.steps.invitations import token


class Command(BaseCommand):
    help = "Set up a partnership, if it is not there, and print a link with which its first administrator begins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--partnership", required=True, help="its full name")
        parser.add_argument("--organisation", required=True, help="the body the person sits for")
        parser.add_argument("--kind", default="council", choices=Organisation.Kind.values)
        parser.add_argument("--site", default="", help="the site's address, such as https://safety.example.gov.uk")

    def handle(self, *args: Any, **given: Any) -> None:
        today = timezone.localdate()
        with transaction.atomic():
            partnership, _ = Partnership.objects.get_or_create(
                slug=slugify(given["partnership"])[:50], defaults={"name": given["partnership"]}
            )
            body, _ = Organisation.objects.get_or_create(name=given["organisation"], defaults={"kind": given["kind"]})
            Standing.objects.get_or_create(
                partnership=partnership, organisation=body, defaults={"kind": Standing.Kind.RESPONSIBLE}
            )
            try:
                asked = accounts.invite(
                    by=system(partnership, today, "The command line"),
                    email=given["email"],
                    name=given["name"],
                    organisation=body,
                    roles=["administrator"],
                    reason="The first account",
                )
            except ValidationError as wrong:
                raise CommandError("; ".join(wrong.messages)) from wrong
        self.stdout.write(
            f"{partnership}: open this link, set a password, then invite the others. It holds for 14 days."
        )
        self.stdout.write(given["site"].rstrip("/") + reverse("invitation-accept", args=[token(asked)]))
