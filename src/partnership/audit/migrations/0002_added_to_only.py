"""The database itself refuses to change or delete an event, on SQLite and on PostgreSQL."""

from django.db import migrations

SQLITE = {
    verb: f"""CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON audit_event
              BEGIN SELECT RAISE(ABORT, 'audit events are added to, never changed'); END"""
    for verb in ("UPDATE", "DELETE")
}
POSTGRESQL = """
CREATE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit events are added to, never changed'; END $$;
CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION event_refuse();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION event_refuse();
"""


def refuse(apps, editor):
    statements = [POSTGRESQL] if editor.connection.vendor == "postgresql" else SQLITE.values()
    for statement in statements:
        editor.execute(statement)


def allow(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER event_no_change ON audit_event")
        editor.execute("DROP TRIGGER event_no_truncate ON audit_event")
        editor.execute("DROP FUNCTION event_refuse")
    else:
        for verb in SQLITE:
            editor.execute(f"DROP TRIGGER event_no_{verb.lower()}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
