from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "partnership.site"
    label = "pages"
