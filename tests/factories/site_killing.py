"""A process that takes steps until it is killed, after proving that what an earlier one left is whole."""

PROGRAM = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "partnership.site.settings"
import django
django.setup()
from datetime import date
from django.core.management import call_command
from partnership.access.who import system
from partnership.audit.models import Event
from partnership.audit.record import breaks
from partnership.meetings.models import Action, Group, Progress
from partnership.meetings.steps import actions
from partnership.organisations.models import Organisation, Partnership
call_command("migrate", verbosity=0)
here, _ = Partnership.objects.get_or_create(slug="here", defaults={"name": "Here"})
body, _ = Organisation.objects.get_or_create(name="Council", defaults={"kind": "council"})
group = Group.unscoped_rows.first() or Group.unscoped_rows.create(
    partnership=here, name="Board", kind="board", purpose="-", status="open")
assert not list(breaks(here.pk)), "the chain is broken"
events = list(Event.objects.values_list("subject", "verb"))
rows = list(Action.unscoped_rows.all())
assert {row.reference for row in rows} == {subject for subject, _ in events}, "an action without its event, or the reverse"
for row in rows:
    verbs = [verb for subject, verb in events if subject == row.reference]
    assert row.version == len(verbs) - 1, "a step without its event, or the reverse"
    assert (row.status == "done") == ("complete-action" in verbs), "a state without its event, or the reverse"
    assert Progress.objects.filter(action=row).count() == len(verbs) - 1, "half of a step"
print("whole", len(events), flush=True)
by = system(here, date(2026, 4, 15), "the tests")
while True:
    action = actions.give(group, by=by, title="Light the alley", owner=body, due=date(2026, 5, 1))
    actions.report(action, by=by, text="Ordered")
    actions.complete(action, by=by, result="Lit")
"""
