from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "partnership.site"
    label = "pages"

    def ready(self) -> None:
        """Hear of people signing in and out."""
        from .sign_in import sessions  # noqa: F401
