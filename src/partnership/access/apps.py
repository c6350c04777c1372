from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "partnership.access"
    label = "access"

    def ready(self) -> None:
        """Enter every rule in the rule book."""
        from . import of_accounts, of_governance, of_insight, of_meetings, of_partnership  # noqa: F401
