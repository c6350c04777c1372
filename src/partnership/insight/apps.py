from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "partnership.insight"
    label = "insight"
